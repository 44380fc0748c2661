import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LabcError } from '../../../../src/errors/labc-error.ts';
import { formatRowTemplate, parseRowTemplate } from '../../../../src/render/template/format-template.ts';

const ports = [
	{ URL: '0.0.0.0', TargetPort: 80, Protocol: 'tcp' },
	{ URL: '::', TargetPort: 81, Protocol: 'udp' },
];
const web = {
	Name: 'lab-web-1',
	State: 'running',
	ExitCode: 3,
	Empty: '',
	Publishers: ports,
	Label: (key: unknown) => `value of ${key}`,
};
const headers = { Name: 'NAME', State: 'STATE', Label: (key: unknown) => key };

const filled: readonly { template: string; text: string }[] = [
	{ template: '{{.Name}}', text: 'lab-web-1' },
	{ template: 'x', text: 'x' },
	{ template: '{{.Name}}\\t{{.State}}\\n', text: 'lab-web-1\trunning\n' },
	{ template: '{{ .Name -}}   {{- .State }}', text: 'lab-web-1running' },
	{ template: 'a {{- /* a remark */ -}} b', text: 'ab' },
	{ template: '{{json .Publishers}}', text: JSON.stringify(ports) },
	{ template: '{{.Publishers}}', text: '[{0.0.0.0 80 tcp} {:: 81 udp}]' },
	{ template: '{{range .Publishers}}{{.URL}}:{{.TargetPort}} {{end}}', text: '0.0.0.0:80 :::81 ' },
	{ template: '{{range $i, $p := .Publishers}}{{$i}}={{$p.URL}};{{end}}', text: '0=0.0.0.0;1=::;' },
	{ template: '{{range $p := .Publishers}}{{$.Name}}{{$p.TargetPort}} {{end}}', text: 'lab-web-180 lab-web-181 ' },
	{ template: '{{range split .Empty ","}}[{{.}}]{{else}}none{{end}}', text: '[]' },
	{ template: '{{range (slice .Publishers 2)}}{{.}}{{else}}none{{end}}', text: 'none' },
	{ template: '{{.Name | upper}}', text: 'LAB-WEB-1' },
	{ template: '{{upper .Name | printf "%s!"}}', text: 'LAB-WEB-1!' },
	{ template: '{{join (split .Name "-") "/"}}', text: 'lab/web/1' },
	{ template: '{{index (split .Name "-") 1}}', text: 'web' },
	{ template: '{{(index .Publishers 0).URL}}', text: '0.0.0.0' },
	{ template: '{{.Label "a.b"}}', text: 'value of a.b' },
	{ template: '{{.Label "a.b" | upper}}', text: 'VALUE OF A.B' },
	{ template: '{{if eq .State "running"}}up{{else}}down{{end}}', text: 'up' },
	{ template: '{{if eq .State "a" "running"}}up{{end}}', text: 'up' },
	{ template: '{{if .Empty}}x{{else if .Name}}y{{else}}z{{end}}', text: 'y' },
	{ template: '{{if and .Name (not .Empty)}}x{{end}}', text: 'x' },
	{ template: '{{or .Empty .State}}', text: 'running' },
	{ template: '{{with .State}}<{{.}}>{{end}}', text: '<running>' },
	{ template: '{{with .Empty}}<{{.}}>{{else}}nothing{{end}}', text: 'nothing' },
	{ template: '{{$x := .Name}}{{$x}}{{$x = "y"}}{{$x}}', text: 'lab-web-1y' },
	{ template: '{{gt .ExitCode 2}} {{le .ExitCode 2}} {{ne .Name "x"}}', text: 'true false true' },
	{ template: '{{len .Name}} {{len .Publishers}}', text: '9 2' },
	{
		template: '{{printf "%-12s|%05d|%q|%v|%%" .Name .ExitCode .State true}}',
		text: 'lab-web-1   |00003|"running"|true|%',
	},
	{ template: '{{printf "%6.2f|%x|%.3s" 3.14159 255 .Name}}', text: '  3.14|ff|lab' },
	{
		template: '{{truncate .Name 3}}{{pad .State 1 2}}|{{title .State}}{{lower "ABC"}}',
		text: 'lab running  |Runningabc',
	},
	{ template: '{{print .Name .ExitCode}}{{println "x"}}', text: 'lab-web-13x\n' },
	{ template: '{{"}}"}}{{`a\\d`}}', text: '}}a\\d' },
	{ template: '{{true}}{{nil}}', text: 'true<no value>' },
];

