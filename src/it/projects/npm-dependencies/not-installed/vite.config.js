import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [sveltekit()], ssr: { external: ['nowhere-installed'] }, build: { rolldownOptions: { external: [/^nowhere-installed/] } } });
