export const load = async ({ platform }) => ({ rows: await platform.services.quick.rows(5) });
