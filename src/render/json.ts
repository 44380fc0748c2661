import type { LabcEvent, StepInfo } from '../events/event.ts';
import { titlesOf } from './board.ts';
import { type GpuEvent, gpuToJson, isGpuEvent } from './gpu-lines.ts';
import type { RenderTarget } from './render-target.ts';
import type { Renderer } from './renderer.ts';
import { failureToJson, isWatchEvent, type WatchEvent, watchToJson } from './watch-lines.ts';

/** One JSON object per line, in docker compose's form: `{"id":"Container lab-jupyter-1","status":"Started"}`. */
export function createJsonRenderer(target: RenderTarget): Renderer {
	return {
		on(event) {
			for (const line of linesOf(event)) target.write(`${JSON.stringify(line)}\n`);
		},
		close: () => target.flushed(),
	};
}

function linesOf(event: LabcEvent): readonly Readonly<Record<string, unknown>>[] {
	if (isWatchEvent(event)) return [watchToJson(event)];
	return isGpuEvent(event) ? [gpuToJson(event)] : toJson(event);
}

type JsonLine = Readonly<Record<string, string | number | boolean | undefined>>;

function toJson(event: Exclude<LabcEvent, WatchEvent | GpuEvent>): readonly JsonLine[] {
	switch (event.type) {
		case 'step.started':
			return status(event.step, event.step.doing);
		case 'step.progress':
			return status(event.step, event.step.doing, { text: event.text, percent: percentOf(event.fraction) });
		case 'step.done':
			return status(event.step, event.step.done);
		case 'step.failed':
			return status(event.step, 'Error', { error: true, text: event.message });
		case 'step.skipped':
			return status(event.step, 'Skipped', { text: event.message });
		case 'build.output':
			return [{ id: `Service ${event.service}`, status: 'Building', text: event.text }];
		case 'hook.output':
			return [{ id: `Container ${event.container}`, status: 'Running', text: new TextDecoder().decode(event.bytes) }];
		case 'warning':
			return [warning(event)];
		case 'run.done':
			return [{ done: true, changed: event.changed, failed: event.failed, interrupted: event.interrupted }];
		case 'plan.ready':
			return [];
		default:
			return event satisfies never;
	}
}

const status = (step: StepInfo, word: string, more: JsonLine = {}): readonly JsonLine[] =>
	titlesOf(step).map((id) => ({ id, status: word, ...more }));

/** The hint of what failed has the warning's in it. */
function warning(event: Extract<LabcEvent, { readonly type: 'warning' }>): JsonLine {
	const { message, hint } = event;
	const failure = failureToJson(event);
	return { ...failure, warning: true, message, hint: failure['hint'] ?? hint };
}

const percentOf = (fraction: number | undefined): number | undefined =>
	fraction === undefined ? undefined : Math.round(fraction * 100);
