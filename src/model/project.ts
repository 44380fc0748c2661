import type { Service as LabcServiceSettings, XLabc } from '../generated/x-labc-types.ts';
import type { AiModel } from './ai-model.ts';
import type { Config } from './config.ts';
import type { Network } from './network.ts';
import type { Secret } from './secret.ts';
import type { Service } from './service.ts';
import type { Volume } from './volume.ts';

/**
 * A project in canonical form: what `config --format json` prints and what config hashes are taken from.
 * Attribute names are the Compose specification's, unchanged. Maps iterate in key order.
 */
export interface Project {
	readonly name: string;
	/** Between the parts of container and image names: `_` with `--compatibility`, otherwise `-`. */
	readonly separator?: '-' | '_';
	/** `--all-resources`: networks and volumes that no service uses are made too. */
	readonly makesAllResources?: boolean;
	/** `DOCKER_DEFAULT_PLATFORM`: what images are pulled and run for where their service does not say. */
	readonly defaultPlatform?: string;
	/** Absolute path every relative path was resolved against. */
	readonly workingDir: string;
	/** Absolute paths of the Compose files, in the order they were merged; `-` for standard input. */
	readonly configFiles: readonly string[];
	/** Absolute paths of the files named by `--env-file`; empty for the default `.env`. */
	readonly environmentFiles: readonly string[];
	readonly services: ReadonlyMap<string, Service>;
	/** Services of the file that are left out, by their profiles or by the selection: known by name, never touched. */
	readonly disabledServices: ReadonlyMap<string, Service>;
	readonly networks: ReadonlyMap<string, Network>;
	readonly volumes: ReadonlyMap<string, Volume>;
	readonly secrets: ReadonlyMap<string, Secret>;
	readonly configs: ReadonlyMap<string, Config>;
	readonly models: ReadonlyMap<string, AiModel>;
	/** Top-level `x-*` keys as they were written. */
	readonly extensions: ReadonlyMap<string, unknown>;
	/** labc's own settings, read from `x-labc` of the project and of its services. */
	readonly labc: LabcSettings;
}

/** `x-labc`, beside the canonical model so that hashes and `config` stay docker compose's. */
export interface LabcSettings {
	readonly project: Readonly<XLabc>;
	readonly services: ReadonlyMap<string, Readonly<LabcServiceSettings>>;
}
