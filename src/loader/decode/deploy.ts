import { mappingOf, withEntry } from '../canonical/spot.ts';
import { type Attributes, type Decoder, decodeStructure, list, map, structure } from './decoder.ts';
import {
	anyText,
	byteSize,
	count,
	duration,
	filledDuration,
	filledInteger,
	integer,
	singleNumber,
	text,
	truncated,
	withoutPoint,
} from './scalars.ts';

const texts = list(anyText);

export const decodeDeviceRequest = structure([
	['capabilities', texts],
	['driver', text],
	['count', withoutPoint(filledInteger)],
	['device_ids', texts],
	['options', map(anyText)],
]);

/** A cluster's own resource; its parts are printed even where nothing is said of them. */
const discreteResource: Decoder = (node, spot) => {
	const { kind = '', value = 0 } = discreteAttributes(node, spot) as Record<string, unknown>;
	return { kind, value };
};

const discreteAttributes = structure([
	['kind', text],
	['value', truncated],
]);

const limits = structure([
	['cpus', singleNumber],
	['memory', byteSize],
	['pids', filledInteger],
	['devices', list(decodeDeviceRequest)],
	['generic_resources', list(structure([['discrete_resource_spec', discreteResource]]))],
]);

const updateConfig = structure([
	['parallelism', count],
	['delay', filledDuration],
	['failure_action', text],
	['monitor', filledDuration],
	['max_failure_ratio', singleNumber],
	['order', text],
]);

const resources = structure([
	['limits', limits],
	['reservations', limits],
]);

const restartPolicy = structure([
	['condition', text],
	['delay', duration],
	['max_attempts', count],
	['window', duration],
]);

const placement = structure([
	['constraints', texts],
	['preferences', list(structure([['spread', text]]))],
	['max_replicas_per_node', filledInteger],
]);

const attributes: Attributes = [
	['mode', text],
	['replicas', integer],
	['labels', map(anyText)],
	['update_config', updateConfig],
	['rollback_config', updateConfig],
	['resources', resources],
	['restart_policy', restartPolicy],
	['placement', placement],
	['endpoint_mode', text],
];

/** Resources and placement are printed even where nothing is said of them. */
export const decodeDeploy: Decoder = (node, spot) => {
	if (node.kind !== 'mapping') return undefined;
	const printed = ['resources', 'placement'].reduce(
		(deploy, name) => (deploy.entries.has(name) ? deploy : withEntry(deploy, name, mappingOf({}, deploy.at))),
		node,
	);
	return decodeStructure(printed, attributes, spot);
};
