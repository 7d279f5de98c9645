/** @type {import('./$types').PageServerLoad} */
export const load = ({ params, url }) => ({ name: params.name, path: url.pathname });
