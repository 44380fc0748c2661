import type { ExecOptions } from '../../engine/container-api.ts';
import type { Engine } from '../../engine/engine.ts';
import type { OutputFrames } from '../../engine/streams.ts';
import { LabcError } from '../../errors/labc-error.ts';
import type { Hook } from '../../model/hook.ts';
import { lastLines } from '../last-lines.ts';
import type { Handlers, StepRun } from '../step-run.ts';
import { callByName } from './call-by-name.ts';

/** A hook may leave a program behind that keeps its output open: how often its end is asked for. */
const lookEveryMs = 1000;

export const hookHandlers: Pick<Handlers, 'container.exec'> = {
	'container.exec': async ({ service, container, phase, hook }, run) => {
		const told: Uint8Array[] = [];
		const lines = wholeLines((bytes) => run.emit({ type: 'hook.output', service, container: container.name, bytes }));
		const exitCode = await callByName(container, run, (id) =>
			execute(id, hook, {
				run,
				onOutput(bytes) {
					told.push(bytes);
					lines.push(bytes);
				},
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

interface Execution {
	readonly run: StepRun;
	onOutput(bytes: Uint8Array): void;
}

/** Runs the command in the container to its end; gives its exit status. */
async function execute(containerId: string, hook: Hook, { run, onOutput }: Execution): Promise<number> {
	const { engine } = run;
	const { id } = await engine.createExec(containerId, execOptions(hook));
	const stream = await engine.startExec(id, { tty: false, stdin: false });
	const output = read(stream.output, onOutput);
	// Met by those who wait for it; one that is closed may break off.
	output.catch(() => undefined);
	try {
		return await exitCodeOf(id, output, engine);
	} finally {
		stream.close();
	}
}

const execOptions = ({ command, user, privileged, working_dir, environment = {} }: Hook): ExecOptions => ({
	command: command ?? [],
	tty: false,
	stdin: false,
	environment: Object.entries(environment).map(([name, value]) => (value === null ? name : `${name}=${value}`)),
	...(user !== undefined && { user }),
	...(privileged === true && { privileged }),
	...(working_dir !== undefined && { workingDir: working_dir }),
});

async function read(output: OutputFrames, onOutput: (bytes: Uint8Array) => void): Promise<void> {
	for await (const { bytes } of output) onOutput(bytes);
}

/** The output may end a moment before the engine has noted the exit, and long after it. */
async function exitCodeOf(execId: string, output: Promise<void>, engine: Pick<Engine, 'inspectExec'>): Promise<number> {
	for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, lookEveryMs)) {
		await soonest(output, lookEveryMs);
		const { running, exitCode } = await engine.inspectExec(execId);
		if (!running && exitCode !== undefined) return exitCode;
		await delay(pauseMs);
	}
}

async function soonest(work: Promise<void>, ms: number): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<void>((resolve) => {
		timer = setTimeout(resolve, ms);
	});
	await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
