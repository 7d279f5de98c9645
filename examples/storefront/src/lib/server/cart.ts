import type { Cookies } from '@sveltejs/kit';
import { maxQuantity } from '#lib/shop.ts';
import type { CartLine } from '#lib/types.ts';
import { list } from './catalogue.ts';
import { priced } from './pricing.ts';

const cookie = 'cart';
const maxLines = 40;

/** Stores the basket in a cookie, so that any server process can handle the next request. */
export function readCart(cookies: Cookies): CartLine[] {
	return (cookies.get(cookie) ?? '')
		.split('.')
		.map((part) => /^([a-z0-9-]+)~(\d{1,2})$/.exec(part))
		.filter((match) => match !== null)
		.map(([, slug, quantity]) => ({ slug: slug!, quantity: Number(quantity) }))
		.filter(({ quantity }) => quantity > 0 && quantity <= maxQuantity)
		.slice(0, maxLines);
}

export function writeCart(cookies: Cookies, cart: CartLine[]) {
	const value = cart.map(({ slug, quantity }) => `${slug}~${quantity}`).join('.');
	if (value) cookies.set(cookie, value, { path: '/', maxAge: 60 * 60 * 24 * 30 });
	else cookies.delete(cookie, { path: '/' });
}

/** Returns a new cart in which `slug` has the quantity `quantity`; 0 removes the line. */
export function withQuantity(cart: CartLine[], slug: string, quantity: number): CartLine[] {
	const line = { slug, quantity: Math.min(quantity, maxQuantity) };
	const known = cart.some((other) => other.slug === slug);
	const next = known ? cart.map((other) => (other.slug === slug ? line : other)) : [...cart, line];
	return next.filter((other) => other.quantity > 0).slice(0, maxLines);
}

export function quantityOf(cart: CartLine[], slug: string) {
	return cart.find((line) => line.slug === slug)?.quantity ?? 0;
}

export function countOf(cart: CartLine[]) {
	return cart.reduce((sum, line) => sum + line.quantity, 0);
}

export async function pricedCart(cart: CartLine[]) {
	return priced(cart, await list());
}
