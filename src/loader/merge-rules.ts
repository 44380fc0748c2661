import { pathTable } from '../document/path-table.ts';
import { canonicalBuild } from './canonical/build.ts';
import { canonicalDependsOn } from './canonical/depends-on.ts';
import { canonicalEnvFiles } from './canonical/env-files.ts';
import { listedExtraHosts } from './canonical/extra-hosts.ts';
import { listedKeyValues } from './canonical/key-values.ts';
import { canonicalNameMap } from './canonical/name-map.ts';
import { canonicalStringList } from './canonical/string-list.ts';
import type { MergeRule } from './merge/merge.ts';
import { appendNew, merged, mergeLogging, mergePools, replace, replaceSingle } from './merge/strategies.ts';

/** Attributes that are not merged as plain trees are. */
const rules: Readonly<Record<string, MergeRule>> = {
	'networks.*.ipam.config': mergePools,
	'networks.*.labels': merged(listedKeyValues),
	'services.*.annotations': merged(listedKeyValues),
	'services.*.build': merged(canonicalBuild),
	'services.*.build.additional_contexts': merged(listedKeyValues),
	'services.*.build.args': merged(listedKeyValues),
	'services.*.build.extra_hosts': appendNew(listedExtraHosts),
	'services.*.build.labels': merged(listedKeyValues),
	'services.*.command': replace,
	'services.*.depends_on': merged(canonicalDependsOn),
	'services.*.deploy.labels': merged(listedKeyValues),
	'services.*.dns': merged(canonicalStringList),
	'services.*.dns_search': merged(canonicalStringList),
	'services.*.entrypoint': replace,
	'services.*.env_file': merged(canonicalEnvFiles),
	'services.*.environment': merged(listedKeyValues),
	'services.*.extra_hosts': appendNew(listedExtraHosts),
	'services.*.healthcheck.test': replace,
	'services.*.labels': merged(listedKeyValues),
	'services.*.label_file': merged(canonicalStringList),
	'services.*.logging': mergeLogging,
	'services.*.models': merged(canonicalNameMap),
	'services.*.networks': merged(canonicalNameMap),
	'services.*.provider.options.*': replaceSingle,
	'services.*.sysctls': merged(listedKeyValues),
	'services.*.tmpfs': merged(canonicalStringList),
	'services.*.ulimits.*': replace,
	'volumes.*.labels': merged(listedKeyValues),
};

export const mergeRules = pathTable(rules);
