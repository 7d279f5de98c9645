import { countOf } from '#lib/server/cart.ts';

/** Pages of this group differ between visitors, so caches must not store them. */
export async function load({ locals, setHeaders }) {
	setHeaders({ 'cache-control': 'private, no-store' });
	return {
		locale: locals.locale,
		customer: locals.customer,
		cartCount: countOf(locals.cart)
	};
}
