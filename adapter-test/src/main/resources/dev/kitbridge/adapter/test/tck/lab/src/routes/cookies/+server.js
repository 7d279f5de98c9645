import { text } from '@sveltejs/kit';

export function GET({ cookies, setHeaders }) {
	cookies.set('first', 'one two; three', { path: '/' });
	cookies.set('second', 'größe', { path: '/', httpOnly: false, maxAge: 60 });
	cookies.delete('third', { path: '/' });
	setHeaders({ 'x-seen': cookies.getAll().map(({ name }) => name).sort().join(' ') });
	const response = text('baked');
	response.headers.append('set-cookie', 'raw=1; Path=/, really');
	response.headers.append('set-cookie', 'raw=2');
	return response;
}
