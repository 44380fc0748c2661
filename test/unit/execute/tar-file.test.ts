import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tarFile } from '../../../src/execute/tar-file.ts';

const file = {
	path: '/run/secrets/s',
	content: Buffer.from('hush'),
	mode: 0o440,
	uid: 5,
	gid: 600,
	modified: 1_700_000_000,
};
const text = (archive: Uint8Array, from: number, to: number): string =>
	Buffer.from(archive.subarray(from, to)).toString().split('\u0000')[0] ?? '';

describe('tarFile', () => {
	const archive = tarFile(file);

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
			const given = tarFile({ ...file, content: Buffer.alloc(size, 'x') });
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
		const given = tarFile({ ...file, path });
		assert.deepEqual([text(given, 345, 500), text(given, 0, 100)], ['d'.repeat(90), 'n'.repeat(90)]);
	});

	for (const path of [`/${'n'.repeat(101)}`, `/${'d'.repeat(160)}/x`]) {
		test(`a path of ${path.length} characters that can't be cut is refused`, () => {
			assert.throws(() => tarFile({ ...file, path }), { code: 'VALUE_INVALID' });
		});
	}
});
