export const prerender = false;

/** @param {{ url: URL, platform: any }} event */
export const load = ({ url, platform }) => ({ station: url.searchParams.get('station'), members: Object.keys(platform).sort() });

export const actions = {
	/** @param {{ request: Request }} event */
	default: async ({ request }) => ({ noted: (await request.formData()).get('note') })
};
