import { json } from '@sveltejs/kit';

export const prerender = true;
export const config = { hall: 4 };

export const GET = ({ platform }) => json({ crate: 12, platform });
