import { describe } from 'node:test';
import { checkDriver } from '../../../../src/doctor/checks/driver.ts';
import type { DriverFacts } from '../../../../src/doctor/facts.ts';
import { checkFindings } from '../../../support/check-findings.ts';
import { bare, engine, machine } from '../../../support/doctor-facts.ts';

const driver = (given: Partial<DriverFacts>) => ({ machine: machine({ driver: { ...bare.driver, ...given } }) });

describe('the driver', () => {
	checkFindings(checkDriver, [
		{ when: 'all cards answer', status: 'ok', summary: 'NVIDIA driver 570.1 with 2 GPUs' },
		{
			when: 'cards are hidden from the bus, as in a virtual machine',
			given: driver({ tool: { version: '570.1', gpus: 1 } }),
			status: 'ok',
			summary: 'NVIDIA driver 570.1 with 1 GPU',
		},
		{
			when: 'a card is lost',
			given: driver({ cards: 4, tool: { version: '570.1', gpus: 3 } }),
			status: 'warn',
			summary: 'NVIDIA driver 570.1 tells of 3 of 4 cards',
			advice: /Xid/,
		},
		{ when: 'there is no GPU', given: { machine: bare }, status: 'ok', summary: 'no GPU on this machine' },
		{
			when: 'nothing is seen of what the engine’s runtime is for',
			given: { machine: bare, engine: engine({ machine: { runtimes: ['nvidia', 'runc'] } }) },
			status: 'warn',
			summary: /knows nvidia’s runtime, and here is no nvidia-smi$/,
			advice: /PATH/,
		},
		{ when: 'there is AMD’s', given: driver({ hasKfd: true }), status: 'ok', summary: /^AMD driver/ },
		{
			when: 'the driver is there and no card',
			given: driver({ tool: { failure: 'No devices were found' } }),
			status: 'ok',
			summary: 'no GPU on this machine, though NVIDIA’s driver is installed',
		},
		{
			when: 'there are cards and nothing else',
			given: driver({ cards: 1 }),
			status: 'fail',
			summary: '1 NVIDIA card, no driver answers, and there is no nvidia-smi',
			advice: /Install/,
		},
		{
			when: 'only the tool is missing',
			given: driver({ cards: 2, moduleVersion: '570.1' }),
			status: 'fail',
			summary: /^2 NVIDIA cards, driver 570\.1 is loaded/,
		},
		{
			when: 'the driver was updated below running programs',
			given: driver({
				cards: 1,
				tool: { failure: 'Failed to initialize NVML: Driver/library version mismatch' },
			}),
			status: 'fail',
			summary: /version mismatch$/,
			advice: /Restart the machine/,
		},
		{
			when: 'the tool fails otherwise',
			given: driver({ cards: 1, tool: { failure: 'it did not answer within 10 seconds' } }),
			status: 'fail',
			summary: 'nvidia-smi fails: it did not answer within 10 seconds',
			advice: /modprobe/,
		},
		{ when: 'the engine is elsewhere', given: { machine: undefined }, status: 'skip', summary: /another machine/ },
	]);
});
