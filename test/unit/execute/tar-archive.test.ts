import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type TarEntry, tarArchive } from '../../../src/execute/tar-archive.ts';

const file = {
	kind: 'file' as const,
	path: '/run/secrets/s',
	content: Buffer.from('hush'),
	mode: 0o440,
	uid: 5,
	gid: 600,
	modified: 1_700_000_000,
};
const text = (archive: Uint8Array, from: number, to: number): string =>
	Buffer.from(archive.subarray(from, to)).toString().split('\u0000')[0] ?? '';

describe('tarArchive', () => {
	const archive = tarArchive([file]);

	test('has the header of an ustar archive', () => {
		assert.equal(text(archive, 0, 100), 'run/secrets/s');
		assert.deepEqual(
			[text(archive, 100, 108), text(archive, 108, 116), text(archive, 116, 124)],
			['0000440', '0000005', '0001130'],
		);
		assert.deepEqual([text(archive, 124, 136), text(archive, 136, 148)], ['00000000004', '14524770400']);
		assert.deepEqual([text(archive, 156, 157), text(archive, 257, 263)], ['0', 'ustar']);
	});

	test('its sum is over the header with blanks in the sum’s place', () => {
		const header = Buffer.from(archive.subarray(0, 512));
		const sum = Number.parseInt(text(header, 148, 154), 8);
		header.fill(' ', 148, 156);
		assert.equal(
			header.reduce((total, byte) => total + byte, 0),
			sum,
		);
	});

	for (const [size, blocks] of [
		[0, 3],
		[1, 4],
		[511, 4],
		[512, 4],
		[513, 5],
	] as const) {
		test(`${size} bytes fill ${blocks} blocks, the last two empty`, () => {
			const given = tarArchive([{ ...file, content: Buffer.alloc(size, 'x') }]);
			assert.equal(given.length, blocks * 512);
			assert.ok(given.subarray(-1024).every((byte) => byte === 0));
			assert.equal(
				Buffer.from(given)
					.subarray(512, 512 + size)
					.toString(),
				'x'.repeat(size),
			);
		});
	}

	test('a long path is cut at a slash', () => {
		const path = `/${'d'.repeat(90)}/${'n'.repeat(90)}`;
		const given = tarArchive([{ ...file, path }]);
		assert.deepEqual([text(given, 345, 500), text(given, 0, 100)], ['d'.repeat(90), 'n'.repeat(90)]);
	});

	/** The block behind the header and content of the record. */
	const entryBehind = (given: Uint8Array): Uint8Array => given.subarray(1024);
	const beyond: readonly { when: string; entry: TarEntry; record: string }[] = [
		{
			when: 'a name too long',
			entry: { ...file, path: `/${'n'.repeat(101)}` },
			record: `111 path=${'n'.repeat(101)}\n`,
		},
		{
			when: 'a folder too long',
			entry: { ...file, path: `/${'d'.repeat(160)}/x` },
			record: `172 path=${'d'.repeat(160)}/x\n`,
		},
		{
			when: 'a link too long',
			entry: { ...file, kind: 'symlink', link: 'l'.repeat(101) },
			record: `115 linkpath=${'l'.repeat(101)}\n`,
		},
		{ when: 'a large owner', entry: { ...file, uid: 8 ** 7 }, record: '15 uid=2097152\n' },
		{ when: 'a large group', entry: { ...file, gid: 8 ** 7 }, record: '15 gid=2097152\n' },
	];
	for (const { when, entry, record } of beyond) {
		test(`${when} for the header stands in a record before it`, () => {
			const given = tarArchive([entry]);
			assert.deepEqual([text(given, 156, 157), text(given, 257, 263)], ['x', 'ustar']);
			assert.equal(text(given, 512, 1024), record);
			assert.equal(text(entryBehind(given), 257, 263), 'ustar');
		});
	}

	test('folders end in a slash, links have no content, and entries keep their order', () => {
		const { content: _, kind: __, ...rest } = file;
		const given = tarArchive([
			{ ...rest, kind: 'directory', path: '/a' },
			{ ...rest, kind: 'symlink', path: 'a/l', link: '../b' },
			{ ...file, path: 'a/f' },
		]);
		const headers = [0, 512, 1024].map((at) => given.subarray(at));
		assert.deepEqual(
			headers.map((header) => [text(header, 0, 100), text(header, 156, 157), text(header, 157, 257)]),
			[
				['a/', '5', ''],
				['a/l', '2', '../b'],
				['a/f', '0', ''],
			],
		);
		assert.equal(given.length, (3 + 1 + 2) * 512);
	});

	test('mode bits beyond the permissions are left out', () => {
		assert.equal(text(tarArchive([{ ...file, mode: 0o100_755 }]), 100, 108), '0000755');
	});
});
