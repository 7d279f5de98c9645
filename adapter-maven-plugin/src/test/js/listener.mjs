// Replaces record.mjs. Also records the modules that kit itself writes for some sets of routes.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// @ts-ignore the module under test, put beside this one
import * as real from './heard.mjs';

/** Ids of routes; null is all that are not prerendered. @type {Record<string, string[] | null>} */
const SETS = {
	dynamic: null,
	cart: ['/(shop)/cart'],
	endpoints: ['/files/[...path]', '/raw'],
	mixed: ['/blog/[slug]', '/raw', '/settings'],
	nothing: []
};

/**
 * Ways to group routes into entry points.
 * @type {Record<string, (route: any) => { id: string, filter: (other: any) => boolean }>}
 */
const GROUPINGS = {
	one: () => ({ id: 'one', filter: () => true }),
	region: ({ config }) => ({
		id: config.region ?? 'home',
		filter: (other) => other.config.region === config.region
	}),
	each: ({ id }) => ({ id, filter: ({ segments }) => segments.some((/** @type {any} */ { rest }) => rest) })
};

/** @param {any} builder @param {any} context */
export async function record(builder, context) {
	/** @type {Record<string, { ids: string[] | null, text: string }>} */
	const texts = {};
	for (const [name, ids] of Object.entries(SETS)) {
		const routes = builder.routes.filter((/** @type {any} */ route) =>
			ids ? ids.includes(route.id) : route.prerender !== true
		);
		texts[name] = { ids, text: write(builder, context.out, routes) };
	}
	const entries = builder.createEntries ? await group(builder) : null;
	writeFileSync(join(context.out, 'kit.json'), JSON.stringify({ texts, entries }));
	return real.record(builder, context);
}

/** @param {any} builder @param {string} out @param {any[]} routes */
function write(builder, out, routes) {
	if (!builder.generateServerInstance) return builder.generateManifest({ relativePath: './server', routes });
	const folder = join(out, 'listener');
	mkdirSync(folder, { recursive: true });
	builder.generateServerInstance(join(folder, 'index.js'), { routes, serverDirectory: join(folder, 'server') });
	const text = readFileSync(join(folder, 'index.js'), 'utf8');
	rmSync(folder, { recursive: true });
	return text;
}

/** Ids of routes by entry point, as kit 2 groups them. @param {any} builder */
async function group(builder) {
	/** @type {Record<string, Record<string, string[]>>} */
	const entries = {};
	for (const [name, grouping] of Object.entries(GROUPINGS)) {
		entries[name] = {};
		await builder.createEntries((/** @type {any} */ route) => {
			const { id, filter } = grouping(route);
			return {
				id,
				filter,
				/** @param {{ generateManifest(options: { relativePath: string }): string }} entry */
				async complete({ generateManifest }) {
					const text = generateManifest({ relativePath: '.' });
					entries[name][id] = [...text.matchAll(/^\t+id: (".*"),$/gm)].map(([, text]) => JSON.parse(text));
				}
			};
		});
	}
	return entries;
}
