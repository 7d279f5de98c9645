import { error } from '@sveltejs/kit';
import { bySlug, list } from '#lib/server/catalogue.ts';

/** Prerenders the known products. The server renders an unknown one and responds with 404. */
export const prerender = 'auto';

export async function entries() {
	return (await list()).map(({ slug }) => ({ slug }));
}

export async function load({ params }) {
	const product = await bySlug(params.slug);
	if (!product) {
		error(404, {
			message: `There is no tool called “${params.slug}”`,
			hint: 'It may have left the shop, or never been in it.'
		});
	}
	return { product };
}
