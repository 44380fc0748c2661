import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
	containerRows,
	formatServices,
	formatUrls,
	heldGpus,
	rawContainer,
} from '../../../src/cli/container-output.ts';
import { formatRows, readRowFormat } from '../../../src/cli/listing-format.ts';
import { label } from '../../../src/state/labels.ts';
import type { ObservedContainer } from '../../../src/state/observed-state.ts';

const now = 1_700_000_000;

const jupyter: ObservedContainer = {
	id: 'f4adc071e2dcdbce33864946df4dd983',
	name: 'lab-jupyter-1',
	image: 'lab-jupyter',
	imageId: 'sha256:1',
	command: 'jupyter lab --ip=0.0.0.0',
	created: now - 180,
	state: 'running',
	status: 'Up 3 minutes (healthy)',
	labels: { [label.project]: 'lab', a: 'b' },
	ports: [
		{ ip: '127.0.0.1', privatePort: 8888, publicPort: 8889, type: 'tcp' },
		{ privatePort: 9000, type: 'tcp' },
	],
	networks: new Map([
		['lab_default', { networkId: '1' }],
		['other', { networkId: '2' }],
	]),
	mounts: [
		{ type: 'volume', name: 'lab_logs', source: '/var/lib/docker/volumes/lab_logs/_data', destination: '/logs' },
		{ type: 'bind', source: '/home/yuki/research/work', destination: '/work' },
	],
	service: 'jupyter',
	number: 1,
	oneOff: false,
	configHash: 'hash',
	health: 'healthy',
	exitCode: undefined,
};

const job: ObservedContainer = {
	...jupyter,
	name: 'lab-学習-1',
	command: 'sh',
	service: '学習',
	state: 'exited',
	status: 'Exited (3) 2 seconds ago',
	ports: [],
	health: undefined,
	exitCode: 3,
};

const wide = `NAME            IMAGE         COMMAND                  SERVICE   CREATED         STATUS                     PORTS
lab-jupyter-1   lab-jupyter   "jupyter lab --ip=0.…"   jupyter   3 minutes ago   Up 3 minutes (healthy)     9000/tcp, 127.0.0.1:8889->8888/tcp
lab-学習-1      lab-jupyter   "sh"                     学習      3 minutes ago   Exited (3) 2 seconds ago
`;

const narrow = `NAME            SERVICE   STATUS
lab-jupyter-1   jupyter   Up 3 minutes (healthy)
lab-学習-1      学習      Exited (3) 2 seconds ago
`;

interface Shown {
	readonly format?: string;
	readonly truncate?: boolean;
	readonly columns?: number;
}

const show = (containers: readonly ObservedContainer[], { format, truncate = true, columns }: Shown = {}): string =>
	formatRows(containers, containerRows({ now, truncate, showsGpus: false }), {
		format: readRowFormat(format, rawContainer),
		columns,
	});

describe('the table of containers', () => {
	test("is docker compose's", () => assert.equal(show([jupyter, job]), wide));

	test('leaves out columns in a narrow terminal', () => assert.equal(show([jupyter, job], { columns: 60 }), narrow));

	test('shows whole commands when asked', () => {
		assert.match(show([jupyter], { truncate: false }), /"jupyter lab --ip=0\.0\.0\.0"/);
	});
});

const templates: readonly { format: string; text: string }[] = [
	{ format: '{{.Name}} {{.Label "a"}} {{.Label "none"}}', text: 'lab-jupyter-1 b \n' },
	{ format: '{{range .Publishers}}{{.URL}}>{{.TargetPort}} {{end}}', text: '127.0.0.1>8888 >9000 \n' },
	{
		format: 'table {{.ID}}\\t{{.RunningFor}}\\t{{.Health}}\\t{{.Label "my.own-label"}}',
		text: 'CONTAINER ID   CREATED         HEALTH    own label\nf4adc071e2dc   3 minutes ago   healthy\n',
	},
	{
		format: 'raw',
		text: `container_id: f4adc071e2dc
image: lab-jupyter
command: "jupyter lab --ip=0.…"
created_at: 2023-11-14 22:10:20 +0000 UTC
state: running
status: Up 3 minutes (healthy)
names: lab-jupyter-1
labels: com.docker.compose.project=lab,a=b
ports: 9000/tcp, 127.0.0.1:8889->8888/tcp

`,
	},
];

describe('a template of containers', () => {
	for (const { format, text } of templates) {
		test(`fills in ${format}`, () => assert.equal(show([jupyter], { format }), text));
	}
});

describe('the services of containers', () => {
	test('are told once each, and no service is an empty line', () => {
		assert.equal(formatServices([jupyter, jupyter, job]), 'jupyter\n学習\n');
		assert.equal(formatServices([]), '\n');
	});
});

