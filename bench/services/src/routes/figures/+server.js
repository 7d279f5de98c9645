export const GET = async ({ platform, url }) => {
	const { quick } = platform.services;
	return Response.json(url.search === '?reset' ? await quick.reset() : await quick.figures());
};
