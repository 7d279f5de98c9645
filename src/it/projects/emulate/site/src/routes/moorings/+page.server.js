export const prerender = true;
export const config = { berth: 2 };

/** @type {import('@sveltejs/kit').ServerLoad} */
export const load = ({ platform }) => ({ platform });
