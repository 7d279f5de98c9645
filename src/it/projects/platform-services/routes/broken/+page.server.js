export const load = async ({ platform }) => ({ text: await platform.services.catalog.broken() });
