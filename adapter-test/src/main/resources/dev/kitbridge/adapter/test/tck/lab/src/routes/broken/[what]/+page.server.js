import { error, redirect } from '@sveltejs/kit';

export function load({ params, cookies, setHeaders }) {
	cookies.set('seen', params.what, { path: '/' });
	if (params.what === 'throw') throw new Error('The beaker fell');
	if (params.what === 'error') error(402, 'Pay first');
	if (params.what === 'redirect') redirect(303, '/about?from=broken');
	if (params.what === 'control') setHeaders({ 'x-test': 'a\u001fb' });
	return {};
}
