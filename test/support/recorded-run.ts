import type { LabcEvent, StepInfo } from '../../src/events/event.ts';

const step = (id: string, [kind, name]: readonly [StepInfo['resource']['kind'], string], words: string): StepInfo => {
	const [doing = '', done = ''] = words.split(' ');
	return { id, resource: { kind, name }, doing, done };
};

const build = step('1', ['Service', 'jupyter, ml-app'], 'Building Built');
const pull = step('2', ['Image', 'postgres:16'], 'Pulling Pulled');
const network = step('3', ['Network', 'lab_default'], 'Creating Created');
const create = step('4', ['Container', 'lab-jupyter-1'], 'Creating Created');
const start = step('5', ['Container', 'lab-jupyter-1'], 'Starting Started');
const wait = step('6', ['Container', 'lab-jupyter-1'], 'Waiting Healthy');
const wide = step('7', ['Container', 'lab-研究-1'], 'Starting Started');
const dependent = step('8', ['Container', 'lab-view-1'], 'Creating Created');

/** A run in which everything happens that a renderer has to show: `at` counts milliseconds from 0. */
export const recordedRun: readonly LabcEvent[] = [
	{ at: 0, type: 'warning', message: 'compose.yml:1:1: `version` is obsolete', hint: 'Remove it.' },
	{ at: 0, type: 'plan.ready', rows: [{ id: '1', text: 'build jupyter', reason: 'no image' }] },
	{ at: 0, type: 'step.started', step: build },
	{ at: 0, type: 'step.started', step: pull },
	{ at: 500, type: 'build.output', service: 'jupyter', text: '#1 FROM debian\n#2 RUN \u001b[2Jpip install' },
	{ at: 900, type: 'step.progress', step: pull, text: '12 MB of 48 MB', fraction: 0.25 },
	{ at: 1000, type: 'step.done', step: pull },
	{ at: 2000, type: 'step.done', step: build },
	{ at: 2000, type: 'step.started', step: network },
	{ at: 2100, type: 'step.done', step: network },
	{ at: 2100, type: 'step.started', step: create },
	{ at: 2200, type: 'step.done', step: create },
	{ at: 2200, type: 'step.started', step: start },
	{ at: 2200, type: 'step.started', step: wide },
	{ at: 2600, type: 'step.done', step: start },
	{ at: 2600, type: 'step.started', step: wait },
	{ at: 2700, type: 'step.failed', step: wide, message: 'port 6006 is taken\nby another program' },
	{ at: 2700, type: 'step.skipped', step: dependent, message: 'lab-研究-1 failed' },
	{ at: 63_000, type: 'step.done', step: wait },
	{ at: 63_000, type: 'run.done', changed: 5, failed: 1, interrupted: false },
];

/** A run that found everything as declared. */
export const idleRun: readonly LabcEvent[] = [
	{ at: 0, type: 'plan.ready', rows: [] },
	{ at: 1, type: 'run.done', changed: 0, failed: 0, interrupted: false },
];
