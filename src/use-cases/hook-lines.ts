import type { Emit } from '../events/event.ts';
import type { Project } from '../model/project.ts';
import type { LogPrinter } from '../render/log-printer.ts';

/** What hooks write, among the output of an attached `up`: `web-1 ->  | ready`. */
export interface HookLines {
	/** The printer of the containers' lines; what comes before there is one is lost. */
	usePrinter(printer: LogPrinter): void;
	/** Takes the output of hooks out of the events and prints it. */
	pass(emit: Emit): Emit;
}

/** Only of services whose output is shown. */
export function hookLines(
	project: Pick<Project, 'name' | 'separator'>,
	isShown: (service: string) => boolean,
): HookLines {
	let printer: LogPrinter | undefined;
	const show = (container: string, service: string, bytes: Uint8Array): void => {
		if (printer === undefined || !isShown(service)) return;
		const stream = printer.open({ name: `${shortName(container, project)} ->`, service });
		stream.write('stdout', bytes);
		stream.end();
		void printer.flush().catch(() => undefined); // a reader that has gone is noticed elsewhere
	};
	return {
		usePrinter(given) {
			printer = given;
		},
		pass: (emit) => (event) => {
			if (event.type === 'hook.output') show(event.container, event.service, event.bytes);
			else emit(event);
		},
	};
}

/** As log prefixes name it: without the project's name. */
export function shortName(container: string, { name, separator = '-' }: Pick<Project, 'name' | 'separator'>): string {
	return container.startsWith(`${name}${separator}`) ? container.slice(name.length + 1) : container;
}
