import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../src/errors/labc-error.ts';
import type { Build } from '../../../src/model/build.ts';
import type { Service } from '../../../src/model/service.ts';
import { requireBuildSupported, requireSupported } from '../../../src/plan/require-supported.ts';
import { service } from '../../support/plan-cases.ts';

/** The paths that are refused, without the service's. */
function refused(check: () => void): readonly (string | undefined)[] {
	try {
		check();
	} catch (error) {
		if (!(error instanceof LabcError)) throw error;
		assert.ok(error.diagnostics.every(({ code }) => code === 'ATTRIBUTE_UNSUPPORTED'));
		return error.diagnostics.map(({ path }) => path?.replace(/^services\.web\./, ''));
	}
	return [];
}

const hook = { command: ['true'] };

describe('requireSupported', () => {
	const cases: readonly [changes: Partial<Service>, refused: readonly string[]][] = [
		[{}, []],
		[{ attach: true, develop: {}, deploy: { resources: {}, placement: { constraints: ['a==b'] } } }, []],
		[{ attach: false }, []],
		[{ configs: [{ source: 'c' }] }, []],
		[{ credential_spec: { file: 'f' } }, []],
		[{ provider: { type: 'vpn' } }, []],
		[{ links: ['db'] }, []],
		[{ models: { m: null } }, []],
		[{ secrets: [{ source: 's' }] }, []],
		[{ use_api_socket: true }, []],
		[{ volumes_from: ['db'] }, []],
		[{ pre_start: [hook] }, ['pre_start']],
		[{ post_start: [hook] }, []],
		[{ pre_stop: [hook] }, []],
		[{ ipc: 'host', pid: 'host', uts: 'host', network_mode: 'container:x' }, []],
		[{ volumes: [{ type: 'bind', source: '/a', target: '/a' }] }, []],
		[
			{
				volumes: [
					{ type: 'image', source: 'i', target: '/i' },
					{ type: 'npipe', target: 'p' },
					{ type: 'cluster', target: '/c' },
				],
			},
			[],
		],
		[{ pre_start: [hook], use_api_socket: true }, ['pre_start']],
	];
	for (const [changes, paths] of cases) {
		test(JSON.stringify(changes), () => {
			assert.deepEqual([...refused(() => requireSupported([['web', service(changes)]]))].sort(), [...paths].sort());
		});
	}

	test('a refusal names service, attribute and place', () => {
		const at = { file: 'compose.yaml', line: 3, column: 5, lineText: '    pre_start: []' };
		assert.throws(
			() => requireSupported([['web', service({ pre_start: [hook] })]], { locate: () => at }),
			(error) =>
				error instanceof LabcError &&
				error.message === 'labc cannot carry out `pre_start` of service `web` yet' &&
				error.at === at,
		);
	});
});

describe('requireBuildSupported', () => {
	const cases: readonly [build: Partial<Build>, refused: readonly string[]][] = [
		[{ target: 't', secrets: [{ source: 's' }] }, []],
		[{ entitlements: ['network.host'] }, []],
		[{ provenance: 'true', sbom: 'true', ulimits: { nofile: 1 }, isolation: 'default' }, []],
		[{ ssh: ['default'] }, []],
		[{ additional_contexts: { a: '/a', b: 'service:db' } }, []],
		[{ privileged: true }, []],
	];
	for (const [build, paths] of cases) {
		test(JSON.stringify(build), () => {
			const web = service({ build: { context: '/lab', ...build } });
			assert.deepEqual(
				refused(() => requireBuildSupported([['web', web]])),
				paths,
			);
		});
	}

	test('a service without a build asks for nothing', () => {
		assert.doesNotThrow(() => requireBuildSupported([['web', service()]]));
	});
});
