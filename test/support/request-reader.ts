/** One HTTP request as a client sent it. */
export interface SeenRequest {
	readonly method: string;
	/** Without the API version and the query. */
	readonly path: string;
	readonly query: Readonly<Record<string, string>>;
	readonly apiVersion: string | undefined;
	/** Parsed where it is JSON. */
	readonly body: unknown;
}

type State =
	| { readonly at: 'head' }
	| { readonly at: 'body'; readonly head: Head; readonly length: number }
	| { readonly at: 'chunks'; readonly head: Head; readonly body: Buffer }
	| { readonly at: 'raw' };

interface Head {
	readonly method: string;
	readonly target: string;
	readonly headers: ReadonlyMap<string, string>;
}

/** Reads the requests of one connection. After an upgrade the bytes are no longer HTTP and are left alone. */
export class RequestReader {
	readonly #onRequest: (request: SeenRequest) => void;
	#buffer: Buffer = Buffer.alloc(0);
	#state: State = { at: 'head' };

	constructor(onRequest: (request: SeenRequest) => void) {
		this.#onRequest = onRequest;
	}

	push(chunk: Uint8Array): void {
		if (this.#state.at === 'raw') return;
		this.#buffer = Buffer.concat([this.#buffer, chunk]);
		while (this.#step());
	}

	/** True where it got on; false where more bytes are needed. */
	#step(): boolean {
		switch (this.#state.at) {
			case 'head':
				return this.#readHead();
			case 'body':
				return this.#readBody(this.#state.head, this.#state.length);
			case 'chunks':
				return this.#readChunk(this.#state.head, this.#state.body);
			case 'raw':
				return false;
		}
	}

	#readHead(): boolean {
		const end = this.#buffer.indexOf('\r\n\r\n');
		if (end === -1) return false;
		const head = parseHead(this.#buffer.subarray(0, end).toString());
		this.#buffer = this.#buffer.subarray(end + 4);
		this.#state = head.headers.get('transfer-encoding')?.includes('chunked')
			? { at: 'chunks', head, body: Buffer.alloc(0) }
			: { at: 'body', head, length: Number(head.headers.get('content-length') ?? 0) };
		return true;
	}

	#readBody(head: Head, length: number): boolean {
		if (this.#buffer.length < length) return false;
		const body = this.#take(length);
		this.#finish(head, body);
		return this.#buffer.length > 0;
	}

	#readChunk(head: Head, body: Buffer): boolean {
		if (head.headers.has('upgrade')) {
			this.#finish(head, body);
			return false;
		}
		const lineEnd = this.#buffer.indexOf('\r\n');
		if (lineEnd === -1) return false;
		const size = Number.parseInt(this.#buffer.subarray(0, lineEnd).toString(), 16);
		if (this.#buffer.length < lineEnd + 4 + size) return false;
		this.#take(lineEnd + 2);
		const part = this.#take(size);
		this.#take(2);
		if (size === 0) this.#finish(head, body);
		else this.#state = { at: 'chunks', head, body: Buffer.concat([body, part]) };
		return this.#buffer.length > 0;
	}

	#take(length: number): Buffer {
		const taken = this.#buffer.subarray(0, length);
		this.#buffer = this.#buffer.subarray(length);
		return taken;
	}

	#finish(head: Head, body: Buffer): void {
		this.#state = head.headers.has('upgrade') ? { at: 'raw' } : { at: 'head' };
		this.#onRequest(seenRequest(head, body));
	}
}

function parseHead(text: string): Head {
	const [first = '', ...lines] = text.split('\r\n');
	const [method = '', target = ''] = first.split(' ');
	const headers = lines.map((line): [string, string] => {
		const colon = line.indexOf(':');
		return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
	});
	return { method, target, headers: new Map(headers) };
}

function seenRequest({ method, target }: Head, body: Buffer): SeenRequest {
	const url = new URL(target, 'http://engine');
	const [, version, path] = /^\/v(\d+\.\d+)(\/.*)$/.exec(url.pathname) ?? [undefined, undefined, url.pathname];
	return {
		method,
		path: path ?? url.pathname,
		query: Object.fromEntries(url.searchParams),
		apiVersion: version,
		body: parseBody(body.toString()),
	};
}

function parseBody(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
