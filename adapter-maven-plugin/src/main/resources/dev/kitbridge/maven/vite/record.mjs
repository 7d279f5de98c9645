// Writes kit's Builder as data. The record holds everything that the methods of the Java Builder need. Files that kit would write
// into its own output as a side effect are moved to the bridge's folder.
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join, relative } from 'node:path';
import process from 'node:process';
import { record_server } from './server.mjs';

/** Version of the record's format; BuildRecord.java reads no other version. */
export const SCHEMA = 3;

/**
 * @param {any} builder kit's Builder
 * @param {{ root: string, out: string, reads: string, default_version: string | null, vite: string }} context
 */
export async function record(builder, { root, out, reads, default_version, vite }) {
	const require = createRequire(join(root, 'package.json'));
	const kit = require('@sveltejs/kit/package.json').version;
	const config = Number.parseInt(kit) < 3 ? builder.config.kit : builder.config;
	const server = record_server(builder, join(out, 'server.part'));
	/** @param {string} path */
	const local = (path) => relative(root, path).replaceAll('\\', '/');
	const mime_types = builder.mimeTypes ?? kit2_mime_types(builder, config, server, require);

	return {
		schema: SCHEMA,
		kit,
		vite,
		node: process.versions.node,
		versionIsDefault: config.version.name === default_version,
		config: plain(config),
		routesDirectory: local(config.files.routes),
		prerendered: {
			pages: Object.fromEntries(builder.prerendered.pages),
			assets: typed(builder.prerendered.assets, mime_types),
			redirects: Object.fromEntries(builder.prerendered.redirects),
			paths: builder.prerendered.paths
		},
		routes: builder.routes.map((/** @type {any} */ route) => ({
			definition: {
				id: route.id,
				api: { methods: route.api.methods },
				page: { methods: route.page.methods },
				segments: route.segments,
				pattern: route.pattern.source,
				prerender: String(route.prerender).toUpperCase(),
				methods: route.methods,
				config: plain(route.config ?? {})
			},
			serverAssets: builder.findServerAssets([route])
		})),
		manifest: builder.manifest ? app_manifest(builder.manifest) : kit2_manifest(builder, config, server),
		mimeTypes: mime_types,
		serverAssets: builder.findServerAssets([]),
		appPath: builder.getAppPath(),
		clientDirectory: local(builder.getClientDirectory()),
		serverDirectory: local(builder.getServerDirectory()),
		prerenderedDirectory: local(join(config.outDir, 'output/prerendered')),
		instrumented: builder.hasServerInstrumentationFile(),
		initializer: record_initializer(builder, join(out, 'initializer.part')),
		reads: read_lines(reads),
		env: record_env(builder, config, out),
		fallback: await record_fallback(builder, out),
		server
	};
}

/**
 * Kit sets no type for a page's data (`__data.json`).
 * @param {Map<string, { type?: string }>} assets
 * @param {Record<string, string>} mime_types
 */
function typed(assets, mime_types) {
	return Object.fromEntries(
		[...assets].map(([path, { type }]) => [
			path,
			{ type: type ?? mime_types[extname(path)] ?? (path.endsWith('.json') ? 'application/json' : '') }
		])
	);
}

/** Returns the values of an object that JSON can represent. @param {any} value @param {Set<any>} [seen] @returns {any} */
function plain(value, seen = new Set()) {
	if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
	if (typeof value !== 'object' || seen.has(value)) return undefined;
	const within = new Set(seen).add(value);
	if (Array.isArray(value)) return value.map((item) => plain(item, within) ?? null);
	if (![Object.prototype, null].includes(Object.getPrototypeOf(value))) return undefined;
	/** @type {Record<string, any>} */
	const result = {};
	for (const key of Object.keys(value)) {
		// kit 3 warns when `config.kit` is read
		if (key === 'adapter' || key === 'kit') continue;
		const item = plain(value[key], within);
		if (item !== undefined) result[key] = item;
	}
	return result;
}

/** @param {any} manifest kit 3's `$app/manifest` */
function app_manifest(manifest) {
	/** @param {{ path: string }[]} entries */
	const paths = (entries) => entries.map(({ path }) => path);
	return {
		assets: paths(manifest.assets),
		immutable: paths(manifest.immutable),
		prerendered: paths(manifest.prerendered),
		routes: manifest.routes.map((/** @type {any} */ { id, page, endpoint }) => ({
			id,
			page: !!page,
			endpoint: !!endpoint
		}))
	};
}

