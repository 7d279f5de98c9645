import { countOf } from '#lib/server/cart.ts';

/** Pages of this group differ from visitor to visitor, so no cache may keep them. */
export async function load({ locals, setHeaders }) {
	setHeaders({ 'cache-control': 'private, no-store' });
	return {
		locale: locals.locale,
		customer: locals.customer,
		cartCount: countOf(locals.cart)
	};
}
