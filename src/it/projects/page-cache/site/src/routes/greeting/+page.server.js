export const prerender = false;

let rendered = 0;

/** @param {any} event */
export function load({ setHeaders, platform }) {
	setHeaders({ 'cache-control': 's-maxage=3600' });
	return { text: `rendered ${++rendered} for ${platform.principal?.name ?? 'nobody'}` };
}
