import { StringDecoder } from 'node:string_decoder';

/** One line of `--progress rawjson`. */
interface BuildRecord {
	readonly vertexes?: readonly Vertex[];
	readonly logs?: readonly { readonly vertex: string; readonly data?: string }[];
}

interface Vertex {
	readonly digest: string;
	readonly name: string;
	readonly started?: string;
	readonly cached?: boolean;
	readonly error?: string;
}

/** The step that broke a build. */
export interface FailedStep {
	readonly service: string;
	/** `RUN make`, as the Dockerfile says it. */
	readonly step: string;
	readonly error: string;
}

export interface BuildListener {
	onOutput(service: string, text: string): void;
}

interface Step {
	readonly service: string;
	readonly text: string;
	readonly decoder: StringDecoder;
	announced: boolean;
	rest: string;
}

const keptLines = 20;

/** Turns BuildKit's records into lines by service, and remembers what a failure's message needs. */
export class BuildProgress {
	readonly #serviceByTarget: ReadonlyMap<string, string>;
	readonly #listener: BuildListener;
	readonly #steps = new Map<string, Step>();
	readonly #lastLines = new Map<string, string[]>();
	#failed: FailedStep | undefined;

	constructor(serviceByTarget: ReadonlyMap<string, string>, listener: BuildListener) {
		this.#serviceByTarget = serviceByTarget;
		this.#listener = listener;
	}

	/** A cancelled step is one that another step's failure ended. */
	get failed(): FailedStep | undefined {
		return this.#failed;
	}

	lastLines(service: string): readonly string[] {
		return this.#lastLines.get(service) ?? [];
	}

	/** False where the line is no record but text of buildx itself. */
	push(line: string): boolean {
		const record = parseRecord(line);
		if (record === undefined) return false;
		for (const vertex of record.vertexes ?? []) this.#onVertex(vertex);
		for (const { vertex, data } of record.logs ?? []) this.#onLog(vertex, data ?? '');
		return true;
	}

	#onVertex(vertex: Vertex): void {
		const step = this.#stepOf(vertex);
		if (vertex.started !== undefined && !step.announced && !isInternal(step.text)) {
			step.announced = true;
			this.#listener.onOutput(step.service, vertex.cached === true ? `CACHED ${step.text}` : step.text);
		}
		if (vertex.error !== undefined && !/context canceled$/.test(vertex.error)) {
			this.#failed ??= { service: step.service, step: withoutPlace(step.text), error: vertex.error };
		}
	}

	#onLog(digest: string, data: string): void {
		const step = this.#steps.get(digest);
		if (step === undefined) return;
		const text = step.rest + step.decoder.write(Buffer.from(data, 'base64'));
		const lines = text.split('\n');
		step.rest = lines.pop() ?? '';
		for (const line of lines) this.#onLine(step.service, line.replace(/\r$/, '').replace(/^.*\r/s, ''));
	}

	#onLine(service: string, line: string): void {
		const kept = this.#lastLines.get(service) ?? [];
		this.#lastLines.set(service, [...kept, line].slice(-keptLines));
		this.#listener.onOutput(service, line);
	}

	/** Where several targets are built, bake writes `[target stage 1/2] …`; a single one is not named. */
	#stepOf({ digest, name }: Vertex): Step {
		const known = this.#steps.get(digest);
		if (known !== undefined) return known;
		const [, first = '', others = ''] = /^\[(\S+?)(?: ([^\]]*))?\]/.exec(name) ?? [];
		const named = this.#serviceByTarget.get(first);
		const [only = ''] = this.#serviceByTarget.values();
		const isNamed = named !== undefined && this.#serviceByTarget.size > 1;
		const text = isNamed ? name.replace(/^\[[^\]]*\]\s?/, others === '' ? '' : `[${others}] `) : name;
		const step: Step = {
			service: isNamed ? named : only,
			text,
			decoder: new StringDecoder(),
			announced: false,
			rest: '',
		};
		this.#steps.set(digest, step);
		return step;
	}
}

function parseRecord(line: string): BuildRecord | undefined {
	if (!line.startsWith('{')) return undefined;
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

const isInternal = (text: string): boolean => text.startsWith('[internal]');

const withoutPlace = (text: string): string => text.replace(/^\[[^\]]*\]\s*/, '');
