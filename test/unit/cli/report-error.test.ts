import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exitStatusOf, formatReport, type ReportOptions } from '../../../src/cli/report-error.ts';
import type { Diagnostic } from '../../../src/errors/diagnostic.ts';
import { errorFromDiagnostics, LabcError } from '../../../src/errors/labc-error.ts';

const report = (error: unknown, options: Partial<ReportOptions> = {}) =>
	formatReport(error, { json: false, colour: false, columns: undefined, cwd: '/lab', debug: false, ...options });

const at = { file: 'compose.yml', line: 7, column: 5, lineText: '    porst:' };
const lines = (...text: string[]) => `${text.join('\n')}\n`;
const firstLines = (text: string, count: number) => text.split('\n').slice(0, count).join('\n');

const cases: readonly { when: string; error: unknown; options?: Partial<ReportOptions>; text: string }[] = [
	{
		when: 'there is only a message',
		error: new LabcError('PROJECT_EMPTY', 'no service selected'),
		text: lines('error: no service selected'),
	},
	{
		when: 'there is a place and a hint',
		error: new LabcError('SCHEMA_VIOLATION', 'unknown attribute `porst`', { at, hint: 'Rename it to `ports`.' }),
		text: lines(
			'error: unknown attribute `porst`',
			'  at compose.yml:7:5',
			' 7 |     porst:',
			'   |     ^',
			'  hint: Rename it to `ports`.',
		),
	},
	{
		when: 'the system said why',
		error: new LabcError('SOURCE_UNREADABLE', "can't read `compose.yml`", {
			cause: new Error('EACCES: permission denied'),
		}),
		text: lines("error: can't read `compose.yml`", '  why: EACCES: permission denied'),
	},
	{
		when: 'the message says the reason already',
		error: new LabcError('ENGINE_REFUSED', 'the engine refused: no space left', { cause: new Error('no space left') }),
		text: lines('error: the engine refused: no space left'),
	},
	{
		when: 'the line is indented with tabs and holds wide characters',
		error: new LabcError('YAML_INVALID', 'broken', {
			at: { file: 'a.yml', line: 12, column: 9, lineText: '\tイメージ: [x' },
		}),
		text: lines('error: broken', '  at a.yml:12:9', ' 12 |   イメージ: [x', '    |              ^'),
	},
	{
		when: 'the line is empty',
		error: new LabcError('YAML_INVALID', 'broken', { at: { file: 'a.yml', line: 1, column: 1, lineText: '' } }),
		text: lines('error: broken', '  at a.yml:1:1'),
	},
	{
		when: 'the place is behind the end of its line',
		error: new LabcError('YAML_INVALID', 'broken', { at: { file: 'a.yml', line: 1, column: 5, lineText: 'a: [' } }),
		text: lines('error: broken', '  at a.yml:1:5', ' 1 | a: [', '   |     ^'),
	},
	{
		when: 'the message has several lines',
		error: new LabcError('BUILD_FAILED', 'building `web` failed:\nstep 3\nexit 1\n'),
		text: lines('error: building `web` failed:', '    step 3', '    exit 1'),
	},
	{
		when: 'user text tries to steer the terminal',
		error: new LabcError('SCHEMA_VIOLATION', 'unknown attribute `\u001b[2J\u202egnp`', { hint: 'Remove `\u0007`.' }),
		text: lines('error: unknown attribute `\\x1b[2J\\u202egnp`', '  hint: Remove `\\x07`.'),
	},
	{
		when: 'its hint names a command',
		error: new LabcError('CONTAINER_EXITED', 'no', { hint: 'Run `labc compose ps`.' }),
		options: { addressed: (hint) => hint.replace('compose', 'compose -p lab') },
		text: lines('error: no', '  hint: Run `labc compose -p lab ps`.'),
	},
	{
		when: 'it is coloured',
		error: new LabcError('SCHEMA_VIOLATION', 'no', { at, hint: 'Do.' }),
		options: { colour: true },
		text: lines(
			'\u001b[31m\u001b[1merror:\u001b[22m\u001b[39m no',
			'  at \u001b[1mcompose.yml:7:5\u001b[22m',
			'\u001b[2m 7 \u001b[22m\u001b[2m|\u001b[22m     porst:',
			'   \u001b[2m|\u001b[22m     \u001b[31m^\u001b[39m',
			'  \u001b[36mhint:\u001b[39m Do.',
		),
	},
	{
		when: 'labc itself is at fault',
		error: new TypeError('x is not a function'),
		text: lines(
			'error: this is a bug in labc, nothing you did: x is not a function',
			'  hint: Report it with the command you gave; run it again with LABC_DEBUG=1 to see where it happened.',
		),
	},
	{
		when: 'something else than an error was thrown',
		error: 'text',
		text: lines(
			'error: this is a bug in labc, nothing you did: text',
			'  hint: Report it with the command you gave; run it again with LABC_DEBUG=1 to see where it happened.',
		),
	},
	{
		when: 'the user broke it off',
		error: Object.assign(new Error('The operation was aborted'), { name: 'AbortError' }),
		text: lines('error: interrupted'),
	},
];

