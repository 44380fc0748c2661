import type { Service } from '../../../model/service.ts';

const modeByCondition: Readonly<Record<string, string>> = { none: 'no', any: 'always' };

/** When the engine starts the container again. `deploy` has the last word. One-offs come without either. */
export function restartPolicy({ restart, deploy }: Pick<Service, 'restart' | 'deploy'>) {
	const policy = deploy?.restart_policy;
	if (policy !== undefined) return engineForm(policy.condition ?? '', policy.max_attempts);
	const [condition = '', attempts] = (restart ?? '').split(':');
	return engineForm(condition, attempts === undefined ? undefined : Number(attempts));
}

const engineForm = (condition: string, attempts = 0) => ({
	Name: modeByCondition[condition] ?? condition,
	MaximumRetryCount: attempts,
});
