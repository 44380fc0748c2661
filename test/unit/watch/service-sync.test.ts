import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { HostFiles } from '../../../src/watch/host-files.ts';
import { HostProblem } from '../../../src/watch/read-host-file.ts';
import { compileRule } from '../../../src/watch/rules.ts';
import { syncService } from '../../../src/watch/service-sync.ts';
import type { TransferEngine } from '../../../src/watch/transfer.ts';
import { containerFiles, filesEngine, remove } from '../../support/container-files.ts';
import { MemoryHost } from '../../support/memory-host.ts';

interface Given {
	readonly path?: string;
	readonly target?: string;
	readonly files?: (files: HostFiles) => HostFiles;
	readonly engine?: (engine: TransferEngine) => TransferEngine;
}

/** One container, in which nothing waits. */
function lab({ path = '/p', target = '/app', files = (own) => own, engine = (own) => own }: Given = {}) {
	const host = new MemoryHost('/p');
	const container = containerFiles();
	const problems: { readonly message: string; readonly hint?: string }[] = [];
	const repairs: number[] = [];
	const repaired: { readonly changed: readonly string[]; readonly deleted: readonly string[] }[] = [];
	const declared = { path, action: 'sync', target } as const;
	const rule = compileRule({ service: 'app', index: 0, declared, ignoreFile: undefined });
	const retries: (() => void)[] = [];
	const rests: number[] = [];
	let time = 0;
	let runs = true;
	const stopClock = (): void => {
		runs = false;
	};
	const sync = syncService({
		engine: engine(filesEngine(new Map([['c', container]]))),
		files: files(host.files),
		rules: [rule],
		inMemory: () => false,
		onProblem: (problem) => problems.push(problem),
		onRepair: (_, { changed, deleted }) => {
			repairs.push(changed.length);
			repaired.push({ changed, deleted });
		},
		now: () => time,
		pause: (ms) => {
			rests.push(ms);
			return new Promise((resolve) => {
				retries.push(() => {
					if (runs) time += ms;
					resolve();
				});
			});
		},
	});
	sync.up({ id: 'c', name: 'app-1' });
	const note = (...paths: readonly string[]) =>
		sync.note(new Map(paths.map((each) => [each.replace(path, target), { hostPath: each, rule }])));
	const restart = async (): Promise<void> => {
		sync.down('c');
		sync.up({ id: 'c', name: 'app-1' });
		await sync.settled();
	};
	/** What rests is tried again. */
	const rest = async (): Promise<void> => {
		for (const resolve of retries.splice(0)) resolve();
		await turn();
		await sync.settled();
	};
	return { host, container, problems, repairs, repaired, sync, rule, note, restart, rests, rest, stopClock };
}

const kinds = ({ nodes }: ReturnType<typeof containerFiles>) =>
	Object.fromEntries([...nodes].map(([target, { kind }]) => [target, kind]));

