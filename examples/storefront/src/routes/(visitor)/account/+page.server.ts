import { fail, redirect } from '@sveltejs/kit';
import { order } from '#lib/server/catalogue.ts';
import { readOrders, signIn, signOut } from '#lib/server/session.ts';
import { isEmail } from '../checkout/form.ts';

const longest = 120;

export async function load({ cookies }) {
	const orders = await Promise.all(readOrders(cookies).map(order));
	return {
		orders: orders
			.filter((known) => known !== undefined)
			.map(({ id, placed, total }) => ({ id, placed, total }))
	};
}

export const actions = {
	signin: async ({ request, cookies }) => {
		const form = await request.formData();
		const name = String(form.get('name') ?? '').trim().slice(0, longest);
		const email = String(form.get('email') ?? '').trim().slice(0, longest);
		const errors = {
			name: name ? undefined : 'Please tell us your name.',
			email: isEmail(email) ? undefined : 'Please enter an address such as ida@example.org.'
		};
		if (errors.name || errors.email) return fail(422, { name, email, errors });

		signIn(cookies, { name, email });
		redirect(303, '/account');
	},
	signout: async ({ cookies }) => {
		signOut(cookies);
		redirect(303, '/account');
	}
};
