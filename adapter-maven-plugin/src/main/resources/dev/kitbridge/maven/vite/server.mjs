// Splits the module that creates the server into parts, from which a module for any subset of the routes can be assembled.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Placeholder for the relative path to the server's files. */
const SERVER = './%SERVER%';

/**
 * Kit writes the manifest for one set of routes, line by line: a list of nodes, a block for each route, the sizes of server assets.
 * @typedef {{ id: string, lines: string[], layouts: string[], errors: string[], leaf: string | null }} RoutePart
 * `layouts`, `errors`, `leaf`: indexes into `nodes`; empty if the page has none at that level
 * @typedef {{ before: string, manifest: string, after: string, nodes: string[], routes: RoutePart[], sizes: Record<string, number> }} ServerParts
 * `manifest` has the placeholders %NODES%, %ROUTES% and %SIZES%; with `before` and `after` it is a module that exports `server`
 *
 * @param {any} builder kit's Builder
 * @param {string} scratch a folder to write to
 * @returns {ServerParts & { error: null } | { error: string }}
 */
export function record_server(builder, scratch) {
	try {
		const { before, manifest, after } = write(builder, scratch);
		const parts = take_apart(manifest);
		if (put_together(parts) !== manifest) {
			throw new Error('the server manifest of this version of SvelteKit has a form that is not known');
		}
		return { error: null, before, after, ...parts };
	} catch (error) {
		return { error: String(/** @type {any} */ (error)?.message ?? error) };
	}
}

/** Returns the text that kit writes for all routes. @param {any} builder @param {string} scratch */
function write(builder, scratch) {
	if (!builder.generateServerInstance) {
		return {
			before: `import { Server } from '${SERVER}/index.js';\nconst manifest = `,
			manifest: builder.generateManifest({ relativePath: SERVER, routes: builder.routes }),
			after: ';\nexport const server = new Server(manifest);\n'
		};
	}
	mkdirSync(scratch, { recursive: true });
	const dest = join(scratch, 'server.js');
	builder.generateServerInstance(dest, {
		routes: builder.routes,
		serverDirectory: join(scratch, SERVER)
	});
	const text = readFileSync(dest, 'utf8');
	rmSync(scratch, { recursive: true, force: true });
	const match = /^([^]*?const manifest = )([^]*)(;\s*export const server = [^]*)$/.exec(text);
	if (!match) throw new Error('the server instance of this version of SvelteKit has a form that is not known');
	return { before: match[1], manifest: match[2], after: match[3] };
}

/** @param {string} text */
export function take_apart(text) {
	const lines = text.split('\n');
	const nodes = section(lines, 'nodes: [', '%NODES%');
	const routes = section(lines, 'routes: [', '%ROUTES%');
	const at = lines.findIndex((line) => /^\t+server_assets: \{.*\}$/.test(line));
	if (!nodes || !routes || at < 0) throw new Error('nodes, routes or server_assets not found in the server manifest');
	const [, head, sizes] = /** @type {string[]} */ (/^(\t+server_assets: )(.*)$/.exec(lines[at]));
	lines[at] = `${head}%SIZES%`;
	return {
		manifest: lines.join('\n'),
		nodes: nodes.map((line) => line.replace(/,$/, '')),
		routes: blocks(routes).map(route_part),
		sizes: /** @type {Record<string, number>} */ (JSON.parse(sizes))
	};
}

/**
 * Assembles the module for all routes, as ServerModule.java does for any subset.
 * @param {ReturnType<typeof take_apart>} parts
 */
export function put_together({ manifest, nodes, routes, sizes }) {
	/** @param {RoutePart} route */
	const text = ({ lines, layouts, errors, leaf }) =>
		lines
			.join('\n')
			.replace('%LAYOUTS%', () => `${layouts.join(',')},`)
			.replace('%ERRORS%', () => `${errors.join(',')},`)
			.replace('%LEAF%', () => `${leaf}`);
	return manifest
		.replace('%NODES%', () => nodes.join(',\n'))
		.replace('%ROUTES%', () => routes.map(text).join(',\n'))
		.replace('%SIZES%', () => JSON.stringify(sizes));
}

/** Removes the lines between `open` and the end of its list, and inserts the placeholder `hole`. @param {string[]} lines @param {string} open @param {string} hole */
function section(lines, open, hole) {
	const start = lines.findIndex((line) => line.trim() === open);
	if (start < 0) return null;
	const indent = lines[start].slice(0, lines[start].indexOf(open));
	const end = lines.findIndex((line, i) => i > start && line === `${indent}],`);
	return end < 0 ? null : lines.splice(start + 1, end - start - 1, hole);
}

/** Splits the routes into blocks: `{`, the members one level deeper, `},`. @param {string[]} lines */
function blocks(lines) {
	/** @type {string[][]} */
	const result = [];
	for (const line of lines) {
		if (/^\t+\{$/.test(line)) result.push([]);
		result.at(-1)?.push(line);
	}
	return result;
}

/** @param {string[]} lines @returns {RoutePart} */
function route_part(lines) {
	const copy = [...lines];
	copy.push(/** @type {string} */ (copy.pop()).replace(/,$/, ''));
	const id = JSON.parse(/** @type {string} */ (find(copy, /^\t+id: (".*"),$/)?.[1]));
	const i = copy.findIndex((line) => /^\t+page: \{ /.test(line));
	const page = i >= 0 && /^(\t+page: \{ layouts: \[)(.*),(\], errors: \[)(.*),(\], leaf: )(\d+)( \},)$/.exec(copy[i]);
	if (!page) return { id, lines: copy, layouts: [], errors: [], leaf: null };
	copy[i] = `${page[1]}%LAYOUTS%${page[3]}%ERRORS%${page[5]}%LEAF%${page[7]}`;
	return { id, lines: copy, layouts: page[2].split(','), errors: page[4].split(','), leaf: page[6] };
}

/** @param {string[]} lines @param {RegExp} pattern */
function find(lines, pattern) {
	for (const line of lines) {
		const match = pattern.exec(line);
		if (match) return match;
	}
	return null;
}
