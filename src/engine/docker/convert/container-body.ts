import { LabcError } from '../../../errors/labc-error.ts';
import { noDevices, visibleDevices } from '../../../gpu/wish.ts';
import type { ContainerSpec, EndpointSpec } from '../../container-api.ts';
import { compareApiVersions } from '../api-version.ts';
import { endpointSettings } from './endpoint-settings.ts';
import { healthcheckBody } from './healthcheck-body.ts';
import { hostConfig } from './host-config.ts';
import { exposedPorts } from './port-bindings.ts';
import { stopTimeoutSeconds } from './stop-timeout.ts';

/** Engines before this version take one network at creation; the others are connected right after. */
const severalEndpoints = '1.44';

export interface ContainerBody {
	readonly query: Readonly<Record<string, string>>;
	readonly body: object;
	/** Networks the container must be connected to once it exists. */
	readonly connectAfter: readonly EndpointSpec[];
}

/** The call that makes a container, exactly as docker compose would make it. */
export function toContainerBody(spec: ContainerSpec, apiVersion: string): ContainerBody {
	const takesAll = compareApiVersions(apiVersion, severalEndpoints) >= 0;
	const atCreation = takesAll ? spec.networks : spec.networks.slice(0, 1);
	const platform = spec.service.platform ?? spec.defaultPlatform;
	if (!takesAll) refuseHardwareAddresses(spec.networks, apiVersion);
	return {
		query: { name: spec.name, ...(platform !== undefined && { platform }) },
		body: {
			...containerConfig(spec, apiVersion),
			HostConfig: hostConfig(spec, apiVersion),
			...(atCreation.length > 0 && {
				NetworkingConfig: {
					EndpointsConfig: Object.fromEntries(
						atCreation.map((endpoint) => [endpoint.network, endpointSettings(endpoint)]),
					),
				},
			}),
		},
		connectAfter: spec.networks.slice(atCreation.length),
	};
}

function refuseHardwareAddresses(endpoints: readonly EndpointSpec[], apiVersion: string): void {
	const endpoint = endpoints.find(({ macAddress }) => macAddress !== undefined);
	if (endpoint === undefined) return;
	throw new LabcError(
		'ENGINE_UNSUPPORTED',
		`\`mac_address\` for network \`${endpoint.network}\` needs API version \`${severalEndpoints}\`, the engine speaks \`${apiVersion}\``,
		{ hint: 'Update the engine to Docker 25 or newer, or leave the attribute out.' },
	);
}

function containerConfig(spec: ContainerSpec, apiVersion: string) {
	const { service, oneOff } = spec;
	const stdin = service.stdin_open === true;
	const ports = exposedPorts(service);
	return {
		...(service.hostname !== undefined && { Hostname: service.hostname }),
		...(service.domainname !== undefined && { Domainname: service.domainname }),
		...(service.user !== undefined && { User: service.user }),
		AttachStdin: oneOff?.input === true,
		AttachStdout: true,
		AttachStderr: true,
		Tty: service.tty === true,
		OpenStdin: stdin,
		StdinOnce: oneOff?.input === true,
		...(Object.keys(ports).length > 0 && { ExposedPorts: ports }),
		Env: environmentList({ ...service.environment, ...(spec.gpus?.hidesAll && hidden) }),
		Cmd: service.command,
		Entrypoint: service.entrypoint,
		Image: spec.image,
		...(service.working_dir !== undefined && { WorkingDir: service.working_dir }),
		...(service.stop_signal !== undefined && { StopSignal: service.stop_signal }),
		...(service.stop_grace_period !== undefined && { StopTimeout: stopTimeoutSeconds(service.stop_grace_period) }),
		...(service.healthcheck !== undefined && { Healthcheck: healthcheckBody(service.healthcheck, apiVersion) }),
		Labels: { ...spec.labels },
	};
}

const hidden = { [visibleDevices]: noDevices };

/** A key without a value takes the variable out of what the image sets. */
const environmentList = (environment: Readonly<Record<string, string | null>>): readonly string[] =>
	Object.entries(environment).map(([key, value]) => (value === null ? key : `${key}=${value}`));
