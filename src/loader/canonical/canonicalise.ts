import type { Node } from '../../document/node.ts';
import { pathTable, type Rewriter, rewrite } from '../../document/path-table.ts';
import { Findings } from '../../errors/findings.ts';
import { canonicalBuild, canonicalContexts } from './build.ts';
import { canonicalCommand, canonicalHealthTest } from './command.ts';
import { canonicalDependsOn } from './depends-on.ts';
import { canonicalDeviceCount, canonicalDeviceRequests } from './device-requests.ts';
import { canonicalDevices } from './devices.ts';
import { canonicalEnvFiles } from './env-files.ts';
import { gatherAsNothing, gatherAsText, refuseExtensions } from './extension-keys.ts';
import { canonicalExternal } from './external.ts';
import { canonicalExtraHosts } from './extra-hosts.ts';
import { canonicalReferences, canonicalSecrets } from './file-references.ts';
import { canonicalKeyValues, canonicalText } from './key-values.ts';
import { canonicalLabels } from './labels.ts';
import { canonicalMounts } from './mounts.ts';
import { canonicalNameMap } from './name-map.ts';
import { canonicalExpose, canonicalPorts } from './ports.ts';
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
	'services.*.expose': canonicalExpose,
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

/** Attributes whose short form docker compose reads only once the project is complete, when it gives them their types. */
const typedConverters: Readonly<Record<string, Converter>> = {
	'services.*.annotations': canonicalLabels,
	'services.*.build.args': canonicalKeyValues,
	'services.*.build.extra_hosts': canonicalExtraHosts,
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
	'services.*.extra_hosts': canonicalExtraHosts,
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
	'services.*.provider.options.*': canonicalScalarList,
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

/** Maps in which docker compose sees extensions when it gives them their types. */
const extensionKeys: Readonly<Record<string, Converter>> = {
	'services.*.annotations': gatherAsText,
	'services.*.build.additional_contexts': gatherAsText,
	'services.*.build.args': gatherAsText,
	'services.*.build.extra_hosts': refuseExtensions,
	'services.*.build.labels': gatherAsText,
	'services.*.build.ssh': gatherAsText,
	'services.*.build.ulimits': gatherAsNothing,
	'services.*.deploy.labels': gatherAsText,
	'services.*.deploy.resources.reservations.devices.*.options': gatherAsText,
	'services.*.develop.watch.*.exec.environment': gatherAsText,
	'services.*.environment': gatherAsText,
	'services.*.extra_hosts': refuseExtensions,
	'services.*.gpus.*.options': gatherAsText,
	'services.*.labels': gatherAsText,
	'services.*.logging.options': gatherAsText,
	'services.*.models': refuseExtensions,
	'services.*.networks.*.driver_opts': gatherAsText,
	'services.*.post_start.*.environment': gatherAsText,
	'services.*.pre_start.*.environment': gatherAsText,
	'services.*.pre_stop.*.environment': gatherAsText,
	'services.*.provider.options': gatherAsText,
	'services.*.storage_opt': refuseExtensions,
	'services.*.sysctls': gatherAsText,
	'services.*.ulimits': gatherAsNothing,
	'services.*.volumes.*.volume.labels': gatherAsText,
	'configs.*.labels': gatherAsText,
	'networks.*.driver_opts': gatherAsText,
	'networks.*.ipam.config.*.aux_addresses': gatherAsText,
	'networks.*.labels': gatherAsText,
	'secrets.*.driver_opts': refuseExtensions,
	'secrets.*.labels': gatherAsText,
	'volumes.*.driver_opts': gatherAsText,
	'volumes.*.labels': gatherAsText,
};

/** Brings to long forms what is read in each file. */
export const canonicaliseWritten = (tree: Node, findings: Findings): Node =>
	convertAll(tree, writtenConverters, findings);

/** As `canonicaliseWritten`, where variables are still to be replaced: what can't be read before that stays as written. */
export const attemptWritten = (tree: Node): Node => attemptAll(tree, writtenConverters);

/** Brings to long forms what is read once the project is complete: merging looks at what was written. */
export const canonicaliseTyped = (tree: Node, findings: Findings): Node =>
	convertAll(convertAll(tree, extensionKeys, findings), typedConverters, findings);

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

function convertAll(tree: Node, table: Readonly<Record<string, Converter>>, findings: Findings): Node {
	const rewriters = Object.entries(table).map(([pattern, convert]): [string, Rewriter] => [
		pattern,
		(node, path) => convert(node, { path, findings }),
	]);
	return rewrite(tree, pathTable(Object.fromEntries(rewriters)));
}
