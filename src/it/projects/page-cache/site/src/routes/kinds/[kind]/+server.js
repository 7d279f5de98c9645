export const prerender = false;

/** @type {Record<string, number>} */
const rendered = {};

/** What makes a response one for a single visitor. @type {Record<string, (event: any, headers: Record<string, string>) => void>} */
const kinds = {
	plain() {},
	cookie: ({ cookies }) => cookies.set('visitor', 'anna', { path: '/' }),
	nonce: (_, headers) => (headers['content-security-policy'] = "script-src 'nonce-abc'"),
	private: (_, headers) => (headers['cache-control'] = 'private, s-maxage=3600'),
	varies: (_, headers) => (headers.vary = '*'),
	address: ({ getClientAddress }) => getClientAddress(),
	request: ({ platform }) => platform.request,
	members: ({ platform }) => Object.keys(platform)
};

/** @param {any} event */
export function GET(event) {
	const { kind } = event.params;
	/** @type {Record<string, string>} */
	const headers = { 'cache-control': 's-maxage=3600' };
	kinds[kind](event, headers);
	rendered[kind] = (rendered[kind] ?? 0) + 1;
	return new Response(`<p>rendered ${rendered[kind]} for ${event.request.headers.get('cookie') ?? 'nobody'}</p>`, { headers });
}

export const POST = () => new Response('changed');
