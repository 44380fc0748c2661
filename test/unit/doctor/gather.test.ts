import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gatherFacts } from '../../../src/doctor/gather.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { ownerLabels } from '../../../src/lock/owner.ts';
import { thisProcess } from '../../../src/lock/this-process.ts';
import { createInMemoryEngine } from '../../support/in-memory-engine.ts';

const elsewhere = { isLocal: false, env: {}, signal: AbortSignal.abort() };

test('an engine tells its version, its machine and who has locks on it', async () => {
	const engine = createInMemoryEngine();
	const owner = thisProcess();
	await engine.createVolume({ name: 'labc-lock-lab.1' }, { 'labc.lock': 'lab', ...ownerLabels(owner) });
	await engine.createVolume(
		{ name: 'labc-lock-old.1' },
		{ 'labc.lock': 'old', ...ownerLabels({ ...owner, pid: 2 ** 22 + 1 }) },
	);
	await engine.createVolume({ name: 'labc-lock-new.1' }, { 'labc.lock': 'new' });
	await engine.createVolume({ name: 'labc-lock-' }, {});
	const { engine: found, machine } = await gatherFacts({ ...elsewhere, engine: async () => engine });
	assert.ok(found.answers);
	assert.deepEqual([found.machine.name, found.version.apiVersion, machine], ['lab-box', '1.51', undefined]);
	const seen = found.locks.map(({ name, liveness }) => `${name} ${liveness}`).sort();
	const canJudge = owner.namespace !== '';
	assert.deepEqual(
		seen,
		['lab', 'new', 'old'].map((name, index) => `${name} ${canJudge ? lives[index] : 'unknown'}`),
	);
});

const lives = ['alive', 'unknown', 'dead'];

test('an engine that does not answer is a fact with its own words', async () => {
	const refuse = async () => {
		throw new LabcError('ENGINE_UNREACHABLE', 'no engine answers', { hint: 'Start it.' });
	};
	const { engine } = await gatherFacts({ ...elsewhere, engine: refuse });
	assert.deepEqual(engine, { answers: false, message: 'no engine answers', hint: 'Start it.' });
	const broken = gatherFacts({ ...elsewhere, engine: () => Promise.reject(new TypeError('a mistake')) });
	await assert.rejects(broken, TypeError);
});
