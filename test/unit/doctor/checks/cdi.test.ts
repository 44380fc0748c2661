import { describe } from 'node:test';
import { checkCdi } from '../../../../src/doctor/checks/cdi.ts';
import { unitsOf } from '../../../../src/gpu/inventory.ts';
import { checkFindings } from '../../../support/check-findings.ts';
import { bare, engine, machine, silence } from '../../../support/doctor-facts.ts';
import { box, cut, slice } from '../../../support/gpu-cases.ts';

const telling = (...devices: readonly string[]) => engine({ machine: { devices } });
const silent = telling();
const spec = (...names: readonly string[]) => ({ file: '/etc/cdi/nvidia.yaml', names });
const ofVersion = (version: string) =>
	engine({
		version: { version, apiVersion: '1.44', negotiatedApiVersion: '1.44', os: 'linux', arch: 'amd64' },
		machine: { devices: [] },
	});

describe('CDI', () => {
	checkFindings(checkCdi, [
		{ when: 'every GPU has a name', status: 'ok', summary: '3 CDI names for GPUs' },
		{
			when: 'nothing needs it',
			given: { engine: silent, machine: bare },
			status: 'ok',
			summary: /^no CDI device, and no GPU/,
		},
		{
			when: 'GPUs have no name',
			given: { engine: silent },
			status: 'warn',
			summary: 'no CDI spec names this machine’s GPUs',
			advice: /nvidia-ctk cdi generate/,
		},
		{
			when: 'the engine reads no spec',
			given: { engine: silent, machine: machine({ specs: [spec('nvidia.com/gpu=0')] }) },
			status: 'warn',
			summary: 'specs name 1 device, and the engine reads none of them',
			advice: /daemon\.json/,
		},
		{
			when: 'the engine is too old to tell and specs name all',
			given: {
				engine: ofVersion('25.0.1'),
				machine: machine({ specs: [spec('nvidia.com/gpu=0', 'nvidia.com/gpu=1')] }),
			},
			status: 'ok',
			summary: '2 CDI names for GPUs',
		},
		{
			when: 'a card is gone',
			given: { engine: telling('nvidia.com/gpu=0', 'nvidia.com/gpu=1', 'nvidia.com/gpu=2') },
			status: 'warn',
			summary: 'CDI specs are out of date: nvidia.com/gpu=2 is no GPU of this machine',
			advice: /Write them anew/,
		},
		{
			when: 'a card is new',
			given: { engine: telling('nvidia.com/gpu=0') },
			status: 'warn',
			summary: 'CDI specs are out of date: GPU 1 has no name',
		},
		{
			when: 'slices were cut anew',
			given: {
				engine: telling(`nvidia.com/gpu=${slice(0)}`, 'nvidia.com/gpu=MIG-old'),
				machine: machine({ units: unitsOf(box([cut(0)])) }),
			},
			status: 'warn',
			summary: 'CDI specs are out of date: nvidia.com/gpu=MIG-old is no GPU of this machine; GPU 0:1 has no name',
		},
		{
			when: 'a spec is broken',
			given: { machine: machine({ specs: [{ file: '/etc/cdi/a.json', names: undefined }] }) },
			status: 'warn',
			summary: /\/etc\/cdi\/a\.json$/,
		},
		{ when: 'a far engine tells none', given: { engine: silent, machine: undefined }, status: 'ok', summary: /no CDI/ },
		...['28.5.2', '20.10.24'].map((version) => ({
			when: `a far engine ${version} knows nvidia’s runtime and tells none`,
			given: {
				engine: { ...ofVersion(version), machine: { ...silent.machine, runtimes: ['nvidia', 'runc'] } },
				machine: undefined,
			},
			status: 'warn' as const,
			summary: 'the engine knows nvidia’s runtime and does not tell which GPUs there are',
			advice: /neither choose GPUs nor wait .* engine’s own machine/s,
		})),
		{ when: 'a far engine tells some', given: { machine: undefined }, status: 'ok', summary: '3 CDI names for GPUs' },
		{
			when: 'the engine is older than CDI',
			given: { engine: ofVersion('20.10.24') },
			status: 'skip',
			summary: 'Docker 20.10.24 knows no CDI',
		},
		{ when: 'no engine answers', given: { engine: silence }, status: 'skip', summary: 'no engine answers' },
	]);
});
