import type { LocateAttribute } from '../document/locate-attribute.ts';
import type { ErrorCode } from '../errors/codes.ts';
import type { Diagnostic } from '../errors/diagnostic.ts';
import { errorFromDiagnostics } from '../errors/labc-error.ts';
import type { Project } from '../model/project.ts';
import type { Service } from '../model/service.ts';
import type { ServiceDecision } from './service-decision.ts';
import { type UsedFile, usedFiles } from './service-files.ts';
import type { UpContext } from './up-context.ts';

export interface FileChecks {
	/** Finds the place of an attribute in the user's files. */
	readonly locate?: LocateAttribute;
	/** Whether a variable is set that a secret or config is taken from; where nobody knows, the step will tell. */
	readonly isSet?: ((variable: string) => boolean) | undefined;
}

type Declarations = Pick<Project, 'secrets' | 'configs'>;

/** Throws, for all secrets and configs at once, where one can't get into its container. */
export function requireFiles(
	services: Iterable<readonly [string, Service]>,
	project: Declarations,
	checks: FileChecks,
): void {
	const problems = [...services].flatMap(([name, service]) =>
		usedFiles(service, project).flatMap((file) => {
			const problem = problemOf(file, service, checks);
			return problem === undefined ? [] : [diagnosticOf(problem, { file, name, checks })];
		}),
	);
	const distinct = new Map(problems.map((problem) => [`${problem.path} ${problem.message}`, problem]));
	if (distinct.size > 0) throw errorFromDiagnostics([...distinct.values()]);
}

/**
 * The same for an `up`, which needs the files of containers that it makes or starts. Warns of what the service asks of
 * a mounted file that only a copied one can have.
 */
export function checkFiles(
	selected: ReadonlyMap<string, Service>,
	decisions: ReadonlyMap<string, ServiceDecision>,
	{ project, options, plan }: Pick<UpContext, 'project' | 'options' | 'plan'>,
): void {
	const made = (name: string): boolean => makesContainers(decisions.get(name));
	const started = (name: string): boolean => made(name) || startsContainers(decisions.get(name));
	requireFiles(
		[...selected].filter(([name]) => started(name)),
		project,
		options,
	);
	const warned = [...selected].filter(([name]) => made(name));
	for (const [name, service] of warned) {
		for (const warning of ownerWarnings(name, service, { project, locate: options.locate })) plan.warn(warning);
	}
}

const makesContainers = (decision: ServiceDecision | undefined): boolean =>
	decision !== undefined && decision.created.length + decision.recreated.length > 0;

const startsContainers = (decision: ServiceDecision | undefined): boolean =>
	decision?.kept.some(({ state }) => state !== 'running') === true;

interface Problem {
	readonly code: ErrorCode;
	readonly message: string;
	readonly hint: string;
	/** The attribute of the declaration that is at fault; otherwise the reference is. */
	readonly attribute?: string;
}

function problemOf({ kind, reference, declared }: UsedFile, service: Service, checks: FileChecks): Problem | undefined {
	const { source } = reference;
	const foreign = foreignAttributes.find((attribute) => attribute in declared);
	if (foreign !== undefined) {
		return {
			code: 'ATTRIBUTE_UNSUPPORTED',
			message: `unsupported ${foreign} ${kind} \`${source}\`: only Swarm has those`,
			hint: `Give the ${kind} a \`file\` or an \`environment\`.`,
			attribute: foreign,
		};
	}
	if (declared.file !== undefined) return undefined;
	if (service.read_only === true) {
		return {
			code: 'ATTRIBUTE_UNSUPPORTED',
			message: `cannot create ${kind} \`${source}\` in a read-only service: \`file\` is the only source it can have`,
			hint: `Give the ${kind} a \`file\`, or take \`read_only\` away.`,
		};
	}
	const owner = [reference.uid, reference.gid].find((id) => id !== undefined && !/^\d+$/.test(id));
	if (owner !== undefined) {
		return {
			code: 'VALUE_INVALID',
			message: `\`${owner}\` is no user or group of ${kind} \`${source}\`: a number was expected`,
			hint: 'Give `uid` and `gid` as numbers.',
		};
	}
	const { environment: variable } = declared;
	if (variable === undefined || checks.isSet === undefined || checks.isSet(variable)) return undefined;
	return {
		code: 'VARIABLE_REQUIRED',
		message: `environment variable \`${variable}\` required by ${kind} \`${source}\` is not set`,
		hint: `Set \`${variable}\` in the environment or in the \`.env\` file.`,
		attribute: 'environment',
	};
}

const foreignAttributes = ['external', 'driver', 'template_driver'] as const;

interface Placing {
	readonly file: UsedFile;
	/** The service's name. */
	readonly name: string;
	readonly checks: FileChecks;
}

function diagnosticOf({ attribute, ...problem }: Problem, { file, name, checks }: Placing): Diagnostic {
	const { kind, reference, path } = file;
	const place = attribute === undefined ? ['services', name, ...path] : [`${kind}s`, reference.source, attribute];
	return { severity: 'error', ...problem, at: checks.locate?.(place), path: place.join('.') };
}

export function ownerWarnings(
	name: string,
	service: Service,
	{ project, locate }: { readonly project: Declarations; readonly locate?: LocateAttribute | undefined },
): readonly Diagnostic[] {
	return usedFiles(service, project)
		.filter(
			({ declared: { file }, reference: { uid, gid, mode } }) =>
				file !== undefined && (uid ?? gid ?? mode) !== undefined,
		)
		.map(({ kind, reference, path }) => ({
			severity: 'warning',
			code: 'FILE_OWNER_IGNORED',
			message: `${kind} \`${reference.source}\` of service \`${name}\` is mounted from a file: its \`uid\`, \`gid\` and \`mode\` are ignored`,
			hint: 'Change the owner and mode of the file itself.',
			at: locate?.(['services', name, ...path]),
			path: ['services', name, ...path].join('.'),
		}));
}