/**
 * Returns the MIME types of all files that the build wrote, as kit 3's builder does; kit 2's manifest has those of the app's assets only.
 * @param {any} builder @param {any} config @param {any} server @param {NodeJS.Require} require of the app
 */
function kit2_mime_types(builder, config, server, require) {
	const { lookup } = createRequire(require.resolve('@sveltejs/kit/package.json'))('mrmime');
	const mime_types = member(server, /^\t+mimeTypes: (\{.*\}),$/m) ?? {};
	for (const folder of [join(config.outDir, 'output/prerendered'), builder.getClientDirectory()]) {
		for (const file of walk(folder)) {
			const extension = extname(file);
			if (extension) mime_types[extension] ??= lookup(extension) ?? '';
		}
	}
	return mime_types;
}

/** Lists the files below a folder; none if it does not exist. @param {string} folder */
function walk(folder) {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath ?? /** @type {any} Node 18 */ (entry).path, entry.name));
}

/** @param {any} builder @param {any} config @param {any} server */
function kit2_manifest(builder, config, server) {
	const immutable = walk(join(builder.getClientDirectory(), config.appDir, 'immutable')).map((file) =>
		relative(builder.getClientDirectory(), file).replaceAll('\\', '/')
	);
	return {
		assets: member(server, /^\t+assets: new Set\((\[.*\])\),$/m) ?? [],
		immutable: immutable.sort(),
		prerendered: builder.prerendered.paths.map((/** @type {string} */ path) =>
			path.replace(config.paths.base, '').slice(1)
		),
		routes: builder.routes.map((/** @type {any} */ route) => ({
			id: route.id,
			page: route.page.methods.length > 0,
			endpoint: route.api.methods.length > 0
		}))
	};
}

/** Returns a member of kit 2's server manifest, whose text is its only source. @param {any} server @param {RegExp} pattern */
function member(server, pattern) {
	const match = pattern.exec(server.manifest ?? '');
	return match && JSON.parse(match[1]);
}

/** @param {any} builder @param {string} out */
async function record_fallback(builder, out) {
	const file = join(out, 'fallback.html');
	rmSync(file, { force: true });
	try {
		await builder.generateFallback(file);
		return { error: null };
	} catch (error) {
		return { error: String(/** @type {any} */ (error)?.message ?? error) };
	}
}

/**
 * Moves the module with public environment variables, which kit writes among the prerendered files.
 * @param {any} builder @param {any} config @param {string} out
 */
function record_env(builder, config, out) {
	const folder = join(config.outDir, 'output/prerendered/dependencies', config.appDir);
	const names = ['env.js', 'env.script.js'];
	const before = new Map(names.map((name) => [name, read(join(folder, name))]));
	builder.generateEnvModule();
	/** @type {string[]} */
	const files = [];
	rmSync(join(out, 'env'), { recursive: true, force: true });
	for (const name of names) {
		const file = join(folder, name);
		if (!existsSync(file)) continue;
		const target = join(out, 'env', config.appDir, name);
		mkdirSync(join(target, '..'), { recursive: true });
		renameSync(file, target);
		files.push(`${config.appDir}/${name}`);
		const own = before.get(name);
		if (own !== undefined) writeFileSync(file, /** @type {any} */ (own));
	}
	return files;
}

/** Returns kit 3's module that provides the environment, with a placeholder for the server's folder. @param {any} builder @param {string} dir */
function record_initializer(builder, dir) {
	if (!builder.createInstrumentationInitializer) return null;
	mkdirSync(dir, { recursive: true });
	const file = builder.createInstrumentationInitializer({
		outputDirectory: dir,
		environment: '',
		serverDirectory: join(dir, '%SERVER%')
	});
	const text = readFileSync(file, 'utf8').replace('./%SERVER%', '%SERVER%');
	rmSync(dir, { recursive: true, force: true });
	return text;
}

/** @param {string} file */
function read_lines(file) {
	const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
	return lines.map((line) => JSON.parse(line).id);
}

/** @param {string} file */
function read(file) {
	return existsSync(file) ? readFileSync(file) : undefined;
}
