/** Everything the shop asks of its back office goes through this module, and through nothing else. */

import type { Category, NewOrder, Order, Product } from '#lib/types.ts';
import { deliveries } from '#lib/types.ts';
import { samples } from './orders.ts';
import { priced, totalOf } from './pricing.ts';
import { products } from './products.ts';

const placed = new Map<string, Order>();

export async function list(category?: Category): Promise<Product[]> {
	return category ? products.filter((product) => product.category === category) : products;
}

export async function bySlug(slug: string): Promise<Product | undefined> {
	return products.find((product) => product.slug === slug);
}

/** Products in which every word of the query occurs; all of them when it is empty. */
export async function search(query: string): Promise<Product[]> {
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	return products.filter((product) => {
		const text = `${product.name} ${product.category} ${product.summary}`.toLowerCase();
		return words.every((word) => text.includes(word));
	});
}

export async function placeOrder({ address, delivery, lines }: NewOrder): Promise<Order> {
	const items = priced(lines, products);
	const order: Order = {
		// The link is the key to the order, so it must not be guessable.
		id: crypto.randomUUID(),
		placed: new Date().toISOString(),
		address,
		delivery,
		lines: items,
		total: totalOf(items) + deliveries[delivery].price
	};
	placed.set(order.id, order);
	return order;
}

export async function order(id: string): Promise<Order | undefined> {
	const sample = samples[id];
	if (!sample) return placed.get(id);
	const lines = priced(sample.lines, products);
	return { ...sample, id, lines, total: totalOf(lines) + deliveries[sample.delivery].price };
}
