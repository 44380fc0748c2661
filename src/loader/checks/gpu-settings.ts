import { parseByteSize } from '../../model/byte-size.ts';
import type { LabcSettings } from '../../model/project.ts';
import type { CheckContext } from './report.ts';

/** What `x-labc` says of GPUs, at the top and in services: what is no size would limit nothing. */
export function checkGpuSettings({ project: { labc }, report }: CheckContext): void {
	checkMemory(labc.project, []);
	for (const [name, settings] of labc.services) checkMemory(settings, ['services', name]);

	function checkMemory({ gpu }: Pick<LabcSettings['project'], 'gpu'>, place: readonly string[]): void {
		const { memory } = gpu ?? {};
		if (memory === undefined || parseByteSize(String(memory)) !== undefined) return;
		report({
			code: 'MODEL_INVALID',
			path: [...place, 'x-labc', 'gpu', 'memory'],
			message: `\`${[...place, 'x-labc.gpu.memory'].join('.')}\` must be a size of memory, found \`${memory}\``,
			hint: 'Write how much each container needs on each GPU, such as `20g`, `512m` or a number of bytes.',
		});
	}
}
