export const config = { cache: { ttl: 3600, tags: ['price'] } };

let rendered = 0;

export async function load({ platform }) {
	return { text: `rendered ${++rendered} at ${await platform.services.prices.current()}` };
}

export const actions = {
	raise: async ({ platform }) => ({ unreached: await platform.services.prices.raise() })
};
