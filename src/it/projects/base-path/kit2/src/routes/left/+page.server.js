import { base } from '$app/paths';
import { redirect } from '@sveltejs/kit';

// SvelteKit 2 resolves what resolve() returns here against another path, if the browser asks for the data of this page only
export const load = () => redirect(307, `${base}/ships/tern/log`);
