import { error, json } from '@sveltejs/kit';
import { countOf, pricedCart, withQuantity, writeCart } from '#lib/server/cart.ts';
import { bySlug } from '#lib/server/catalogue.ts';
import { totalOf } from '#lib/server/pricing.ts';
import { maxQuantity } from '#lib/shop.ts';
import type { CartLine } from '#lib/types.ts';

async function answer(cart: CartLine[]) {
	const lines = await pricedCart(cart);
	const body = { count: countOf(lines), total: totalOf(lines), lines };
	return json(body, { headers: { 'cache-control': 'private, no-store' } });
}

export function GET({ locals }) {
	return answer(locals.cart);
}

/** Sets the quantity of one product: `{ "slug": "bradawl", "quantity": 2 }`. */
export async function POST({ request, cookies, locals }) {
	const body: unknown = await request.json().catch(() => null);
	const { slug, quantity } = (body ?? {}) as Partial<CartLine>;

	if (typeof slug !== 'string' || !(await bySlug(slug))) error(400, '“slug” must name a product');
	if (!Number.isInteger(quantity) || quantity! < 0 || quantity! > maxQuantity) {
		error(400, `“quantity” must be a whole number from 0 to ${maxQuantity}`);
	}

	const cart = withQuantity(locals.cart, slug, quantity!);
	writeCart(cookies, cart);
	return answer(cart);
}
