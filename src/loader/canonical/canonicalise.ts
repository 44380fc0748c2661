import type { Node } from '../../document/node.ts';
import { pathTable, type Rewriter, rewrite } from '../../document/path-table.ts';
import { Findings } from '../../errors/findings.ts';
import { canonicalBuild, canonicalContexts } from './build.ts';
import { canonicalCommand, canonicalHealthTest } from './command.ts';
import { canonicalDependsOn } from './depends-on.ts';
import { canonicalDeviceRequests } from './device-requests.ts';
import { canonicalDevices } from './devices.ts';
import { canonicalEnvFiles } from './env-files.ts';
import { canonicalExternal } from './external.ts';
import { canonicalExtraHosts } from './extra-hosts.ts';
import { canonicalReferences, canonicalSecrets } from './file-references.ts';
import { canonicalKeyValues } from './key-values.ts';
import { canonicalLabels } from './labels.ts';
import { canonicalMounts } from './mounts.ts';
import { canonicalNameMap } from './name-map.ts';
import { canonicalPorts } from './ports.ts';
import type { Converter } from './spot.ts';
import { canonicalSsh } from './ssh.ts';
import { canonicalFilledList, canonicalScalarList, canonicalStringList } from './string-list.ts';

/** Every attribute that has a short form. */
const converters: Readonly<Record<string, Converter>> = {
	'services.*.annotations': canonicalLabels,
	'services.*.build': canonicalBuild,
	'services.*.build.additional_contexts': canonicalContexts,
	'services.*.build.args': canonicalKeyValues,
	'services.*.build.labels': canonicalLabels,
	'services.*.build.secrets': canonicalReferences,
	'services.*.build.ssh': canonicalSsh,
	'services.*.command': canonicalCommand,
	'services.*.configs': canonicalReferences,
	'services.*.depends_on': canonicalDependsOn,
	'services.*.deploy.labels': canonicalLabels,
	'services.*.deploy.resources.reservations.devices': canonicalDeviceRequests,
	'services.*.deploy.resources.reservations.devices.*.options': canonicalLabels,
	'services.*.develop.watch.*.exec.command': canonicalCommand,
	'services.*.develop.watch.*.exec.environment': canonicalKeyValues,
	'services.*.develop.watch.*.ignore': canonicalStringList,
	'services.*.develop.watch.*.include': canonicalStringList,
	'services.*.devices': canonicalDevices,
	'services.*.dns': canonicalFilledList,
	'services.*.dns_search': canonicalStringList,
	'services.*.entrypoint': canonicalCommand,
	'services.*.env_file': canonicalEnvFiles,
	'services.*.environment': canonicalKeyValues,
	'services.*.gpus': canonicalDeviceRequests,
	'services.*.gpus.*.options': canonicalLabels,
	'services.*.healthcheck.test': canonicalHealthTest,
	'services.*.labels': canonicalLabels,
	'services.*.label_file': canonicalStringList,
	'services.*.models': canonicalNameMap,
	'services.*.networks': canonicalNameMap,
	'services.*.ports': canonicalPorts,
	'services.*.post_start.*.command': canonicalCommand,
	'services.*.post_start.*.environment': canonicalKeyValues,
	'services.*.pre_start.*.command': canonicalCommand,
	'services.*.pre_start.*.environment': canonicalKeyValues,
	'services.*.pre_stop.*.command': canonicalCommand,
	'services.*.pre_stop.*.environment': canonicalKeyValues,
	'services.*.provider.options.*': canonicalScalarList,
	'services.*.secrets': canonicalSecrets,
	'services.*.sysctls': canonicalLabels,
	'services.*.tmpfs': canonicalStringList,
	'services.*.volumes': canonicalMounts,
	'services.*.volumes.*.volume.labels': canonicalLabels,
	'configs.*': canonicalExternal,
	'configs.*.labels': canonicalLabels,
	'networks.*': canonicalExternal,
	'networks.*.labels': canonicalLabels,
	'networks.*.driver_opts': canonicalLabels,
	'secrets.*': canonicalExternal,
	'secrets.*.labels': canonicalLabels,
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

/** Brings to long forms only what docker compose reads when it gives attributes their types. */
export function canonicaliseTyped(tree: Node): Node {
	const rows = Object.entries(converters).filter(([, convert]) => readWithTypes.has(convert));
	return rewrite(tree, pathTable(Object.fromEntries(rows.map(([pattern, convert]) => [pattern, attempt(convert)]))));
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
