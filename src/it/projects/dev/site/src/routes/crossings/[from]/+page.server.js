import { wind } from '../../../wind.js';

export const config = { berth: 7 };

/** @type {import('@sveltejs/kit').ServerLoad} */
export const load = async ({ params, platform }) => {
	const { services, ferry, berth, request } = /** @type {any} */ (platform);
	const crossings = await services.timetable.from(params.from === 'nowhere' ? '' : params.from);
	return { wind, ferry, berth, method: request.method, crossings };
};
