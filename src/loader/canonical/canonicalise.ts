import type { Node } from '../../document/node.ts';
import { pathTable, type Rewriter, rewrite } from '../../document/path-table.ts';
import { Findings } from '../../errors/findings.ts';
import { canonicalBuild, canonicalContexts } from './build.ts';
import { canonicalCommand, canonicalHealthTest } from './command.ts';
import { canonicalDependsOn } from './depends-on.ts';
import { canonicalDeviceCount, canonicalDeviceRequests } from './device-requests.ts';
import { canonicalDevices } from './devices.ts';
import { canonicalEnvFiles } from './env-files.ts';
import { canonicalExternal } from './external.ts';
import { canonicalExtraHosts } from './extra-hosts.ts';
import { canonicalReferences, canonicalSecrets } from './file-references.ts';
import { canonicalKeyValues, canonicalText } from './key-values.ts';
import { canonicalLabels } from './labels.ts';
import { canonicalMounts } from './mounts.ts';
import { canonicalNameMap } from './name-map.ts';
import { canonicalPorts } from './ports.ts';
import { canonicalReplicas } from './replicas.ts';
import type { Converter } from './spot.ts';
import { canonicalSsh } from './ssh.ts';
import { canonicalFilledList, canonicalScalarList, canonicalStringList } from './string-list.ts';

/** Attributes whose short form is read before variables are replaced, too. */
const writtenConverters: Readonly<Record<string, Converter>> = {
	'services.*.build': canonicalBuild,
	'services.*.build.additional_contexts': canonicalContexts,
	'services.*.build.provenance': canonicalText,
	'services.*.build.sbom': canonicalText,
	'services.*.build.secrets': canonicalReferences,
	'services.*.build.ssh': canonicalSsh,
	'services.*.configs': canonicalReferences,
	'services.*.depends_on': canonicalDependsOn,
	'services.*.deploy.resources.reservations.devices': canonicalDeviceRequests,
	'services.*.develop.watch.*.ignore': canonicalStringList,
	'services.*.develop.watch.*.include': canonicalStringList,
	'services.*.devices': canonicalDevices,
	'services.*.dns': canonicalFilledList,
	'services.*.env_file': canonicalEnvFiles,
	'services.*.gpus': canonicalDeviceRequests,
	'services.*.label_file': canonicalStringList,
	'services.*.models': canonicalNameMap,
	'services.*.networks': canonicalNameMap,
	'services.*.ports': canonicalPorts,
	'services.*.secrets': canonicalSecrets,
	'services.*.volumes': canonicalMounts,
	'configs.*': canonicalExternal,
	'networks.*': canonicalExternal,
	'secrets.*': canonicalExternal,
	'volumes.*': canonicalExternal,
};

/** Attributes whose short form docker compose reads only once it gives attributes their types. */
const typedConverters: Readonly<Record<string, Converter>> = {
	'services.*.annotations': canonicalLabels,
	'services.*.build.args': canonicalKeyValues,
	'services.*.build.labels': canonicalLabels,
	'services.*.command': canonicalCommand,
	'services.*.deploy.labels': canonicalLabels,
	'services.*.deploy.resources.reservations.devices.*.count': canonicalDeviceCount,
	'services.*.deploy.resources.reservations.devices.*.options': canonicalLabels,
	'services.*.develop.watch.*.exec.command': canonicalCommand,
	'services.*.develop.watch.*.exec.environment': canonicalKeyValues,
	'services.*.dns_search': canonicalStringList,
	'services.*.entrypoint': canonicalCommand,
	'services.*.environment': canonicalKeyValues,
	'services.*.gpus.*.count': canonicalDeviceCount,
	'services.*.gpus.*.options': canonicalLabels,
	'services.*.healthcheck.test': canonicalHealthTest,
	'services.*.labels': canonicalLabels,
	'services.*.post_start.*.command': canonicalCommand,
	'services.*.post_start.*.environment': canonicalKeyValues,
	'services.*.pre_start.*.command': canonicalCommand,
	'services.*.pre_start.*.environment': canonicalKeyValues,
	'services.*.pre_stop.*.command': canonicalCommand,
	'services.*.pre_stop.*.environment': canonicalKeyValues,
	'services.*.sysctls': canonicalLabels,
	'services.*.tmpfs': canonicalStringList,
	'services.*.volumes.*.volume.labels': canonicalLabels,
	'configs.*.labels': canonicalLabels,
	'networks.*.labels': canonicalLabels,
	'networks.*.driver_opts': canonicalLabels,
	'secrets.*.labels': canonicalLabels,
	'volumes.*.labels': canonicalLabels,
	'volumes.*.driver_opts': canonicalLabels,
};

const converters = { ...writtenConverters, ...typedConverters };

/** What is read once all files are merged, because merging looks at what was written. */
const mergedConverters: Readonly<Record<string, Converter>> = {
	'services.*': canonicalReplicas,
	'services.*.build.extra_hosts': canonicalExtraHosts,
	'services.*.extra_hosts': canonicalExtraHosts,
	'services.*.provider.options.*': canonicalScalarList,
};

/** Brings every short form of one file to its long one. */
export const canonicalise = (tree: Node, findings: Findings): Node => convertAll(tree, converters, findings);

/**
 * As `canonicalise`, where variables are still to be replaced: what can't be read before that stays as it is written,
 * and so does what is read with the types.
 */
export const canonicaliseWritten = (tree: Node): Node => attemptAll(tree, writtenConverters);

/** Brings to long forms only what docker compose reads when it gives attributes their types. */
export const canonicaliseTyped = (tree: Node): Node => attemptAll(tree, typedConverters);

function attemptAll(tree: Node, table: Readonly<Record<string, Converter>>): Node {
	const attempts = Object.entries(table).map(([pattern, convert]): [string, Rewriter] => [pattern, attempt(convert)]);
	return rewrite(tree, pathTable(Object.fromEntries(attempts)));
}

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
