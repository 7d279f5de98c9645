import { redirect } from '@sveltejs/kit';

export const prerender = true;
export const load = ({ url }) => redirect(301, url.pathname.replace('gone', 'about'));
