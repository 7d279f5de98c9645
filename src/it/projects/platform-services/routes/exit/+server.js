export const GET = async ({ platform }) => new Response(await platform.services.catalog.exit());
