import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { toContainerBody } from '../../../src/engine/docker/convert/container-body.ts';
import { containerDetails } from '../../../src/engine/docker/convert/observed-container.ts';
import type { Service } from '../../../src/model/service.ts';
import { replicaSpec } from '../../../src/plan/container-spec.ts';
import { explainChange } from '../../../src/plan/explain-change.ts';
import { reasonText } from '../../../src/plan/reason.ts';
import { container, image, project, service, stateOf } from '../../support/plan-cases.ts';

/** Attributes that inspect shows, each with a value of its own. */
const full: Partial<Service> = {
	annotations: { a: 'b' },
	blkio_config: { weight: 300, device_write_iops: [{ Path: '/dev/sda', Rate: '10' }] },
	cap_add: ['NET_ADMIN', 'all'],
	cap_drop: ['sys_time'],
	cgroup_parent: '/lab',
	cgroup: 'host',
	cpu_count: 1,
	cpu_percent: 12.5,
	cpu_period: 1000,
	cpu_quota: 2000,
	cpu_rt_period: 3000,
	cpu_rt_runtime: 4000,
	cpus: 0.25,
	cpuset: '0-1',
	cpu_shares: 12,
	command: ['sleep', '9'],
	device_cgroup_rules: ['c 1:3 r'],
	devices: [
		{ source: '/dev/null', target: '/dev/x', permissions: 'rw' },
		{ source: 'nvidia.com/gpu=all', target: 'nvidia.com/gpu=all', permissions: 'rwm' },
	],
	dns: ['1.1.1.1'],
	dns_opt: ['use-vc'],
	dns_search: ['lab'],
	domainname: 'lab',
	entrypoint: ['/run'],
	environment: { A: '1' },
	expose: ['9', '8/udp'],
	extra_hosts: ['a=1.2.3.4', 'six=::1'],
	group_add: ['audio'],
	gpus: [{ count: -1, capabilities: ['compute'] }],
	hostname: 'h',
	healthcheck: { test: ['CMD', 'true'], interval: '1m30s', timeout: '2s', retries: 3, start_period: '1s' },
	init: true,
	ipc: 'host',
	labels: { team: 'x' },
	logging: { driver: 'json-file', options: { 'max-size': '10m' } },
	mem_limit: '67108864',
	mem_reservation: '1024',
	memswap_limit: '134217728',
	mem_swappiness: '10',
	networks: { default: { aliases: ['x'], ipv4_address: '10.0.0.5', mac_address: '02:42:ac:11:65:43', gw_priority: 3 } },
	oom_kill_disable: true,
	oom_score_adj: 7,
	pid: 'host',
	pids_limit: 50,
	ports: [{ mode: 'ingress', host_ip: '127.0.0.1', target: 80, published: '8000', protocol: 'tcp' }],
	privileged: true,
	read_only: true,
	restart: 'on-failure:3',
	runtime: 'nvidia',
	security_opt: ['no-new-privileges:true', 'seccomp:unconfined'],
	shm_size: '134217728',
	stdin_open: true,
	stop_grace_period: '1m30s',
	stop_signal: 'SIGINT',
	storage_opt: { size: '1G' },
	sysctls: { 'net.core.somaxconn': '100' },
	tmpfs: ['/run:size=64m', '/tmp'],
	tty: true,
	ulimits: { nofile: { soft: 10, hard: 20 }, nproc: 5 },
	user: '1000',
	userns_mode: 'host',
	volumes: [{ type: 'bind', source: '/a', target: '/b', read_only: true, bind: { create_host_path: true } }],
	working_dir: '/work',
};

/** What is said of a container that was made from `made`, when the file says `declared`. */
function reasons(made: Partial<Service>, declared: Partial<Service>): readonly string[] {
	const lab = project({ services: { web: service(made) } });
	const state = stateOf(lab, { containers: [] });
	const spec = replicaSpec({ name: 'web', service: service(made), number: 1, hashForm: '2' }, lab, state);
	const { HostConfig, NetworkingConfig, ...Config } = toContainerBody(spec, '1.51').body as Readonly<
		Record<string, Readonly<Record<string, unknown>>>
	>;
	const details = containerDetails({
		Id: 'a'.repeat(64),
		Name: '/lab-web-1',
		State: { Status: 'running', Running: true, ExitCode: 0, OOMKilled: false, Error: '' },
		Config,
		HostConfig: HostConfig ?? {},
		NetworkSettings: { Networks: { ...(NetworkingConfig?.['EndpointsConfig'] ?? {}) } },
	});
	const observed = { ...container(lab, { service: 'web' }), details };
	const asked = { name: 'web', service: service(declared) };
	return explainChange(observed, asked, { project: lab, image: image() }).map(reasonText);
}

describe('comparisons, beside what is asked of the engine', () => {
	test('a container made from what is declared has no difference at all', () => {
		assert.deepEqual(reasons(full, full), ['configuration hash differs']);
	});
	// The engine takes no host name where the host's is shared.
	const alone = Object.entries({ ...full, uts: 'host' }).filter(([name]) => name !== 'gpus' && name !== 'networks');
	for (const [name, value] of alone) {
		test(`\`${name}\` is a reason when it is added, and when it is taken away`, () => {
			const [added] = reasons({}, { [name]: value });
			const [removed] = reasons({ [name]: value }, {});
			const field = new RegExp(`^${name}(\\.\\w+)?: `);
			assert.match(added ?? '', field);
			assert.match(removed ?? '', field);
		});
	}
});
