import type { Handlers } from '../step-run.ts';
import { containerHandlers } from './container.ts';
import { copyHandlers } from './copy.ts';
import { hookHandlers } from './hook.ts';
import { imageHandlers } from './image.ts';
import { networkHandlers } from './network.ts';
import { provisionHandlers } from './provision.ts';
import { volumeHandlers } from './volume.ts';

export const handlers: Handlers = {
	...containerHandlers,
	...copyHandlers,
	...hookHandlers,
	...imageHandlers,
	...networkHandlers,
	...provisionHandlers,
	...volumeHandlers,
};
