import {
	appendFileSync,
	chmodSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	renameSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** Random numbers that a seed repeats. */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export interface Churn {
	/** Makes the files that everything begins with. */
	fill(): void;
	/** One random change; gives its name. */
	step(): string;
}

/** Random changes of a tree: creates, edits, deletes, renames, swaps of files, folders and links, and mode bits. */
export function churn(
	root: string,
	{ files, random }: { readonly files: number; readonly random: () => number },
): Churn {
	const below = (count: number): number => Math.floor(random() * count);
	const folders = Math.max(4, Math.ceil(files / 40));
	const folder = (): string => path.join(root, `d${below(folders)}`, ...(random() < 0.2 ? [`s${below(3)}`] : []));
	const place = (): string => path.join(folder(), `f${below(Math.ceil(files / folders))}`);
	const text = (): string => `${random()}\n`.repeat(1 + below(20));
	const write = (file: string): void => {
		if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) rmSync(file, { recursive: true, force: true });
		writeFileSync(file, text());
	};
	const move = (from: string, to: string): void => {
		rmSync(to, { recursive: true, force: true });
		renameSync(from, to);
	};
	/** Not through a link: it may lead out of the tree. */
	const changeMode = (spot: string, mode: number): void => {
		if (lstatSync(spot).isSymbolicLink()) return;
		chmodSync(spot, mode);
	};
	const saveAside = (file: string): void => {
		writeFileSync(`${file}.new`, text());
		move(`${file}.new`, file);
	};
	const steps: Readonly<Record<string, () => void>> = {
		create: () => write(place()),
		edit: () => appendFileSync(place(), text()),
		rewrite: () => write(place()),
		'save by renaming': () => saveAside(place()),
		delete: () => rmSync(place(), { recursive: true, force: true }),
		rename: () => move(place(), place()),
		'swap two': () => {
			const [one, other] = [place(), place()];
			renameSync(one, `${one}.aside`);
			if (one !== other) move(other, one);
			move(`${one}.aside`, other);
		},
		'rename a folder': () => move(folder(), path.join(root, `d${below(folders)}`, `moved${below(3)}`)),
		'delete a folder': () => rmSync(folder(), { recursive: true, force: true }),
		'make an empty folder': () => mkdirSync(path.join(folder(), `empty${below(3)}`), { recursive: true }),
		'a folder for a file': () => {
			const spot = place();
			rmSync(spot, { recursive: true, force: true });
			mkdirSync(spot, { recursive: true });
			writeFileSync(path.join(spot, 'inner'), text());
		},
		'a link for a file': () => {
			const spot = place();
			rmSync(spot, { recursive: true, force: true });
			symlinkSync(random() < 0.5 ? '/etc' : `../${path.basename(place())}`, spot);
		},
		'mode bits': () => changeMode(place(), random() < 0.5 ? 0o755 : 0o640),
		'fill a folder': () => {
			const spot = path.join(root, `d${below(folders)}`);
			for (let nth = 0; nth < files / folders; nth += 1) if (random() < 0.7) write(path.join(spot, `f${nth}`));
		},
		'many at once': () => {
			const spot = path.join(folder(), `batch${below(3)}`);
			rmSync(spot, { recursive: true, force: true });
			mkdirSync(spot, { recursive: true });
			for (let nth = 0; nth < 50; nth += 1) writeFileSync(path.join(spot, `b${nth}`), text());
		},
	};
	const names = Object.keys(steps);
	return {
		fill() {
			for (let nth = 0; nth < files; nth += 1) {
				const file = path.join(root, `d${nth % folders}`, `f${Math.floor(nth / folders)}`);
				mkdirSync(path.dirname(file), { recursive: true });
				writeFileSync(file, text());
			}
		},
		step() {
			const name = names[below(names.length)] ?? 'create';
			try {
				const parent = folder();
				if (random() < 0.3) mkdirSync(parent, { recursive: true });
				steps[name]?.();
			} catch {
				return `${name} (not possible now)`; // what it was about is not there: another one will
			}
			return name;
		},
	};
}

/** Everything below a folder, relative to it; links are not followed. */
export function* walk(root: string, folder = ''): Iterable<string> {
	for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
		const name = path.join(folder, entry.name);
		yield name;
		if (entry.isDirectory()) yield* walk(root, name);
	}
}
