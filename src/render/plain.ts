import type { LabcEvent, StepInfo } from '../events/event.ts';
import { titlesOf } from './board.ts';
import { createColours } from './colours.ts';
import { escapeLine } from './escape-control.ts';
import { formatWarning } from './format-warning.ts';
import { formatGpu, type GpuEvent, isGpuEvent } from './gpu-lines.ts';
import type { RenderTarget } from './render-target.ts';
import type { Renderer } from './renderer.ts';
import { formatWatch, isWatchEvent, type WatchEvent } from './watch-lines.ts';

/** One line per change of a resource, in docker compose's form: ` Container lab-jupyter-1  Started`. */
export function createPlainRenderer(target: RenderTarget): Renderer {
	const colours = createColours(target.colour);
	return {
		on(event) {
			if (isWatchEvent(event)) target.write(formatWatch(event, colours, target));
			else if (isGpuEvent(event)) target.write(formatGpu(event));
			else target.write(event.type === 'warning' ? formatWarning(event, colours, target) : formatPlain(event));
		},
		close: () => target.flushed(),
	};
}

type ProgressEvent = Exclude<LabcEvent, WatchEvent | GpuEvent | { readonly type: 'warning' }>;

function formatPlain(event: ProgressEvent): string {
	switch (event.type) {
		case 'step.started':
			return line(event.step, event.step.doing);
		case 'step.done':
			return line(event.step, event.step.done);
		case 'step.failed':
			return line(event.step, `Error ${event.message}`);
		case 'step.skipped':
			return line(event.step, `Skipped ${event.message}`);
		case 'build.output':
			return outputLines(event.service, event.text);
		case 'run.done':
			return formatEnd(event);
		case 'plan.ready':
		case 'step.progress':
		case 'hook.output':
			return '';
		default:
			return event satisfies never;
	}
}

const outputLines = (service: string, text: string): string =>
	text
		.trimEnd()
		.split('\n')
		.map((line) => `${escapeLine(`${service} | ${line}`)}\n`)
		.join('');

/** How a run ended, where its lines don't show it: that nothing was to do, or that it was cut short. */
export function formatEnd({
	changed,
	failed,
	interrupted,
	keepsOld,
}: Extract<LabcEvent, { type: 'run.done' }>): string {
	if (interrupted) return ` Interrupted: ${changed === 0 ? 'no change was finished' : changes(changed)}\n`;
	if (changed > 0 || failed > 0) return '';
	return keepsOld ? ' No change\n' : ' No change: everything is as declared\n';
}

const changes = (count: number): string => (count === 1 ? '1 change is made' : `${count} changes are made`);

/** The text of a failure may have several lines; the first says it, the whole of it is in the error. */
const line = (step: StepInfo, status: string): string =>
	titlesOf(step)
		.map((title) => `${escapeLine(` ${title}  ${status.split('\n')[0]}`).trimEnd()}\n`)
		.join('');
