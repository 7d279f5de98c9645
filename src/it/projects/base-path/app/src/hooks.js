/** @type {import('@sveltejs/kit').Reroute} */
export const reroute = ({ url }) => (url.pathname.endsWith('/alias') ? url.pathname.replace(/alias$/, 'about') : undefined);
