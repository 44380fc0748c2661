import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
	containerName,
	imageReference,
	isReplaced,
	isTemporaryName,
	oneOffName,
	replacedName,
	replacementName,
} from '../../../src/state/names.ts';

const id = '0123456789abcdef'.repeat(4);
const lab = { name: 'lab' };
const oldLab = { name: 'lab', separator: '_' } as const;

describe('names', () => {
	const cases = [
		{ when: 'a replica', name: containerName(lab, 'web', { service: {}, number: 3 }), is: 'lab-web-3' },
		{
			when: 'a replica with a name of its own',
			name: containerName(lab, 'web', { service: { container_name: 'ml' }, number: 1 }),
			is: 'ml',
		},
		{ when: 'a one-off', name: oneOffName(lab, 'web', id), is: 'lab-web-run-0123456789ab' },
		{ when: 'a replacement', name: replacementName(id, 'lab-web-1'), is: '0123456789ab_lab-web-1' },
		{ when: 'what was replaced', name: replacedName(id, 'lab-web-1'), is: '0123456789ab_lab-web-1_replaced' },
		{ when: 'a built image', name: imageReference(lab, 'web', {}), is: 'lab-web' },
		{ when: 'a replica, as of old', name: containerName(oldLab, 'web', { service: {}, number: 3 }), is: 'lab_web_3' },
		{ when: 'a one-off, as of old', name: oneOffName(oldLab, 'web', id), is: 'lab_web_run_0123456789ab' },
		{ when: 'a built image, as of old', name: imageReference(oldLab, 'web', {}), is: 'lab_web' },
		{ when: 'a named image', name: imageReference(lab, 'web', { image: 'app:1' }), is: 'app:1' },
	];
	for (const { when, name, is } of cases) test(`of ${when}`, () => assert.equal(name, is));
});

describe('isReplaced', () => {
	const id = `0123456789ab${'c'.repeat(52)}`;
	for (const { found, is } of [
		{ found: '0123456789ab_lab-web-1_replaced', is: true },
		{ found: '0123456789ab_lab-web-1', is: false },
		{ found: 'ab0123456789_lab-web-1_replaced', is: false },
		{ found: 'lab-web-1', is: false },
	]) {
		test(`${found}: ${is}`, () => assert.equal(isReplaced(id, found), is));
	}
});

describe('isTemporaryName', () => {
	const cases = [
		{ found: '0123456789ab_lab-web-1', is: true },
		{ found: '0123456789ab_lab-web-1_replaced', is: true },
		{ found: 'lab-web-1', is: false },
		{ found: '0123456789ab_lab-web-2', is: false },
		{ found: '0123456789AB_lab-web-1', is: false },
		{ found: 'mine_lab-web-1', is: false },
	];
	for (const { found, is } of cases)
		test(`${found}: ${is}`, () => assert.equal(isTemporaryName(found, 'lab-web-1'), is));
});
