import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatEventJson, formatEventLine } from '../../../src/cli/event-output.ts';
import { formatImageIds, formatImageJson, formatImageTable } from '../../../src/cli/image-output.ts';
import { formatRows, readListFormat, readRowFormat } from '../../../src/cli/listing-format.ts';
import { formatProcessTable } from '../../../src/cli/process-output.ts';
import { formatProjectJson, formatProjectTable, readNameFilter } from '../../../src/cli/project-output.ts';
import { inPlace, statsRows } from '../../../src/cli/stats-output.ts';
import { rawVolume, volumeRows } from '../../../src/cli/volume-output.ts';
import type { ListedImage } from '../../../src/use-cases/list-images.ts';

const image: ListedImage = {
	container: 'lab-web-1',
	repository: 'nginx',
	tag: '1.27',
	id: `sha256:${'ab'.repeat(32)}`,
	size: 2_066_789,
	platform: 'linux/amd64',
	lastTagged: '2026-01-02T03:00:00.5Z',
};
const never: ListedImage = {
	...image,
	container: 'lab-old-1',
	repository: 'sha256',
	tag: 'cdef',
	lastTagged: undefined,
};
const nowMs = Date.parse('2026-01-02T05:00:01Z');

describe('the listing of images', () => {
	test('is a table as wide as it needs, and narrower where it must be', () => {
		assert.equal(
			formatImageTable([image, never], { nowMs }),
			`CONTAINER   REPOSITORY   TAG       PLATFORM      IMAGE ID       SIZE      CREATED
lab-web-1   nginx        1.27      linux/amd64   abababababab   2.07MB    2 hours ago
lab-old-1   sha256       cdef      linux/amd64   abababababab   2.07MB    N/A
`,
		);
		assert.match(formatImageTable([image], { nowMs, columns: 60 }), /^CONTAINER +REPOSITORY +TAG +SIZE +CREATED\n/);
	});

	test("is one JSON list with docker compose's keys and its null for nothing", () => {
		assert.deepEqual(JSON.parse(formatImageJson([image, never])), [
			{
				ID: image.id,
				ContainerName: 'lab-web-1',
				Repository: 'nginx',
				Tag: '1.27',
				Platform: 'linux/amd64',
				Size: 2_066_789,
				LastTagTime: '2026-01-02T03:00:00.5Z',
			},
			{
				ID: image.id,
				ContainerName: 'lab-old-1',
				Repository: 'sha256',
				Tag: 'cdef',
				Platform: 'linux/amd64',
				Size: 2_066_789,
				LastTagTime: '0001-01-01T00:00:00Z',
			},
		]);
		assert.equal(formatImageJson([]), 'null\n\n');
	});

	test('tells each id once', () => assert.equal(formatImageIds([image, never]), `${'ab'.repeat(32)}\n`));
});

describe('the listing of projects', () => {
	const lab = { name: 'lab', status: 'exited(1), running(3)', configFiles: '/srv/lab/compose.yaml' };

	test('is a table or a JSON list', () => {
		assert.equal(
			formatProjectTable([lab]),
			'NAME      STATUS                  CONFIG FILES\nlab       exited(1), running(3)   /srv/lab/compose.yaml\n',
		);
		assert.equal(formatProjectTable([lab], 40), 'NAME      STATUS\nlab       exited(1), running(3)\n');
		assert.equal(
			formatProjectJson([lab]),
			'[{"Name":"lab","Status":"exited(1), running(3)","ConfigFiles":"/srv/lab/compose.yaml"}]\n',
		);
		assert.equal(formatProjectJson([]), '[]\n');
	});

	test('takes patterns of names as filters, and nothing else', () => {
		assert.ok(readNameFilter('name=^lab-').test('lab-yuki'));
		assert.ok(!readNameFilter('name=^lab-').test('my-lab-yuki'));
		for (const filter of ['name', 'foo=x', '', 'name=(']) {
			assert.throws(() => readNameFilter(filter), { code: 'USAGE_INVALID' });
		}
	});
});

