import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { docker, scenario, whyNoEngine } from './scenario.ts';
import { until, watching } from './watching.ts';

const skip = whyNoEngine() ?? false;
const timeout = 180_000;
const mib = 2 ** 20;

const compose = `
services:
  app:
    image: labc/busybox:latest
    command: sleep 600
    stop_signal: SIGKILL
    scale: 2
    develop:
      watch:
        - {path: src, action: sync, target: /app}
`;

/** The most memory that a process has had, in MiB. */
const mostMemory = (pid: number): number =>
	Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

describe('watch with large files', { skip }, () => {
	test('a file comes whole into each replica, also one that is cut and written while it goes, and is not held in memory', {
		timeout,
	}, async () => {
		await using lab = scenario({ files: { 'compose.yaml': compose, 'src/first': '1' } });
		await using watch = await watching(lab);
		const atRest = mostMemory(watch.pid);
		const model = path.join(lab.folder, 'src/model.pt');
		const digests = async (): Promise<readonly string[]> =>
			Promise.all((await lab.containers()).map(({ Id }) => docker('exec', Id, 'sha256sum', '/app/model.pt')));
		const come = (content: Uint8Array): Promise<void> => {
			const wanted = createHash('sha256').update(content).digest('hex');
			return until(async () => {
				const told = await digests().catch(() => []);
				return told.length === 2 && told.every((line) => line.startsWith(wanted));
			}, watch.said);
		};
		const first = randomBytes(256 * mib);
		writeFileSync(`${lab.folder}/beside`, first);
		renameSync(`${lab.folder}/beside`, model);
		await come(first);
		const second = randomBytes(64 * mib);
		writeFileSync(`${lab.folder}/beside`, first);
		renameSync(`${lab.folder}/beside`, model);
		truncateSync(model, mib);
		writeFileSync(model, second);
		await come(second);
		const rise = mostMemory(watch.pid) - atRest;
		assert.ok(rise < 128, `it took ${rise} MiB more`);
		assert.doesNotMatch(watch.said(), /warning/);
	});
});
