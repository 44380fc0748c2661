import type { Engine } from '../engine.ts';
import { containerApi } from './containers.ts';
import { imageApi } from './images.ts';
import { networkApi } from './networks.ts';
import type { RegistryCredentials } from './registry-credentials.ts';
import type { EngineSession } from './session.ts';
import { systemApi } from './system.ts';
import { volumeApi } from './volumes.ts';

/** The Docker Engine API behind the `Engine` port; the only folder that knows dockerode. */
export const dockerEngine = (session: EngineSession, credentials: RegistryCredentials): Engine => ({
	...systemApi(session),
	...containerApi(session),
	...imageApi(session, credentials),
	...networkApi(session),
	...volumeApi(session),
});
