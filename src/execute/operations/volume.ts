import type { Handlers } from '../step-run.ts';
import { removeUnused } from './refusal.ts';

export const volumeHandlers: Pick<Handlers, 'volume.create' | 'volume.remove'> = {
	'volume.create': async ({ volume, labels }, { engine }) => {
		await engine.createVolume(volume, labels);
		return {};
	},
	'volume.remove': ({ name }, run) => removeUnused(run.engine.removeVolume(name), run),
};
