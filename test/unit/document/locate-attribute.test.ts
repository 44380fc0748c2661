import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { attributeLocator } from '../../../src/document/locate-attribute.ts';
import { parseYaml } from '../../../src/document/parse-yaml.ts';
import type { AttributePath } from '../../../src/document/path.ts';
import { Findings } from '../../../src/errors/findings.ts';

const text =
	'services:\n  web:\n    image: app\n    ports:\n      - "1:1"\n      - "8000:80"\n    build:\n      context: .\n';
const [document] = parseYaml({ path: 'compose.yml', text }, new Findings());

const cases: readonly { when: string; path: AttributePath; at: string | undefined }[] = [
	{ when: 'it is a value', path: ['services', 'web', 'image'], at: '3:12' },
	{ when: 'it is an entry of a list', path: ['services', 'web', 'ports', 1], at: '6:9' },
	{ when: 'it is a list', path: ['services', 'web', 'ports'], at: '4:5' },
	{ when: 'it is a section', path: ['services', 'web', 'build'], at: '7:5' },
	{ when: 'nobody wrote it, but what it is in', path: ['services', 'web', 'healthcheck', 'test'], at: '2:3' },
	{ when: 'nobody wrote any of it', path: ['networks', 'default'], at: undefined },
];

describe('attributeLocator', () => {
	for (const { when, path, at } of cases) {
		test(`when ${when}`, () => {
			assert.ok(document !== undefined);
			const found = attributeLocator(document.root)(path);
			assert.equal(found && `${found.line}:${found.column}`, at);
		});
	}
});
