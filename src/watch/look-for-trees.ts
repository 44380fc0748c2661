import type { HostFiles } from './host-files.ts';
import type { Tree } from './tree.ts';

/** The host's files for who copies: that a root looked otherwise then is told to who watches it. */
export function lookForTrees<F extends Pick<HostFiles, 'lookAtRoot'>>(
	files: F,
	trees: () => readonly Pick<Tree, 'saw'>[],
): F {
	return {
		...files,
		lookAtRoot(root) {
			const look = files.lookAtRoot(root);
			for (const tree of trees()) tree.saw(root, look);
			return look;
		},
	};
}
