import { setTimeout } from 'node:timers/promises';
import type { CartLine, Product } from '#lib/types.ts';
import { list } from './catalogue.ts';

/** Slow on purpose, to demonstrate streaming. */
export async function suggestions(cart: CartLine[]): Promise<Product[]> {
	await setTimeout(400);
	const all = await list();
	const inCart = new Set(cart.map(({ slug }) => slug));
	const liked = new Set(all.filter(({ slug }) => inCart.has(slug)).map((p) => p.category));
	return all
		.filter(({ slug, stock }) => !inCart.has(slug) && stock > 0)
		.sort((a, b) => Number(liked.has(b.category)) - Number(liked.has(a.category)))
		.slice(0, 6);
}
