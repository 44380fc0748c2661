import path from 'node:path';
import type { Node } from '../../document/node.ts';
import { isText, mappingOf, refuse, type Spot, within } from './spot.ts';

/** Volumes of a service in long form. */
export function canonicalMounts(node: Node, spot: Spot): Node {
	if (node.kind !== 'sequence') return node;
	return { ...node, items: node.items.map((item, index) => canonicalMount(item, within(spot, index))) };
}

function canonicalMount(item: Node, spot: Spot): Node {
	if (isText(item)) {
		const mount = parseShortMount(item.value);
		warnOfDrive(item, spot);
		if (typeof mount !== 'string') return mount(item);
		const shown = item.value === '' ? 'an empty text' : `\`${item.value}\``;
		refuse(spot, item, `${shown} is not a volume: ${mount}`, 'Write it as "SOURCE:TARGET[:ro]".');
		return item;
	}
	return item;
}

/** What one letter before the first colon means is seldom what was meant: such a volume needs a longer name. */
function warnOfDrive(item: Node & { readonly value: string }, spot: Spot): void {
	const [, drive, target = ''] = /^([A-Za-z]):[^:\\]+(?::(.*))?$/.exec(item.value) ?? [];
	if (drive === undefined || target.startsWith('/')) return;
	spot.findings.warning('VALUE_AMBIGUOUS', `\`${item.value}\` is read as a path on the Windows drive \`${drive}\``, {
		at: item.at,
		path: spot.path,
		hint: 'Give the volume a name of two letters or more.',
	});
}

/** Builds the long form at a place, or says what is wrong with the short one. Two characters have no room for a source. */
function parseShortMount(text: string): ((item: Node) => Node) | string {
	if (text === '') return 'source and target are missing';
	if (text.length <= 2) return ({ at }) => mappingOf({ type: 'volume', target: text }, at);
	const parts = splitMount(text);
	if (parts.some((part) => part === '')) return 'a part between colons is empty';
	if (parts.length > 3) return 'it has too many colons';
	const [source, target, options = ''] = parts.length === 1 ? [undefined, parts[0] ?? ''] : parts;
	const words = new Set(options.split(','));
	const common = { source, target: cleanPath(target ?? ''), read_only: words.has('ro') ? true : undefined };
	if (source !== undefined && isHostPath(source)) {
		return ({ at }) => mappingOf({ type: 'bind', ...common, bind: mappingOf(bindOptions(words), at) }, at);
	}
	const nocopy = words.has('nocopy') ? true : undefined;
	return ({ at }) => mappingOf({ type: 'volume', ...common, volume: mappingOf({ nocopy }, at) }, at);
}

/** A letter before the first colon of a part is a Windows drive, not a part of its own. Braces hold colons together. */
function splitMount(text: string): readonly string[] {
	const parts: string[] = [];
	for (const part of text.match(/(?:\$\{[^}]*\}?|[^:])+|(?<=:|^)(?=:|$)/g) ?? []) {
		const drive = parts.at(-1);
		if (part !== '' && drive !== undefined && /^[A-Za-z]$/.test(drive)) parts[parts.length - 1] = `${drive}:${part}`;
		else parts.push(part);
	}
	return parts;
}

const isHostPath = (source: string): boolean => /^(?:[./~\\]|[A-Za-z]:)/.test(source);

const propagations = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'];

function bindOptions(words: ReadonlySet<string>): Record<string, string | true | undefined> {
	return {
		create_host_path: true,
		propagation: propagations.findLast((word) => words.has(word)),
		selinux: ['z', 'Z'].findLast((word) => words.has(word)),
	};
}

/** The path as the engine would see it, without doubled or trailing slashes and dots. */
export const cleanPath = (target: string): string => path.posix.normalize(target).replace(/(?<=.)\/$/, '');
