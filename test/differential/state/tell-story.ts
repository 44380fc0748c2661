import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { docker, type Outcome, type Scenario, scenario, type ToolPaths } from '../../scenario/scenario.ts';
import { type Memory, newMemory, wordFor } from './memory.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import type { StepParts, Story } from './story.ts';

type Tool = 'dockerCompose' | 'labc';

/** What a step left behind. */
export interface Chapter extends Snapshot {
	readonly step: string;
	readonly status: number | null;
	readonly printed: readonly string[];
	/** What was said on standard error; not compared, shown beside a difference. */
	readonly said: string;
}

interface Teller {
	readonly tool: Tool;
	/** Of the folder and of the project. */
	readonly name: string;
	readonly tools: ToolPaths;
}

/** Leaves nothing behind. */
export async function tellStory(story: Story, { tool, name, tools }: Teller): Promise<readonly Chapter[]> {
	const root = path.join(realpathSync(tmpdir()), 'labc-stories');
	const folder = path.join(root, name);
	mkdirSync(root, { recursive: true });
	rmSync(folder, { recursive: true, force: true });
	await using place = scenario({
		folder,
		project: name,
		files: named(story.files, name),
		env: { ...story.env },
		tools,
	});
	const memory = newMemory();
	const chapters: Chapter[] = [];
	try {
		for (const step of story.steps)
			chapters.push(await play(typeof step === 'string' ? { run: step } : step, { place, tool, memory }));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	return chapters;
}

const named = (files: Story['files'], project: string): Story['files'] =>
	Object.fromEntries(Object.entries(files).map(([file, text]) => [file, text.replaceAll('@P@', project)]));

interface Telling {
	readonly place: Scenario;
	readonly tool: Tool;
	readonly memory: Memory;
}

async function play(step: StepParts, { place, tool, memory }: Telling): Promise<Chapter> {
	for (const [file, text] of Object.entries(step.write ?? {})) {
		if (text === undefined) rmSync(path.join(place.folder, file), { force: true });
		else place.write(file, text.replaceAll('@P@', place.project));
	}
	if (step.docker !== undefined) await docker(...words(step.docker.replaceAll('@P@', place.project)));
	const line = step.run?.replaceAll('@P@', place.project);
	const outcome = line === undefined ? nothing : await run(line, place, tool);
	await settle(step.settle ?? {}, place.project);
	const snapshot = await takeSnapshot(place.project, memory);
	return {
		step: step.run ?? step.docker ?? 'files',
		status: outcome.status,
		printed: printed(outcome, step, memory),
		said: outcome.stderr,
		...snapshot,
	};
}

const nothing: Outcome = { status: 0, stdout: '', stderr: '' };

const run = (line: string, place: Scenario, tool: Tool): Promise<Outcome> =>
	tool === 'labc' ? place.labc('compose', ...words(line)) : place.dockerCompose(...words(line));

/** Blanks part words; single and double quotes keep them. */
const words = (line: string): readonly string[] =>
	[...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '');

function printed({ stdout }: Outcome, { prints }: StepParts, memory: Memory): readonly string[] {
	if (prints === undefined) return [];
	const lines = wordFor.text(stdout, memory).trimEnd().split('\n');
	return prints === 'sorted' ? lines.sort() : lines;
}

/** Bounded: a container that never gets there is seen in the comparison. */
async function settle(states: NonNullable<StepParts['settle']>, project: string): Promise<void> {
	for (const [name, state] of Object.entries(states)) {
		for (let tries = 0; tries < 600; tries += 1) {
			const now = await docker('ps', '-a', '--filter', `name=^${project}-${name}$`, '--format', '{{.State}}');
			if (now === state) break;
			await sleep(50);
		}
	}
}
