/**
 * Broken projects with the messages both tools give: `node scripts/compare-messages.ts [--labc FILE] [CASE…]`. The
 * cases are those of test/golden/golden-data/refusals; without names, ten of different kinds and one with five faults.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { dockerComposePath } from '../test/scenario/scenario.ts';
import { layOut, type RefusalCase, refusalCases } from '../test/support/refusal-cases.ts';

const tenKinds = [
	'yaml-syntax',
	'yaml-duplicate-key',
	'schema-null-attributes',
	'schema-legacy-attribute',
	'duration-without-unit',
	'port-number',
	'variable-operator',
	'volume-empty-part',
	'undeclared-references',
	'dependency-undeclared',
	'five-faults',
];

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { labc: { type: 'string', default: 'dist/labc' } },
});
const dockerCompose = dockerComposePath();
const names = positionals.length === 0 ? tenKinds : positionals;
const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), 'labc-messages-')));
try {
	const cases = refusalCases();
	for (const name of names) {
		const found = cases.find((each) => each.name === name);
		if (found === undefined) throw new Error(`no case is named ${name}`);
		process.stdout.write(comparison(found));
	}
} finally {
	rmSync(scratch, { recursive: true, force: true });
}

function comparison(refusal: RefusalCase): string {
	const folder = path.join(scratch, refusal.name);
	const options = layOut(refusal, folder);
	const files = Object.entries(refusal.files).map(([name, text]) => `${name}:\n${indented(text)}`);
	const messageOf = (tool: readonly string[]): string => {
		const [program = '', ...words] = tool;
		const { stdout, stderr } = spawnSync(program, [...words, 'config', '-q'], {
			cwd: folder,
			env: { ...process.env, ...options.env },
			encoding: 'utf8',
		});
		return indented(`${stdout}${stderr}`.trim().replaceAll(folder, '.'));
	};
	const theirs = dockerCompose === undefined ? '    (not installed)\n' : messageOf([dockerCompose]);
	const ours = messageOf([path.resolve(values.labc), 'compose']);
	return `## ${refusal.name}\n\n${files.join('')}\ndocker compose:\n${theirs}\nlabc:\n${ours}\n`;
}

function indented(text: string): string {
	const lines = text.trimEnd().split('\n');
	return lines.map((line) => `    ${line}\n`).join('');
}
