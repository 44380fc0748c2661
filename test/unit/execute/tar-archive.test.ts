import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { type TarEntry, tarArchive, tarPieces } from '../../../src/execute/tar-archive.ts';

const attributes = { mode: 0o644, uid: 0, gid: 0, modified: 1_700_000_000 };
const file = (path: string, text = ''): TarEntry => ({ ...attributes, path, kind: 'file', content: Buffer.from(text) });

/** What the system's own `tar` reads. */
function listed(entries: readonly TarEntry[]): readonly string[] {
	const { stdout, stderr, status } = spawnSync(
		'tar',
		['-tvf', '-', '--quoting-style=escape', '--utc', '--numeric-owner'],
		{
			input: tarArchive(entries),
			encoding: 'utf8',
		},
	);
	assert.equal(status, 0, stderr);
	return stdout
		.trimEnd()
		.split('\n')
		.map((line) => line.replace(/ +/g, ' '));
}

const long = `${'d'.repeat(60)}/${'e'.repeat(60)}/${'f'.repeat(60)}/${'n'.repeat(120)}`;

const cases: readonly { readonly when: string; readonly entry: TarEntry; readonly line: string }[] = [
	{ when: 'a file', entry: file('/app/a', 'hello'), line: '-rw-r--r-- 0/0 5 2023-11-14 22:13 app/a' },
	{
		when: 'a folder',
		entry: { ...attributes, path: 'app/d', kind: 'directory', mode: 0o750 },
		line: 'drwxr-x--- 0/0 0 2023-11-14 22:13 app/d/',
	},
	{
		when: 'a link',
		entry: { ...attributes, path: 'l', kind: 'symlink', link: '/etc', mode: 0o777 },
		line: 'lrwxrwxrwx 0/0 0 2023-11-14 22:13 l -> /etc',
	},
	{ when: 'a path too long to be cut', entry: file(long), line: `-rw-r--r-- 0/0 0 2023-11-14 22:13 ${long}` },
	{
		when: 'a link that leads far',
		entry: { ...attributes, path: 'l', kind: 'symlink', link: `/${long}`, mode: 0o777 },
		line: `lrwxrwxrwx 0/0 0 2023-11-14 22:13 l -> /${long}`,
	},
	{
		when: 'an owner with a large number',
		entry: { ...file('a'), uid: 4_000_000_000 },
		line: '-rw-r--r-- 4000000000/0 0 2023-11-14 22:13 a',
	},
	{ when: 'a name with a line feed', entry: file('a\nb'), line: '-rw-r--r-- 0/0 0 2023-11-14 22:13 a\\nb' },
	{
		when: 'a time before all times',
		entry: { ...file('a'), modified: -5 },
		line: '-rw-r--r-- 0/0 0 1970-01-01 00:00 a',
	},
	{
		when: 'half a second before all times',
		entry: { ...file('a'), modified: -0.5 },
		line: '-rw-r--r-- 0/0 0 1970-01-01 00:00 a',
	},
];

describe('tarArchive', () => {
	for (const { when, entry, line } of cases) {
		test(`${when} is read as it is`, () => assert.deepEqual(listed([entry]), [line]));
	}

	test('holds entries in their order, each in whole blocks', () => {
		const entries = [file('b', 'x'.repeat(513)), file('a', 'y'.repeat(512)), file('c')];
		assert.equal(tarArchive(entries).length, 512 * (1 + 2 + 1 + 1 + 1 + 2));
		assert.deepEqual(
			listed(entries).map((line) => line.split(' ').at(-1)),
			['b', 'a', 'c'],
		);
	});

	for (const { modified, time } of [
		{ modified: 1_700_000_000.25, time: '22:13:20.25' },
		{ modified: 1_700_000_000.0625, time: '22:13:20.0625' },
		{ modified: 1_700_000_000.9999995, time: '22:13:20.999999' },
	]) {
		test(`what is below a second is kept, and ${modified} stays within its second`, () => {
			const { stdout } = spawnSync('tar', ['-tvf', '-', '--full-time', '--utc'], {
				input: tarArchive([{ ...file('a'), modified }]),
				encoding: 'utf8',
			});
			assert.match(stdout, new RegExp(` 2023-11-14 ${time}0* a\n`));
		});
	}

	test('a content that is read in pieces stands whole in its blocks, and is read anew each time', () => {
		let readings = 0;
		const content = {
			length: 700,
			*pieces() {
				readings += 1;
				yield Buffer.alloc(600, 'a');
				yield Buffer.alloc(100, 'b');
			},
		};
		const entries = [{ ...file('big'), kind: 'file', content } as const, file('next', 'n')];
		for (const archive of [tarArchive(entries), Buffer.concat([...tarPieces(entries)])]) {
			const { stdout } = spawnSync('tar', ['-xOf', '-'], { input: archive, encoding: 'utf8' });
			assert.equal(stdout, `${'a'.repeat(600)}${'b'.repeat(100)}n`);
		}
		assert.equal(readings, 2);
	});

	test('no piece is read before it is asked for', () => {
		const entries = (function* () {
			yield file('a', 'first');
			assert.fail('read too early');
		})();
		const [header, content] = [tarPieces(entries)].flatMap((pieces) => [pieces.next().value, pieces.next().value]);
		assert.deepEqual([header?.length, String(content)], [512, 'first']);
	});

	test('contents come back as they were', () => {
		const { stdout } = spawnSync('tar', ['-xOf', '-', 'a'], {
			input: tarArchive([file('b', 'no'), file('a', 'äöü\n')]),
			encoding: 'utf8',
		});
		assert.equal(stdout, 'äöü\n');
	});
});
