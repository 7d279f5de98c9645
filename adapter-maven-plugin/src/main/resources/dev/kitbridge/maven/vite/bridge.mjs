// Runs the app's own Vite with its adapter swapped for one that records kit's Builder as data (build.json).
// Started as `node --import fork.mjs bridge.mjs` in the app's folder, so that bare imports resolve to the app's packages. The
// request is a line of JSON on standard input: this process may be started before Maven knows what to build.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { run_adapters } from './adapt.mjs';
import { load_adapters, vite_parts } from './adapters.mjs';
import { heard, load_plugins, mark_levels, set_words } from './child.mjs';
import { refuse_contradictions } from './contradictions.mjs';
import { collect_inputs, note_inputs } from './inputs.mjs';
import { check_published } from './published.mjs';
import { record } from './record.mjs';
import { swap_adapter } from './swap.mjs';
import { begin, end } from './reads.mjs';

/**
 * @typedef {{
 *   root: string,
 *   mode: string,
 *   words: string[],
 *   serve: string,
 *   out: string,
 *   target: string,
 *   kit: string,
 *   adapters: import('./adapters.mjs').Entry[],
 *   versionName: string | null,
 *   platform: string | null,
 *   plugins: import('./child.mjs').ViteModules
 * }} Request
 * `root`: the app's folder; `words`: Vite's command line; `serve`: the module that runs after the build; `out`: the output folder; `target`: Maven's;
 * `kit`: its version; `adapters`: those in JavaScript;
 * `versionName`: replaces kit's default, the time of day; `platform`: the address that creates `event.platform`
 */

mark_levels();
let built = false;
const lines = heard(() => (built ? 0 : 1));
const asked = lines.next();
// the slowest imports of kit; an app may lack some
for (const name of ['vite', '@sveltejs/vite-plugin-svelte', 'typescript']) await import(name).catch(() => {});
/** @type {Request} */
const request = JSON.parse(String((await asked).value));
process.chdir(request.root);
set_words(request.root, request.words);
if (request.platform) process.env.KITBRIDGE_PLATFORM = request.platform;
if (request.adapters.length) process.env.KITBRIDGE_ADAPTERS = JSON.stringify(request.adapters);

const default_version = await load_kit(request.versionName);
const vite = await import('vite');

const reads = join(request.out, 'reads.jsonl');
process.env.KITBRIDGE_READS = reads;
rmSync(reads, { force: true });
begin();

/** What kit tells its adapter. @type {any} */
let data;
/** Kit's configuration. @type {any} */
let kit;

const adapter = {
	name: 'kitbridge',
	supports: { read: () => true, instrumentation: () => true },
	/** @param {any} builder */
	async adapt(builder) {
		data = await record(builder, {
			root: request.root,
			out: request.out,
			reads,
			default_version,
			vite: vite.version
		});
		data.adapters = await run_adapters(loaded, builder, {
			root: request.root,
			target: request.target,
			outDir: kit.outDir,
			reads: data.reads,
			instrumented: data.instrumented
		});
	}
};

/** @type {import('./adapters.mjs').Loaded[]} */
let loaded = [];
/** @type {any[]} */
let post = [];

/** @returns {Promise<import('vite').InlineConfig>} */
async function inline_config() {
	loaded = await load_adapters(request.adapters);
	// kit writes the name into the server
	if (loaded.length) adapter.name = loaded.map(({ adapter }) => adapter.name).join(', ');
	const parts = await vite_parts(loaded, Number.parseInt(request.kit));
	const pre = (await load_plugins(request.plugins.pre)).map((plugin) => ({ ...plugin, enforce: 'pre' }));
	post = await load_plugins(request.plugins.post);
	refuse_contradictions([...parts.pre, ...pre, ...parts.post, ...post]);
	const plugins = [
		...parts.pre,
		...pre,
		swap_adapter((options) => {
			kit = options;
			return adapter;
		}),
		check_published(request.root),
		...parts.post,
		...post,
		note_inputs(() => kit)
	];
	return { root: request.root, mode: request.mode, plugins };
}

try {
	const config = await inline_config();
	// as Vite's own command line does
	if (vite.createBuilder) {
		const builder = await vite.createBuilder(config, null);
		await builder.buildApp();
	} else {
		await vite.build(config);
	}
	const { pages, assets } = data.prerendered;
	const inputs = collect_inputs(request.root, kit.outDir, Object.keys({ ...pages, ...assets }).length > 0);
	write(join(request.out, 'build.json'), { ...data, inputs });
} catch (error) {
	report(error);
	process.exit(1);
}
built = true;
end();
process.stdout.write('\x1eD\n');
module.flushCompileCache?.();
// Maven needs Node for the output too, and reuses this process
const { serve } = await import(pathToFileURL(request.serve).href);
await serve(lines);

/**
 * Kit reads the clock for the default of `version.name` while its module loads. Replacing the clock at that moment
 * is the only way to set the name for every build that kit starts.
 * @param {string | null} version_name
 */
async function load_kit(version_name) {
	const now = Date.now;
	if (version_name !== null) Date.now = () => /** @type {any} */ (version_name);
	try {
		await import('@sveltejs/kit/vite');
	} finally {
		Date.now = now;
	}
	return version_name;
}

/**
 * Writes a temporary file and renames it, so that an interrupted build leaves no record.
 * @param {string} file
 * @param {unknown} value
 */
function write(file, value) {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(`${file}.part`, JSON.stringify(value));
	renameSync(`${file}.part`, file);
}

/** @param {any} error */
function report(error) {
	// Vite 8 throws one error, with the errors of the plugins in `errors`
	const { loc, id, plugin } = error.errors?.[0] ?? error;
	const where = loc ? `${loc.file ?? id}:${loc.line}:${loc.column}` : id;
	console.error(error.stack && !plugin ? error.stack : (error.message ?? String(error)));
	if (error.frame) console.error(error.frame);
	const message = String(error.message ?? error).trim();
	const culprit = package_of(`${where ?? ''} ${message}`);
	const cure = culprit && post.map((plugin) => plugin.api?.explain?.(culprit)).find(Boolean);
	const adapter = error.adapter ?? error.errors?.[0]?.adapter ?? null;
	write(join(request.out, 'error.json'), { message, where: where ?? null, adapter, culprit: culprit ?? null, cure: cure ?? null });
}

/** Returns the package to blame: of the packages whose files a text names, the one that the app depends on, or the first. @param {string} text */
function package_of(text) {
	const named = [...text.matchAll(/(?:\S*[\\/]|\b)node_modules[\\/]((?:@[^\\/\s]+[\\/])?[^\\/\s]+)[\\/]/g)];
	const names = named.map(([, name]) => name.replace('\\', '/'));
	const { dependencies, devDependencies } = JSON.parse(readFileSync(join(request.root, 'package.json'), 'utf8'));
	return names.find((name) => name in { ...dependencies, ...devDependencies }) ?? names[0];
}
