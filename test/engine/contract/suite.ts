import assert from 'node:assert/strict';
import type { Engine } from '../../../src/engine/engine.ts';
import type { OutputFrames } from '../../../src/engine/streams.ts';
import type { ErrorCode } from '../../../src/errors/codes.ts';
import { LabcError } from '../../../src/errors/labc-error.ts';
import { containerSpec, type SpecChanges } from '../../support/container-spec.ts';

export interface ContractSubject {
	/** What the suite's containers are labelled with, so that they can be told from others. */
	readonly mark: string;
	connect(): Promise<Engine>;
}

/** What the parts of the contract work with. */
export interface Suite {
	engine(): Promise<Engine>;
	/** A name nobody else uses. */
	name(what: string): string;
	readonly labels: Readonly<Record<string, string>>;
	readonly filter: readonly string[];
	create(what: string, changes?: SpecChanges): Promise<{ readonly id: string; readonly name: string }>;
	cleanUp(): Promise<void>;
}

export function suiteFor({ mark, connect }: ContractSubject): Suite {
	let connected: Promise<Engine> | undefined;
	const engine = (): Promise<Engine> => (connected ??= connect());
	const labels = { 'labc.test': mark };
	const filter = [`labc.test=${mark}`];
	const name = (what: string): string => `${mark}-${what}`;
	return {
		engine,
		labels,
		filter,
		name,
		async create(what, changes = {}) {
			const spec = containerSpec(name(what), { ...changes, labels: { ...labels, ...changes.labels } });
			const { id } = await (await engine()).createContainer(spec);
			return { id, name: spec.name };
		},
		async cleanUp() {
			const used = await engine();
			for (const { id } of await used.listContainers(filter)) {
				await used.removeContainer(id, { force: true, volumes: true });
			}
			for (const { id } of await used.listNetworks({ labels: filter })) await used.removeNetwork(id);
			for (const volume of await used.listVolumes({ labels: filter })) await used.removeVolume(volume.name);
		},
	};
}

export async function rejects(promise: Promise<unknown>, code: ErrorCode): Promise<LabcError> {
	const error: unknown = await promise.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error instanceof LabcError, `expected ${code}, got ${String(error)}`);
	assert.equal(error.code, code, error.message);
	return error;
}

export async function texts(frames: OutputFrames): Promise<{ readonly stdout: string; readonly stderr: string }> {
	const decoder = new TextDecoder();
	const text = { stdout: '', stderr: '' };
	for await (const { stream, bytes } of frames) text[stream] += decoder.decode(bytes);
	return text;
}

export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
