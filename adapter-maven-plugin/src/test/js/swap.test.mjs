import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { MODULES } from './support.mjs';

const { swap_adapter } = await import(pathToFileURL(join(MODULES, 'swap.mjs')).href);
const ours = { name: 'ours' };

/** @param {any[]} plugins */
const swap = (plugins) => swap_adapter(() => ours).config.handler({ plugins });

/** @param {any} options */
const setup = (options) => ({ name: 'vite-plugin-sveltekit-setup', api: { options } });

test("kit 3's adapter is swapped, though its plugin comes in a promise of lists", async () => {
	const options = { adapter: { name: 'own' }, files: {} };
	await swap([false, [Promise.resolve([[setup(options)]])], { name: 'other' }]);
	assert.equal(options.adapter, ours);
});

test("kit 2's adapter is swapped", async () => {
	const options = { kit: { adapter: { name: 'own' }, files: {} } };
	await swap([setup(options)]);
	assert.equal(options.kit.adapter, ours);
});

test('an app without an adapter gets one', async () => {
	/** @type {{ adapter?: any, files: any }} */
	const options = { files: {} };
	await swap([setup(options)]);
	assert.equal(options.adapter, ours);
});

for (const [form, wrap] of /** @type {[string, (plugins: any[]) => any][]} */ ([
	['a list', (plugins) => plugins],
	['pre', (plugins) => ({ pre: plugins })],
	['post, in a promise', (plugins) => ({ post: Promise.resolve([plugins]) })]
])) {
	test(`the own adapter's Vite plugins sleep: ${form}`, async () => {
		const plugin = { name: 'own-plugin', enforce: 'post', apply: 'build', config: () => ({ define: {} }), load() {} };
		await swap([setup({ adapter: { vite: { plugins: wrap([plugin]) } }, files: {} })]);
		assert.deepEqual(Object.keys(plugin).sort(), ['config', 'enforce', 'name']);
		assert.equal(plugin.config(), undefined);
	});
}

test('a configuration of an unknown shape is refused', async () => {
	await assert.rejects(swap([{ name: 'other' }]), {
		message: 'KITBRIDGE_SHAPE: no plugin named vite-plugin-sveltekit-setup'
	});
	await assert.rejects(swap([{ name: 'vite-plugin-sveltekit-setup' }]), {
		message: 'KITBRIDGE_SHAPE: the plugin vite-plugin-sveltekit-setup holds no options'
	});
	await assert.rejects(swap([setup({ somethingElse: true })]), /holds no options/);
});
