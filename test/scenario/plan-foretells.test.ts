import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { docker, type InspectedContainer, type Scenario, scenario, whyNoEngine } from './scenario.ts';

interface Parts {
	readonly a?: string;
	readonly c?: string;
	readonly more?: string;
	readonly network?: string;
}

const idle = "image: 'labc/busybox:latest', command: [sleep, '900'], init: true, stop_grace_period: 0s";

const compose = ({ a = '', c = '', more = '', network = '' }: Parts = {}): string => `services:
  a: {${idle}, environment: {MODE: one}, secrets: [token], configs: [app]${a}}
  b: {${idle}, depends_on: {a: {condition: service_started, restart: true}}}
  c: {${idle}, networks: [own], volumes: ['data:/data']${c}}
  d: {${idle}, deploy: {replicas: 2}}
${more}
networks: {own: {${network}}}
volumes: {data: {}}
secrets: {token: {file: ./token}}
configs: {app: {content: text}}
`;

interface Change {
	readonly when: string;
	readonly parts?: Parts;
	readonly token?: string;
	/** Words of the docker CLI; `@` is the project. */
	readonly docker?: string;
	readonly flags?: string;
	/** At least this must come of it, so that a plan without any step would not pass. */
	readonly changes: Readonly<Record<string, Fate>>;
}

type Fate = 'kept' | 'restarted' | 'recreated' | 'created' | 'removed';

/** One after the other, on one project. */
const changes: readonly Change[] = [
	{ when: 'nothing changed', changes: {} },
	{ when: 'an environment changed', parts: { a: ', user: root' }, changes: { 'a-1': 'recreated', 'b-1': 'restarted' } },
	{ when: 'a label changed', parts: { a: ', user: root', c: ', labels: {x: y}' }, changes: { 'c-1': 'recreated' } },
	{ when: 'it is as before', changes: { 'a-1': 'recreated', 'c-1': 'recreated' } },
	{ when: 'a secret’s file changed', token: 'two', changes: { 'a-1': 'recreated' } },
	{ when: 'nothing changed again', changes: {} },
	{ when: 'there are more replicas', flags: '--scale d=4', changes: { 'd-3': 'created', 'd-4': 'created' } },
	{ when: 'there are fewer replicas', changes: { 'd-3': 'removed', 'd-4': 'removed' } },
	{ when: 'a container was stopped', docker: 'stop -t0 @-c-1', changes: { 'c-1': 'restarted' } },
	{ when: 'a container was removed', docker: 'rm -f @-c-1', changes: { 'c-1': 'created' } },
	{ when: 'a container was paused', docker: 'pause @-c-1', changes: {} },
	{ when: 'a container left its network', docker: 'network disconnect @_own @-c-1', changes: { 'c-1': 'recreated' } },
	{ when: 'a limit was changed by hand', docker: 'update --memory 64m --memory-swap 64m @-c-1', changes: {} },
	{ when: 'that is to be mended', flags: '--drift', changes: { 'c-1': 'recreated' } },
	{ when: 'a network changed', parts: { network: 'internal: true' }, changes: { 'c-1': 'restarted' } },
	{
		when: 'a service came',
		parts: { network: 'internal: true', more: `  e: {${idle}}` },
		changes: { 'e-1': 'created' },
	},
	{
		when: 'a service went',
		parts: { network: 'internal: true' },
		flags: '--remove-orphans',
		changes: { 'e-1': 'removed' },
	},
	{ when: 'everything is to be made anew', flags: '--force-recreate', changes: { 'd-1': 'recreated' } },
	{ when: 'a change is to be passed over', flags: '--no-recreate', changes: {} },
	{ when: 'one service is asked for', parts: { a: ', user: root' }, flags: '--no-deps d', changes: {} },
	{ when: 'the rest is asked for', parts: { a: ', user: root' }, changes: { 'a-1': 'recreated' } },
];

interface ShownPlan {
	readonly steps: readonly {
		readonly operation: string;
		readonly subject: string;
		readonly reasons: readonly string[];
	}[];
}

const temporary = /^[\da-f]{12}_/;

/** What the plan's words say of each container. */
function foretold({ steps }: ShownPlan, before: readonly string[]): Readonly<Record<string, Fate>> {
	const fates = new Map<string, Fate>(before.map((name) => [name, 'kept']));
	const started = steps.filter(({ operation }) => operation === 'container.start').map(({ subject }) => subject);
	for (const name of started) fates.set(name, 'restarted');
	for (const { operation, subject } of steps) {
		if (operation === 'container.remove' && !temporary.test(subject)) fates.set(subject, 'removed');
	}
	for (const { operation, subject } of steps) {
		if (operation !== 'container.create') continue;
		fates.set(subject.replace(temporary, ''), temporary.test(subject) ? 'recreated' : 'created');
	}
	return Object.fromEntries([...fates].sort());
}

function happened(
	before: readonly InspectedContainer[],
	after: readonly InspectedContainer[],
): Readonly<Record<string, Fate>> {
	const now = new Map(after.map((one) => [one.Name.slice(1), one]));
	const then = new Map(before.map((one) => [one.Name.slice(1), one]));
	const fateOf = (name: string): Fate => {
		const [old, made] = [then.get(name), now.get(name)];
		if (old === undefined) return 'created';
		if (made === undefined) return 'removed';
		if (old.Id !== made.Id) return 'recreated';
		return old.State.StartedAt === made.State.StartedAt ? 'kept' : 'restarted';
	};
	return Object.fromEntries([...new Set([...then.keys(), ...now.keys()])].sort().map((name) => [name, fateOf(name)]));
}

async function change(lab: Scenario, { parts, token, docker: line, flags = '' }: Change) {
	lab.write('compose.yaml', compose(parts));
	if (token !== undefined) lab.write('token', token);
	if (line !== undefined) await docker(...line.replaceAll('@', lab.project).split(' '));
	const before = await lab.containers();
	const words = flags.split(' ').filter((word) => word !== '');
	const shown = await lab.labc('compose', 'plan', '--format', 'json', ...words);
	assert.equal(shown.status, 0, shown.stderr);
	const plan: ShownPlan = JSON.parse(shown.stdout);
	const up = await lab.labc('compose', 'up', '-d', ...words);
	assert.equal(up.status, 0, up.stderr);
	return { plan, before, after: await lab.containers() };
}

describe('a plan foretells what up does', { skip: whyNoEngine() ?? false }, () => {
	test('for one change after the other', async (t) => {
		await using lab = scenario({ files: { 'compose.yaml': compose(), token: 'one' } });
		assert.equal((await lab.labc('compose', 'up', '-d')).status, 0);
		for (const one of changes) {
			await t.test(`when ${one.when}`, async () => {
				const { plan, before, after } = await change(lab, one);
				const names = before.map(({ Name }) => Name.slice(1));
				const fates = happened(before, after);
				assert.deepEqual(foretold(plan, names), fates, JSON.stringify(plan, undefined, 1));
				const wanted = Object.entries(one.changes).map(([name, fate]) => [`${lab.project}-${name}`, fate]);
				assert.partialDeepStrictEqual(fates, Object.fromEntries(wanted));
				if (wanted.length === 0) assert.deepEqual(new Set(Object.values(fates)), new Set(['kept']));
				assert.ok(plan.steps.every(({ reasons }) => reasons.length > 0));
			});
		}
	});
});
