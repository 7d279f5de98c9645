import { json } from '@sveltejs/kit';

export const GET = ({ url }) => json({ path: url.pathname });
