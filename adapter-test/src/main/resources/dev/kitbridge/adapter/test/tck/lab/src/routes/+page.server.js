export function load({ url, cookies, setHeaders }) {
	setHeaders({ 'cache-control': 'private, no-cache' });
	return { url: url.href, name: cookies.get('name') };
}
