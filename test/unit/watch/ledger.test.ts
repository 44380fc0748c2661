import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Job } from '../../../src/watch/container-account.ts';
import type { CopySource } from '../../../src/watch/decide.ts';
import { type Ledger, newLedger } from '../../../src/watch/ledger.ts';
import { compileRule } from '../../../src/watch/rules.ts';

const rule = compileRule({
	service: 'a',
	index: 0,
	declared: { path: '/p', action: 'sync', target: '/app' },
	ignoreFile: undefined,
});
const copies = (...names: readonly string[]): ReadonlyMap<string, CopySource> =>
	new Map(names.map((name) => [`/app/${name}`, { hostPath: `/p/${name}`, rule }]));

const targets = (job: Job | undefined): readonly string[] =>
	job === undefined ? [] : [...(job.kind === 'send' ? job.wanted : job.entries).keys()];

const said = (job: Job | undefined): string =>
	job === undefined ? 'nothing' : `${job.kind} ${targets(job).join(' ')}`;

function take(ledger: Ledger): Job {
	return ledger.next('one') ?? assert.fail('nothing is to be done');
}

/** All is copied. */
function send(ledger: Ledger): string {
	const job = take(ledger);
	ledger.finish('one', job, { kind: 'sent', copied: targets(job), deleted: [] });
	return said(job);
}

function refuse(ledger: Ledger, isWhole = false): string {
	const job = take(ledger);
	ledger.finish('one', job, { kind: 'refused', reason: 'no', isWhole, copied: [], deleted: [] });
	return said(job);
}

/** A ledger with a container that has been compared. */
function withOne(): Ledger {
	const ledger = newLedger();
	ledger.up('one');
	assert.equal(ledger.next('one'), undefined);
	return ledger;
}

