export const prerender = false;

/** @param {any} event */
export async function POST({ url, platform }) {
	const tag = url.searchParams.get('tag');
	if (tag) return Response.json(await platform.cache.revalidate({ tags: [tag] }));
	// the service revalidates, and its method says by what
	const [[method, name]] = url.searchParams;
	return Response.json(await platform.services.prices[method](name));
}
