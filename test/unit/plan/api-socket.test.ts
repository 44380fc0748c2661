import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { registryLoginsKey, withApiSocket } from '../../../src/plan/api-socket.ts';
import { planUp } from '../../../src/plan/plan-up.ts';
import { project, service, stateOf } from '../../support/plan-cases.ts';

const lab = project({
	services: {
		agent: service({ use_api_socket: true, volumes: [{ type: 'volume', target: '/d' }], environment: { A: '1' } }),
		own: service({ use_api_socket: true, environment: { DOCKER_CONFIG: '/mine' } }),
		web: service(),
	},
});
const given = withApiSocket(lab);

describe('withApiSocket', () => {
	test('mounts the socket and tells where the logins are', () => {
		const agent = given.services.get('agent');
		assert.deepEqual(agent?.volumes, [
			{ type: 'volume', target: '/d' },
			{ type: 'bind', source: '/var/run/docker.sock', target: '/var/run/docker.sock' },
		]);
		assert.deepEqual(agent?.environment, { DOCKER_CONFIG: '/run/secrets/docker', A: '1' });
		assert.deepEqual(agent?.configs, [{ source: registryLoginsKey, target: '/run/secrets/docker/config.json' }]);
	});

	test('a place of one’s own for docker’s settings stays', () => {
		assert.deepEqual(given.services.get('own')?.environment, { DOCKER_CONFIG: '/mine' });
	});

	test('others stay as they are', () => assert.equal(given.services.get('web'), lab.services.get('web')));

	test('done twice it is done once', () => assert.deepEqual(withApiSocket(given), given));

	test('a project in which nobody wants it is what it was', () => {
		const plain = project({ services: { web: service() } });
		assert.equal(withApiSocket(plain), plain);
	});

	test('no login stands in the plan, only its name', () => {
		const { steps } = planUp(given, stateOf(given, { containers: [] }));
		const copies = steps.flatMap(({ operation }) => (operation.type === 'container.copy' ? operation.files : []));
		assert.deepEqual([...new Set(copies.map(({ source }) => source))], [registryLoginsKey]);
	});
});
