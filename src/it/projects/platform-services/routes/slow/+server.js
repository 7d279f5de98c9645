export const GET = async ({ platform }) => {
	try {
		return new Response(await platform.services.catalog.slow());
	} catch (error) {
		return new Response(`${error.name}: ${error.message}`);
	}
};
