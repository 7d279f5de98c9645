// Apps for the bridge's tests, and the bridge started as the plugin starts it.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** The modules under test. */
export const MODULES = join(here, '../../main/resources/dev/kitbridge/maven/vite');

/** Packages are installed here, in a folder for each kit; the apps lie below, so that they find them. */
const WORK = process.env.KITBRIDGE_PACKAGES ?? join(here, '../../../target/js');

/**
 * Creates the app of the tests in a new folder.
 * @param {string} kit the folder with its packages
 * @param {string} name of the folder
 * @param {Record<string, string>} [files] files that differ from the shared app
 */
export function make_app(kit, name, files = {}) {
	const root = empty(kit, name);
	cpSync(join(here, 'app'), root, { recursive: true });
	cpSync(join(here, kit.startsWith('kit3') ? 'kit3' : 'kit2'), root, {
		recursive: true,
		filter: (source) => !/(package|package-lock)\.json$|node_modules$/.test(source)
	});
	for (const [file, text] of Object.entries(files)) {
		mkdirSync(dirname(join(root, file)), { recursive: true });
		writeFileSync(join(root, file), text);
	}
	return root;
}

/**
 * Creates the app that is prerendered wholly in a new folder.
 * @param {Kit} kit
 * @param {string} name of the folder
 */
export function make_site(kit, name) {
	const root = empty(kit, name);
	cpSync(join(here, 'site'), root, { recursive: true });
	if (kit !== 'kit3') {
		writeFileSync(join(root, 'vite.config.js'), "import { sveltekit } from '@sveltejs/kit/vite';\nexport default { plugins: [sveltekit()] };\n");
		writeFileSync(join(root, 'svelte.config.js'), "export default { kit: { paths: { base: '/guide' } } };\n");
	}
	return root;
}

/** @param {Kit} kit @param {string} name */
function empty(kit, name) {
	const root = join(WORK, kit, 'apps', name);
	rmSync(root, { recursive: true, force: true });
	return root;
}

/**
 * Starts the bridge in an app. `listen`: also records the modules that kit itself writes for some sets of routes, as kit.json.
 * @param {string} root
 * @param {{ version?: string | null, env?: Record<string, string>, plugins?: { pre: any[], post: any[] }, words?: string[], adapters?: any[], listen?: boolean }} [options]
 */
export async function run_bridge(
	root,
	{ version = '1234-abcd', env = {}, plugins = { pre: [], post: [] }, words = ['build'], adapters = [], listen = false } = {}
) {
	const { out, args, request } = prepare(root, version, plugins, words, adapters);
	if (listen) {
		cpSync(join(MODULES, 'record.mjs'), join(out, 'heard.mjs'));
		cpSync(join(here, 'listener.mjs'), join(out, 'record.mjs'));
	}
	const { code, text } = await run(root, args, { PUBLIC_GREETING: 'ahoy', ...env }, request);
	return {
		code,
		text,
		out,
		record: json(join(out, 'build.json')),
		error: json(join(out, 'error.json')),
		kit: json(join(out, 'kit.json'))
	};
}

/**
 * Copies the modules into an app; returns the command and the request.
 * @param {string} root
 * @param {string | null} version
 * @param {{ pre: any[], post: any[] }} plugins
 * @param {string[]} words of Vite's command line
 * @param {any[]} adapters in JavaScript
 */
export function prepare(root, version = null, plugins = { pre: [], post: [] }, words = ['build'], adapters = []) {
	const out = join(root, '.svelte-kit/kitbridge');
	cpSync(MODULES, out, { recursive: true });
	const serve = join(MODULES, '../node/serve.mjs');
	const kit = json(join(root, '../../node_modules/@sveltejs/kit/package.json'))?.version;
	const target = join(root, 'target');
	const request = { root, serve, out, target, kit, mode: 'production', words, versionName: version, platform: null, plugins, adapters };
	const fork = pathToFileURL(join(out, 'fork.mjs')).href;
	return { out, args: ['--import', fork, join(out, 'bridge.mjs')], request };
}

/**
 * Builds an app with `vite build`, without the bridge.
 * @param {string} kit
 * @param {string} root
 * @param {Record<string, string>} env
 */
export function run_vite(kit, root, env) {
	return run(root, [join(WORK, kit, 'node_modules/vite/bin/vite.js'), 'build'], env);
}

/**
 * Runs Node to its end.
 * @param {string} cwd
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @param {object} [request] a line for its standard input, which stays open until the build is done
 * @returns {Promise<{ code: number | null, text: string }>}
 */
export function run(cwd, args, env = {}, request) {
	return new Promise((fulfil, reject) => {
		// with this variable, child processes report to the test runner as tests
		const { NODE_TEST_CONTEXT: _, ...outer } = process.env;
		const child = spawn(process.execPath, args, { cwd, env: { ...outer, ...env } });
		if (request) child.stdin.write(JSON.stringify(request) + '\n');
		let text = '';
		child.stdout.on('data', (data) => {
			text += data;
			if (text.endsWith('\x1eD\n')) child.stdin.end();
		});
		child.stderr.on('data', (data) => (text += data));
		child.on('error', reject);
		child.on('close', (code) => fulfil({ code, text }));
	});
}

/**
 * Files of a folder with their content, by path.
 * @param {string} folder
 */
export function contents(folder) {
	/** @type {Map<string, string>} */
	const files = new Map();
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile()) continue;
		const file = join(entry.parentPath, entry.name);
		files.set(relative(folder, file).replaceAll('\\', '/'), readFileSync(file, 'base64'));
	}
	return files;
}

/** @param {string} file @returns {any} */
function json(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}
