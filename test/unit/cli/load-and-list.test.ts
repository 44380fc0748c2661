import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ListingContext, loadAndList } from '../../../src/cli/load-and-list.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { createInMemoryEngine } from '../../support/in-memory-engine.ts';

/** A load that tells the name and then takes until `rest` is settled. */
function contextWith(rest: Promise<never>) {
	const engine = createInMemoryEngine();
	const asked = Promise.withResolvers<void>();
	const context: ListingContext = {
		engine: async () => ({
			...engine,
			async listContainers() {
				asked.resolve();
				throw new LabcError('ENGINE_UNREACHABLE', 'gone');
			},
		}),
		async loadProject(request) {
			request?.onName?.('lab');
			return rest;
		},
	};
	return { context, asked: asked.promise };
}

describe('loadAndList', () => {
	test('asks the engine while the project is still read, and a load that fails is what is told', async () => {
		const rest = Promise.withResolvers<never>();
		const { context, asked } = contextWith(rest.promise);
		const loading = loadAndList(context, {});
		await asked;
		rest.reject(new LabcError('YAML_INVALID', 'no file'));
		await assert.rejects(loading, { code: 'YAML_INVALID' });
	});
});
