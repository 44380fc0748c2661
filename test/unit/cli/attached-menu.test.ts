import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hasMenu } from '../../../src/cli/attached-menu.ts';
import type { CommandContext } from '../../../src/cli/command.ts';

const person = { inIsTerminal: true, outIsTerminal: true, errIsTerminal: true, colour: { out: true, err: true } };

const cases: readonly {
	readonly when: string;
	readonly menu?: boolean;
	readonly setting?: string;
	readonly terminal?: object;
	readonly shown: boolean;
}[] = [
	{ when: 'a person sits there', shown: true },
	{ when: 'the setting is empty', setting: '', shown: true },
	{ when: 'the setting says no', setting: 'false', shown: false },
	{ when: 'the setting says no and the flag yes', setting: '0', menu: true, shown: true },
	{ when: 'the flag says no', setting: 'true', menu: false, shown: false },
	{ when: 'nobody types', menu: true, terminal: { inIsTerminal: false }, shown: false },
	{ when: 'the output goes into a file', menu: true, terminal: { outIsTerminal: false }, shown: false },
	{ when: 'the errors go into a file', menu: true, terminal: { errIsTerminal: false }, shown: false },
	{ when: 'no escapes may be written', menu: true, terminal: { colour: { out: false, err: false } }, shown: false },
];

describe('the menu of keys', () => {
	for (const { when, menu, setting, terminal, shown } of cases) {
		test(`is ${shown ? 'there' : 'not there'} where ${when}`, () => {
			const given = {
				env: { COMPOSE_MENU: setting },
				terminal: { ...person, ...terminal } as CommandContext['terminal'],
			};
			assert.equal(
				hasMenu(given, { menu }, () => true),
				shown,
			);
		});
	}

	test('is not there for a job in the background', () => {
		const given = { env: {}, terminal: person as CommandContext['terminal'] };
		assert.equal(
			hasMenu(given, { menu: true }, () => false),
			false,
		);
	});
});
