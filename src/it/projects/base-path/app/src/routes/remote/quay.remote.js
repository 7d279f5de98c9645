import { command, form, prerender, query } from '$app/server';
import { resolve } from '$app/paths';
import { redirect } from '@sveltejs/kit';

export const ships = query(() => ['gull', 'tern']);

export const moor = command('unchecked', (name) => `${name} is moored`);

export const sail = form('unchecked', ({ name }) => redirect(303, resolve('/ships/[name]/log', { name })));

export const tide = prerender(() => 'high at noon');
