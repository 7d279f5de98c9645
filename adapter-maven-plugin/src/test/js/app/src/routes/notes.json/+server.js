import { json } from '@sveltejs/kit';

export const prerender = true;

export const GET = () => json(['the lamp was lit at six', 'fog until noon']);
