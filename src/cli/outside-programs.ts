import type { ConnectRequest } from '../engine/docker/connect.ts';
import type { Variables } from '../options/variables.ts';
import type { CommandContext } from './command.ts';

export interface OutsideRequest {
	connectRequest(): Promise<ConnectRequest>;
	/** As they are when a program is first needed. */
	variables(): Variables;
}

type OutsidePrograms = Pick<CommandContext, 'builder' | 'programs' | 'registryLogins'>;

/** What is beside labc and the engine on the user's machine; all of it is told the engine that labc talks to. */
export const outsidePrograms = ({ connectRequest, variables }: OutsideRequest): OutsidePrograms => ({
	builder: once(async () => {
		const [{ createBuilder }, { locateEngine }] = await Promise.all([
			import('../build/buildx-builder.ts'),
			import('../engine/docker/connect.ts'),
		]);
		const request = await connectRequest();
		return createBuilder({ ...request, engineAddress: locateEngine(request).address, variables: variables() });
	}),
	programs: once(async () => {
		const [{ openPrograms }, { locateEngine }] = await Promise.all([
			import('../programs/open-programs.ts'),
			import('../engine/docker/connect.ts'),
		]);
		const request = await connectRequest();
		const engine = { DOCKER_HOST: locateEngine(request).address, DOCKER_CONTEXT: undefined };
		return openPrograms({ ...request, env: { ...Object.fromEntries(variables()), ...engine } });
	}),
	async registryLogins() {
		const { registryCredentials } = await import('../engine/docker/registry-credentials.ts');
		return registryCredentials(await connectRequest()).all();
	},
});

export function once<T>(make: () => Promise<T>): () => Promise<T> {
	let made: Promise<T> | undefined;
	return () => (made ??= make());
}
