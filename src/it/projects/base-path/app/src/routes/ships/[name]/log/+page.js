import { resolve } from '$app/paths';

/** @type {import('./$types').PageLoad} */
export const load = async ({ data, fetch }) => ({ ...data, place: await (await fetch(resolve('/api/place'))).json() });
