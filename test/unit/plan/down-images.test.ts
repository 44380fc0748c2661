import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ImageSummary } from '../../../src/engine/image-api.ts';
import { type DownOptions, planDown } from '../../../src/plan/plan-down.ts';
import { label } from '../../../src/state/labels.ts';
import { container, image, imageId, project, service, state } from '../../support/plan-cases.ts';

const { image: _image, ...unnamed } = service();
const build = { context: '/lab' };
const lab = project({
	services: {
		bare: { ...unnamed, build },
		named: service({ build, image: 'own:1' }),
		pulled: service({ image: 'app' }),
	},
});
const built = (name: string, of: string): ImageSummary => ({
	id: imageId,
	names: [name],
	labels: { [label.project]: 'lab', [label.service]: of },
});
const all = [built('lab-bare:latest', 'bare'), built('own:1', 'named'), built('lab-gone:latest', 'gone')];
const images = { app: image(), 'lab-bare': image(), 'own:1': image() };

const cases: readonly {
	when: string;
	options: DownOptions;
	builtImages?: readonly ImageSummary[];
	names: readonly string[];
}[] = [
	{
		when: 'local ones are to go: all that was built for services of the file, also under a name of its own',
		options: { images: 'local' },
		builtImages: all,
		names: ['lab-bare:latest', 'own:1'],
	},
	{
		when: 'local ones of services that are gone are to go too',
		options: { images: 'local', removeOrphans: true },
		builtImages: all,
		names: ['lab-bare:latest', 'lab-gone:latest', 'own:1'],
	},
	{
		when: 'an old builder left no label: the name that a build gets tells',
		options: { images: 'local' },
		names: ['lab-bare:latest'],
	},
	{
		when: 'all are to go, each once however it is written',
		options: { images: 'all' },
		builtImages: all,
		names: ['app:latest', 'lab-bare:latest', 'own:1'],
	},
];

describe('planImageRemovals', () => {
	for (const { when, options, builtImages = [], names } of cases) {
		test(`when ${when}`, () => assert.deepEqual(removals({ file: lab, builtImages, options }), names));
	}

	const containers = [container(lab, { service: 'bare', image: 'lab-bare' }), container(lab, { service: 'pulled' })];
	const withoutFile = [
		{ when: 'local ones are to go', options: { images: 'local' }, names: ['lab-bare:latest'] },
		{ when: 'all are to go', options: { images: 'all' }, names: ['app:latest', 'lab-bare:latest'] },
	] as const;
	for (const { when, options, names } of withoutFile) {
		test(`without a file, when ${when}: containers tell which services there are`, () => {
			assert.deepEqual(removals({ file: undefined, builtImages: all, options, containers }), names);
		});
	}

	interface Given {
		readonly file: typeof lab | undefined;
		readonly builtImages: readonly ImageSummary[];
		readonly options: DownOptions;
		readonly containers?: ReturnType<typeof container>[];
	}

	function removals({ file, builtImages, options, containers: made = [] }: Given): readonly string[] {
		const found = { ...state({ images: file === undefined ? {} : images, containers: made }), builtImages };
		const { steps } = planDown(file, 'lab', found, { ...options, stopTimeoutSeconds: 0 });
		return steps.flatMap(({ operation }) => (operation.type === 'image.remove' ? [operation.image] : []));
	}
});
