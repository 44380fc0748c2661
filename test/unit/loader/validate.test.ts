import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MappingNode } from '../../../src/document/node.ts';
import { Findings } from '../../../src/errors/findings.ts';
import { validate } from '../../../src/loader/validate.ts';
import { parsedOne } from '../../support/load-text.ts';

async function problemsOf(service: string): Promise<number> {
	const findings = new Findings();
	await validate(parsedOne(`services: {a: {image: x, ${service}}}`) as MappingNode, findings);
	return findings.errors.length;
}

describe('validate', () => {
	for (const value of ['.inf', '-.inf', '.nan', '1e400']) {
		test(`${value} is a label`, async () => assert.equal(await problemsOf(`labels: {L: ${value}}`), 0));
		test(`${value} is no truth value`, async () => assert.equal(await problemsOf(`init: [${value}]`), 1));
	}
	test('an infinity is no whole number', async () => assert.equal(await problemsOf('mac_address: .inf'), 1));
});
