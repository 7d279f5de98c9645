import { fail, isHttpError, redirect } from '@sveltejs/kit';
import { pricedCart, writeCart } from '#lib/server/cart.ts';
import { placeOrder } from '#lib/server/catalogue.ts';
import { totalOf } from '#lib/server/pricing.ts';
import { rememberOrder } from '#lib/server/session.ts';
import { readCheckout } from './form.ts';

export async function load({ locals }) {
	const lines = await pricedCart(locals.cart);
	if (!lines.length) redirect(303, '/cart');
	return { total: totalOf(lines) };
}

export const actions = {
	default: async ({ request, cookies, locals }) => {
		const { values, errors } = readCheckout(await request.formData());
		if (Object.keys(errors).length) return fail(422, { values, errors });

		const lines = await pricedCart(locals.cart);
		if (!lines.length) redirect(303, '/cart');

		const { delivery, ...address } = values;
		let id: string;
		try {
			({ id } = await placeOrder({ address, delivery, lines }));
		} catch (reason) {
			// out of stock: keep the basket, so that the visitor can change it
			if (!isHttpError(reason, 409)) throw reason;
			return fail(409, { values, errors, problem: reason.body.message });
		}
		writeCart(cookies, []);
		rememberOrder(cookies, id);
		redirect(303, `/orders/${id}`);
	}
};
