import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dockerComposePath, whyNoEngine } from '../../scenario/scenario.ts';
import { whyNoTestEngine } from '../../support/test-engine.ts';
import { allotting, offModes } from './ask-engine.ts';
import { compareRequest } from './compare-request.ts';
import { gpuRequests } from './requests.ts';

const skip =
	whyNoEngine() ??
	(await whyNoTestEngine()) ??
	(dockerComposePath() === undefined ? 'docker compose is not installed' : false);

/** One of each kind; `compare-requests.ts` asks all of them. */
const some = gpuRequests.filter((_, index) => index % 14 === 1);
/** Takes no engine without GPUs. */
const modes = offModes.filter(({ hasGpus }) => hasGpus);

describe('the engine is asked for GPUs as by docker compose where labc gives none out', { skip }, () => {
	for (const request of some) {
		test(request.name, async () => {
			const verdicts = await compareRequest(request, { modes });
			assert.deepEqual(
				verdicts.flatMap(({ mode, differences }) => differences.map((line) => `${mode}: ${line}`)),
				[],
			);
		});
	}

	test('and the comparison sees it where labc does give one out', async () => {
		const [verdict] = await compareRequest({ name: 'one', service: 'gpus: [{count: 1}]' }, { modes: [allotting] });
		assert.match(verdict?.differences.join('\n') ?? '', /DeviceRequests/);
	});
});

test('every spelling has a name of its own', () => {
	assert.equal(new Set(gpuRequests.map(({ name }) => name)).size, gpuRequests.length);
});
