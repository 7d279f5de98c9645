import { error } from '@sveltejs/kit';
import { bySlug } from '#lib/server/catalogue.ts';

/** The page cache keeps the page for an hour, or until the price changes. */
export const config = {
	cache: { ttl: 3600, query: [], cookies: [], vary: ['accept-language'] }
};

export async function load({ params, locals, platform }) {
	const product = await bySlug(params.slug);
	if (!product) error(404, { message: `There is no tool called “${params.slug}”` });
	platform?.cache?.tag(`product:${product.slug}`);
	const { slug, name, price, stock, summary } = product;
	return { locale: locals.locale, product: { slug, name, price, stock, summary } };
}
