import { fail, redirect } from '@sveltejs/kit';
import { pricedCart, quantityOf, withQuantity, writeCart } from '#lib/server/cart.ts';
import { bySlug } from '#lib/server/catalogue.ts';
import { totalOf } from '#lib/server/pricing.ts';
import { maxQuantity } from '#lib/shop.ts';

export async function load({ locals }) {
	const lines = await pricedCart(locals.cart);
	return { lines, total: totalOf(lines) };
}

/** A product and a quantity, or a message about the invalid value. */
async function readLine(request: Request, least: number) {
	const form = await request.formData();
	const slug = String(form.get('slug'));
	const quantity = Number(form.get('quantity'));
	const product = await bySlug(slug);
	if (!product) return { problem: 'This tool is not in the shop.' };
	if (!Number.isInteger(quantity) || quantity < least || quantity > maxQuantity) {
		return { problem: `${product.name}: please choose between ${least} and ${maxQuantity} pieces.` };
	}
	return { slug, quantity };
}

export const actions = {
	add: async ({ request, cookies, locals }) => {
		const line = await readLine(request, 1);
		if ('problem' in line) return fail(422, line);
		const quantity = quantityOf(locals.cart, line.slug) + line.quantity;
		writeCart(cookies, withQuantity(locals.cart, line.slug, quantity));
		redirect(303, '/cart');
	},
	update: async ({ request, cookies, locals }) => {
		const line = await readLine(request, 0);
		if ('problem' in line) return fail(422, line);
		writeCart(cookies, withQuantity(locals.cart, line.slug, line.quantity));
		redirect(303, '/cart');
	}
};
