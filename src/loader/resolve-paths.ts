import path from 'node:path';
import { childOf, type Node } from '../document/node.ts';
import { pathTable, type Rewriter, rewrite } from '../document/path-table.ts';
import { isText, withEntry } from './canonical/spot.ts';

export interface PathBase {
	readonly workingDir: string;
	readonly home: string | undefined;
}

/** Makes the host paths of a canonical model start where `workingDir` does: absolute for the project itself. */
export function resolvePaths(tree: Node, base: PathBase): Node {
	const resolve = (file: string): string => resolveHostPath(file, base);
	const atText =
		(change: (text: string) => string): Rewriter =>
		(node) =>
			isText(node) ? { ...node, value: change(node.value) } : node;
	return rewrite(
		tree,
		pathTable<Rewriter>({
			'services.*.build.context': atText((context) =>
				context === '' || isRemoteContext(context) ? context : resolve(context),
			),
			'services.*.build.additional_contexts.*': atText((context) =>
				isRemoteContext(context) ? context : resolve(context),
			),
			'services.*.build.ssh.*': atText(resolve),
			'services.*.develop.watch.*.path': atText((file) => (file === '' ? file : resolve(file))),
			'services.*.env_file.*.path': atText(resolve),
			'services.*.extends.file': atText(resolve),
			'services.*.label_file.*': atText(resolve),
			'services.*.volumes.*': (mount) => resolveBind(mount, resolve),
			'configs.*.file': atText(resolve),
			'secrets.*.file': atText(resolve),
			'volumes.*': (volume) => resolveDevice(volume, resolve),
		}),
	);
}

/** `~` is the home folder, everything else relative is meant from the project folder. */
function resolveHostPath(file: string, { workingDir, home }: PathBase): string {
	if (file.startsWith('~') && home !== undefined) return path.join(home, file.slice(1));
	return path.isAbsolute(file) ? file : path.join(workingDir, file).replace(/(?<=.)\/$/, '');
}

const isWindowsPath = (file: string): boolean => /^(?:[A-Za-z]:[\\/]|\\\\)/.test(file);

const isRemoteContext = (context: string): boolean =>
	context.includes('://') || ['service:', 'github.com/', 'git@'].some((prefix) => context.startsWith(prefix));

function resolveBind(mount: Node, resolve: (file: string) => string): Node {
	const source = childOf(mount, 'source');
	const type = childOf(mount, 'type');
	if (
		mount.kind !== 'mapping' ||
		!isText(source) ||
		!isText(type) ||
		type.value !== 'bind' ||
		isWindowsPath(source.value)
	)
		return mount;
	return withEntry(mount, 'source', { ...source, value: resolve(source.value) });
}

/** A local volume that binds a folder names it in its driver options. */
function resolveDevice(volume: Node, resolve: (file: string) => string): Node {
	const options = childOf(volume, 'driver_opts');
	const [driver, kind, device] = [childOf(volume, 'driver'), childOf(options, 'o'), childOf(options, 'device')];
	const isLocalBind = isText(driver) && driver.value === 'local' && isText(kind) && kind.value === 'bind';
	if (volume.kind !== 'mapping' || options?.kind !== 'mapping' || !isLocalBind || !isText(device)) return volume;
	const resolved = withEntry(options, 'device', { ...device, value: resolve(device.value) });
	return withEntry(volume, 'driver_opts', resolved);
}
