import type { Handlers } from '../step-run.ts';

export const provisionHandlers: Pick<Handlers, 'provider.run' | 'model.prepare'> = {
	'provider.run': async ({ service, provider, verb }, run) => {
		const { projectName, signal, progress: onProgress } = run;
		const request = { projectName, service, provider, verb, signal, onProgress };
		const told = await (await run.programs()).provide(request);
		run.provisions.providers.set(service, told);
		return {};
	},
	'model.prepare': async ({ models }, run) => {
		const request = { models, signal: run.signal, onProgress: run.progress };
		run.provisions.modelEndpoint = await (await run.programs()).prepareModels(request);
		return {};
	},
};
