import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type BakePlan, planBake } from '../../../src/build/bake-plan.ts';
import type { BuildTarget } from '../../../src/build/builder.ts';
import type { Secret } from '../../../src/model/secret.ts';
import type { Service } from '../../../src/model/service.ts';
import { dockerComposePath } from '../../scenario/scenario.ts';

const project = 'labct-bake';
const file = path.join(import.meta.dirname, 'compose.yaml');
const compose = dockerComposePath();
const skip = compose === undefined ? 'docker compose is not installed' : false;

interface Canonical {
	readonly services: Readonly<Record<string, Service>>;
	readonly secrets: Readonly<Record<string, Secret>>;
}

interface Definition {
	readonly group: { readonly default: { readonly targets: readonly string[] } };
	readonly target: Readonly<Record<string, { readonly labels: Readonly<Record<string, string>> }>>;
}

describe('what docker compose asks of bake', { skip }, () => {
	const run = (...args: string[]): string =>
		execFileSync(compose ?? '', ['-p', project, '-f', file, ...args], {
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});

	test('labc asks too', () => {
		const theirs: Definition = JSON.parse(run('build', '--print'));
		const { services, secrets }: Canonical = JSON.parse(run('config', '--format', 'json').replaceAll('$$', '$'));
		const targets = Object.entries(services).flatMap(([name, service]): BuildTarget[] =>
			service.build === undefined
				? []
				: [
						{
							service: name,
							build: service.build,
							image: service.image ?? `${project}-${name}`,
							labels: identityLabels(theirs, name),
							...(service.platform !== undefined && { platform: service.platform }),
							secrets: new Map(Object.entries(secrets)),
						},
					],
		);
		const ours = definitionOf(planBake(targets, {}));
		assert.deepEqual(ours.target, theirs.target);
		assert.deepEqual([...ours.group.default.targets].sort(), [...theirs.group.default.targets].sort());
	});
});

/** Secrets of variables have names of our own, which are the one difference. */
const definitionOf = ({ definition, secretVariables }: BakePlan): Definition =>
	JSON.parse(
		JSON.stringify(definition).replaceAll(/LABC_BUILD_SECRET_\d+/g, (name) => secretVariables.get(name) ?? name),
	);

/** Labels of docker compose's own are the plan's business. */
const identityLabels = ({ target }: Definition, service: string): Readonly<Record<string, string>> =>
	Object.fromEntries(
		Object.entries(target[service.replaceAll('.', '_')]?.labels ?? {}).filter(([key]) => key.startsWith('com.docker.')),
	);
