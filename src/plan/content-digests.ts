import type { Labels } from '../engine/labels.ts';
import type { Service } from '../model/service.ts';
import type { ContentDigests } from '../state/content-digests.ts';
import { label } from '../state/labels.ts';
import type { Reason } from './reason.ts';

/** What the service's containers are made with, as one label; none where it uses no content that can be read. */
export function contentsLabel(service: Service, contents: ContentDigests | undefined): Labels {
	const known = usedContents(service).flatMap((name) => {
		const digest = contents?.digests.get(name);
		return digest === undefined ? [] : [`${name.replace(' ', '/')}=${digest}`];
	});
	return contents === undefined || known.length === 0
		? {}
		: { [label.contents]: [`${form}:${contents.key}`, ...known].join(' ') };
}

/** Why a container that read its files at its start has old ones. What was not recorded says nothing. */
export function contentChanges(
	service: Service,
	labels: Labels,
	contents: ContentDigests | undefined,
): readonly Reason[] {
	const [head, ...entries] = (labels[label.contents] ?? '').split(' ');
	if (contents === undefined || head !== `${form}:${contents.key}`) return [];
	const recorded = new Map(
		entries.map((entry): [string, string] => [entry.split('=')[0] ?? '', entry.split('=')[1] ?? '']),
	);
	return usedContents(service)
		.filter((name) => {
			const [before, now] = [recorded.get(name.replace(' ', '/')), contents.digests.get(name)];
			return before !== undefined && now !== undefined && before !== now;
		})
		.map((name) => ({ field: name, words: 'content changed' }));
}

/** A label of another form is one of a later labc. */
const form = '1';

/** Each secret and config that the service is given, once: `secret token`. */
export const usedContents = ({ secrets = [], configs = [] }: Service): readonly string[] => [
	...new Set([...secrets.map(({ source }) => `secret ${source}`), ...configs.map(({ source }) => `config ${source}`)]),
];