describe('a template for each row', () => {
	for (const { template, text } of filled) {
		test(`fills in ${template}`, () => {
			assert.equal(formatRowTemplate(parseRowTemplate(template), [web], headers), `${text}\n`);
		});
	}

	test('with `table` before it has a header and columns', () => {
		const rows = [web, { ...web, Name: 'lab-a-longer-name-1', State: 'exited' }];
		const format = 'table {{.Name}}\\t{{upper .State}}\\t{{.Label "tier"}}\\t{{.ExitCode}}';
		assert.equal(
			formatRowTemplate(parseRowTemplate(format), rows, headers),
			[
				'NAME                  STATE     tier            <no value>',
				'lab-web-1             RUNNING   value of tier   3',
				'lab-a-longer-name-1   EXITED    value of tier   3',
				'',
			].join('\n'),
		);
	});

	test('has its header alone where there are no rows', () => {
		assert.equal(formatRowTemplate(parseRowTemplate('table {{.Name}}'), [], headers), 'NAME\n');
		assert.equal(formatRowTemplate(parseRowTemplate('{{.Name}}'), [], headers), '');
	});
});

const refused: readonly { template: string; problem: RegExp; hint?: RegExp }[] = [
	{ template: '{{.Nmae}}', problem: /there is no field `Nmae`/, hint: /\{\{\.Name\}\}/ },
	{ template: '{{.Name', problem: /`\{\{` is not closed/ },
	{ template: '{{if .Name}}x', problem: /has no `\{\{end\}\}`/ },
	{ template: '{{if .Name}}x{{else}}y', problem: /has no `\{\{end\}\}`/ },
	{ template: 'x{{end}}', problem: /nothing that `\{\{end\}\}`/ },
	{ template: '{{}}', problem: /a value is missing/ },
	{ template: '{{.Name | }}', problem: /a value is missing/ },
	{ template: '{{(.Name}}', problem: /`\(` is not closed/ },
	{ template: '{{.Name )}}', problem: /`\)` is not expected/ },
	{ template: '{{.Name & 3}}', problem: /`&` is not expected/ },
	{ template: '{{shout .Name}}', problem: /there is no function `shout`/ },
	{ template: '{{constructor .Name}}', problem: /there is no function `constructor`/ },
	{ template: '{{.constructor}}', problem: /there is no field `constructor`/ },
	{ template: '{{$x}}', problem: /there is no variable `\$x`/ },
	{ template: '{{define "x"}}{{end}}', problem: /`define` is not supported/ },
	{ template: '{{.Name .State}}', problem: /takes no arguments/ },
	{ template: '{{upper .ExitCode}}', problem: /text is expected, not `3`/ },
	{ template: '{{pad .Name "a" 1}}', problem: /a number is expected/ },
	{ template: '{{index .Publishers 7}}', problem: /there is no item 7/ },
	{ template: '{{range .Name}}{{end}}', problem: /can't go over/ },
	{ template: '{{eq .Name 3}}', problem: /can't be compared/ },
];

describe('a template that is wrong', () => {
	for (const { template, problem, hint = /./ } of refused) {
		test(`is refused: ${template}`, () => {
			assert.throws(
				() => formatRowTemplate(parseRowTemplate(template), [web], headers),
				(error) =>
					error instanceof LabcError &&
					error.code === 'USAGE_INVALID' &&
					problem.test(error.message) &&
					hint.test(error.hint ?? ''),
			);
		});
	}
});
