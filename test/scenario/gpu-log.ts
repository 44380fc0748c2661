import { spawn } from 'node:child_process';
import { ticketPrefix } from '../../src/queue/ticket.ts';
import { docker } from './scenario.ts';

/** One container's time with its GPUs, as the engine tells it. */
interface Grant {
	readonly project: string;
	readonly user: string;
	readonly ids: readonly string[];
	/** Milliseconds. */
	readonly at: number;
}

export interface BoxLog {
	/** In the order in which they began. */
	readonly grants: readonly Grant[];
	/** Tickets in the order in which they were served. Their containers start side by side, so that one may overtake another. */
	readonly tickets: readonly number[];
	/** GPUs that were given to somebody while another had them. */
	readonly doubles: readonly string[];
	/** Milliseconds from the end of a container to the start of the next one on its GPU. */
	readonly handOvers: readonly number[];
}

interface RawEvent {
	readonly Type: string;
	readonly Action: string;
	readonly timeNano: number;
	readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> };
}

const isOfGpus = ({ Type: type, Action: action, Actor: { ID: id, Attributes: attributes } }: RawEvent): boolean =>
	type === 'volume' ? action === 'destroy' && id.startsWith(ticketPrefix) : 'labc.gpu.ids' in attributes;

/** Listens to the box's engine until so many containers with GPUs have ended. */
export async function watchBox(): Promise<{ ended(count: number): Promise<BoxLog> }> {
	const since = await docker('info', '--format', '{{.SystemTime}}');
	const conditions = ['type=container', 'type=volume', 'event=start', 'event=die', 'event=destroy'];
	const filters = conditions.flatMap((condition) => ['--filter', condition]);
	const child = spawn('docker', ['events', '--since', since, ...filters, '--format', '{{json .}}']);
	const events: RawEvent[] = [];
	let rest = '';
	let arrived = Promise.withResolvers<void>();
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		const lines = `${rest}${text}`.split('\n');
		rest = lines.pop() ?? '';
		events.push(...lines.map((line): RawEvent => JSON.parse(line)).filter(isOfGpus));
		arrived.resolve();
		arrived = Promise.withResolvers();
	});
	return {
		async ended(count) {
			while (events.filter(({ Action }) => Action === 'die').length < count) await arrived.promise;
			child.kill();
			return readLog(events);
		},
	};
}

/** A GPU from one event on it to the next. */
function readLog(events: readonly RawEvent[]): BoxLog {
	const tickets = events.flatMap(({ Type, Actor: { ID: id } }) =>
		Type === 'volume' ? [Number(id.slice(ticketPrefix.length))] : [],
	);
	const changes = events.filter(({ Action }) => Action === 'start' || Action === 'die');
	const told = changes.map(({ Action, timeNano, Actor: { Attributes: attributes } }) => ({
		isStart: Action === 'start',
		at: timeNano / 1e6,
		ids: (attributes['labc.gpu.ids'] ?? '').split(' '),
		project: attributes['com.docker.compose.project'] ?? '',
		user: attributes['labc.gpu.user'] ?? '',
	}));
	const ids = new Set(told.flatMap((event) => event.ids));
	const pairs = [...ids].flatMap((id) => {
		const own = told.filter((event) => event.ids.includes(id));
		return own.slice(1).map((event, index) => ({ id, before: own[index], event }));
	});
	const starts = pairs.filter(({ event }) => event.isStart);
	return {
		grants: told.filter(({ isStart }) => isStart),
		tickets,
		doubles: starts.filter(({ before }) => before?.isStart).map(({ id, event }) => `${id} to ${event.project}`),
		handOvers: starts.flatMap(({ before, event }) =>
			before === undefined || before.isStart ? [] : [event.at - before.at],
		),
	};
}