describe('a ledger', () => {
	test('wants what changed of each container it knows, once', () => {
		const ledger = withOne();
		ledger.up('two');
		ledger.next('two');
		const version = ledger.note(copies('a', 'b'));
		assert.equal(ledger.has('one', version), false);
		assert.equal(send(ledger), 'send /app/a /app/b');
		assert.deepEqual([ledger.has('one', version), ledger.has('two', version)], [true, false]);
		assert.deepEqual([ledger.hasWork('one'), ledger.hasWork('two')], [false, true]);
	});

	test('compares all it knows of with a container that comes, starts again, or was out of reach', () => {
		const ledger = withOne();
		ledger.note(copies('a', 'b'));
		send(ledger);
		ledger.up('one');
		const job = take(ledger);
		assert.equal(said(job), 'compare /app/a /app/b');
		ledger.finish('one', job, { kind: 'broken off', copied: [], deleted: [] });
		const again = take(ledger);
		assert.equal(said(again), 'compare /app/a /app/b');
		ledger.finish('one', again, { kind: 'compared', different: ['/app/b'] });
		assert.equal(send(ledger), 'send /app/b');
		assert.equal(ledger.hasWork('one'), false);
	});

	test('what is open is sent to a container that starts again whatever it has', () => {
		const ledger = withOne();
		ledger.note(copies('a', 'b'));
		send(ledger);
		ledger.note(copies('b'));
		ledger.up('one');
		const job = take(ledger);
		assert.equal(said(job), 'compare /app/a');
		ledger.finish('one', job, { kind: 'compared', different: [] });
		assert.equal(send(ledger), 'send /app/b');
	});

	test('a container that starts while something is sent is compared all the same', () => {
		const ledger = withOne();
		ledger.note(copies('a'));
		const job = take(ledger);
		ledger.down('one');
		assert.equal(ledger.hasWork('one'), false);
		ledger.up('one');
		ledger.finish('one', job, { kind: 'sent', copied: ['/app/a'], deleted: [] });
		assert.equal(said(ledger.next('one')), 'compare /app/a');
	});

	test('what changes while it is sent is sent again', () => {
		const ledger = withOne();
		ledger.note(copies('a'));
		const job = take(ledger);
		const version = ledger.note(copies('a', 'b'));
		ledger.finish('one', job, { kind: 'sent', copied: ['/app/a'], deleted: [] });
		assert.equal(ledger.has('one', version), false);
		assert.equal(send(ledger), 'send /app/a /app/b');
	});

	test('what broke off is done again before anything else', () => {
		const ledger = withOne();
		ledger.note(copies('a'));
		const job = take(ledger);
		ledger.note(copies('b'));
		ledger.finish('one', job, { kind: 'broken off', copied: [], deleted: [] });
		assert.deepEqual([send(ledger), send(ledger)], ['send /app/a', 'send /app/b']);
	});

	test('what is refused is tried again, then in halves, and what is refused alone is set aside', () => {
		const ledger = withOne();
		const version = ledger.note(copies('a', 'b', 'c'));
		assert.deepEqual([refuse(ledger), refuse(ledger)], ['send /app/a /app/b /app/c', 'send /app/a /app/b /app/c']);
		assert.equal(send(ledger), 'send /app/a /app/b');
		assert.equal(ledger.has('one', version), false);
		assert.equal(refuse(ledger), 'send /app/c');
		assert.deepEqual([ledger.has('one', version), ledger.hasWork('one')], [true, false]);
		ledger.retry('one');
		assert.equal(refuse(ledger), 'send /app/c');
		ledger.retry('one');
		assert.equal(send(ledger), 'send /app/c');
		ledger.retry('one');
		assert.equal(ledger.hasWork('one'), false);
	});

	test('what was refused and goes through later is told as what a container lacked', () => {
		const ledger = withOne();
		ledger.note(copies('a'));
		for (const _ of [1, 2]) refuse(ledger);
		ledger.retry('one');
		const job = take(ledger);
		assert.equal(job.kind === 'send' && job.isRepair, true);
	});

	test('what was refused and then changed is refused no more once it is sent', () => {
		const ledger = withOne();
		ledger.note(copies('a'));
		for (const _ of [1, 2]) refuse(ledger);
		assert.equal(ledger.lacks('one', ['/app/a']), true);
		ledger.note(copies('a'));
		assert.equal(send(ledger), 'send /app/a');
		assert.equal(ledger.lacks('one', ['/app/a']), false);
		ledger.retry('one');
		assert.equal(ledger.hasWork('one'), false);
	});

	test('what is refused again and again is set aside unsplit, and tried first next time', () => {
		const ledger = withOne();
		const names = Array.from({ length: 600 }, (_, nth) => `f${nth}`);
		ledger.note(copies(...names));
		const refuseAll = (): readonly string[] => {
			const sent: string[] = [];
			while (ledger.hasWork('one')) sent.push(refuse(ledger));
			ledger.retry('one');
			return sent;
		};
		const [first, second] = [refuseAll(), refuseAll()];
		assert.ok(first.length < 90 && second.length < 90);
		const isAlone = (sent: string): boolean => sent.split(' ').length === 2;
		assert.ok(first.filter(isAlone).length > 20 && second.filter(isAlone).length > 20);
		assert.deepEqual(
			first.filter((sent) => isAlone(sent) && second.includes(sent)),
			[],
		);
		assert.equal(send(ledger).split(' ').length, 601);
	});

	test('is not split where the container takes nothing at all, and tried again in one go', () => {
		const ledger = withOne();
		ledger.note(copies('a', 'b', 'c'));
		assert.equal(ledger.lacks('one', ['/app/b']), false);
		for (const _ of [1, 2]) assert.equal(refuse(ledger, true), 'send /app/a /app/b /app/c');
		assert.equal(ledger.hasWork('one'), false);
		assert.deepEqual([ledger.lacks('one', ['/app/x', '/app/b']), ledger.lacks('one', ['/app/x'])], [true, false]);
		ledger.retry('one');
		assert.equal(send(ledger), 'send /app/a /app/b /app/c');
		assert.equal(ledger.lacks('one', ['/app/b']), false);
	});

	test('opens again what it knows at and below a suspect path, and nothing else', () => {
		const ledger = withOne();
		ledger.note(copies('d/a', 'd/e/b', 'dd', 'f'));
		send(ledger);
		ledger.suspect(['/app/d', '/app/nobody']);
		assert.equal(send(ledger), 'send /app/d/e/b /app/d/a');
		assert.equal(ledger.hasWork('one'), false);
	});

	test('says what was deleted and not copied since, until the container starts again', () => {
		const ledger = withOne();
		const absent = (): readonly string[] => {
			ledger.note(copies('a', 'b'));
			const job = take(ledger);
			ledger.finish('one', job, { kind: 'sent', copied: ['/app/b'], deleted: ['/app/a'] });
			return job.kind === 'send' ? [...job.absent] : [];
		};
		assert.deepEqual([absent(), absent()], [[], ['/app/a']]);
		ledger.up('one');
		ledger.finish('one', take(ledger), { kind: 'compared', different: [] });
		assert.deepEqual(absent(), []);
	});

	test('what was deleted before a restart may be there after it', () => {
		const ledger = withOne();
		ledger.note(copies('a'));
		const job = take(ledger);
		ledger.up('one');
		ledger.finish('one', job, { kind: 'sent', copied: [], deleted: ['/app/a'] });
		ledger.finish('one', take(ledger), { kind: 'compared', different: [] });
		ledger.note(copies('a'));
		const next = take(ledger);
		assert.deepEqual(next.kind === 'send' && [...next.absent], []);
	});

	const clearedOf = (job: Job | undefined): readonly string[] => (job?.kind === 'send' ? [...job.cleared] : []);
	const toldOf = (job: Job | undefined): readonly string[] => (job?.kind === 'send' ? [...job.told] : []);
	const d = ['/app/d'];
	const gone = (ledger: Ledger): number => ledger.note(copies('d', 'd/a'), new Map([['/app/d', false]]));

	test('a folder that has gone takes along what the container has in it only when it has stayed away', () => {
		const ledger = withOne();
		const version = gone(ledger);
		const first = take(ledger);
		assert.deepEqual([toldOf(first), clearedOf(first)], [['/app/d/a'], []]);
		ledger.finish('one', first, { kind: 'sent', copied: [], deleted: ['/app/d', '/app/d/a'] });
		ledger.clear(version, d);
		const then = take(ledger);
		assert.deepEqual([said(then), clearedOf(then)], ['send /app/d', d]);
		assert.deepEqual(then.kind === 'send' && [...then.absent], []);
		ledger.finish('one', then, { kind: 'broken off', copied: [], deleted: [] });
		const again = take(ledger);
		assert.deepEqual(clearedOf(again), d);
		ledger.finish('one', again, { kind: 'sent', copied: [], deleted: d });
		ledger.suspect(d);
		assert.deepEqual(clearedOf(take(ledger)), []);
	});

	const notCleared: readonly { readonly when: string; readonly act: (ledger: Ledger, version: number) => void }[] = [
		{
			when: 'it was back meanwhile',
			act(ledger, version) {
				ledger.note(copies('d'), new Map([['/app/d', true]]));
				ledger.clear(version, d);
			},
		},
		{
			when: 'it was back, and has gone again since',
			act(ledger, version) {
				ledger.note(copies('d'), new Map([['/app/d', true]]));
				gone(ledger);
				ledger.clear(version, d);
			},
		},
		{
			when: 'it comes back before that is done',
			act(ledger, version) {
				ledger.clear(version, d);
				ledger.note(copies('d'), new Map([['/app/d', true]]));
			},
		},
		{
			when: 'the container has started again',
			act(ledger, version) {
				ledger.up('one');
				ledger.finish('one', take(ledger), { kind: 'compared', different: [] });
				ledger.clear(version, d);
				ledger.note(copies('a'));
			},
		},
		{
			when: 'the container starts again before that is done',
			act(ledger, version) {
				ledger.clear(version, d);
				ledger.up('one');
				ledger.finish('one', take(ledger), { kind: 'compared', different: [] });
			},
		},
	];
	for (const { when, act } of notCleared) {
		test(`a folder that had gone takes nothing along where ${when}`, () => {
			const ledger = withOne();
			const version = gone(ledger);
			send(ledger);
			act(ledger, version);
			const job = take(ledger);
			assert.deepEqual([clearedOf(job), toldOf(job).includes('/app/d')], [[], false]);
		});
	}

	test('forgets a container, and is asked in vain for one', () => {
		const ledger = withOne();
		const version = ledger.note(copies('a'));
		ledger.gone('one');
		assert.deepEqual([ledger.next('one'), ledger.hasWork('one'), ledger.has('one', version)], [undefined, false, true]);
		ledger.retry('one');
	});
});
