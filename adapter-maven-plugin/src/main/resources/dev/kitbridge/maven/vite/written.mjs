// Finds the files that an adapter has written. Compilers write files in native code, so the calls of Node do not show all of them.
import { join, relative, sep } from 'node:path';
import { untraced } from './reads.mjs';

const { lstatSync, readdirSync } = untraced;

/**
 * @typedef {{ root: string, target: string, outDir: string }} Places
 * `root`: the app's folder; `target`: Maven's output folder; `outDir`: kit's. All are absolute
 */

/** Folders that hold no output of an adapter: its packages, and the build that it reads. */
const SKIPPED = new Set(['node_modules', '.git']);

/**
 * Lists the files of the app and of Maven's output folder with their times and sizes.
 * @param {Places} places
 * @returns {Map<string, string>}
 */
export function list_files({ root, target, outDir }) {
	/** @type {Map<string, string>} */
	const files = new Map();
	const skipped = new Set(['output', 'generated', 'types', 'kitbridge'].map((name) => join(outDir, name)));
	skipped.add(join(target, 'adapters'));
	/** @param {string} folder */
	const walk = (folder) => {
		let entries;
		try {
			entries = readdirSync(folder, { withFileTypes: true });
		} catch {
			// the folder does not exist, or belongs to another user
			return;
		}
		for (const entry of entries) {
			const name = join(folder, entry.name);
			if (SKIPPED.has(entry.name) || skipped.has(name)) continue;
			if (entry.isDirectory()) {
				walk(name);
			} else {
				const { ctimeMs, mtimeMs, size, ino } = lstatSync(name);
				files.set(name, `${ctimeMs} ${mtimeMs} ${size} ${ino}`);
			}
		}
	};
	walk(root);
	if (!is_below(target, root)) walk(target);
	return files;
}

/**
 * Returns the files that are new or changed, and the largest folders that hold only such files, relative to the app.
 * @param {Map<string, string>} before
 * @param {Places} places
 */
export function written_since(before, places) {
	const after = list_files(places);
	const files = [...after].filter(([name, stamp]) => before.get(name) !== stamp).map(([name]) => name);
	const written = new Set(files);
	/** Folders with other files, which cannot be an output as a whole. */
	const mixed = new Set([places.root, places.target, places.outDir]);
	for (const name of after.keys()) {
		if (written.has(name)) continue;
		for (let at = join(name, '..'); !mixed.has(at); at = join(at, '..')) mixed.add(at);
	}
	for (const limit of [places.target, places.outDir]) {
		for (let at = join(limit, '..'); !mixed.has(at) && at !== join(at, '..'); at = join(at, '..')) mixed.add(at);
	}
	const outputs = new Set(files.map((name) => largest(name, mixed)));
	return {
		files,
		outputs: [...outputs].map((name) => relative(places.root, name).replaceAll('\\', '/')).sort()
	};
}

/** @param {string} name @param {Set<string>} mixed */
function largest(name, mixed) {
	let at = name;
	while (!mixed.has(join(at, '..'))) at = join(at, '..');
	return at;
}

/** @param {string} name @param {string} folder */
function is_below(name, folder) {
	return `${name}${sep}`.startsWith(`${folder}${sep}`);
}
