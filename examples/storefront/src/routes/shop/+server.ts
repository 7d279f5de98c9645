import { redirect } from '@sveltejs/kit';

export const prerender = true;

/** The address printed on the paper catalogue. */
export function GET() {
	redirect(308, '/products');
}
