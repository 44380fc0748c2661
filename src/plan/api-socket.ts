import type { Config } from '../model/config.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';

/** Under this key stand the logins for registries: no name that a file could give. */
export const registryLoginsKey = '#apisocket';

const socket = '/var/run/docker.sock';
const configDir = '/run/secrets/docker';

/**
 * `use_api_socket` spelled out, as docker compose does before it hashes: the engine's socket is mounted and the user's
 * logins for registries come in as a config.
 */
export function withApiSocket(project: Project): Project {
	const services = [...project.services];
	if (!services.some(([, service]) => service.use_api_socket === true)) return project;
	const logins: Config = { name: registryLoginsKey };
	return {
		...project,
		services: new Map(services.map(([name, service]) => [name, spelledOut(service)])),
		configs: new Map([...project.configs, [registryLoginsKey, logins]]),
	};
}

function spelledOut(service: Service): Service {
	const { use_api_socket, volumes = [], configs = [], environment } = service;
	if (use_api_socket !== true || configs.some(({ source }) => source === registryLoginsKey)) return service;
	return {
		...service,
		volumes: [...volumes, { type: 'bind', source: socket, target: socket }],
		environment: { DOCKER_CONFIG: configDir, ...environment },
		configs: [...configs, { source: registryLoginsKey, target: `${configDir}/config.json` }],
	};
}
