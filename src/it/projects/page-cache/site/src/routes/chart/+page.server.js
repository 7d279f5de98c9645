export const prerender = true;

/** @param {any} event */
export async function load({ platform }) {
	platform.cache.tag('chart');
	const { unreached } = await platform.cache.revalidate({ all: true });
	return { text: `rendered with ${unreached.length}` };
}