describe('a rule whose own path is a file', () => {
	test('does not take the place of a folder of the container, and that is told with a way out', async () => {
		const { host, container, problems, note } = lab({ path: '/p/one.conf' });
		container.nodes.set('/app', { kind: 'directory', mode: 0o755 });
		container.nodes.set('/app/keep', { kind: 'file', mode: 0o644, content: 'kept', modified: 0, changed: 0 });
		host.put('/p/one.conf', 'file', '1');
		assert.equal(await note('/p/one.conf'), 0);
		assert.deepEqual(kinds(container), { '/': 'directory', '/app': 'directory', '/app/keep': 'file' });
		assert.match(problems[0]?.message ?? '', /^`\/app` can't be brought into `app-1`: cannot overwrite directory/);
		assert.match(problems[0]?.hint ?? '', /^End the `target` with `\/`/);
		assert.equal(problems.length, 1);
	});

	test('is copied over a file', async () => {
		const { host, container, problems, note } = lab({ path: '/p/one.conf' });
		container.nodes.set('/app', { kind: 'file', mode: 0o644, content: 'old', modified: 0, changed: 0 });
		host.put('/p/one.conf', 'file', 'new');
		assert.equal(await note('/p/one.conf'), 1);
		const node = container.nodes.get('/app');
		assert.equal(node?.kind === 'file' && node.content, 'new');
		assert.deepEqual(problems, []);
	});

	test('below a target a file still takes the place of a folder', async () => {
		const { host, container, note } = lab();
		container.nodes.set('/app/d', { kind: 'directory', mode: 0o755 });
		host.put('/p/d', 'file', '');
		assert.equal(await note('/p/d'), 1);
		assert.equal(container.nodes.get('/app/d')?.kind, 'file');
	});
});

describe('what is refused', () => {
	const refusing = (refuses: (archive: Uint8Array) => boolean) => (engine: TransferEngine) => ({
		...engine,
		async putArchive(...[id, pieces, options]: Parameters<TransferEngine['putArchive']>) {
			const archive = Buffer.concat([...pieces]);
			if (refuses(archive)) throw new LabcError('ENGINE_REFUSED', 'the words of an engine');
			await engine.putArchive(id, [archive], options);
		},
	});

	test('by a container that does not take an empty archive either is told as a whole', async () => {
		const { host, problems, note } = lab({ engine: refusing(() => true) });
		for (const name of ['/p/a', '/p/b']) host.put(name, 'file', '');
		await note('/p/a', '/p/b');
		assert.deepEqual(
			problems.map(({ message }) => message),
			['nothing can be brought into `app-1`: the words of an engine'],
		);
	});

	test('for one path is told of that path, and the others come', async () => {
		const { host, container, problems, note } = lab({
			engine: refusing((archive) => Buffer.from(archive).includes('app/bad')),
		});
		for (const name of ['/p/a', '/p/bad', '/p/c']) host.put(name, 'file', '');
		await note('/p/a', '/p/bad', '/p/c');
		assert.deepEqual(
			problems.map(({ message }) => message),
			["`/app/bad` can't be brought into `app-1`: the words of an engine"],
		);
		assert.deepEqual([...container.nodes.keys()].sort(), ['/', '/app', '/app/a', '/app/c']);
	});

	test('for many paths is told in one line, later ones with the next trial, and the pauses grow until there is room', async () => {
		let isFull = true;
		const { host, container, problems, note, rests, rest } = lab({
			engine: refusing((archive) => isFull && Buffer.from(archive).includes('app/f')),
		});
		const names = Array.from({ length: 300 }, (_, nth) => `/p/f${nth}`);
		for (const name of names) host.put(name, 'file', '');
		await note(...names);
		assert.equal(problems.length, 1);
		assert.match(problems[0]?.message ?? '', /^`\/app\/f\d+` and 299 more can't be brought into `app-1`: /);
		host.put('/p/foo', 'file', '');
		await note('/p/foo');
		assert.equal(problems.length, 1);
		for (let trial = 0; trial < 5; trial += 1) await rest();
		assert.equal(problems.length, 2);
		assert.match(problems[1]?.message ?? '', /^`\/app\/foo` can't be brought/);
		assert.deepEqual(rests, [5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
		isFull = false;
		await rest();
		assert.equal(container.nodes.has('/app/f299') && container.nodes.has('/app/foo'), true);
		isFull = true;
		await note('/p/foo');
		assert.equal(rests.at(-1), 5000);
		assert.equal(problems.length, 2);
	});
});

describe('what breaks off for no reason that passes', () => {
	const broken = (isBroken: () => boolean) => (engine: TransferEngine) => ({
		...engine,
		async putArchive(...given: Parameters<TransferEngine['putArchive']>) {
			if (isBroken()) throw new LabcError('ENGINE_CONFLICT', 'the words of an engine');
			await engine.putArchive(...given);
		},
	});

	test('is told once, and tried on after pauses that grow, until it goes through', async () => {
		let isBroken = true;
		const { host, container, problems, note, rest, rests, sync } = lab({ engine: broken(() => isBroken) });
		host.put('/p/a', 'file', '');
		void note('/p/a');
		const told: number[] = [];
		for (let trial = 1; trial <= 8; trial += 1) {
			await turn();
			told.push(problems.length);
			void rest();
		}
		assert.deepEqual(told, [0, 0, 0, 0, 1, 1, 1, 1]);
		assert.equal(problems[0]?.message, '`app-1`: the words of an engine');
		assert.deepEqual(rests, [500, 1000, 2000, 4000, 8000, 8000, 8000, 8000]);
		isBroken = false;
		await rest();
		await sync.settled();
		assert.equal(container.nodes.has('/app/a'), true);
		isBroken = true;
		void note('/p/a');
		await turn();
		assert.equal(rests.at(-1), 500);
		sync.down('c');
		await sync.settled();
	});

	for (const [what, end] of [
		['the container starts', 'up'],
		['the watch ends', 'close'],
	] as const) {
		test(`is waited for no longer when ${what}`, async () => {
			let isBroken = true;
			const { host, container, note, rests, sync } = lab({ engine: broken(() => isBroken) });
			host.put('/p/a', 'file', '');
			void note('/p/a');
			await turn();
			assert.deepEqual(rests, [500]);
			isBroken = false;
			if (end === 'up') sync.up({ id: 'c', name: 'app-1' });
			else await sync.close();
			await sync.settled();
			assert.equal(container.nodes.has('/app/a'), end === 'up');
		});
	}

	test('now and then, with successes in between, is not told', async () => {
		let isBroken = true;
		const { host, problems, note, rest, sync } = lab({ engine: broken(() => isBroken) });
		for (let round = 0; round < 20; round += 1) {
			isBroken = true;
			host.put('/p/a', 'file', String(round));
			void note('/p/a');
			await turn();
			isBroken = false;
			await rest();
			await sync.settled();
		}
		assert.deepEqual(problems, []);
	});
});

test('what is refused by a container that does not run is not told: that comes when it does', async () => {
	let failure: Error = new LabcError('ENGINE_REFUSED', 'the words of an engine');
	const { host, problems, note, sync } = lab({
		engine: (engine) => ({
			...engine,
			putArchive: async () => {
				throw failure;
			},
		}),
	});
	sync.down('c');
	host.put('/p/a', 'file', '');
	for (let nth = 0; nth < 20; nth += 1) await note('/p/a');
	assert.equal(problems.length, 0);
	failure = new Error('a mistake in labc');
	await note('/p/a');
	assert.deepEqual(
		problems.map(({ message }) => message),
		['`app-1`: a mistake in labc'],
	);
});

describe('what differs after a start', () => {
	test('is told path by path, and what of it was deleted', async () => {
		const { host, container, repaired, note, restart, sync } = lab();
		for (const name of ['/p/kept', '/p/lost', '/p/gone']) host.put(name, 'file', '1');
		await note('/p/kept', '/p/lost', '/p/gone');
		sync.down('c');
		host.remove('/p/gone');
		remove(container.nodes, '/app/lost');
		await note('/p/gone');
		container.nodes.set('/app/gone', { kind: 'file', mode: 0o644, content: '1', modified: 0, changed: 0 });
		await restart();
		await restart();
		const [first, ...more] = repaired;
		assert.deepEqual([first?.changed, more], [['/p/lost'], []]);
		container.nodes.set('/app/gone', { kind: 'file', mode: 0o644, content: '1', modified: 0, changed: 0 });
		await restart();
		assert.deepEqual(repaired.at(-1), { changed: ['/p/gone'], deleted: ['/p/gone'] });
	});

	test('is not said to be deleted by an image without `rm`', async () => {
		const { host, container, repaired, problems, note, restart } = lab();
		host.put('/p/gone', 'file', '1');
		await note('/p/gone');
		host.remove('/p/gone');
		await note('/p/gone');
		container.missing.add('sh');
		container.nodes.set('/app/gone', { kind: 'file', mode: 0o644, content: '1', modified: 0, changed: 0 });
		await restart();
		assert.deepEqual(repaired, []);
		assert.ok(problems.some(({ message }) => /has no `rm`/.test(message)));
	});
});

describe('what the container has of its own in a folder that goes', () => {
	const withGone = async () => {
		const made = lab();
		const { sync, rule, host, container } = made;
		const out = { hostPath: '/p/out', rule };
		host.put('/p/out', 'directory', '');
		await sync.note(new Map([['/app/out', out]]), new Map([['/app/out', true]]));
		container.nodes.set('/app/out/own', { kind: 'file', mode: 0o644, content: 'model', modified: 0, changed: 0 });
		host.remove('/p/out');
		await sync.note(new Map([['/app/out', out]]), new Map([['/app/out', false]]));
		assert.deepEqual([container.nodes.has('/app/out/own'), made.rests], [true, [500]]);
		return made;
	};
	const cases: readonly {
		readonly when: string;
		readonly act: (made: Awaited<ReturnType<typeof withGone>>) => unknown;
		readonly isLeft: boolean;
	}[] = [
		{ when: 'goes where that stays away', act: () => undefined, isLeft: false },
		{ when: 'stays where that is back', act: ({ host }) => host.put('/p/out', 'directory', ''), isLeft: true },
		{ when: 'stays where the container has started again', act: ({ restart }) => restart(), isLeft: true },
		{ when: 'stays where the watch ends', act: ({ sync }) => sync.close(), isLeft: true },
		{ when: 'stays where the pause ended early, as with a watch', act: ({ stopClock }) => stopClock(), isLeft: true },
	];
	for (const { when, act, isLeft } of cases) {
		test(when, async () => {
			const made = await withGone();
			const { execs } = made.container;
			await act(made);
			const before = execs.length;
			await made.rest();
			assert.equal(made.container.nodes.has('/app/out/own'), isLeft);
			assert.deepEqual([execs.length - before, made.repairs, made.problems], [isLeft ? 0 : 1, [], []]);
		});
	}
});

describe('what the container has of its own below a path that labc has deleted', () => {
	const own = { kind: 'file', mode: 0o644, content: 'model', modified: 0, changed: 0 } as const;
	const withDeleted = async () => {
		const made = lab();
		made.host.put('/p/out/x', 'file', '1');
		await made.note('/p/out', '/p/out/x');
		made.host.remove('/p/out');
		await made.note('/p/out', '/p/out/x');
		assert.equal(made.container.nodes.has('/app/out'), false);
		made.container.nodes.set('/app/out', { kind: 'directory', mode: 0o755 });
		return made;
	};

	test('stays over a restart, which is no repair', async () => {
		const { container, repairs, restart } = await withDeleted();
		container.nodes.set('/app/out/own', { ...own });
		await restart();
		await restart();
		assert.equal(container.nodes.has('/app/out/own'), true);
		assert.deepEqual(repairs, []);
	});

	test('stays where the rest of the folder is deleted once more', async () => {
		const { container, repairs, restart } = await withDeleted();
		for (const name of ['own', 'x']) container.nodes.set(`/app/out/${name}`, { ...own });
		await restart();
		assert.deepEqual([container.nodes.has('/app/out/own'), container.nodes.has('/app/out/x')], [true, false]);
		assert.equal(repairs.length, 1);
	});

	test('is all that keeps the folder', async () => {
		const { container, restart } = await withDeleted();
		container.nodes.set('/app/out/x', { ...own });
		await restart();
		assert.equal(container.nodes.has('/app/out'), false);
	});

	test('gives no way to a file that comes in its place at a start, and that is told', async () => {
		const { host, container, problems, sync, note, restart } = await withDeleted();
		container.nodes.set('/app/out/own', { ...own });
		sync.down('c');
		host.put('/p/out', 'file', '2');
		await note('/p/out');
		await restart();
		assert.equal(container.nodes.has('/app/out/own'), true);
		assert.match(problems[0]?.message ?? '', /^`\/app\/out` can't be brought into `app-1`: cannot overwrite directory/);
	});
});

describe("what can't be read", () => {
	test('is known as left out until it can, and is no repair after a restart', async () => {
		let isClosed = true;
		const { host, problems, repairs, sync, note, restart } = lab({
			files: (own) => ({
				...own,
				readFile(file, root) {
					if (isClosed && file === '/p/closed') throw new HostProblem("`/p/closed` can't be read");
					return own.readFile(file, root);
				},
			}),
		});
		host.put('/p/closed', 'file', '1');
		host.put('/p/open', 'file', '1');
		await note('/p/closed', '/p/open');
		assert.deepEqual([sync.leavesOut('/app/closed'), sync.leavesOut('/app/open')], [true, false]);
		await restart();
		assert.deepEqual(repairs, []);
		assert.equal(problems.length, 1);
		isClosed = false;
		await note('/p/closed');
		assert.equal(sync.leavesOut('/app/closed'), false);
	});
});

describe('comparing after a start', () => {
	test('odd names are no difference', async () => {
		const { host, repairs, note, restart } = lab();
		const names = ['/p/two\nlines', '/p/back\\slash', '/p/ends\n'];
		for (const name of names) host.put(name, 'file', name);
		host.put('/p/li\nnk', 'symlink', 'else\nwhere');
		await note(...names, '/p/li\nnk');
		await restart();
		assert.deepEqual(repairs, []);
	});

	for (const program of ['stat', 'sha256sum', 'sh']) {
		test(`an image without \`${program}\` is told of once`, async () => {
			const { host, container, problems, note, restart } = lab();
			container.missing.add(program);
			// What was copied within the second of its change is looked into.
			container.now = () => 0;
			host.put('/p/a', 'file', '1');
			host.put('/p/l', 'symlink', 'a');
			await note('/p/a', '/p/l');
			await restart();
			await restart();
			assert.deepEqual(
				problems.map(({ message }) => message),
				[`\`app-1\` has no \`${program}\`: what can't be compared is copied again when it starts`],
			);
		});
	}
});

test('what is deleted goes also where something else that is deleted is behind a link of the container', async () => {
	const { host, container, problems, note } = lab();
	for (const file of ['/p/gone/x', '/p/gone/in/y']) host.put(file, 'file', '1');
	await note('/p/gone/x', '/p/gone/in/y');
	host.remove('/p/gone');
	remove(container.nodes, '/app/gone/in');
	container.nodes.set('/app/gone/in', { kind: 'symlink', link: '/keep' });
	await note('/p/gone/x', '/p/gone/in/y');
	assert.equal(container.nodes.has('/app/gone/x'), false);
	assert.equal(container.nodes.has('/app/gone/in'), true);
	assert.deepEqual(problems, []);
});

describe('a file in whose place a container has a folder, and nobody told of it', () => {
	test('takes it where only what labc knows is in it, at once', async () => {
		const { host, container, problems, sync, note, rests } = lab();
		host.put('/p/d/x', 'file', '1');
		await note('/p/d', '/p/d/x');
		host.remove('/p/d');
		await note('/p/d', '/p/d/x');
		container.nodes.set('/app/d', { kind: 'directory', mode: 0o755 });
		container.nodes.set('/app/d/x', { kind: 'file', mode: 0o644, content: '', modified: 0, changed: 0 });
		host.put('/p/d', 'file', '2');
		sync.suspect(['/app/d']);
		await sync.settled();
		assert.equal(container.nodes.get('/app/d')?.kind, 'file');
		assert.deepEqual([problems, rests], [[], []]);
	});

	test('holds up no other file, and costs no halving', async () => {
		const { host, container, problems, sync, note, restart, rests } = lab();
		sync.down('c');
		const files = Array.from({ length: 300 }, (_, each) => `/p/f${each}`);
		for (const file of files) host.put(file, 'file', '1');
		for (const each of [20, 200]) {
			container.nodes.set(`/app/f${each}`, { kind: 'directory', mode: 0o755 });
			container.nodes.set(`/app/f${each}/own`, { kind: 'file', mode: 0o644, content: '', modified: 0, changed: 0 });
		}
		await note(...files);
		await restart();
		assert.equal([...container.nodes.values()].filter(({ kind }) => kind === 'file').length, files.length);
		assert.deepEqual([problems.length, rests.length], [1, 1]);
		assert.match(problems[0]?.message ?? '', /^`\/app\/f20` and 1 more/);
		assert.equal(container.archives < 12, true, `${container.archives} archives`);
	});
});
