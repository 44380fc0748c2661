import type { ExecOptions } from '../../engine/container-api.ts';
import { LabcError } from '../../errors/labc-error.ts';
import type { Hook } from '../../model/hook.ts';
import { lastLines } from '../last-lines.ts';
import { runExec } from '../run-exec.ts';
import type { Handlers } from '../step-run.ts';
import { callByName } from './call-by-name.ts';

export const hookHandlers: Pick<Handlers, 'container.exec'> = {
	'container.exec': async ({ service, container, phase, hook }, run) => {
		const told: Uint8Array[] = [];
		const lines = wholeLines((bytes) => run.emit({ type: 'hook.output', service, container: container.name, bytes }));
		const exitCode = await callByName(container, run, (id) =>
			runExec(run.engine, { containerId: id, options: execOptions(hook) }, ({ bytes }) => {
				told.push(bytes);
				lines.push(bytes);
			}),
		);
		lines.end();
		if (exitCode === 0) return {};
		const last = lastLines(told);
		const said = last.length === 0 ? ['it wrote nothing'] : ['it wrote:', ...last.map((line) => `  ${line}`)];
		throw new LabcError(
			'HOOK_FAILED',
			[`${service} hook exited with status ${exitCode}: \`${phase}\` of container ${container.name}`, ...said].join(
				'\n',
			),
			{ hint: `Try \`${phase}\` by hand: \`labc compose exec ${service} sh\`.` },
		);
	},
};

/** Passes bytes on up to the end of a line, so that nobody prints half of one. */
function wholeLines(pass: (bytes: Uint8Array) => void) {
	let held: Uint8Array = new Uint8Array();
	return {
		push(bytes: Uint8Array): void {
			const all = Buffer.concat([held, bytes]);
			const end = all.lastIndexOf(lineFeed) + 1;
			if (end > 0) pass(all.subarray(0, end));
			held = all.subarray(end);
		},
		end(): void {
			if (held.length > 0) pass(held);
		},
	};
}

const lineFeed = 0x0a;

export const execOptions = ({ command, user, privileged, working_dir, environment = {} }: Hook): ExecOptions => ({
	command: command ?? [],
	tty: false,
	stdin: false,
	environment: Object.entries(environment).map(([name, value]) => (value === null ? name : `${name}=${value}`)),
	...(user !== undefined && { user }),
	...(privileged === true && { privileged }),
	...(working_dir !== undefined && { workingDir: working_dir }),
});
