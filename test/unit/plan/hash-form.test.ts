import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Service } from '../../../src/model/service.ts';
import { hashDeclared, hashService } from '../../../src/plan/config-hash.ts';
import {
	carriesHash,
	declaredHashInForm,
	hashInForm,
	projectHashForm,
	versionOf,
} from '../../../src/plan/hash-form.ts';
import type { HashForm } from '../../../src/plan/plan.ts';
import { label } from '../../../src/state/labels.ts';
import { container, idOf, project, service } from '../../support/plan-cases.ts';

const bound = (bind: { readonly create_host_path?: true }): Service => ({
	command: null,
	entrypoint: null,
	image: 'app',
	volumes: [{ type: 'bind', source: '/a', target: '/a', bind }],
});
const makes = bound({ create_host_path: true });
const makesNot = bound({});
const unbound: Service = { command: null, entrypoint: null, image: 'app' };

describe('the two forms of the hash', () => {
	test('are one where nothing is bound', () => {
		assert.ok(carriesHash(unbound, hashService(unbound)));
		assert.equal(hashInForm(unbound, '5'), hashInForm(unbound, '2'));
	});

	test('are printed over the declaration, which keeps its `env_file`s', () => {
		const declared = { ...makes, env_file: [{ path: '/a.env', required: true }] };
		assert.equal(declaredHashInForm(declared, '2'), hashDeclared(declared));
		assert.equal(declaredHashInForm(declared, '5'), hashDeclared({ ...declared, volumes: makesNot.volumes ?? [] }));
		assert.notEqual(declaredHashInForm(declared, '5'), hashDeclared(declared));
	});

	test('2.x writes that the host folder is made, 5.x leaves the default out', () => {
		assert.equal(hashInForm(makes, '2'), hashService(makes));
		assert.equal(hashInForm(makes, '5'), hashService(makesNot));
		assert.ok(carriesHash(makes, hashInForm(makes, '2')));
		assert.ok(carriesHash(makes, hashInForm(makes, '5')));
		assert.ok(!carriesHash(makes, hashInForm(unbound, '5')));
	});

	test('5.x writes that it is not made, 2.x leaves that out', () => {
		const [second, fifth] = [hashInForm(makesNot, '2'), hashInForm(makesNot, '5')];
		assert.equal(second, hashService(makesNot));
		assert.notEqual(fifth, second);
		assert.ok(carriesHash(makesNot, second));
		assert.ok(carriesHash(makesNot, fifth));
		assert.ok(!carriesHash(makesNot, hashService(makes)));
	});

	test('each is told by the version beside it', () => {
		assert.equal(versionOf('2'), '2.40.3');
		assert.equal(versionOf('5'), '5.5.0');
	});

	test('are pinned', () => {
		assert.equal(hashInForm(makes, '2'), '4b67ec617e08fcd7e8525e3d1282c8f1f634715649a85e8056c7bf7778669535');
		assert.equal(hashInForm(makes, '5'), '09265b05e516aaa7b2a2e84682fffe2fd57fe18a0008be9afc358d2f4c20a92b');
		assert.equal(hashInForm(makesNot, '5'), '99fe72cc3124b4b047c24e4f5c8a40d79e7a3415edfffba69befae25bf442aab');
	});
});

describe('projectHashForm', () => {
	const lab = project({
		services: {
			web: service(makes),
			plain: service(),
			side: service({ ...makes, networks: {}, network_mode: 'service:plain' }),
		},
	});
	const carrying = (name: string, form: HashForm, version = '2.40.3') => {
		const found = container(lab, { service: name });
		const declared = lab.services.get(name) ?? service();
		const shared = name === 'side' ? { ...declared, network_mode: `container:${idOf('lab-plain-1')}` } : declared;
		return {
			...found,
			configHash: hashInForm(shared, form),
			labels: { ...found.labels, [label.version]: version },
		};
	};
	const changed = (version: string) => ({ ...carrying('web', '2', version), configHash: 'another' });
	const cases = [
		{ when: 'nothing is there', containers: [], form: '2' },
		{ when: 'nothing is there and 5 is asked for', containers: [], preferred: '5', form: '5' },
		{ when: 'a container carries the form of 5', containers: [carrying('web', '5')], form: '5' },
		{
			when: 'a container carries the form of 2 and 5 is asked for',
			containers: [carrying('web', '2')],
			preferred: '5',
			form: '2',
		},
		{
			when: 'containers tell nothing and 5 is asked for',
			containers: [carrying('plain', '2')],
			preferred: '5',
			form: '5',
		},
		{
			when: 'the container that tells shares a namespace',
			containers: [carrying('plain', '2'), carrying('side', '5')],
			form: '5',
		},
		{ when: 'a changed container was made by docker compose 5', containers: [changed(versionOf('5'))], form: '5' },
		{ when: 'a changed container was made by docker compose 2', containers: [changed('2.40.3')], form: '2' },
		{
			when: 'containers carry both',
			containers: [carrying('web', '5'), carrying('plain', '2'), carrying('side', '2')],
			form: '2',
		},
	] satisfies readonly { when: string; containers: readonly object[]; preferred?: HashForm; form: HashForm }[];
	for (const { when, containers, preferred, form } of cases) {
		test(`is ${form} when ${when}`, () => assert.equal(projectHashForm(lab, { containers }, preferred), form));
	}
});
