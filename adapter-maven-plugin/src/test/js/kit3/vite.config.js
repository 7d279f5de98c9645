import node from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import process from 'node:process';
import { defineConfig } from 'vite';

// an adapter that brings Vite plugins, and refuses what the app does
const adapter = node({ out: 'build' });
if (process.env.LIGHTHOUSE_ADAPTER !== 'willing') adapter.supports = { read: refuse, instrumentation: refuse };

/** @returns {boolean} */
function refuse() {
	throw new Error("the app's own adapter was asked");
}

const version = process.env.LIGHTHOUSE_VERSION ? { name: process.env.LIGHTHOUSE_VERSION } : undefined;

export default defineConfig({
	build: { assetsInlineLimit: 0 },
	plugins: [sveltekit({ adapter, version })]
});
