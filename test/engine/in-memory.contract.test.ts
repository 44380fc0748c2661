import { createInMemoryEngine } from '../support/in-memory-engine.ts';
import { contractCommands } from './contract/commands.ts';
import { engineContract } from './contract.ts';

engineContract('the in-memory engine', {
	mark: 'labct-memory',
	connect: async () =>
		createInMemoryEngine({
			images: { 'labc/busybox:latest': {} },
			behaviour: ({ service }) => contractCommands[(service.command ?? []).join(' ')] ?? {},
			exec: (command) => contractCommands[command.join(' ')] ?? {},
		}),
});
