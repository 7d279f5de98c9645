import { wind } from '../../wind.js';

export const config = { berth: 7 };

/** @type {import('@sveltejs/kit').ServerLoad} */
export const load = ({ platform, url }) => ({ platform, wind, harbour: url.searchParams.get('harbour') });
