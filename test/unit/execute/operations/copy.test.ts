import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { copyHandlers } from '../../../../src/execute/operations/copy.ts';
import { project } from '../../../support/plan-cases.ts';
import { stepRun } from './step-runs.ts';

const lab = project({ services: {}, configs: { c: { name: 'lab_c', content: 'text' } } });
const container = { name: 'lab-web-1', id: 'w' };
const file = { kind: 'config', source: 'c', target: '/etc/c', mode: 0o444 } as const;

describe('container.copy', () => {
	test('one archive a file; whose file has an owner says so', async () => {
		const calls: { id: string; path: string; asContainerUser: boolean; text: string }[] = [];
		const putArchive = async (
			id: string,
			pieces: Iterable<Uint8Array>,
			options: { path: string; asContainerUser: boolean },
		) => {
			const archive = Buffer.concat([...pieces]);
			calls.push({ id, ...options, text: archive.subarray(512, 516).toString() });
		};
		const { run } = stepRun({ putArchive }, { project: lab });
		const files = [file, { ...file, target: '/etc/d', gid: 7 }];
		await copyHandlers['container.copy']({ type: 'container.copy', service: 'web', container, files }, run);
		assert.deepEqual(calls, [
			{ id: 'w', path: '/', asContainerUser: false, text: 'text' },
			{ id: 'w', path: '/', asContainerUser: true, text: 'text' },
		]);
	});
});
