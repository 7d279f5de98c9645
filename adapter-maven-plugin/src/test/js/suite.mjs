// Tests the bridge on an app, in the same way for both major versions of SvelteKit.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { contents, make_app, MODULES, prepare, run_bridge, run_vite } from './support.mjs';

const { put_together, take_apart } = await import(pathToFileURL(join(MODULES, 'server.mjs')).href);

/**
 * Each test names the module that knows the tested structure of SvelteKit or Vite.
 * @param {string} kit the folder with the packages; its name begins with the major version: `kit2`
 * @param {{ version: string }} expected
 */
export function suite(kit, { version }) {
	describe(`a build with SvelteKit ${version}`, () => {
		/** @type {string} */
		let root;
		/** @type {Awaited<ReturnType<typeof run_bridge>>} */
		let build;

		before(async () => {
			root = make_app(kit, 'main');
			build = await run_bridge(root, { listen: true });
			assert.equal(build.code, 0, build.text);
		});

		/** @param {string} id */
		const route = (id) => build.record.routes.find((/** @type {any} */ { definition }) => definition.id === id);

		test('record.mjs: records which versions made it', () => {
			assert.equal(build.record.schema, 3);
			assert.equal(build.record.kit, version);
			assert.equal(build.record.node, process.versions.node);
			assert.match(build.record.vite, /^\d+\.\d+\.\d+/);
		});

		test('record.mjs: records each route as kit shows it to adapters', () => {
			assert.deepEqual(route('/blog/[slug]').definition, {
				id: '/blog/[slug]',
				api: { methods: [] },
				page: { methods: ['GET'] },
				segments: [
					{ dynamic: false, rest: false, content: 'blog' },
					{ dynamic: true, rest: false, content: '[slug]' }
				],
				pattern: '^\\/blog\\/([^/]+?)\\/?$',
				prerender: 'AUTO',
				methods: ['GET'],
				config: { region: 'north', limits: { seconds: 20 } }
			});
			assert.deepEqual(route('/(shop)/cart').definition.methods, ['GET', 'POST']);
			assert.deepEqual(route('/raw').definition.api.methods, ['GET', '*']);
			assert.equal(route('/raw').definition.prerender, 'FALSE');
			assert.equal(route('/').definition.prerender, 'TRUE');
			assert.equal(route('/files/[...path]').definition.segments[1].rest, true);
		});

		test('record.mjs: records what was prerendered, each answer with a type', () => {
			const { pages, assets, redirects, paths } = build.record.prerendered;
			assert.deepEqual(pages, {
				'/': { file: 'index.html' },
				'/about': { file: 'about.html' },
				'/blog/first': { file: 'blog/first.html' }
			});
			assert.deepEqual(assets, {
				'/notes.json': { type: 'application/json' },
				'/old/__data.json': { type: 'application/json' },
				'/blog/first/__data.json': { type: 'application/json' }
			});
			assert.deepEqual(redirects, { '/old': { status: 308, location: '/about' } });
			assert.ok(paths.includes('/notes.json'));
		});

		test('record.mjs: records what the app consists of, the service worker among it', () => {
			const { assets, immutable, prerendered, routes } = build.record.manifest;
			assert.deepEqual([...assets].sort(), ['robots.txt', 'service-worker.js']);
			assert.ok(immutable.length > 5);
			for (const file of immutable) {
				assert.match(file, /^_app\/immutable\//);
				assert.ok(existsSync(join(root, build.record.clientDirectory, file)), file);
			}
			assert.ok(prerendered.includes('about'));
			assert.deepEqual(
				routes.find((/** @type {any} */ { id }) => id === '/raw'),
				{ id: '/raw', page: false, endpoint: true }
			);
			assert.equal(build.record.mimeTypes['.txt'], 'text/plain');
			assert.equal(build.record.mimeTypes['.js'], 'text/javascript');
		});

		test('record.mjs: records folders relative to the app', () => {
			assert.equal(build.record.clientDirectory, '.svelte-kit/output/client');
			assert.equal(build.record.serverDirectory, '.svelte-kit/output/server');
			assert.equal(build.record.prerenderedDirectory, '.svelte-kit/output/prerendered');
			assert.equal(build.record.routesDirectory, 'src/routes');
			assert.equal(build.record.appPath, '_app');
		});

		test('record.mjs: records the configuration without the adapter', () => {
			assert.equal(build.record.config.appDir, '_app');
			assert.equal(build.record.config.paths.base, '');
			assert.equal('adapter' in build.record.config, false);
			assert.equal('kit' in build.record.config, false);
		});

		test('record.mjs: records the files that a route reads on the server', () => {
			const [asset, ...more] = route('/files/[...path]').serverAssets;
			assert.match(asset, /^_app\/immutable\/assets\/manual\.[\w-]+\.txt$/);
			assert.deepEqual(more, []);
			assert.deepEqual(route('/raw').serverAssets, []);
		});

		test('swap.mjs: goes on where the own adapter refuses, and names the routes that use read', () => {
			assert.doesNotMatch(build.text, /own adapter was asked/);
			assert.deepEqual(build.record.reads, ['/files/[...path]']);
			assert.equal(build.record.instrumented, true);
		});

		test('inputs.mjs: records what it read, and neither packages nor output', () => {
			const { files, looks, folders, trees, written, prefixes, variables, unknown } = build.record.inputs;
			for (const file of ['vite.config.js', 'src/routes/+page.svelte', 'src/hooks.server.js', 'static/robots.txt']) {
				assert.ok(files.includes(file), `${file} in ${files}`);
			}
			assert.ok(looks.includes('.env.production.local'));
			assert.ok(folders.includes('src/routes/about'));
			assert.ok(trees.includes('static'));
			assert.deepEqual(written, []);
			assert.deepEqual(prefixes, ['PUBLIC_', 'VITE_']);
			assert.ok(variables.includes('LIGHTHOUSE_ADAPTER'));
			assert.deepEqual(unknown, []);
			for (const file of [...files, ...looks, ...folders, ...trees]) {
				assert.doesNotMatch(file, /node_modules|^\.svelte-kit/);
			}
		});

		test("bridge.mjs: puts another name in the place of kit's default version, and tells", () => {
			assert.equal(build.record.versionIsDefault, true);
			assert.equal(build.record.config.version.name, '1234-abcd');
			const file = readFileSync(join(root, '.svelte-kit/output/client/_app/version.json'), 'utf8');
			assert.deepEqual(JSON.parse(file), { version: '1234-abcd' });
		});

		test("record.mjs: keeps the module with environment variables apart from kit's output", () => {
			assert.deepEqual(build.record.env, ['_app/env.js']);
			assert.match(readFileSync(join(build.out, 'env/_app/env.js'), 'utf8'), /"?PUBLIC_GREETING"?:"ahoy"/);
			assert.equal(existsSync(join(root, '.svelte-kit/output/prerendered/dependencies/_app/env.js')), false);
		});

		test('record.mjs: renders the fallback page', () => {
			assert.deepEqual(build.record.fallback, { error: null });
			const page = readFileSync(join(build.out, 'fallback.html'), 'utf8');
			assert.match(page, /^<!doctype html>/);
			assert.match(page, /_app\/immutable\/entry\/start/);
			assert.doesNotMatch(page, /Lighthouse keepers/);
		});

		test("server.mjs: takes the server's manifest apart and puts it together as kit writes it", () => {
			assert.equal(build.record.server.error, null);
			const { before: start, manifest, after, nodes, routes, sizes } = build.record.server;
			assert.equal(nodes.length, 11);
			assert.equal(routes.length, build.record.routes.length);
			const text = put_together({ manifest, nodes, routes, sizes });
			assert.deepEqual(take_apart(text), { manifest, nodes, routes, sizes });
			assert.match(start, /%SERVER%\/index\.js/);
			assert.match(after, /export const server = /);
		});

		test('server.mjs: leaves a server that answers when it is put together', async () => {
			const { before: start, after, ...parts } = build.record.server;
			const file = join(root, 'server.mjs');
			const text = `${start}${put_together(parts)}${after}`;
			writeFileSync(file, text.replaceAll('./%SERVER%', './.svelte-kit/output/server'));
			const { server } = await import(pathToFileURL(file).href);
			const assets = join(root, '.svelte-kit/output/server');
			await server.init({
				env: { PUBLIC_GREETING: 'ahoy' },
				read: (/** @type {string} */ name) => new Blob([readFileSync(join(assets, name))]).stream()
			});
			/** @param {string} path */
			const get = async (path) => {
				const request = new Request(`http://lighthouse.test${path}`);
				return server.respond(request, { getClientAddress: () => '192.0.2.1' });
			};
			assert.match(await (await get('/settings')).text(), /ahoy/);
			assert.equal(await (await get('/raw')).text(), 'raw');
			assert.equal(await (await get('/files/any')).text(), 'Trim the wick before dusk.\n');
			assert.equal((await get('/cart')).headers.get('x-answered-by'), 'hooks');
		});

		test('child.mjs: marks each line with a level', () => {
			assert.match(build.text, /^\x1eI.*built in/m);
		});

		test('bridge.mjs: leaves no unfinished file', () => {
			const left = [...contents(build.out).keys()].filter((file) => file.includes('.part'));
			assert.deepEqual(left, []);
		});

		test("swap.mjs: has the client of the app's own build, byte for byte", async () => {
			const own = make_app(kit, 'own');
			const env = { PUBLIC_GREETING: 'ahoy', LIGHTHOUSE_ADAPTER: 'willing', LIGHTHOUSE_VERSION: '1234-abcd' };
			const { code, text } = await run_vite(kit, own, env);
			assert.equal(code, 0, text);
			assert.deepEqual(
				contents(join(root, '.svelte-kit/output/client')),
				contents(join(own, '.svelte-kit/output/client'))
			);
			if (kit.startsWith('kit3')) {
				// the output has none of the modules that the Vite plugins of the app's own adapter add
				const entries = (/** @type {string} */ app) =>
					['adapter-index.js', 'handler.js'].map((name) => existsSync(join(app, '.svelte-kit/output/server', name)));
				assert.deepEqual(entries(own), [true, true]);
				assert.deepEqual(entries(root), [false, false]);
			}
		});
	});

	test(`${kit}: bridge.mjs: an app's own version.name stays, adapters' plugins take part, and each thread sees Vite's command line`, async () => {
		const root = make_app(kit, 'plugins', {
			'plugins/first.mjs': plugin('first'),
			'plugins/last.mjs': plugin('last')
		});
		const file = join(root, 'vite.config.js');
		const seen = `
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
appendFileSync('seen.txt', isMainThread + ' ' + process.argv.slice(1).join(' ') + ' ' + process.env.npm_package_version + '\\n');
`;
		writeFileSync(file, seen + readFileSync(file, 'utf8'));
		const module = (/** @type {string} */ name, /** @type {any} */ options) => ({
			path: join(root, 'plugins', `${name}.mjs`),
			options
		});
		const build = await run_bridge(root, {
			words: ['build', '--mode', 'staging'],
			env: { LIGHTHOUSE_VERSION: 'release 7', npm_package_version: '1.2.3' },
			plugins: { pre: [module('first', { word: 'one' })], post: [module('last', { word: 'two' })] }
		});
		assert.equal(build.code, 0, build.text);
		assert.equal(build.record.versionIsDefault, false);
		assert.equal(build.record.config.version.name, 'release 7');
		assert.match(build.text, /plugins: .*first:one.*vite-plugin-sveltekit-setup.*last:two/);

		const lines = readFileSync(join(root, 'seen.txt'), 'utf8').trim().split('\n');
		assert.ok(lines.some((line) => line.startsWith('true ')) && lines.some((line) => line.startsWith('false ')));
		for (const line of lines) assert.match(line, /node_modules\/vite\/bin\/vite\.js build --mode staging 1\.2\.3$/);
	});

	test(`${kit}: bridge.mjs: an error of Vite's is left with its message and place`, async () => {
		const root = make_app(kit, 'broken', { 'src/routes/about/+page.svelte': '<h1>About</h1>\n{#if}\n' });
		const build = await run_bridge(root);
		assert.equal(build.code, 1);
		assert.equal(build.record, null);
		assert.match(build.error.message, /Expected|expression|token/i);
		assert.match(build.error.where, /src\/routes\/about\/\+page\.svelte(:2:\d+)?$/);
	});

	test(`${kit}: swap.mjs: an app without SvelteKit's plugin is told apart from a failure of the build`, async () => {
		const root = make_app(kit, 'shapeless', { 'vite.config.js': 'export default {};\n' });
		const build = await run_bridge(root);
		assert.equal(build.code, 1);
		assert.equal(build.error.message, 'KITBRIDGE_SHAPE: no plugin named vite-plugin-sveltekit-setup');
	});

	test(`${kit}: child.mjs: the build ends with the process that started it`, async () => {
		const root = make_app(kit, 'orphan');
		const { out, args } = prepare(root);
		const child = spawn(process.execPath, args, { cwd: root, stdio: ['pipe', 'ignore', 'ignore'] });
		child.stdin.end();
		const code = await new Promise((fulfil) => child.on('close', fulfil));
		assert.equal(code, 1);
		assert.equal(existsSync(join(out, 'build.json')), false);
	});
}

/** Returns a Vite plugin that prints the names of all plugins. @param {string} name */
function plugin(name) {
	return `export default ({ word }) => ({
	name: '${name}:' + word,
	configResolved(config) {
		if (word === 'two') console.log('plugins: ' + config.plugins.map((plugin) => plugin.name).join(' '));
	}
});
`;
}
