export const GET = async ({ platform }) =>
	Response.json({ platform, surroundings: await platform.services.catalog.surroundings() });
