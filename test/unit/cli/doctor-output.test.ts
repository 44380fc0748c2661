import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingsAsJson, formatFindings } from '../../../src/cli/doctor-output.ts';
import type { Finding } from '../../../src/doctor/finding.ts';

const findings: readonly Finding[] = [
	{ check: 'engine', status: 'ok', summary: 'Docker 28.5.2 answers' },
	{
		check: 'CDI',
		status: 'warn',
		summary: 'no spec',
		meaning: 'Names do not work, whoever asks for them.',
		fix: 'Write one, with the tool that NVIDIA gives.',
	},
	{ check: 'disk', status: 'fail', summary: 'full\u001b[2J', meaning: 'Pulls fail.', fix: 'Make room.' },
	{ check: 'driver', status: 'skip', summary: 'elsewhere' },
];

test('a person sees each check, what a problem does, and what to do', () => {
	assert.equal(
		formatFindings(findings, { colour: false, columns: undefined }),
		[
			'ok    engine  Docker 28.5.2 answers',
			'warn  CDI     no spec',
			'              Names do not work, whoever asks for them.',
			'              → Write one, with the tool that NVIDIA gives.',
			'fail  disk    full\\x1b[2J',
			'              Pulls fail.',
			'              → Make room.',
			'skip  driver  elsewhere',
			'',
			'1 failed, 1 to look at, 1 well, 1 not looked at',
			'',
		].join('\n'),
	);
});

test('a narrow terminal gets lines that fit', () => {
	const lines = formatFindings(findings, { colour: false, columns: 44 }).split('\n');
	assert.deepEqual(
		lines.filter((line) => line.length > 44 && !line.includes('1 failed')),
		[],
	);
	assert.deepEqual(lines.slice(2, 4), ['              Names do not work, whoever', '              asks for them.']);
});

test('colours stand on words only', () => {
	const text = formatFindings(findings.slice(1, 2), { colour: true, columns: 80 });
	assert.ok(text.startsWith('\u001b[33mwarn\u001b[39m  CDI  no spec\n'), text);
});

test('programs get an object a line', () => {
	const [first = '', second = ''] = findingsAsJson(findings).split('\n');
	assert.deepEqual(JSON.parse(first), {
		Check: 'engine',
		Status: 'ok',
		Summary: 'Docker 28.5.2 answers',
		Meaning: null,
		Fix: null,
	});
	assert.equal(JSON.parse(second).Fix, 'Write one, with the tool that NVIDIA gives.');
});
