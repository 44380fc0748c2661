import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { connectTestEngine, whyNoTestEngine } from '../support/test-engine.ts';
import { engineContract } from './contract.ts';

const reason = await whyNoTestEngine();
if (reason !== undefined) test('the docker engine', { skip: reason });
else {
	engineContract('the docker engine', {
		mark: `labct-${randomBytes(4).toString('hex')}`,
		connect: connectTestEngine,
	});
}
