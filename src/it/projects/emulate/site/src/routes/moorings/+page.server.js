import { isHttpError } from '@sveltejs/kit';

export const prerender = true;
export const config = { berth: 2 };

/** @type {import('@sveltejs/kit').ServerLoad} */
export const load = async ({ platform }) => {
	const { ferry, berth, prerender, services } = /** @type {any} */ (platform);
	const boats = await services.harbour.boats('south');
	const dry = await services.harbour.boats('dry').catch((/** @type {unknown} */ error) => isHttpError(error, 404));
	return { platform: { berth, prerender, ferry }, boats, dry };
};
