import type { PluginSearch } from './find-plugin.ts';
import type { Programs } from './programs.ts';

/** Programs are looked for when they are first needed. */
export const openPrograms = (search: PluginSearch): Programs => ({
	provide: async (request) => (await import('./run-provider.ts')).runProvider(request, search),
	prepareModels: async (request) => (await import('./prepare-models.ts')).prepareModels(request, search),
});
