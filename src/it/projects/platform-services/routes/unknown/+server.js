export const GET = async ({ platform }) => {
	const says = (error) => error.message;
	const { catalog, basket } = platform.services;
	return Response.json([await basket.add().catch(says), await catalog.find().catch(says), await catalog.close().catch(says), await catalog.byId('7').catch(says)]);
};
