import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { watchContainers } from '../../../src/execute/container-watch.ts';
import { running, scriptedContainers } from './scripted-containers.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
const never = new AbortController().signal;

function listening() {
	const scripted = scriptedContainers({ w: running(), x: running() });
	const heard: string[] = [];
	const watch = watchContainers(scripted.engine, 'lab');
	return { scripted, heard, watch, subscriptions: () => scripted.calls.filter((call) => call.startsWith('events')) };
}

describe('watchContainers', () => {
	test('asks the engine for events of the project alone, once, and only when somebody listens', async () => {
		const { watch, subscriptions } = listening();
		assert.deepEqual(subscriptions(), []);
		await watch.onChange('w', () => undefined, never);
		await watch.onChange('x', () => undefined, never);
		assert.deepEqual(subscriptions(), ['events com.docker.compose.project=lab']);
	});

	test('tells each listener of its own container', async () => {
		const { scripted, heard, watch } = listening();
		await watch.onChange('w', () => heard.push('first w'), never);
		await watch.onChange('w', () => heard.push('second w'), never);
		await watch.onChange('x', () => heard.push('x'), never);
		scripted.change('w', running());
		await settled();
		assert.deepEqual(heard, ['first w', 'second w']);
	});

	test('a listener that has gone hears nothing', async () => {
		const { scripted, heard, watch } = listening();
		const gone = new AbortController();
		await watch.onChange('w', () => heard.push('w'), gone.signal);
		gone.abort();
		scripted.change('w', running());
		await settled();
		assert.deepEqual(heard, []);
	});

	test('a stream that breaks is followed by another one for those who wait, who look again', async () => {
		const { scripted, heard, watch, subscriptions } = listening();
		await watch.onChange('w', () => heard.push('w'), never);
		scripted.breakEvents();
		await settled();
		assert.deepEqual(heard, ['w']);
		assert.equal(subscriptions().length, 2);
		scripted.change('w', running());
		await settled();
		assert.deepEqual(heard, ['w', 'w']);
		watch.close();
	});

	test('an engine whose streams end without a word is not asked again at once', async () => {
		const { scripted, heard, watch, subscriptions } = listening();
		await watch.onChange('w', () => heard.push('w'), never);
		for (let broken = 0; broken < 5; broken += 1) {
			scripted.breakEvents();
			await settled();
		}
		assert.equal(subscriptions().length, 2);
		await watch.onChange('x', () => heard.push('x'), never);
		assert.equal(subscriptions().length, 3);
		watch.close();
	});

	test('where nobody waits any more a stream that breaks is not followed by another one', async () => {
		const { scripted, heard, watch, subscriptions } = listening();
		const gone = new AbortController();
		await watch.onChange('w', () => heard.push('w'), gone.signal);
		gone.abort();
		scripted.breakEvents();
		await settled();
		assert.equal(subscriptions().length, 1);
	});

	test('closing it wakes nobody', async () => {
		const { heard, watch } = listening();
		await watch.onChange('w', () => heard.push('w'), never);
		watch.close();
		await settled();
		assert.deepEqual(heard, []);
	});

	test('an engine that gives no events fails the listener', async () => {
		const watch = watchContainers({ containerEvents: () => Promise.reject(new Error('no events')) }, 'lab');
		await assert.rejects(
			watch.onChange('w', () => undefined, never),
			/no events/,
		);
	});
});
