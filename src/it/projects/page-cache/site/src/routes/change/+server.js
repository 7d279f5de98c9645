export const prerender = false;

/** @param {any} event */
export async function POST({ url, platform }) {
	return Response.json(await platform.cache.revalidate({ tags: [url.searchParams.get('tag')] }));
}
