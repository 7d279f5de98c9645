export const prerender = false;
export const config = { isr: { expiration: 3600, allowQuery: ['day'] } };

let rendered = 0;

/** @param {any} event */
export async function load({ url, cookies, fetch }) {
	// its rule is not that of this page
	await fetch('/harbour');
	const text = `rendered ${++rendered} day ${url.searchParams.get('day')} spring ${url.searchParams.get('spring')} for ${cookies.get('visitor') ?? 'nobody'}`;
	return { text };
}

export const actions = {
	/** @param {any} event */
	default: async ({ request, platform }) => {
		const tag = (await request.formData()).get('tag');
		if (tag) await platform.cache.revalidate({ tags: [tag] });
		return { saved: true };
	}
};
