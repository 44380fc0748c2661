import type { Engine } from '../engine/engine.ts';
import type { LoadedTree } from '../loader/load-tree.ts';
import type { LoadedProject, LoadRequest, LoadStage } from '../loader/loaded-project.ts';
import type { HashForm } from '../plan/plan.ts';

/** What `config` is asked to print: the whole project, or one of its lists. */
export type ConfigView = 'project' | ConfigListing;

export type ConfigListing =
	| 'services'
	| 'volumes'
	| 'networks'
	| 'models'
	| 'hash'
	| 'profiles'
	| 'images'
	| 'variables'
	| 'environment';

export interface ConfigRequest {
	readonly view: ConfigView;
	/** Services named by the command; views that list resources look at all. */
	readonly services: readonly string[];
	/** `yaml` or `json`; a table where there is one and nothing is said. */
	readonly format: string | undefined;
	/** Names with commas between, or `*`, for the view `hash`. */
	readonly hash: string;
	/** Whose hashes are printed; 2.x's where nothing is said. */
	readonly hashForm?: HashForm | undefined;
	readonly without: readonly LoadStage[];
	/** Put the digests of images behind their names; `only`: and print nothing else of the services. */
	readonly digests: 'resolve' | 'only' | undefined;
	/** Hide what is or looks like a credential. */
	readonly redact: boolean;
}

/** Where the project and its images come from. */
export interface ConfigSources {
	loadProject(request?: LoadRequest): Promise<LoadedProject>;
	/** The project before it is typed. */
	loadTree(without: readonly LoadStage[]): Promise<LoadedTree>;
	engine(): Promise<Pick<Engine, 'resolveDigest'>>;
	readonly signal: AbortSignal;
}
