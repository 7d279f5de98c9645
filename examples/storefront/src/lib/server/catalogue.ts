/**
 * The only module that calls the back office, which is written in Java. Without the back office, as under `npm run dev`, it uses
 * data in memory.
 */

import { getRequestEvent } from '$app/server';
import type { Category, NewOrder, Order, Product } from '#lib/types.ts';
import { deliveries } from '#lib/types.ts';
import { samples } from './orders.ts';
import { priced, totalOf } from './pricing.ts';
import { products } from './products.ts';

const placed = new Map<string, Order>();

function services() {
	try {
		return getRequestEvent().platform?.services;
	} catch {
		// SvelteKit calls `entries` outside a request
		return undefined;
	}
}

export async function list(category?: Category): Promise<Product[]> {
	const all = ((await services()?.catalogue.list()) as Product[] | undefined) ?? products;
	return category ? all.filter((product) => product.category === category) : all;
}

export async function bySlug(slug: string): Promise<Product | undefined> {
	const { catalogue } = services() ?? {};
	if (catalogue) return ((await catalogue.bySlug(slug)) as Product | null) ?? undefined;
	return products.find((product) => product.slug === slug);
}

/** Products that contain every word of the query; all products if it is empty. */
export async function search(query: string): Promise<Product[]> {
	const found = await services()?.catalogue.search(query);
	if (found) return found as Product[];
	const words = query.toLowerCase().split(/\s+/).filter(Boolean);
	return products.filter((product) => {
		const text = `${product.name} ${product.category} ${product.summary}`.toLowerCase();
		return words.every((word) => text.includes(word));
	});
}

/** Returns whether there is such a product. */
export async function reprice(slug: string, price: number): Promise<boolean> {
	const { catalogue } = services() ?? {};
	if (catalogue) return catalogue.reprice(slug, price);
	const product = products.find((candidate) => candidate.slug === slug);
	if (product) product.price = price;
	return product !== undefined;
}

export async function placeOrder(wanted: NewOrder): Promise<Order> {
	const { orders } = services() ?? {};
	if (orders) return dated(await orders.place(wanted));
	const { address, delivery, lines } = wanted;
	const items = priced(lines, products);
	const order: Order = {
		// Everybody who knows the URL can see the order, so the id is random.
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
	const { orders } = services() ?? {};
	if (orders) {
		const found = await orders.byId(id);
		return found ? dated(found) : undefined;
	}
	const sample = samples.get(id);
	if (!sample) return placed.get(id);
	const lines = priced(sample.lines, products);
	return { ...sample, lines, total: totalOf(lines) + deliveries[sample.delivery].price };
}

function dated(order: Omit<Order, 'placed'> & { placed: Date }): Order {
	return { ...order, placed: order.placed.toISOString() };
}
