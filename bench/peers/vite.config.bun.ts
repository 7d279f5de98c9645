import { readFileSync, rmSync } from 'node:fs';
import adapter from '@sveltejs/adapter-bun';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

const official = adapter();

/** The adapter's only release calls a method that kit removed before 3.0 was final; this file restores it. */
const patched = {
	...official,
	async adapt(builder) {
		builder.generateManifest = () => {
			const file = `${builder.getServerDirectory()}/bench-server.js`;
			builder.generateServerInstance(file);
			const text = readFileSync(file, 'utf8');
			rmSync(file);
			return /const manifest = ([^]*?);\s*export const server = /.exec(text)[1];
		};
		await official.adapt(builder);
	}
};

export default defineConfig({ plugins: [sveltekit({ adapter: patched })] });
