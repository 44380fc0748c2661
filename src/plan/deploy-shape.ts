import type {
	Deploy,
	DeviceRequest,
	GenericResource,
	Placement,
	Reservations,
	ResourceLimits,
	Resources,
	RestartPolicy,
	UpdateConfig,
} from '../model/deploy.ts';
import type { FieldsOf } from './shape.ts';

export const deviceRequestFields = {
	capabilities: 'plain',
	driver: 'plain',
	count: 'plain',
	device_ids: 'plain',
	options: 'sorted',
} satisfies FieldsOf<DeviceRequest>;

const limits = { cpus: 'plain', memory: 'plain', pids: 'plain' } satisfies FieldsOf<ResourceLimits>;

const genericResource = {
	discrete_resource_spec: { fields: { kind: 'plain', value: 'plain' } },
} satisfies FieldsOf<GenericResource>;

const reservations = {
	cpus: 'plain',
	memory: 'plain',
	pids: 'plain',
	devices: { each: { fields: deviceRequestFields } },
	generic_resources: { each: { fields: genericResource } },
} satisfies FieldsOf<Reservations>;

const resources = {
	limits: { fields: limits },
	reservations: { fields: reservations },
} satisfies FieldsOf<Resources>;

const updateConfig = {
	parallelism: 'plain',
	delay: 'plain',
	failure_action: 'plain',
	monitor: 'plain',
	max_failure_ratio: 'plain',
	order: 'plain',
} satisfies FieldsOf<UpdateConfig>;

const restartPolicy = {
	condition: 'plain',
	delay: 'plain',
	max_attempts: 'plain',
	window: 'plain',
} satisfies FieldsOf<RestartPolicy>;

const placement = {
	constraints: 'plain',
	preferences: { each: { fields: { spread: 'plain' } } },
	max_replicas_per_node: 'plain',
} satisfies FieldsOf<Placement>;

export const deployFields = {
	mode: 'plain',
	replicas: 'omit',
	labels: 'sorted',
	update_config: { fields: updateConfig },
	rollback_config: { fields: updateConfig },
	resources: { fields: resources },
	restart_policy: { fields: restartPolicy },
	placement: { fields: placement },
	endpoint_mode: 'plain',
} satisfies FieldsOf<Deploy>;
