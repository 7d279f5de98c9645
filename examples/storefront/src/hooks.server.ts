import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { building } from '$app/env';
import { readCart } from '#lib/server/cart.ts';
import { localeOf } from '#lib/server/locale.ts';
import { readCustomer } from '#lib/server/session.ts';

export const handle: Handle = async ({ event, resolve }) => {
	const { cookies, locals, request } = event;
	locals.locale = localeOf(building ? null : request.headers.get('accept-language'));
	locals.cart = readCart(cookies);
	locals.customer = readCustomer(cookies);

	const response = await resolve(event);
	response.headers.set('referrer-policy', 'same-origin');
	response.headers.set('x-content-type-options', 'nosniff');
	return response;
};

export const handleError: HandleServerError = ({ kind, error, event }) => {
	// not an error: the client has closed the connection
	if (kind !== 'unknown' || event.request.signal.aborted) return;

	console.error(`${event.request.method} ${event.url.pathname} failed:`, error);
	return {
		message: 'Something broke in the workshop',
		hint: 'It is our fault, not yours. Your basket is safe.'
	};
};
