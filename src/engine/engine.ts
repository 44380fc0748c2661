import type { ContainerApi } from './container-api.ts';
import type { ImageApi } from './image-api.ts';
import type { NetworkApi } from './network-api.ts';
import type { SystemApi } from './system-api.ts';
import type { VolumeApi } from './volume-api.ts';

/**
 * The engine as labc needs it. Every method may throw `LabcError` (`ENGINE_*`); a resource that does not exist is
 * `ENGINE_NOT_FOUND`. Labels are passed and returned whole. Methods that change something say so in their name.
 */
export type Engine = SystemApi & ContainerApi & ImageApi & NetworkApi & VolumeApi;
