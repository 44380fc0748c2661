import { label } from '../state/labels.ts';
import type { Operation, Plan, Step } from './plan.ts';

/** The plan for people: a line for each step, its reason behind it, or below it where there are several. */
export const formatPlan = (plan: Plan): string => plan.steps.map(formatLine).join('\n');

function formatLine(step: Step): string {
	const head = `${step.id} ${formatStep(step)}`;
	const [only, ...more] = step.reasons;
	return more.length === 0
		? `${head}: ${only ?? ''}`
		: [`${head}:`, ...step.reasons.map((reason) => `    ${reason}`)].join('\n');
}

/** What a step does, to what, and after which others: `network.remove back after 1, 2`. */
export function formatStep({ operation, dependsOn, destroysData }: Step): string {
	const after = dependsOn.length === 0 ? '' : ` after ${dependsOn.join(', ')}`;
	return `${operation.type} ${stepSubject(operation)}${destroysData ? ' (destroys data)' : ''}${after}`;
}

/** The plan for programs. Container definitions are left out: they hold what the user keeps secret. */
export const planToJson = (plan: Plan): object => ({
	steps: plan.steps.map(({ id, operation, dependsOn, reasons, destroysData = false }) => ({
		id,
		operation: operation.type,
		subject: stepSubject(operation),
		...('service' in operation && { service: operation.service }),
		...gpusOf(operation),
		dependsOn,
		reasons,
		destroysData,
	})),
	warnings: plan.warnings.map(({ code, message, hint, path }) => ({ code, message, hint, path })),
	...(plan.needsConsent !== undefined && {
		needsConsent: plan.needsConsent.map(({ key, name, reasons }) => ({ volume: name, key, reasons })),
	}),
	...(plan.drift !== undefined && { drift: plan.drift }),
});

/** Whole ids of the GPUs that labc gives to a container. */
function gpusOf(operation: Operation): { readonly gpus?: readonly string[] } {
	const ids = operation.type === 'container.create' ? operation.spec.labels[label.gpuIds] : undefined;
	return ids === undefined ? {} : { gpus: ids === 'none' ? [] : ids.split(' ').filter((id) => id !== '') };
}

/** What a step is about: names that a person knows. */
export function stepSubject(operation: Operation): string {
	switch (operation.type) {
		case 'image.pull':
		case 'image.push':
		case 'image.remove':
			return operation.image;
		case 'image.build':
			return operation.services.join(', ');
		case 'network.create':
			return operation.network.name;
		case 'volume.create':
			return operation.volume.name;
		case 'network.remove':
		case 'volume.remove':
			return operation.name;
		case 'network.connect':
		case 'network.disconnect':
			return `${operation.key} ${operation.container.name}`;
		case 'provider.run':
			return `${operation.service} (${operation.verb})`;
		case 'model.prepare':
			return operation.models.map(({ model }) => model).join(', ');
		case 'container.create':
			return operation.spec.name;
		case 'container.kill':
			return `${operation.container.name} with ${operation.signal}`;
		case 'container.rename':
			return `${operation.container.name} to ${operation.to}`;
		case 'container.start':
		case 'container.stop':
		case 'container.restart':
		case 'container.pause':
		case 'container.unpause':
		case 'container.remove':
			return operation.container.name;
		case 'container.copy':
			return `${operation.files.map(({ source }) => source).join(', ')} to ${operation.container.name}`;
		case 'container.exec':
			return `${operation.container.name} (${operation.phase})`;
		case 'container.await':
			return `${operation.containers.map(({ name }) => name).join(', ')} (${operation.condition})`;
		default:
			return operation satisfies never;
	}
}
