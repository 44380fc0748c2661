import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { denseSpacing, formatTable } from '../../../src/render/table.ts';

interface Row {
	readonly name: string;
	readonly image: string;
	readonly status: string;
}

const columns = [
	{ title: 'NAME', text: ({ name }: Row) => name },
	{ title: 'IMAGE', text: ({ image }: Row) => image, dropOrder: 1 },
	{ title: 'STATUS', text: ({ status }: Row) => status },
	{ title: 'PORTS', text: () => '', dropOrder: 2 },
];

const web: Row = { name: 'lab-web-1', image: 'nginx', status: 'Up' };
const wide: Row = { name: '研究室-データ-1', image: 'イメージ', status: 'Up' };

const cases: readonly { when: string; rows: readonly Row[]; room?: number; lines: readonly string[] }[] = [
	{ when: 'there is nothing in it', rows: [], lines: ['NAME      IMAGE     STATUS    PORTS'] },
	{
		when: 'cells are of different widths',
		rows: [web, { ...web, name: 'a-much-longer-name-1' }],
		lines: [
			'NAME                   IMAGE     STATUS    PORTS',
			'lab-web-1              nginx     Up',
			'a-much-longer-name-1   nginx     Up',
		],
	},
	{
		when: 'characters are wide',
		rows: [web, wide],
		lines: [
			'NAME              IMAGE      STATUS    PORTS',
			'lab-web-1         nginx      Up',
			'研究室-データ-1   イメージ   Up',
		],
	},
	{
		when: 'there is room for all but the last column',
		rows: [web],
		room: 33,
		lines: ['NAME        IMAGE     STATUS', 'lab-web-1   nginx     Up'],
	},
	{ when: 'there is room for few columns', rows: [web], room: 20, lines: ['NAME        STATUS', 'lab-web-1   Up'] },
	{
		when: 'there is too little room for what must stay',
		rows: [web],
		room: 5,
		lines: ['NAME        STATUS', 'lab-web-1   Up'],
	},
	{
		when: 'text would steer the terminal',
		rows: [{ ...web, name: 'x\u001b[2J\ny' }],
		lines: ['NAME          IMAGE     STATUS    PORTS', 'x\\x1b[2J\\ny   nginx     Up'],
	},
];

describe('formatTable', () => {
	for (const { when, rows, room, lines } of cases) {
		test(`when ${when}`, () => assert.equal(formatTable(rows, columns, { columns: room }), `${lines.join('\n')}\n`));
	}
});

describe('a full table', () => {
	const full = [
		{ title: 'NAME', text: ({ name }: Row) => name, cut: { fair: 12, least: 5 } },
		{ title: 'MODEL', text: ({ image }: Row) => image, dropOrder: 9, isExtra: true },
		{ title: 'STATUS', text: ({ status }: Row) => status, dropOrder: 1 },
	];
	const row: Row = { name: 'thesis-finetune-1', image: 'H100', status: 'Up' };
	const fits: readonly { room: number; lines: readonly string[] }[] = [
		{ room: 40, lines: ['NAME               MODEL  STATUS', 'thesis-finetune-1  H100   Up'] },
		{ room: 28, lines: ['NAME           MODEL  STATUS', 'thesis…tune-1  H100   Up'] },
		{ room: 24, lines: ['NAME              STATUS', 'thesis-f…etune-1  Up'] },
		{ room: 13, lines: ['NAME   STATUS', 'th…-1  Up'] },
		{ room: 12, lines: ['NAME', 'thesis…une-1'] },
		{ room: 2, lines: ['NAME', 'th…-1'] },
	];
	for (const { room, lines } of fits) {
		test(`has names cut in the middle, then fewer columns: ${room} columns`, () => {
			assert.equal(formatTable([row], full, { columns: room, spacing: denseSpacing }), `${lines.join('\n')}\n`);
		});
	}
});
