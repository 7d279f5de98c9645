// Checks the app's static folder before Vite copies it, for links and names with unexpected effects.
import { Buffer } from 'node:buffer';
import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** A Vite plugin: kit makes its folder of static files Vite's `publicDir`. @param {string} root the app's folder */
export function check_published(root) {
	return {
		name: 'kitbridge-published',
		/** @param {{ publicDir?: string }} config */
		configResolved({ publicDir }) {
			if (!publicDir || !existsSync(publicDir)) return;
			const { links, error } = inspect(publicDir, root);
			// Vite reports an error of a plugin without its stack
			if (error) throw Object.assign(new Error(error), { plugin: 'kitbridge-published' });
			for (const { name, target, outside } of links) {
				const text = `${name} is a link to ${target}`;
				if (outside) {
					console.warn(`${text}, outside the repository: its content is published. Copy it if that is not intended`);
				} else {
					console.info(`${text}, outside the app: its content is published`);
				}
			}
		}
	};
}

/**
 * Follows links as Vite does.
 * @param {string} folder
 * @param {string} root the app's folder
 * @returns {{ links: { name: string, target: string, outside: boolean }[], error?: string }} `links`: those that leave the app
 */
export function inspect(folder, root) {
	const app = realpathSync(root);
	const repository = find_repository(app);
	/** @type {{ name: string, target: string, outside: boolean }[]} */
	const links = [];
	const error = visit(folder, [realpathSync(folder)]);
	return error ? { links, error } : { links };

	/** @param {string} parent @param {string[]} way real paths of the folders that lead here @returns {string | undefined} */
	function visit(parent, way) {
		// file names are bytes, which may not be UTF-8
		for (const entry of readdirSync(parent, { withFileTypes: true, encoding: 'buffer' })) {
			const bytes = /** @type {Buffer} */ (/** @type {unknown} */ (entry.name));
			const text = bytes.toString();
			const path = join(parent, text);
			const name = relative(root, path);
			const fault = name_fault(bytes, text);
			if (fault) return `The file name ${JSON.stringify(name)} ${fault}, which no URL or archive keeps; rename the file`;
			if (!entry.isSymbolicLink() && !entry.isDirectory()) continue;
			const real = resolve(path);
			if (real === undefined) {
				return `${name} is a link that leads to no file; remove the link, or create what it should lead to`;
			}
			if (entry.isSymbolicLink() && !within(real, app)) {
				links.push({ name, target: real, outside: !within(real, repository) });
			}
			if (!statSync(path).isDirectory()) continue;
			if (way.includes(real)) return `${name} is a link to ${real}, a folder that it lies in; remove the link`;
			const below = visit(path, [...way, real]);
			if (below) return below;
		}
		return undefined;
	}
}

/** @param {Buffer} bytes @param {string} text */
function name_fault(bytes, text) {
	if (!Buffer.from(text).equals(bytes)) return 'is not UTF-8';
	const control = /[\0-\x1f\x7f]/.exec(text)?.[0];
	return control && `has the control character ${JSON.stringify(control)}`;
}

/** @param {string} path */
function resolve(path) {
	try {
		return realpathSync(path);
	} catch {
		return undefined;
	}
}

/** @param {string} path @param {string} folder */
function within(path, folder) {
	return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** The folder with `.git`, else that of the topmost Maven module above the app, else the app's. @param {string} app */
function find_repository(app) {
	let top = app;
	let is_module = true;
	for (let folder = app; ; folder = dirname(folder)) {
		if (existsSync(join(folder, '.git'))) return folder;
		// the app may lie some folders below its module
		if (existsSync(join(folder, 'pom.xml'))) {
			if (is_module) top = folder;
		} else if (top !== app) is_module = false;
		if (folder === dirname(folder)) return top;
	}
}
