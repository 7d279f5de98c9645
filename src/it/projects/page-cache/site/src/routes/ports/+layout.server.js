export const prerender = false;
export const config = { cache: { ttl: 3600 } };
