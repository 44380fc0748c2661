/** An `up` of the project in the current folder as labc does it, but without the lock: what the lock is for shows. */
import { loadProject } from '../../src/loader/load-project.ts';
import { bringUp } from '../../src/use-cases/bring-up.ts';
import { engineBench } from './engine-bench.ts';

const tools = await engineBench();
const { project } = await loadProject({
	files: [],
	projectName: undefined,
	projectDirectory: undefined,
	profiles: [],
	envFiles: [],
	compatibility: false,
	allResources: false,
	cwd: process.cwd(),
	env: process.env,
	standardInput: () => process.stdin,
});
/** All begin when the last one is ready, since programs start one after the other. */
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
try {
	await bringUp(project, tools, {});
	process.exit(0);
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`, () => process.exit(1));
}
