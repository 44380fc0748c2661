import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { cleanEnvironment, docker, labcPath, type Scenario, scenario, whyNoEngine } from './scenario.ts';
import { openPane, type Pane, whyNoTmux } from './tmux.ts';

const compose = `
services:
  shell:
    image: labc/busybox:latest
    command: sleep 600
    stop_grace_period: 0s
    environment: {PS1: "inside$$ "}
`;

/** How to get a shell with a terminal in a container. */
const ways: readonly { readonly way: string; readonly line: string }[] = [
	{ way: 'run', line: `${labcPath} compose run --rm shell sh` },
	{ way: 'exec', line: `${labcPath} compose exec shell sh` },
];

/** The prompt of the shell around labc, with nothing typed yet. */
const outside = /outside\$$/;

const skip = whyNoEngine() ?? whyNoTmux() ?? false;

async function lab(): Promise<Scenario> {
	const made = scenario({ files: { 'compose.yaml': compose } });
	const up = await made.labc('compose', 'up', '-d');
	assert.equal(up.status, 0, up.stderr);
	return made;
}

const openIn = ({ folder }: Scenario): Pane => openPane({ folder, columns: 100, rows: 30, env: cleanEnvironment() });

for (const { way, line } of ways) {
	describe(`a terminal of ${way}`, { skip }, () => {
		test('has the size of the real one, from the start and after each change', async () => {
			await using made = await lab();
			using pane = openIn(made);
			pane.type(`${line} -c 'stty size; exec sh'`);
			await pane.shows(/^30 100$/);
			pane.resize(120, 40);
			await pane.showsAfter('stty size', /^40 120$/);
		});

		test('gives Ctrl-C to the program, and its exit status to the caller', async () => {
			await using made = await lab();
			using pane = openIn(made);
			pane.type(`${line} -c 'trap "echo caught; exit 42" INT; echo ready; while :; do sleep 0.1; done'`);
			await pane.shows(/^ready$/);
			pane.press('C-c');
			await pane.shows(/caught$/);
			await pane.waitsAt(outside);
			pane.type('echo status $?');
			await pane.shows(/^status 42$/);
		});

		test('shows what the program writes as it is: a bare line feed only moves down', async () => {
			await using made = await lab();
			using pane = openIn(made);
			pane.type(`${line} -c 'stty -opost; printf "\\033[2J\\033[H学習\\nxy\\r\\n"; sleep 600'`);
			await pane.shows(/^ {4}xy$/);
			assert.ok(pane.screen().includes('学習'), pane.screen().join('\n'));
		});

		test('passes every key on, and puts the real one back as it was', async () => {
			await using made = await lab();
			using pane = openIn(made);
			await pane.waitsAt(outside);
			pane.type('stty -a > before');
			await pane.waitsAt(outside);
			pane.type(line);
			await pane.shows(/^inside\$$/);
			pane.type('stty -echo -icanon -isig -ixon; echo go; dd bs=1 count=4 2>/dev/null | od -An -tx1; stty sane');
			await pane.shows(/^go$/);
			pane.press('C-z', 'C-s', 'C-c', 'C-d');
			await pane.shows(/^ *1a 13 03 04$/);
			pane.type('exit 3');
			await pane.waitsAt(outside);
			pane.type('stty -a > after; echo ended');
			await pane.shows(/^ended$/);
			assert.equal(
				readFileSync(path.join(made.folder, 'after'), 'utf8'),
				readFileSync(path.join(made.folder, 'before'), 'utf8'),
			);
		});

		test('is put back also when labc is hung up or killed in the middle', async () => {
			for (const signal of ['HUP', 'TERM', 'QUIT']) {
				await using made = await lab();
				using pane = openIn(made);
				await pane.waitsAt(outside);
				pane.type('ulimit -c 0; stty -a > before');
				await pane.waitsAt(outside);
				pane.type(`sh -c 'echo $$ > pid; exec ${line}'`);
				await pane.shows(/^inside\$$/);
				const pid = Number(readFileSync(path.join(made.folder, 'pid'), 'utf8'));
				process.kill(pid, `SIG${signal}`);
				// A shell takes no SIGTERM; the second one ends it at once.
				if (signal === 'TERM') {
					await delay(500);
					if (way === 'run') process.kill(pid, 'SIGTERM');
				}
				await pane.waitsAt(outside);
				pane.type('stty -a > after; echo ended');
				await pane.shows(/^ended$/);
				assert.equal(
					readFileSync(path.join(made.folder, 'after'), 'utf8'),
					readFileSync(path.join(made.folder, 'before'), 'utf8'),
					`after SIG${signal}`,
				);
			}
		});

		test('is left with ctrl-p ctrl-q, and the program goes on', async () => {
			await using made = await lab();
			using pane = openIn(made);
			await pane.waitsAt(outside);
			pane.type('stty -a > before');
			await pane.waitsAt(outside);
			pane.type(`${line} -c 'echo ready; exec sleep 601'`);
			await pane.shows(/ready$/);
			pane.press('C-p', 'C-q');
			await pane.shows(/^left .*running/);
			await pane.waitsAt(outside);
			pane.type('stty -a > after; echo ended');
			await pane.shows(/^ended$/);
			assert.equal(
				readFileSync(path.join(made.folder, 'after'), 'utf8'),
				readFileSync(path.join(made.folder, 'before'), 'utf8'),
			);
			const ids = (await docker('ps', '-q', '--filter', `label=com.docker.compose.project=${made.project}`)).split(
				'\n',
			);
			const processes = await Promise.all(ids.map((id) => docker('top', id)));
			assert.ok(
				processes.some((list) => list.includes('sleep 601')),
				processes.join('\n'),
			);
		});
	});
}
