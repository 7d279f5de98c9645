export const load = async ({ platform, params }) => ({ product: await platform.services.catalog.byId(Number(params.id)) });
