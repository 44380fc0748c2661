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
	'{attach: false, cgroup: host, cgroup_parent: p, isolation: default, userns_mode: host, uts: host}',
	'{develop: {watch: [{path: ./w, action: sync+exec, target: /t, include: i, ignore: [a], initial_sync: true, exec: {command: a b}}, {path: ., action: rebuild}]}}',
	'{blkio_config: {weight: 300, weight_device: [{path: /a, weight: 4}], device_read_bps: [{path: /a, rate: 1k}], device_write_iops: [{path: /b, rate: 0}]}}',
	'{cpu_count: 1, cpu_percent: 50, cpu_period: 3, cpu_quota: 4, cpu_rt_period: 5, cpu_rt_runtime: 6, cpus: 0.29, cpuset: "0", cpu_shares: 7}',
	'{mem_reservation: 1m, memswap_limit: -1, mem_swappiness: 5, oom_kill_disable: true, oom_score_adj: -5, pids_limit: 9}',
	'{secrets: [s, {source: s, target: t, uid: "1", gid: "2", mode: 0440}], configs: [c, {source: c, target: /t}]}',
	'{credential_spec: {file: f, registry: r, config: c}, storage_opt: {size: 1G}, use_api_socket: true}',
	'{devices: ["/dev/a:/dev/b:r", "vendor.com/class=x"], device_cgroup_rules: ["c 1:3 mr"]}',
	'{dns_opt: [b, a], dns_search: [b, a], external_links: [x], links: [b, "b:c"], mac_address: "02:00:00:00:00:01"}',
	'{logging: {driver: json-file, options: {max-size: 1m, max-file: 3, a: }}}',
	'{models: {m: {endpoint_var: E, model_var: M}}, provider: {type: p, options: {b: [1, x], a: true}}}',
	'{networks: {default: {driver_opts: {b: 1, a: "2"}, gw_priority: 2, interface_name: e, link_local_ips: [169.254.8.8], ipv6_address: "::5"}}}',
	'{post_start: [{command: a b, user: u, privileged: true, working_dir: /, environment: [B=1, A]}], pre_stop: [{command: [x]}]}',
	'{volumes: [{type: bind, source: /b, target: /b, consistency: cached, bind: {recursive: readonly}}, {type: image, source: i, target: /i, image: {subpath: s}}]}',
	'{volumes: [{type: volume, source: data, target: /d, volume: {labels: {b: c, a: d}}}, {type: npipe, source: p, target: q}, {type: cluster, target: /c}]}',
	'{deploy: {endpoint_mode: vip, update_config: {parallelism: 0, delay: 1m, failure_action: pause, monitor: 90s, max_failure_ratio: 0.3, order: start-first}, rollback_config: {max_failure_ratio: 0.1}}}',
	'{deploy: {placement: {constraints: [a==b], preferences: [{spread: x}], max_replicas_per_node: 3}, resources: {reservations: {generic_resources: [{discrete_resource_spec: {kind: gpu, value: 2}}]}}}}',
	'{build: {context: ., ssh: [default], ulimits: {nofile: 1}, additional_contexts: {a: ./a}, provenance: true}}',
	'{x-note: ignored}',
];

const resources =
	'volumes: {data: {}}\nsecrets: {s: {file: ./s}}\nconfigs: {c: {content: x}}\nmodels: {m: {model: ai/x}}\n';

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
			writeFileSync(file, `name: lab\nservices:\n  a: ${service}\n  b: {image: app}\n${resources}`);
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
