import { LabcError } from '../../../errors/labc-error.ts';
import { bracketed } from '../../../render/port-list.ts';
import { findPort } from '../../../use-cases/find-port.ts';
import { defineCommand } from '../../command.ts';
import { requireDeclared, targetProject } from '../../target-project.ts';

export const command = defineCommand({
	name: 'compose port',
	summary: "Print where a service's port can be reached on this host",
	usage: 'labc compose port [OPTIONS] SERVICE PRIVATE_PORT',
	examples: [{ line: 'labc compose port jupyter 8888', summary: 'For example 127.0.0.1:8889' }],
	flags: {
		index: { type: 'integer', summary: 'Number of the container, where the service has several', value: 'NUMBER' },
		protocol: { type: 'string', value: 'PROTOCOL', summary: 'tcp (the default) or udp' },
	},
	async run(context, values, [service, port, ...surplus]) {
		if (service === undefined || port === undefined || surplus.length > 0) {
			throw new LabcError('USAGE_INVALID', 'a service and one port are needed', {
				hint: 'Write `labc compose port SERVICE PRIVATE_PORT`.',
			});
		}
		const { name, project } = await targetProject(context);
		requireDeclared(service, project);
		const found = await findPort(await context.engine(), {
			projectName: name,
			service,
			index: values.index === 0 ? undefined : values.index,
			port: readPort(port),
			protocol: (values.protocol ?? 'tcp').toLowerCase(),
		});
		await context.terminal.out(`${bracketed(found.ip)}:${found.port}\n`);
		return 0;
	},
});

function readPort(text: string): number {
	const port = Number(text);
	if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port;
	throw new LabcError('USAGE_INVALID', `\`${text}\` is no port`, {
		hint: 'Give the number that the service listens on.',
	});
}
