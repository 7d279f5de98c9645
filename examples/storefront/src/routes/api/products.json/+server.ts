import { json } from '@sveltejs/kit';
import { list } from '#lib/server/catalogue.ts';

export const prerender = true;

export async function GET() {
	return json(await list());
}
