import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HostFiles, Listing } from '../../../src/watch/host-files.ts';
import { withoutUnnamed } from '../../../src/watch/unnamed-files.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const root = '/src';

/** A host whose folder also lists a name that stands for bytes that are no text. */
function hostWithUnnamed(): { readonly files: HostFiles; hint(name: string): void } {
	const host = new MemoryHost(root);
	host.put(`${root}/ok`, 'file', '');
	host.put(`${root}/really\uFFFD`, 'file', '');
	const listing: Listing = {
		files: ['ok', 'really\uFFFD', 'caf\uFFFD.txt'],
		symlinks: ['l\uFFFD'],
		others: ['d\uFFFD'],
	};
	const hints: ((name: string | undefined) => void)[] = [];
	return {
		files: {
			...host.files,
			list: () => listing,
			listLater: async () => listing,
			watchFolder(_, onHint) {
				hints.push(onHint);
				return { close: () => undefined };
			},
		},
		hint(name) {
			for (const each of hints) each(name);
		},
	};
}

const unnamed = [`${root}/caf\uFFFD.txt`, `${root}/l\uFFFD`, `${root}/d\uFFFD`];

describe('withoutUnnamed', () => {
	test('leaves out and tells names that are no text, and keeps one that only looks so', async () => {
		for (const way of ['list', 'listLater'] as const) {
			const told: string[] = [];
			const listed = await withoutUnnamed(hostWithUnnamed().files, (each) => told.push(each))[way](root);
			assert.deepEqual(listed, { files: ['ok', 'really\uFFFD'], symlinks: [], others: [] });
			assert.deepEqual(told, unnamed);
		}
	});

	test('tells one that comes later, and passes its hint on', () => {
		const { files, hint } = hostWithUnnamed();
		const told: string[] = [];
		const hints: (string | undefined)[] = [];
		withoutUnnamed(files, (each) => told.push(each)).watchFolder(root, (name) => hints.push(name));
		hint('ok');
		assert.deepEqual(told, []);
		hint('caf\uFFFD.txt');
		assert.deepEqual(told, unnamed);
		assert.deepEqual(hints, ['ok', 'caf\uFFFD.txt']);
	});
});
