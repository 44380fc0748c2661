import assert from 'node:assert/strict';
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { LabcError } from '../../src/errors/labc-error.ts';
import { decide, targetOf } from '../../src/watch/decide.ts';
import { hostFiles } from '../../src/watch/host-files.ts';
import { compileRule, type Rule } from '../../src/watch/rules.ts';
import { syncService } from '../../src/watch/service-sync.ts';
import { Tree } from '../../src/watch/tree.ts';
import { churn, seededRandom, walk } from '../support/churn.ts';
import { type ContainerFiles, containerFiles, filesEngine, remove } from '../support/container-files.ts';

/** Kind, mode and content of all that is below a folder. */
function listHost(root: string): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	for (const name of walk(root)) {
		const [file, stats] = [path.join(root, name), lstatSync(path.join(root, name))];
		const mode = (stats.mode & 0o7777).toString(8);
		if (stats.isSymbolicLink()) found.set(name, `link ${readlinkSync(file)}`);
		else found.set(name, stats.isDirectory() ? `folder ${mode}` : `file ${mode} ${readFileSync(file, 'utf8')}`);
	}
	return new Map([...found].sort());
}

function listContainer({ nodes }: ContainerFiles): ReadonlyMap<string, string> {
	const found = new Map<string, string>();
	for (const [target, node] of nodes) {
		if (!target.startsWith('/app/')) continue;
		const mode = 'mode' in node ? node.mode.toString(8) : '';
		const text = node.kind === 'file' ? ` ${node.content}` : '';
		const kind = node.kind === 'directory' ? 'folder' : node.kind;
		found.set(target.slice('/app/'.length), node.kind === 'symlink' ? `link ${node.link}` : `${kind} ${mode}${text}`);
	}
	return new Map([...found].sort());
}

/** A replica that calls fail for, that restarts with files gone, and that is made anew. */
function disturb(containers: Map<string, ContainerFiles>, sync: ReturnType<typeof syncService>, random: () => number) {
	const ids = [...containers.keys()];
	const id = ids[Math.floor(random() * ids.length)] ?? '';
	const files = containers.get(id);
	const blow = random();
	if (blow < 0.3) files?.refusals.push(new LabcError('ENGINE_REFUSED', 'no space left on device'));
	else if (blow < 0.5) files?.refusals.push(new LabcError('ENGINE_UNREACHABLE', 'gone'));
	else if (blow < 0.8) {
		sync.down(id);
		if (files !== undefined) loseSome(files, random);
		sync.up({ id, name: id });
	} else {
		sync.gone(id);
		containers.delete(id);
		const anew = `${id}'`;
		containers.set(anew, containerFiles());
		sync.up({ id: anew, name: anew });
	}
}

/** Folders go with what is in them. */
function loseSome({ nodes }: ContainerFiles, random: () => number): void {
	for (const target of [...nodes.keys()]) if (random() < 0.1 && target.startsWith('/app/')) remove(nodes, target);
}

async function churnAndCompare(seed: number): Promise<void> {
	const root = mkdtempSync(path.join(tmpdir(), 'labc-watch-laws-'));
	const source = path.join(root, 'src');
	mkdirSync(source);
	try {
		const containers = await churned(source, seededRandom(seed));
		for (const [id, files] of containers) assert.deepEqual(listContainer(files), listHost(source), `container ${id}`);
	} finally {
		rmSync(root, { recursive: true, force: true });
	}
}

/** The containers after much was done to the tree and to them, when all is quiet. */
async function churned(source: string, random: () => number): Promise<ReadonlyMap<string, ContainerFiles>> {
	const declared = { path: source, action: 'sync', target: '/app' } as const;
	const rule = compileRule({ service: 'app', index: 0, declared, ignoreFile: undefined });
	const containers = new Map([
		['a', containerFiles()],
		['b', containerFiles()],
	]);
	const sync = syncOf(containers, [rule]);
	const tree = await openTree(source);
	const steps = churn(source, { files: 60, random });
	for (let round = 0; round < 25; round += 1) {
		for (let nth = 0; nth < 8; nth += 1) steps.step();
		const { changes, suspects } = await tree.rescan();
		const work = decide(changes, [rule]).get('app');
		const noted = work === undefined ? undefined : sync.note(work.copies);
		sync.suspect(suspects.flatMap((each) => targetOf(rule, each) ?? []));
		if (random() < 0.5) disturb(containers, sync, random);
		if (random() < 0.6) await noted;
	}
	for (let tries = 0; tries < 10; tries += 1) {
		await sync.settled();
		await new Promise((resolve) => setImmediate(resolve));
	}
	return containers;
}

function syncOf(containers: ReadonlyMap<string, ContainerFiles>, rules: readonly Rule[]) {
	const sync = syncService({
		engine: filesEngine(containers),
		files: hostFiles,
		rules,
		inMemory: () => false,
		onProblem: () => undefined,
		onRepair: () => undefined,
		now: () => 0,
		pause: () => new Promise((resolve) => setImmediate(resolve)),
	});
	for (const id of containers.keys()) sync.up({ id, name: id });
	return sync;
}

async function openTree(root: string): Promise<Tree> {
	const files = { ...hostFiles, watchFolder: () => ({ close: () => undefined }) };
	const quiet = {
		now: Date.now,
		onHint: () => undefined,
		onLost: () => undefined,
		onUnwatched: () => undefined,
		onClosed: () => undefined,
		breathe: () => undefined,
	};
	const tree = new Tree({ roots: [root], ignoresTree: () => false, files, ...quiet });
	await tree.open();
	return tree;
}

describe('whatever is done to a tree and its containers', () => {
	for (let seed = 1; seed <= 20; seed += 1) {
		test(`they are equal in the end (seed ${seed})`, () => churnAndCompare(seed));
	}
});
