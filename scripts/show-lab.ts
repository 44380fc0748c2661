// Fetches the lab's pages through their published ports, as a person's browser would, and prints what can be opened.
// The last step of demo.sh: `node scripts/show-lab.ts SECONDS`, where SECONDS (since 1970) is when ml-app was started.
// Everything about the lab is asked of dist/labc: which port a range ended in, and what .env means, are its to say.
import { execFileSync } from 'node:child_process';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

interface Container {
	Service: string;
	Publishers: { URL: string; TargetPort: number; PublishedPort: number }[] | null;
}

interface Project {
	services: Record<string, { environment?: Record<string, string> }>;
}

type ScalarTags = Record<string, Record<string, unknown>>;
type ScalarPoints = [wallTime: number, step: number, value: number][];

function labc(...args: string[]): string {
	return execFileSync('dist/labc', ['compose', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

/** One JSON object a line, or one array: both are in use among Compose tools. */
function containers(): Container[] {
	const text = labc('ps', '--format', 'json').trim();
	return text.startsWith('[') ? JSON.parse(text) : text.split('\n').map((line) => JSON.parse(line));
}

/** Where a browser reaches a service: a wildcard address is every address of this host. */
function pageOf(service: string, port: number): { local: string; shown: string } {
	const publishers = containers().find((container) => container.Service === service)?.Publishers ?? [];
	const published = publishers.find((publisher) => publisher.TargetPort === port && publisher.PublishedPort > 0);
	if (!published) throw new Error(`${service} publishes no port for ${port}`);
	const everywhere = ['0.0.0.0', '::', ''].includes(published.URL);
	return {
		local: `http://${everywhere ? '127.0.0.1' : published.URL}:${published.PublishedPort}`,
		shown: `http://${everywhere ? hostname() : published.URL}:${published.PublishedPort}`,
	};
}

async function fetchOk(url: string): Promise<Response> {
	const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
	if (!response.ok) throw new Error(`${url.replace(/token=.*/, 'token=…')} answers ${response.status}`);
	return response;
}

/** The run whose last loss was written since then; TensorBoard looks for new files every few seconds, and may be halfway. */
async function newestRun(
	tensorboard: string,
	{ since, lastStep }: { since: number; lastStep: number },
): Promise<{ run: string; tags: string[]; loss: ScalarPoints }> {
	for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(500)) {
		const tags = (await (await fetchOk(`${tensorboard}/data/plugin/scalars/tags`)).json()) as ScalarTags;
		for (const run of Object.keys(tags).sort().reverse()) {
			const query = new URLSearchParams({ run, tag: 'train/loss' });
			const response = await fetch(`${tensorboard}/data/plugin/scalars/scalars?${query}`);
			const loss = response.ok ? ((await response.json()) as ScalarPoints) : [];
			const [wallTime = 0, step = 0] = loss.at(-1) ?? [];
			if (wallTime >= since && step >= lastStep) return { run, tags: Object.keys(tags[run] ?? {}).sort(), loss };
		}
	}
	throw new Error(`TensorBoard does not show the run that ml-app wrote, up to its step ${lastStep}`);
}

/** ml-app writes every tenth step. */
const lastStepOf = ({ services }: Project): number =>
	Math.floor(Number(services['ml-app']?.environment?.['STEPS'] ?? 0) / 10) * 10;

async function main(since: number): Promise<void> {
	const project = JSON.parse(labc('--profile', '*', 'config', '--format', 'json')) as Project;
	const token = project.services['jupyter']?.environment?.['JUPYTER_TOKEN'] ?? '';
	const jupyter = pageOf('jupyter', 8888);
	const tensorboard = pageOf('tensorboard', 6006);

	await fetchOk(`${jupyter.local}/api/status?token=${token}`);
	const page = await (await fetchOk(`${tensorboard.local}/`)).text();
	if (!page.includes('TensorBoard')) throw new Error("the TensorBoard page is not TensorBoard's");
	const { run, tags, loss } = await newestRun(tensorboard.local, { since, lastStep: lastStepOf(project) });

	const [first, last] = [loss.at(0), loss.at(-1)].map((point) => point?.[2].toFixed(3));
	process.stdout.write(`
  JupyterLab    ${jupyter.shown}/lab?token=${token}
  TensorBoard   ${tensorboard.shown}/
                ${run}: ${tags.join(', ')}; loss ${first} -> ${last} in ${loss.length} points
  Your files    ${process.cwd()}/work\n`);
}

try {
	await main(Number(process.argv[2] ?? 0));
} catch (error) {
	process.stderr.write(`demo: ${error instanceof Error ? error.message : error}\n`);
	process.exitCode = 1;
}