describe('the JSON of containers', () => {
	const parse = (container: ObservedContainer, truncate = true) =>
		JSON.parse(show([container], { format: 'json', truncate }));

	test("has docker compose's keys", () => {
		assert.deepEqual(parse(jupyter), {
			Command: '"jupyter lab --ip=0.…"',
			CreatedAt: '2023-11-14 22:10:20 +0000 UTC',
			ExitCode: 0,
			Health: 'healthy',
			ID: 'f4adc071e2dc',
			Image: 'lab-jupyter',
			Labels: 'com.docker.compose.project=lab,a=b',
			LocalVolumes: '1',
			Mounts: 'lab_logs,/home/yuki/res…',
			Name: 'lab-jupyter-1',
			Names: 'lab-jupyter-1',
			Networks: 'lab_default,other',
			Ports: '9000/tcp, 127.0.0.1:8889->8888/tcp',
			Project: 'lab',
			Publishers: [
				{ URL: '127.0.0.1', TargetPort: 8888, PublishedPort: 8889, Protocol: 'tcp' },
				{ URL: '', TargetPort: 9000, PublishedPort: 0, Protocol: 'tcp' },
			],
			RunningFor: '3 minutes ago',
			Service: 'jupyter',
			Size: '0B',
			State: 'running',
			Status: 'Up 3 minutes (healthy)',
		});
	});

	test('tells how a container ended', () => {
		const { ExitCode, Health, Publishers, State } = parse(job);
		assert.deepEqual(
			{ ExitCode, Health, Publishers, State },
			{ ExitCode: 3, Health: '', Publishers: [], State: 'exited' },
		);
	});

	test('is whole when asked', () => {
		assert.equal(parse(jupyter, false).ID, jupyter.id);
		assert.equal(parse(jupyter, false).Mounts, 'lab_logs,/home/yuki/research/work');
	});

	test('is one line per container, and nothing for none', () => {
		assert.equal(show([jupyter, job], { format: 'json' }).split('\n').length, 3);
		assert.equal(show([], { format: 'json' }), '');
	});
});

describe('formatUrls', () => {
	test('aligns addresses', () => {
		const urls = [
			{ service: 'jupyter', url: 'http://127.0.0.1:8889' },
			{ service: '学習', url: 'http://127.0.0.1:1' },
		];
		assert.equal(
			formatUrls(urls),
			'\nOpen in a browser:\n  jupyter  http://127.0.0.1:8889\n  学習     http://127.0.0.1:1\n',
		);
	});
	test('is empty where nothing can be opened', () => assert.equal(formatUrls([]), ''));
});

describe('the GPUs that labc gave out', () => {
	const ids = 'GPU-00000001-0000-4000-8000-000000000001 MIG-00000000-0000-4000-8000-000000000000';
	const trainer = { ...jupyter, labels: { ...jupyter.labels, [label.gpuIds]: ids } };
	const rowsWith = (showsGpus: boolean, truncate = true) => containerRows({ now, truncate, showsGpus });

	test('have a column behind the others', () => {
		const [titles = '', first = '', second = ''] = formatRows([trainer, job], rowsWith(true), {
			format: 'table',
		}).split('\n');
		assert.match(titles, /PORTS +GPUS$/);
		assert.match(first, /8888\/tcp +GPU-00000001…, MIG-00000000…$/);
		assert.match(second, /2 seconds ago$/);
		assert.match(
			formatRows([trainer], rowsWith(true, false), { format: 'table' }),
			new RegExp(`${ids.replace(' ', ', ')}$`, 'm'),
		);
	});

	test('are told by their places where labc wrote them down', () => {
		const placed = { ...trainer, labels: { ...trainer.labels, [label.gpuPlaces]: '1 4:0' } };
		assert.match(formatRows([placed], rowsWith(true), { format: 'table' }), / GPU 1, 4:0$/m);
		assert.match(
			formatRows([placed], rowsWith(true, false), { format: 'table' }),
			new RegExp(` ${ids.replace(' ', ', ')}$`, 'm'),
		);
	});

	test('stay where a terminal is narrow', () => {
		assert.match(
			formatRows([trainer], rowsWith(true), { format: 'table', columns: 80 }),
			/^NAME +SERVICE +STATUS +GPUS$/m,
		);
	});

	test('are a field of containers that hold some, and of no other', () => {
		const lines = formatRows([trainer, jupyter, { ...trainer, state: 'exited' }], rowsWith(true), { format: 'json' });
		const fields = lines
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line).GPUs);
		assert.deepEqual(fields, [ids.split(' '), undefined, undefined]);
	});

	test('are none where a container runs without', () => {
		assert.deepEqual(heldGpus({ state: 'running', labels: { [label.gpuIds]: 'none' } }), []);
	});
});
