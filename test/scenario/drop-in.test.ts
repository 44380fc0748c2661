import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dockerComposePath, type Outcome, type Scenario, scenario, whyNoEngine } from './scenario.ts';

const compose = `services:
  web:
    image: labc/busybox:latest
    command: sleep 600
    init: true
    stop_grace_period: 0s
    environment: {KEPT: from the file}
  app:
    build:
      context: .
      args: [GREETING]
      dockerfile_inline: |
        FROM labc/busybox:latest
        ARG GREETING
        RUN --mount=type=secret,id=token --mount=type=secret,id=preload cat /run/secrets/token /run/secrets/preload > /all && echo $$GREETING >> /all
      secrets: [token, preload]
    command: cat /all
secrets:
  token: {environment: TOKEN}
  preload: {environment: LD_PRELOAD}
`;
/** A service whose env file is missing: docker compose's exec minds it. */
const late = `  late:
    image: labc/busybox:latest
    env_file: nofile.env
`;
const env = 'TOKEN=s3cret\nLD_PRELOAD=/no/such.so\nGREETING=hello\n';
const plain = { 'compose.yaml': compose, '.env': env };
const files = { ...plain, 'compose.yaml': compose.replace('services:\n', `services:\n${late}`) };

const same: readonly { when: string; line: string }[] = [
	{ when: 'the command of a run is missing', line: 'run --rm -T web no-such-command' },
	{ when: 'the command of a run is no program', line: 'run --rm -T web /etc/hostname' },
	{ when: 'the command of a detached run is missing', line: 'run -d web no-such-command' },
	{ when: 'the program of a run fails', line: 'run --rm -T web sh -c exit\t7' },
	{ when: 'the command of an exec is missing', line: 'exec -T web no-such-command' },
	{ when: 'the command of an exec is no program', line: 'exec -T web /etc/hostname' },
	{ when: 'the command of a detached exec is missing', line: 'exec -d web no-such-command' },
	{ when: 'the folder of an exec is missing', line: 'exec -T -w /nowhere web true' },
	{ when: 'the user of an exec is unknown', line: 'exec -T -u nobodyhere web true' },
	{ when: 'the service of an exec does not run', line: 'exec -T app true' },
];

const words = (line: string): readonly string[] => line.split(' ').map((word) => word.replace('\t', ' '));

const noCompose = dockerComposePath() === undefined ? 'docker compose is not installed' : false;

describe('run and exec beside docker compose', { skip: whyNoEngine() ?? noCompose }, () => {
	test('the exit statuses are the same', async () => {
		await using lab = scenario({ files: plain });
		assert.equal((await lab.labc('compose', 'up', '-d', 'web')).status, 0);
		for (const { when, line } of same) {
			const ours = await lab.labc('compose', ...words(line));
			const theirs = await lab.dockerCompose(...words(line));
			assert.equal(ours.status, theirs.status, `when ${when}: ${ours.stderr}\n${theirs.stderr}`);
		}
	});

	for (const line of [
		'exec -T -e TOKEN -e KEPT web',
		'exec -T -e TOKEN=own -e UNSET web',
		'run --rm -T -e TOKEN -e KEPT web',
		'run --rm -T -e UNSET web',
	]) {
		test(`the program of \`${line}\` sees the same variables`, async () => {
			await using lab = scenario({ files: plain });
			assert.equal((await lab.labc('compose', 'up', '-d', 'web')).status, 0);
			// In any order: docker compose's changes from run to run.
			const seen = async (run: Promise<Outcome>): Promise<readonly string[]> =>
				(await run).stdout.match(/^(?:TOKEN|KEPT|UNSET)=.*$/gm)?.sort() ?? [];
			const args = [...words(line), 'env'];
			assert.deepEqual(await seen(lab.labc('compose', ...args)), await seen(lab.dockerCompose(...args)));
		});
	}
});

describe('what does without a service’s environment', { skip: whyNoEngine() ?? false }, () => {
	const succeeds = async (lab: Scenario, line: string): Promise<string> => {
		const { status, stdout, stderr } = await lab.labc('compose', ...words(line));
		assert.equal(status, 0, `${line}: ${stderr}`);
		return stdout;
	};

	test('does not mind an env file that is missing', async () => {
		await using lab = scenario({ files });
		await succeeds(lab, 'up -d web');
		assert.match(await succeeds(lab, 'ps'), /web-1/);
		await succeeds(lab, 'logs late');
		assert.equal(await succeeds(lab, 'exec -T web echo here'), 'here\n');
		const { status, stderr } = await lab.labc('compose', 'up', '-d', 'late');
		assert.equal(status, 1);
		assert.match(stderr, /nofile\.env/);
		await succeeds(lab, 'down');
		assert.deepEqual(await lab.containers(), []);
	});

	test('a build sees .env: its secrets by value, its arguments by name; -q is quiet', async () => {
		await using lab = scenario({ files });
		const { status, stdout, stderr } = await lab.labc('compose', 'build', '-q', 'app');
		assert.deepEqual([status, stdout, stderr], [0, '', '']);
		assert.equal(await succeeds(lab, 'run --rm -T app'), 's3cret/no/such.sohello\n');
	});

	test('dry runs say what they would do and do nothing', async () => {
		await using lab = scenario({ files });
		const plan = await succeeds(lab, '--dry-run run --rm -T web echo hi');
		assert.match(plan, /^create network .*\n(.*\n)*create \S+-web-run-[0-9a-f]{12}/);
		assert.deepEqual(await lab.containers(), []);
		await succeeds(lab, 'up -d web');
		assert.equal(await succeeds(lab, '--dry-run exec web touch /mark'), `1 exec ${lab.project}-web-1: touch /mark\n`);
		assert.equal((await lab.labc('compose', 'exec', '-T', 'web', 'test', '-e', '/mark')).status, 1);
	});
});
