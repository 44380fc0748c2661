import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toPlain } from '../../../src/document/plain.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { findPath } from '../../../src/loader/find-path.ts';
import { parsedOne } from '../../support/load-text.ts';

const tree = parsedOne('services: {web: {ports: [80, 81], labels: {a.b: 1, a: {b: 2}}}}');

describe('findPath', () => {
	const cases = [
		{ path: 'services.web.ports.1', is: 81 },
		{ path: 'services.web.ports', is: [80, 81] },
		{ path: 'services.web.labels.a.b', is: 1 },
		{ path: 'services.web.labels.a', is: { b: 2 } },
	];
	for (const { path, is } of cases) test(path, () => assert.deepEqual(toPlain(findPath(tree, path).node), is));

	const unknown = [
		{ path: 'servces.web', message: 'the project has no `servces`', hint: 'Did you mean `services`?' },
		{ path: 'services.wev', message: '`services` has no `wev`', hint: 'Did you mean `services.web`?' },
		{ path: 'services.web.ports.7777', message: '`services.web.ports` has no `7777`', hint: 'Name one of: 0, 1.' },
		{
			path: 'services.web.ports.0.x',
			message: '`services.web.ports.0` has no `x`',
			hint: 'Name the value itself: it holds nothing.',
		},
	];
	for (const { path, message, hint } of unknown) {
		test(`${path} is unknown`, () => {
			assert.throws(
				() => findPath(tree, path),
				(error) => error instanceof LabcError && error.message === message && error.hint === hint,
			);
		});
	}
});
