import { redirect } from '@sveltejs/kit';

export function GET({ url }) {
	redirect(301, url.pathname.replace('moved', 'about'));
}
