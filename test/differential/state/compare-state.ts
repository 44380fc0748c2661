/**
 * Tells every story with docker compose and with labc on one engine and compares what is there after each step:
 * `node test/differential/state/compare-state.ts [--only REGEX] [--docker-compose PATH] [--labc PATH]`.
 * `kept` stands where a difference is meant; it fails when the difference is gone.
 */
import { parseArgs } from 'node:util';
import { dockerComposePath, whyNoEngine } from '../../scenario/scenario.ts';
import { allStories } from './all-stories.ts';
import { compareStory } from './compare-story.ts';

const { values } = parseArgs({
	options: {
		only: { type: 'string', default: '' },
		'docker-compose': { type: 'string' },
		labc: { type: 'string' },
	},
});
const dockerCompose = values['docker-compose'] ?? dockerComposePath();
const missing = whyNoEngine() ?? (dockerCompose === undefined ? 'docker compose is not installed' : undefined);
if (missing !== undefined) {
	process.stderr.write(`${missing}\n`);
	process.exit(1);
}

const pattern = new RegExp(values.only);
const counts = { passed: 0, failed: 0 };
for (const story of allStories.filter(({ name }) => pattern.test(name))) {
	const found = await compareStory(story, { labc: values.labc, dockerCompose }).catch((error: unknown) => [
		String(error),
	]);
	const verdict = found.length === 0 ? 'equal' : story.kept === undefined ? 'differs' : 'kept';
	const isRight = story.kept === undefined ? verdict === 'equal' : verdict === 'kept';
	counts[isRight ? 'passed' : 'failed'] += 1;
	process.stdout.write(`${verdict.padEnd(8)} ${story.name}${verdict === 'kept' ? `: ${story.kept}` : ''}\n`);
	if (!isRight) process.stdout.write(`    ${found.join('\n    ') || `no difference any more: ${story.kept}`}\n`);
}
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