describe('the listing of processes', () => {
	const titles = ['UID', 'PID', 'CMD'];

	test('is one table of all containers; one-offs have no number', () => {
		const tables = [
			{
				service: 'web',
				number: 2,
				titles,
				processes: [
					['root', '12', 'nginx -g'],
					['www', '13', 'nginx: worker'],
				],
			},
			{ service: 'job', number: undefined, titles: ['PID', 'CMD'], processes: [['99', 'sleep']] },
		];
		assert.equal(
			formatProcessTable(tables),
			`SERVICE   #         UID       PID       CMD
web       2         root      12        nginx -g
web       2         www       13        nginx: worker
job                 -         99        sleep
`,
		);
	});

	test('is nothing where nothing runs', () => assert.equal(formatProcessTable([]), ''));

	test('leaves out what is missed least where there is little room', () => {
		const many = ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'];
		const table = { service: 'web', number: 1, titles: many, processes: [many.map(() => 'x')] };
		assert.match(formatProcessTable([table], 80), /^SERVICE +# +UID +PID +PPID +STIME +TIME +CMD\n/);
		assert.match(formatProcessTable([table], 50), /^SERVICE +# +UID +PID +CMD\n/);
	});
});

describe('the listing of volumes', () => {
	const volume = {
		name: 'lab_data',
		driver: 'local',
		scope: 'local',
		mountpoint: '/var/lib/docker/volumes/lab_data/_data',
		labels: { 'com.docker.compose.volume': 'data' },
	};
	const cases: readonly { format?: string; text: string }[] = [
		{ text: 'DRIVER    VOLUME NAME\nlocal     lab_data\n' },
		{ format: 'table', text: 'DRIVER    VOLUME NAME\nlocal     lab_data\n' },
		{ format: '{{.Name}} {{.Mountpoint}}', text: 'lab_data /var/lib/docker/volumes/lab_data/_data\n' },
		{ format: 'table {{.Label "com.docker.compose.volume"}}', text: 'volume\ndata\n' },
		{ format: 'raw', text: 'name: lab_data\ndriver: local\n\n' },
		{
			format: 'json',
			text: `${JSON.stringify({
				Availability: 'N/A',
				Driver: 'local',
				Group: 'N/A',
				Labels: 'com.docker.compose.volume=data',
				Links: 'N/A',
				Mountpoint: '/var/lib/docker/volumes/lab_data/_data',
				Name: 'lab_data',
				Scope: 'local',
				Size: 'N/A',
				Status: 'N/A',
			})}\n`,
		},
	];
	for (const { format, text } of cases) {
		test(`is shown as ${format ?? 'a table'}`, () => {
			assert.equal(formatRows([volume], volumeRows, { format: readRowFormat(format, rawVolume) }), text);
		});
	}
});

describe('an event', () => {
	const event = {
		action: 'start',
		containerId: 'abc',
		time: '1767360217.120000000',
		service: 'web',
		attributes: { image: 'nginx', name: 'lab-web-1' },
	};

	test('is a line, or an object', () => {
		assert.equal(
			formatEventLine(event),
			'2026-01-02 13:23:37.120000 container start abc (image=nginx, name=lab-web-1)',
		);
		assert.deepEqual(JSON.parse(formatEventJson(event)), {
			action: 'start',
			attributes: { image: 'nginx', name: 'lab-web-1' },
			id: 'abc',
			service: 'web',
			time: '2026-01-02T13:23:37.12Z',
			type: 'container',
		});
		assert.match(formatEventJson({ ...event, time: '1767360217.000000000' }), /"2026-01-02T13:23:37Z"/);
	});
});

describe('a format without templates', () => {
	const cases: readonly { format: string | undefined; read: string }[] = [
		{ format: undefined, read: 'table' },
		{ format: 'table', read: 'table' },
		{ format: 'pretty', read: 'table' },
		{ format: 'json', read: 'json' },
	];
	for (const { format, read } of cases) {
		test(`${format} is read as ${read}`, () => assert.equal(readListFormat(format), read));
	}
	test('is refused where nobody knows it', () => {
		assert.throws(() => readListFormat('toml'), { message: '`--format` takes table or json, not `toml`' });
	});
});

describe('the measures of containers', () => {
	const busy = {
		id: 'ab'.repeat(32),
		name: 'lab-ml-app-1',
		cpuShare: 1.2345,
		memory: 2 ** 30,
		memoryLimit: 4 * 2 ** 30,
		received: 2030,
		sent: 252,
		read: 0,
		written: 5_000_000,
		processes: 7,
	};

	test("are docker's table, narrower where it must be", () => {
		const rows = statsRows({ truncate: true });
		assert.equal(
			formatRows([busy], rows, { format: 'table' }),
			`CONTAINER ID   NAME           CPU %     MEM USAGE / LIMIT   MEM %     NET I/O         BLOCK I/O   PIDS
abababababab   lab-ml-app-1   123.45%   1GiB / 4GiB         25.00%    2.03kB / 252B   0B / 5MB    7
`,
		);
		assert.match(
			formatRows([busy], rows, { format: 'table', columns: 55 }),
			/^NAME +CPU % +MEM USAGE \/ LIMIT +MEM %\n/,
		);
	});

	test("have docker's keys, and whole ids when asked", () => {
		const [short, whole] = [true, false].map((truncate) =>
			JSON.parse(formatRows([busy], statsRows({ truncate }), { format: 'json' })),
		);
		assert.deepEqual(short, {
			BlockIO: '0B / 5MB',
			CPUPerc: '123.45%',
			Container: busy.id,
			ID: 'abababababab',
			MemPerc: '25.00%',
			MemUsage: '1GiB / 4GiB',
			Name: 'lab-ml-app-1',
			NetIO: '2.03kB / 252B',
			PIDs: '7',
		});
		assert.equal(whole.ID, busy.id);
	});

	test('are drawn over those before', () => {
		assert.equal(inPlace('A\nB\n', true), '\u001b[2J\u001b[HA\u001b[K\nB\u001b[K\n\u001b[J');
		assert.equal(inPlace('A\n', false), '\u001b[HA\u001b[K\n\u001b[J');
	});
});
