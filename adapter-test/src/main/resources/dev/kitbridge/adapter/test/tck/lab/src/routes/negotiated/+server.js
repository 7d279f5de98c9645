import { json } from '@sveltejs/kit';

export const GET = () => json({ a: 'value' });

export const PUT = () => json({ put: true });
