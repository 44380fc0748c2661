import type { Node } from '../../document/node.ts';
import { pathTable, type Rewriter, rewrite } from '../../document/path-table.ts';
import { Findings } from '../../errors/findings.ts';
import { canonicalBuild } from './build.ts';
import { canonicalCommand, canonicalHealthTest } from './command.ts';
import { canonicalDependsOn } from './depends-on.ts';
import { canonicalDeviceRequests } from './device-requests.ts';
import { canonicalEnvFiles } from './env-files.ts';
import { canonicalExternal } from './external.ts';
import { canonicalExtraHosts } from './extra-hosts.ts';
import { canonicalKeyValues } from './key-values.ts';
import { canonicalLabels } from './labels.ts';
import { canonicalMounts } from './mounts.ts';
import { canonicalServiceNetworks } from './networks.ts';
import { canonicalPorts } from './ports.ts';
import { canonicalBuildSecrets } from './secrets.ts';
import type { Converter } from './spot.ts';
import { canonicalFilledList, canonicalStringList } from './string-list.ts';

/** Every attribute that has a short form. */
const converters: Readonly<Record<string, Converter>> = {
	'services.*.annotations': canonicalLabels,
	'services.*.build': canonicalBuild,
	'services.*.build.args': canonicalKeyValues,
	'services.*.build.labels': canonicalLabels,
	'services.*.build.secrets': canonicalBuildSecrets,
	'services.*.command': canonicalCommand,
	'services.*.depends_on': canonicalDependsOn,
	'services.*.deploy.labels': canonicalLabels,
	'services.*.deploy.resources.reservations.devices': canonicalDeviceRequests,
	'services.*.deploy.resources.reservations.devices.*.options': canonicalLabels,
	'services.*.dns': canonicalFilledList,
	'services.*.entrypoint': canonicalCommand,
	'services.*.env_file': canonicalEnvFiles,
	'services.*.environment': canonicalKeyValues,
	'services.*.gpus': canonicalDeviceRequests,
	'services.*.gpus.*.options': canonicalLabels,
	'services.*.healthcheck.test': canonicalHealthTest,
	'services.*.labels': canonicalLabels,
	'services.*.networks': canonicalServiceNetworks,
	'services.*.ports': canonicalPorts,
	'services.*.sysctls': canonicalLabels,
	'services.*.tmpfs': canonicalStringList,
	'services.*.volumes': canonicalMounts,
	'networks.*': canonicalExternal,
	'networks.*.labels': canonicalLabels,
	'networks.*.driver_opts': canonicalLabels,
	'secrets.*': canonicalExternal,
	'volumes.*': canonicalExternal,
	'volumes.*.labels': canonicalLabels,
	'volumes.*.driver_opts': canonicalLabels,
};

/** Attributes that keep their form until all files are merged: their merging looks at what was written. */
const mergedConverters: Readonly<Record<string, Converter>> = {
	'services.*.build.extra_hosts': canonicalExtraHosts,
	'services.*.extra_hosts': canonicalExtraHosts,
};

/** Brings every short form of one file to its long one. */
export const canonicalise = (tree: Node, findings: Findings): Node => convertAll(tree, converters, findings);

/**
 * As `canonicalise`, where variables are still to be replaced: what can't be read before that stays as it is written,
 * and so does what docker compose reads only once it gives attributes their types.
 */
export function canonicaliseWritten(tree: Node): Node {
	const rows = Object.entries(converters).filter(
		([pattern, convert]) => !readWithTypes.has(convert) && pattern !== 'services.*.tmpfs',
	);
	const attempts = rows.map(([pattern, convert]): [string, Rewriter] => [pattern, attempt(convert)]);
	return rewrite(tree, pathTable(Object.fromEntries(attempts)));
}

const readWithTypes: ReadonlySet<Converter> = new Set([
	canonicalCommand,
	canonicalHealthTest,
	canonicalKeyValues,
	canonicalLabels,
]);

const attempt =
	(convert: Converter): Rewriter =>
	(node, path) => {
		const findings = new Findings();
		const converted = convert(node, { path, findings });
		return findings.hasErrors ? node : converted;
	};

/** Finishes what `canonicalise` leaves, once all files are merged. */
export const canonicaliseMerged = (tree: Node, findings: Findings): Node =>
	convertAll(tree, mergedConverters, findings);

function convertAll(tree: Node, table: Readonly<Record<string, Converter>>, findings: Findings): Node {
	const rewriters = Object.entries(table).map(([pattern, convert]): [string, Rewriter] => [
		pattern,
		(node, path) => convert(node, { path, findings }),
	]);
	return rewrite(tree, pathTable(Object.fromEntries(rewriters)));
}
