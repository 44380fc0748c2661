import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeOwner, type Owner, ownerLabels, readOwner } from '../../../src/lock/owner.ts';

const owner: Owner = {
	host: 'lab-box',
	machine: 'a1b2',
	boot: 'b-1',
	namespace: 'pid:[1] time:[2]',
	pid: 4711,
	started: '99',
	user: 'ann',
	token: 't-1',
};

describe('an owner', () => {
	test('comes back from its labels as it was', () => assert.deepEqual(readOwner(ownerLabels(owner)), owner));

	test('has labels of labc’s own only, without a comma', () => {
		for (const [name, value] of Object.entries(ownerLabels(owner))) {
			assert.match(name, /^labc\./);
			assert.doesNotMatch(`${name}${value}`, /,/);
		}
	});

	test('of a machine that tells little comes back too', () => {
		const bare = { ...owner, machine: '', boot: '', namespace: '', started: '' };
		assert.deepEqual(readOwner(ownerLabels(bare)), bare);
	});

	for (const name of Object.keys(ownerLabels(owner))) {
		test(`is not known without the label \`${name}\``, () => {
			const { [name]: _, ...others } = ownerLabels(owner);
			assert.equal(readOwner(others), undefined);
		});
	}

	for (const pid of ['', '0', '-1', '1.5', 'many', '99999999999999999999']) {
		test(`is not known by the process number \`${pid}\``, () => {
			assert.equal(readOwner({ ...ownerLabels(owner), 'labc.owner.pid': pid }), undefined);
		});
	}

	test('is named as people know it', () => {
		assert.equal(describeOwner(owner), 'user ann (process 4711 on lab-box)');
		assert.match(describeOwner(undefined), /can’t be named/);
	});
});
