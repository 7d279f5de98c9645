export const prerender = false;
export const config = { isr: { expiration: 3600, allowQuery: [] } };
