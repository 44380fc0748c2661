import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildFailed } from '../../../src/build/build-failure.ts';
import type { FailedStep } from '../../../src/build/build-progress.ts';
import type { BuildTarget } from '../../../src/build/builder.ts';

const target = (service: string): BuildTarget => ({
	service,
	build: { context: '/src', dockerfile: 'Dockerfile' },
	image: service,
	labels: {},
	secrets: new Map(),
});

const failure = (failed: FailedStep | undefined, words: readonly string[], lines: readonly string[] = []) =>
	buildFailed({ targets: [target('web'), target('db')], progress: { failed, lastLines: () => lines }, words });

describe('buildFailed', () => {
	test('names the service, the step, what it printed, and the place', () => {
		const error = failure(
			{ service: 'db', step: 'RUN make', error: 'exit code: 2' },
			['Dockerfile:5', '----', '   5 | >>> RUN make', '----', 'ERROR: target db: failed to solve: exit code: 2'],
			['cc main.c', 'main.c:1: error'],
		);
		assert.equal(error.code, 'BUILD_FAILED');
		assert.equal(error.message, 'building `db` failed at `RUN make`: exit code: 2\n  | cc main.c\n  | main.c:1: error');
		assert.deepEqual(error.at, { file: '/src/Dockerfile', line: 5, column: 1, lineText: 'RUN make' });
		assert.equal(error.hint, 'Repair that step and build again.');
	});

	test("where no step failed, buildx's last word counts", () => {
		const error = failure(undefined, [
			'ERROR: target db: failed to solve: failed to read dockerfile: open nope: no such file or directory',
		]);
		assert.equal(
			error.message,
			'building `db` failed: failed to read dockerfile: open nope: no such file or directory',
		);
		assert.equal(error.at, undefined);
	});

	const hints = [
		{ error: 'docker.io/docker/dockerfile:1: dial tcp: lookup', hint: /`# syntax=` line/ },
		{ error: 'failed to resolve source metadata for docker.io/library/x', hint: /name after FROM/ },
		{ error: 'Multi-platform build is not supported for the docker driver.', hint: /containerd image store/ },
		{ error: 'failed to push r/x:1: authorization failed', hint: /docker login/ },
		{ error: 'failed to compute cache key: "/nope": not found', hint: /paths in the Dockerfile/ },
	];
	for (const { error, hint } of hints) {
		test(`\`${error}\` has its own way out`, () => {
			assert.match(failure({ service: 'web', step: 'RUN x', error }, []).hint ?? '', hint);
		});
	}

	const codes = [
		{ step: 'RUN push', error: 'exit code: 1', code: 'BUILD_FAILED' },
		{ step: 'pushing r/x:1 with docker', error: 'no basic auth credentials', code: 'PUSH_FAILED' },
		{ step: 'exporting to image', error: 'failed to push r/x:1: denied', code: 'PUSH_FAILED' },
	];
	for (const { step, error, code } of codes) {
		test(`\`${step}: ${error}\` is ${code}`, () => {
			assert.equal(failure({ service: 'web', step, error }, []).code, code);
		});
	}

	test('a program that ends without a word is still reported', () => {
		assert.match(failure(undefined, []).message, /buildx ended without a word/);
	});
});
