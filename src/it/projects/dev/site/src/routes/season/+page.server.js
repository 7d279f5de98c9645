export const prerender = true;

/** @type {import('@sveltejs/kit').ServerLoad} */
export const load = async ({ platform }) => {
	const { services, ferry, prerender } = /** @type {any} */ (platform);
	let principal = 'somebody';
	try {
		principal = /** @type {any} */ (platform).principal;
	} catch (error) {
		principal = /** @type {any} */ (error).message;
	}
	return { ferry, prerender, principal, crossings: await services.timetable.from('North') };
};
