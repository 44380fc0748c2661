/**
 * Counts for how many Compose projects labc's `config` prints the same bytes as docker compose's, and says where the
 * others differ first: `node test/differential/config/compare-config.ts [--labc FILE] [--only REGEX] [VARIANT…]`.
 */
import { parseArgs } from 'node:util';
import { dockerComposePath } from '../../scenario/scenario.ts';
import { corpusAbsent, corpusCases, corpusFolder, fixtureCases } from './cases.ts';
import { compareOver, labcCommand, type Variant, variants } from './compare.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { only: { type: 'string', default: '' }, labc: { type: 'string' } },
});
const dockerCompose = dockerComposePath();
const labc = values.labc === undefined ? labcCommand : [values.labc, 'compose'];
const pattern = new RegExp(values.only);
const cases = [...fixtureCases(), ...corpusCases()].filter(({ name }) => pattern.test(name));

if (corpusFolder() === undefined) process.stdout.write(`${corpusAbsent}\n`);
if (dockerCompose === undefined) {
	process.stderr.write('docker compose is not installed\n');
	process.exit(1);
}
for (const variant of variants.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
	await report(variant, dockerCompose);
}

async function report(variant: Variant, docker: string): Promise<void> {
	const { identical, refused, differing } = await compareOver(cases, variant, { labc, dockerCompose: docker });
	for (const { name, lines } of differing)
		process.stdout.write(`${variant.name} ${name}\n    ${lines.join('\n    ')}\n`);
	const counts = `${identical} identical, ${differing.length} differ, ${refused} refused by both`;
	const attempts =
		variant.attempts === undefined ? '' : ` (docker compose varies: asked up to ${variant.attempts} times)`;
	process.stdout.write(`${variant.name}: ${counts}${attempts}\n`);
	if (differing.length > 0) process.exitCode = 1;
}
