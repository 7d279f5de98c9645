import { redirect } from '@sveltejs/kit';

export const prerender = true;
export const GET = ({ url }) => redirect(308, url.pathname.replace('moved', 'about'));
