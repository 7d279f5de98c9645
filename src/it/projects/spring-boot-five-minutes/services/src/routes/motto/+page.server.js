export const prerender = true;

export async function load({ platform }) {
	return { motto: `From ${await platform.services.prices.current()}` };
}
