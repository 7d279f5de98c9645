import { wind } from '../../wind.js';

export const config = { berth: 7 };

/** @type {import('@sveltejs/kit').ServerLoad} */
export const load = async ({ platform, url }) => {
	const { ferry, berth, prerender, services } = /** @type {any} */ (platform);
	const harbour = url.searchParams.get('harbour');
	return { platform: { berth, prerender, ferry }, wind, harbour, boats: await services.harbour.boats(harbour) };
};