describe('formatReport', () => {
	for (const json of [false, true]) {
		test(`tells no secret that an engine quotes${json ? ', as JSON' : ''}`, () => {
			const at = { file: '/lab/c.yml', line: 1, column: 7, lineText: 'user: hunter22 # ok' };
			const cause = new Error('invalid environment `PW=hunter22`\nand hunter22 again');
			const error = new LabcError('ENGINE_REFUSED', 'could not create with hunter22', {
				cause,
				hint: 'Try hunter22.',
				at,
			});
			const text = formatReport(error, {
				json,
				colour: false,
				columns: 40,
				cwd: '/lab',
				debug: true,
				secrets: new Set(['hunter22']),
			});
			assert.ok(!text.includes('hunter22'));
			assert.equal(text.match(/••••/g)?.length, json ? 5 : 7);
		});
	}

	for (const { when, error, options, text } of cases) {
		test(`when ${when}`, () => assert.equal(report(error, options), text));
	}

	for (const [file, shown] of [
		['/lab/compose.yml', 'compose.yml'],
		['/lab/sub/compose.yml', 'sub/compose.yml'],
		['/laboratory/compose.yml', '/laboratory/compose.yml'],
		['-', '-'],
	]) {
		test(`names ${file} as seen from the current folder`, () => {
			const error = new LabcError('YAML_INVALID', 'broken', { at: { ...at, file: file ?? '' } });
			assert.ok(report(error).includes(`  at ${shown}:7:5\n`));
			assert.equal(JSON.parse(report(error, { json: true })).file, shown);
		});
	}

	test('breaks between words at the edge of a terminal, and nowhere else', () => {
		const error = new LabcError('PORT_IN_USE', 'port 8888 is taken by another program', {
			hint: 'Set JUPYTER_PORT in .env.',
		});
		assert.equal(
			report(error, { columns: 24 }),
			lines(
				'error: port 8888 is',
				'       taken by another',
				'       program',
				'  hint: Set JUPYTER_PORT',
				'        in .env.',
			),
		);
		assert.equal(report(error, { columns: undefined }).split('\n').length, 3);
	});

	test('cuts a long line around the place', () => {
		const lineText = `${'a'.repeat(300)}!${'b'.repeat(300)}`;
		const error = new LabcError('YAML_INVALID', 'broken', { at: { file: 'a.json', line: 1, column: 301, lineText } });
		const [, , line = '', caret = ''] = report(error, { columns: 60 }).split('\n');
		assert.ok(line.length <= 60, `the line has ${line.length} columns`);
		assert.equal(line.charAt(caret.indexOf('^')), '!');
		assert.match(line, /^ 1 \| …a+!b+…$/);
	});

	test('cuts a long line also where nobody says how wide it may be', () => {
		const error = new LabcError('YAML_INVALID', 'x', {
			at: { file: 'a', line: 1, column: 1, lineText: 'a'.repeat(9999) },
		});
		assert.ok(report(error, { columns: undefined }).length < 400);
	});

	const findings: readonly Diagnostic[] = [
		{
			severity: 'error',
			code: 'SCHEMA_VIOLATION',
			message: 'unknown attribute `porst`',
			at,
			path: 'services.web.porst',
			hint: 'Rename it to `ports`.',
		},
		{ severity: 'warning', code: 'VARIABLE_UNSET', message: 'never shown here' },
		{ severity: 'error', code: 'VALUE_INVALID', message: 'not a port: `x`', path: 'services.web.ports.0' },
	];

	test('tells all findings of a load at once', () => {
		assert.equal(
			report(errorFromDiagnostics(findings)),
			lines(
				'error: unknown attribute `porst`',
				'  at compose.yml:7:5 (services.web.porst)',
				' 7 |     porst:',
				'   |     ^',
				'  hint: Rename it to `ports`.',
				'',
				'error: not a port: `x`',
				'  at services.web.ports.0',
			),
		);
	});

	test('writes one JSON object per finding', () => {
		const [first, second, end] = report(errorFromDiagnostics(findings), { json: true }).split('\n');
		assert.deepEqual(JSON.parse(first ?? ''), {
			error: true,
			message: 'unknown attribute `porst`',
			code: 'SCHEMA_VIOLATION',
			file: 'compose.yml',
			line: 7,
			column: 5,
			path: 'services.web.porst',
			hint: 'Rename it to `ports`.',
		});
		assert.deepEqual(JSON.parse(second ?? ''), {
			error: true,
			message: 'not a port: `x`',
			code: 'VALUE_INVALID',
			path: 'services.web.ports.0',
		});
		assert.equal(end, '');
	});

	test('shows where in labc it happened only when asked', () => {
		const error = new TypeError('boom');
		assert.doesNotMatch(report(error), /report-error\.test/);
		assert.match(report(error, { debug: true }), /report-error\.test/);
		assert.equal(firstLines(report(error, { debug: true }), 2), firstLines(report(error), 2));
	});
});

const statuses: readonly { when: string; error: unknown; interrupted?: boolean; status: number }[] = [
	{ when: 'the user can act on it', error: new LabcError('USAGE_INVALID', 'x'), status: 1 },
	{ when: 'the program was not found', error: new LabcError('COMMAND_NOT_FOUND', 'x'), status: 1 },
	{ when: 'the run was interrupted', error: new LabcError('INTERRUPTED', 'x'), status: 130 },
	{
		when: 'a call was broken off by Ctrl-C',
		error: Object.assign(new Error('x'), { name: 'AbortError' }),
		interrupted: true,
		status: 130,
	},
	{ when: 'a call was broken off by nobody', error: Object.assign(new Error('x'), { name: 'AbortError' }), status: 1 },
	{ when: 'labc is at fault', error: new Error('x'), status: 1 },
	{ when: 'labc is at fault after Ctrl-C', error: new Error('x'), interrupted: true, status: 1 },
];

describe('exitStatusOf', () => {
	for (const { when, error, interrupted = false, status } of statuses) {
		test(`is ${status} when ${when}`, () => assert.equal(exitStatusOf(error, interrupted), status));
	}
});
