import { after, describe } from 'node:test';
import { describeContainerLife, describeEvents } from './contract/containers.ts';
import { describeOutput } from './contract/output.ts';
import { describeImages, describeNetworks, describeSystem, describeVolumes } from './contract/resources.ts';
import { type ContractSubject, suiteFor } from './contract/suite.ts';

/** What every engine must do. The in-memory engine is worth trusting because it passes this, as the real one does. */
export function engineContract(name: string, subject: ContractSubject): void {
	describe(name, () => {
		const suite = suiteFor(subject);
		after(() => suite.cleanUp());
		describeSystem(suite);
		describeNetworks(suite);
		describeVolumes(suite);
		describeContainerLife(suite);
		describeEvents(suite);
		describeOutput(suite);
		describeImages(suite);
	});
}
