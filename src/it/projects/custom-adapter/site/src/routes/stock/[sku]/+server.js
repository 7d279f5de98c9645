import { json } from '@sveltejs/kit';

export const prerender = false;

export const GET = ({ params }) => json({ sku: params.sku });
export const PUT = ({ params }) => json({ stored: params.sku });
