export const prerender = false;
export const config = { cache: { ttl: 3600, cookies: [], tags: ['shop'] } };

let rendered = 0;

/** @param {any} event */
export function load({ platform }) {
	platform.cache.tag('price');
	return { text: `rendered ${++rendered}` };
}

export const actions = {
	/** @param {any} event */
	default: async ({ request, platform }) => {
		const data = await request.formData();
		return platform.cache.revalidate({ tags: [String(data.get('tag'))] });
	}
};
