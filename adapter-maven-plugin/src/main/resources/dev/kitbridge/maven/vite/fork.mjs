// Loaded first in every thread of the build (node --import), to record what the thread reads. Kit analyses and prerenders in
// separate threads. They load the app's Vite config again, and with it the app's own adapter: `resolveConfig` swaps it there too.
import './reads.mjs';
import { appendFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import process from 'node:process';
import { isMainThread } from 'node:worker_threads';
import { emulator, load_adapters } from './adapters.mjs';
import { platform } from './emulator.mjs';
import { swap_adapter } from './swap.mjs';

if (!isMainThread && process.env.SVELTEKIT_FORK && process.env.KITBRIDGE_READS) {
	/** @type {any} */ (globalThis).__kitbridge_inline = (/** @type {any} */ inline) => ({
		...inline,
		plugins: [swap_adapter(() => adapter), inline?.plugins]
	});
	process.argv.splice(1, Infinity, ...JSON.parse(process.env.KITBRIDGE_WORDS ?? '[]'));
}
const hooks = new URL('./hooks.mjs', import.meta.url);
if (nodeModule.registerHooks) {
	nodeModule.registerHooks(await import(hooks.href));
} else {
	nodeModule.register(hooks.href);
}

const maven = process.env.KITBRIDGE_PLATFORM;
const missing = 'while a page is prerendered there is no visitor; read it where the page is not prerendered, or in the browser';

const adapter = {
	name: 'kitbridge',
	supports: {
		/** @param {{ route: { id: string }, config: Record<string, unknown> }} details */
		read({ route, config }) {
			const reads = /** @type {string} */ (process.env.KITBRIDGE_READS);
			appendFileSync(reads, JSON.stringify({ id: route.id, config: config ?? {} }) + '\n');
			return true;
		},
		instrumentation: () => true
	},
	/** `event.platform` of prerendered pages. */
	async emulate() {
		const own = await emulator(await load_adapters(JSON.parse(process.env.KITBRIDGE_ADAPTERS ?? '[]')));
		if (!maven) return own ? { platform: own } : {};
		return { platform: (/** @type {any} */ details) => platform(maven, details, { context: {}, missing, own }) };
	}
};
