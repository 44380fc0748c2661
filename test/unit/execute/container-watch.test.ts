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

	test('a stream that breaks wakes everybody, and the next listener subscribes anew', async () => {
		const { scripted, heard, watch, subscriptions } = listening();
		await watch.onChange('w', () => heard.push('w'), never);
		scripted.breakEvents();
		await settled();
		assert.deepEqual(heard, ['w']);
		await watch.onChange('x', () => heard.push('x'), never);
		assert.equal(subscriptions().length, 2);
		scripted.change('w', running());
		await settled();
		assert.deepEqual(heard, ['w', 'w']);
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
