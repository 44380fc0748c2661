import { childOf, type MappingNode, type Node, scalarNode } from '../document/node.ts';
import { pathTable, type Rewriter, rewrite } from '../document/path-table.ts';
import { treeToJson, treeToYaml } from '../loader/tree-to-text.ts';
import type { Variables } from '../options/variables.ts';
import type { ConfigRequest, ConfigSources } from './config-request.ts';
import { pinImages } from './pin-images.ts';

/** The project with its variables as they are written: merged and in long form, but neither typed nor selected from. */
export async function writtenText(
	{ format, without, digests, redact }: ConfigRequest & { readonly format: 'yaml' | 'json' },
	sources: ConfigSources,
): Promise<string> {
	const { tree, contents } = await sources.loadTree(without);
	const pinned = digests === undefined ? tree : await withDigests(tree, sources);
	const asked = digests === 'only' ? onlyImages(pinned) : pinned;
	const shown = redact ? await redacted(asked, contents) : asked;
	return format === 'json' ? treeToJson(shown) : treeToYaml(shown);
}

async function redacted(tree: MappingNode, variables: Variables): Promise<MappingNode> {
	const [{ redactTree }, { secretValuesOfTree }] = await Promise.all([
		import('./redact-tree.ts'),
		import('./secret-values.ts'),
	]);
	return redactTree(tree, secretValuesOfTree(tree, variables));
}

async function withDigests(tree: MappingNode, sources: ConfigSources): Promise<MappingNode> {
	const services = childOf(tree, 'services');
	const entries = services?.kind === 'mapping' ? [...services.entries] : [];
	const images = entries.flatMap(([name, { value }]) => {
		const image = childOf(value, 'image');
		return image?.kind === 'scalar' && typeof image.value === 'string' ? [[name, image.value] as const] : [];
	});
	const pinned = await pinImages(new Map(images), sources);
	const pin: Rewriter = (node, path) => {
		const image = pinned.get(String(path[1]));
		return image === undefined ? node : scalarNode(image, node.at);
	};
	return rewrite(tree, pathTable({ 'services.*.image': pin })) as MappingNode;
}

const onlyImages = (tree: MappingNode): MappingNode =>
	rewrite(
		onlyKeys(tree, 'services'),
		pathTable<Rewriter>({ 'services.*': (node) => onlyKeys(node, 'image') }),
	) as MappingNode;

const onlyKeys = (node: Node, kept: string): Node =>
	node.kind === 'mapping' ? { ...node, entries: new Map([...node.entries].filter(([key]) => key === kept)) } : node;
