import { isHttpError } from '@sveltejs/kit';

export const load = async ({ platform, url }) => {
	try {
		await platform.services.catalog.order(2);
	} catch (error) {
		if (url.search) throw error;
		return { text: `${isHttpError(error, 409)} ${error.name}: ${error.message}` };
	}
};
