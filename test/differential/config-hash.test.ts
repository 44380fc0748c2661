import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import type { Service } from '../../src/model/service.ts';
import { hashService } from '../../src/plan/config-hash.ts';
import { dockerComposePath } from '../scenario/scenario.ts';

/** What each file sets on its one service, as YAML flow mapping. */
const features: readonly string[] = [
	'{}',
	'{command: "echo a  b", entrypoint: ["/bin/sh", "-c"]}',
	'{command: []}',
	'{environment: {B: "<&>", A: "$$x", "10": a, "9": b, N: }}',
	'{environment: ["Z=1", "A=2"]}',
	'{labels: {z: "1", a: "é\u2028"}, annotations: {k: v}}',
	'{ports: ["80", "127.0.0.1:8080:80/udp", "8000-8002:80-82", "9000-9005:90"]}',
	'{ports: [{target: 80, published: "8080", name: web, app_protocol: http, mode: host}]}',
	'{volumes: ["/anon", "data:/data:ro", "./x:/x", "/h:/h:ro,z"]}',
	'{volumes: [{type: bind, source: /a, target: /a}, {type: bind, source: /b, target: /b, bind: {create_host_path: false, propagation: rprivate}}]}',
	'{volumes: [{type: volume, source: data, target: /d, read_only: true, volume: {nocopy: true, subpath: s}}]}',
	'{volumes: [{type: tmpfs, target: /t, tmpfs: {size: 10m, mode: 0755}}], tmpfs: /run}',
	'{networks: {default: {aliases: [b, a], priority: 3, ipv4_address: 10.1.0.2, mac_address: "02:00:00:00:00:01"}}}',
	'{network_mode: host}',
	'{healthcheck: {test: "curl -f localhost", interval: 1m30s, timeout: 5s, retries: 3, start_period: 1h, start_interval: 2s}}',
	'{healthcheck: {disable: true}}',
	'{deploy: {replicas: 3, mode: replicated, labels: {b: c, a: d}, resources: {limits: {cpus: "0.5", memory: 1g, pids: 9}, reservations: {cpus: "0.25", memory: 1m}}}}',
	'{deploy: {resources: {reservations: {devices: [{driver: nvidia, count: all, capabilities: [gpu], options: {b: c, a: d}}]}}}}',
	'{deploy: {restart_policy: {condition: on-failure, delay: 5s, max_attempts: 3, window: 2m}}}',
	'{gpus: all}',
	'{gpus: [{driver: nvidia, device_ids: ["0", "1"], capabilities: [compute]}]}',
	'{restart: unless-stopped, init: true, tty: true, stdin_open: true}',
	'{user: "1000:1000", working_dir: /w, hostname: h, domainname: d}',
	'{ulimits: {nofile: {soft: 10, hard: 20}, memlock: -1}}',
	'{shm_size: 8gb, mem_limit: 512m, ipc: host, pid: host}',
	'{cap_add: [B, A], cap_drop: [ALL], security_opt: ["no-new-privileges:true"], privileged: true, read_only: true}',
	'{dns: 1.1.1.1, extra_hosts: ["b:1.2.3.4", "a:host-gateway"], expose: [80, "90/udp"], group_add: ["44"]}',
	'{sysctls: {net.core.somaxconn: 1024}, runtime: nvidia, platform: linux/amd64}',
	'{stop_grace_period: 1m, stop_signal: SIGINT, pull_policy: always, profiles: [], scale: 2}',
	'{build: {context: ., args: {A: b}}, container_name: mine}',
	'{depends_on: {b: {condition: service_healthy, restart: true}}}',
	'{x-note: ignored}',
];

const dockerCompose = dockerComposePath();
const folder = mkdtempSync(path.join(tmpdir(), 'labc-hash-'));

describe('service hashes are docker compose’s', {
	skip: dockerCompose === undefined && 'docker compose is not installed',
}, () => {
	after(() => rmSync(folder, { recursive: true }));
	for (const feature of features) {
		test(feature, () => {
			const file = path.join(folder, 'compose.yml');
			const service = `{image: app, ${feature.slice(1)}`;
			writeFileSync(file, `name: lab\nservices:\n  a: ${service}\n  b: {image: app}\nvolumes: {data: {}}\n`);
			const ask = (...args: string[]): string =>
				execFileSync(dockerCompose ?? '', ['-f', file, 'config', ...args], {
					encoding: 'utf8',
					stdio: ['ignore', 'pipe', 'pipe'],
				});
			const model: { services: { a: Service } } = JSON.parse(ask('--format', 'json').replaceAll('$$', '$'));
			assert.equal(`a ${hashService(model.services.a)}`, ask('--hash', 'a').trim());
		});
	}
});
