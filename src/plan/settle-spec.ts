import type { ContainerSpec } from '../engine/container-api.ts';
import { label } from '../state/labels.ts';
import { serviceTexts } from './config-hash.ts';
import { fieldsLabel } from './field-digests.ts';
import { hashInForm } from './hash-form.ts';
import type { HashForm } from './plan.ts';
import { settleService } from './share-containers.ts';

/**
 * The definition with the ids of the containers it shares in their places, and with the labels that are taken over
 * them. Throws where an id is missing.
 */
export function settleSpec(
	spec: ContainerSpec,
	idOf: (service: string) => string | undefined,
	hashForm: HashForm,
): ContainerSpec {
	const service = settleService(spec.service, idOf);
	if (service === undefined) throw new Error(`\`${spec.name}\` shares a container that was not made`);
	if (service === spec.service) return spec;
	const configHash = hashInForm(service, hashForm);
	return {
		...spec,
		service,
		...(spec.networkMode !== undefined && { networkMode: service.network_mode ?? spec.networkMode }),
		labels: {
			...spec.labels,
			[label.configHash]: configHash,
			...(spec.labels[label.fields] !== undefined && fieldsLabel(serviceTexts(service), configHash)),
		},
	};
}
