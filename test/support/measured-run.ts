import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface MeasuredRun {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
	readonly milliseconds: number;
	/** Of all its threads, to 10 ms: unlike the time by the clock, it hardly depends on what else the machine does. */
	readonly processorMilliseconds: number;
	/** The most memory it had at once, as the kernel counted it last; read again and again while it runs. */
	readonly peakMebibytes: number;
}

export interface RunOptions {
	readonly cwd: string;
	readonly env: Readonly<Record<string, string>>;
	/** The program is killed after this long; its status is null then. */
	readonly timeoutMs: number;
}

/** Runs a program to its end and tells what it took. */
export function measuredRun(command: string, args: readonly string[], options: RunOptions): Promise<MeasuredRun> {
	const { cwd, env, timeoutMs } = options;
	return new Promise((resolve, reject) => {
		const start = performance.now();
		const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
		const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
		child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
		let [peakMebibytes, processorMilliseconds] = [0, 0];
		const watch = setInterval(() => {
			peakMebibytes = Math.max(peakMebibytes, peakOf(child.pid));
			processorMilliseconds = Math.max(processorMilliseconds, processorTimeOf(child.pid));
		}, 2);
		child.on('error', reject);
		child.on('close', (status) => {
			clearInterval(watch);
			const milliseconds = performance.now() - start;
			const [out, err] = [String(Buffer.concat(stdout)), String(Buffer.concat(stderr))];
			resolve({ status, stdout: out, stderr: err, milliseconds, processorMilliseconds, peakMebibytes });
		});
	});
}

function peakOf(pid: number | undefined): number {
	try {
		const kibibytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
		return Number(kibibytes ?? 0) / 1024;
	} catch {
		return 0; // it has ended
	}
}

/** What it ran itself and what the kernel did for it, in the kernel's hundredths of a second. */
function processorTimeOf(pid: number | undefined): number {
	try {
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
			.replace(/^.*\) /s, '')
			.split(' ');
		return (Number(fields[11]) + Number(fields[12])) * 10;
	} catch {
		return 0; // it has ended
	}
}
