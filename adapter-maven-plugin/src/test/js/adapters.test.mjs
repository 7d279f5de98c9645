import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { MODULES } from './support.mjs';

/** @param {string} name */
const load = (name) => import(pathToFileURL(join(MODULES, name)).href);
const { emulator, load_adapters, supports_read, vite_parts } = await load('adapters.mjs');
const { owned, refuse_contradictions } = await load('contradictions.mjs');
const { list_files, written_since } = await load('written.mjs');

const folder = mkdtempSync(join(tmpdir(), 'kitbridge-adapters-'));
after(() => rmSync(folder, { recursive: true }));

/** @param {string} name @param {string} text */
function write(name, text) {
	const file = join(folder, name);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	return file;
}

/** Loads an adapter by its code. @param {string} id @param {string} code @param {object} [more] */
async function adapter(id, code, more = {}) {
	write(`${id}/package.mjs`, code);
	const path = write(`${id}/adapter.mjs`, "export * as module from './package.mjs';\n");
	return (await load_adapters([{ id, name: `@x/${id}`, version: '1.2.3', path, options: { out: 'site' }, emulates: true, ...more }]))[0];
}

test('an adapter is created from its options', async () => {
	const { adapter: made } = await adapter('good', 'export default (options) => ({ name: options.out, adapt() {} });');
	assert.equal(made.name, 'site');
});

test('a package that is no adapter is named, with what it exports', async () => {
	await assert.rejects(adapter('object', 'export default { a: 1, b: 2 };'), {
		message:
			"Adapter 'object' (@x/object 1.2.3) is no adapter: the default export of an adapter is a function of its options, and it is an object with a, b; check <package>"
	});
	await assert.rejects(adapter('none', 'export const a = 1;'), /of its options, and there is none; check <package>$/);
	await assert.rejects(adapter('text', "export default () => 'x';"), /returns an object with a function 'adapt', and it returned a string/);
	await assert.rejects(adapter('picky', "export default () => { throw new Error('no <zone>'); };"), /does not accept its <options>: no <zone>$/);
	await assert.rejects(adapter('broken', "import 'kitbridge-has-no-such-package';"), /cannot be loaded: .*kitbridge-has-no-such-package/);
});

test('plugins come before or after those of SvelteKit 3, and SvelteKit 2 has none', async () => {
	const one = await adapter(
		'plugins',
		`export default () => ({ adapt() {}, vite: { getRequest: 1, plugins: { pre: [{ name: 'a' }, [{ name: 'b', enforce: 'post' }]], post: [null, { name: 'c' }] } } });`
	);
	const list = await adapter('list', `export default () => ({ adapt() {}, vite: { plugins: [{ name: 'd' }] } });`);
	const parts = await vite_parts([one, list], 3);
	assert.deepEqual(parts.pre.map(({ name, enforce }) => `${name} ${enforce}`), ['a pre', 'b post', 'd pre']);
	assert.deepEqual(parts.post.map(({ name }) => name), ['c']);
	assert.equal(parts.getRequest, 1);
	assert.deepEqual(await vite_parts([one], 2), { pre: [], post: [] });
});

test('a feature is supported, not supported, or refused with a reason', async () => {
	const details = { route: { id: '/raw' }, config: {} };
	const answers = await adapter('yes', `export default () => ({ adapt() {}, supports: { read: ({ route }) => route.id === '/raw' } });`);
	assert.equal(supports_read(answers, details), true);
	assert.equal(supports_read(answers, { ...details, route: { id: '/' } }), false);
	assert.equal(supports_read(await adapter('plain', 'export default () => ({ adapt() {} });'), details), false);
	const refuses = await adapter('no', `export default () => ({ adapt() {}, supports: { read() { throw new Error('no files'); } } });`);
	assert.equal(supports_read(refuses, details), 'no files');
});

test('the first adapter with an emulator creates the platform, unless one in Java precedes it', async () => {
	const code = (/** @type {string} */ berth) => `export default () => ({ adapt() {}, emulate: () => ({ platform: () => '${berth}' }) });`;
	const plain = await adapter('without', 'export default () => ({ adapt() {} });');
	const behind = await adapter('behind', code('behind'), { emulates: false });
	assert.equal((await emulator([plain, await adapter('first', code('first')), await adapter('second', code('second'))]))({}), 'first');
	assert.equal(await emulator([plain, behind]), null);
});

/** @param {string} id @param {object} config */
const plugin = (id, config) => owned({ name: id, config: () => config }, id);

test('plugins of two adapters must not set an option to different values', async () => {
	const run = async (/** @type {any[]} */ ...plugins) => {
		refuse_contradictions(plugins);
		for (const { config } of plugins) await (config.handler ?? config)({});
	};
	await run(plugin('a', { build: { target: 'es2022' }, list: [1] }), plugin('b', { build: { target: 'es2022', minify: false }, list: [2] }));
	await run(plugin('a', { build: { target: 'es2022' } }), plugin('a', { build: { target: 'es2024' } }));
	await assert.rejects(run(plugin('a', { build: { target: 'es2022' } }), plugin('b', { build: { target: 'es2024' } })), {
		adapter: '',
		message: /^Adapters 'a' and 'b' need different Vite builds: 'a' sets build\.target to "es2022", and 'b' sets it to "es2024"; move one/
	});
	// a function may call the one before it, as two adapters of one kind do
	await run(plugin('a', { experimental: { renderBuiltUrl: () => 1 } }), plugin('b', { experimental: { renderBuiltUrl: () => 2 } }));
	const hook = owned({ config: { order: 'pre', handler: () => ({ build: { target: () => 'x' } }) } }, 'c');
	await assert.rejects(run(hook, plugin('b', { build: { target: 'es2024' } })), /'c' sets build\.target to a function/);
});

test('the output of an adapter is what it wrote, in the largest folders without other files', () => {
	const root = join(folder, 'app');
	const places = { root, target: join(root, 'target'), outDir: join(root, '.svelte-kit') };
	for (const name of ['src/app.html', '.vercel/project.json', 'kept/old.txt', 'target/classes/A.class', '.svelte-kit/output/server/index.js']) {
		write(`app/${name}`, name);
	}
	const before = list_files(places);
	for (const name of [
		'build/client/a.js',
		'build/index.js',
		'.vercel/output/config.json',
		'.svelte-kit/cloudflare/_worker.js',
		'.svelte-kit/output/server/server.js',
		'node_modules/x/index.js',
		'kept/new.txt',
		'target/site/index.html'
	]) {
		write(`app/${name}`, `${name} is new`);
	}
	symlinkSync('output', join(root, '.vercel/latest'));
	const { files, outputs } = written_since(before, places);
	assert.deepEqual(outputs, ['.svelte-kit/cloudflare', '.vercel/latest', '.vercel/output', 'build', 'kept/new.txt', 'target/site']);
	assert.equal(files.length, 7);
	// a file that was written again, with the same content
	write('app/kept/old.txt', 'kept/old.txt');
	assert.ok(written_since(before, places).outputs.includes('kept'));
});
