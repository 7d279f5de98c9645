import type { Cookies } from '@sveltejs/kit';

const session = 'session';
const orders = 'orders';
const month = 60 * 60 * 24 * 30;

/** Unsigned on purpose: the cookie fills in a name and gives access to nothing. */
export function readCustomer(cookies: Cookies): App.Locals['customer'] {
	try {
		const { name, email } = JSON.parse(cookies.get(session) ?? 'null');
		return typeof name === 'string' && typeof email === 'string' ? { name, email } : null;
	} catch {
		return null;
	}
}

export function signIn(cookies: Cookies, customer: NonNullable<App.Locals['customer']>) {
	cookies.set(session, JSON.stringify(customer), { path: '/', maxAge: month });
}

export function signOut(cookies: Cookies) {
	cookies.delete(session, { path: '/' });
}

/** The last orders of this browser, newest first. */
export function readOrders(cookies: Cookies): string[] {
	return (cookies.get(orders) ?? '').split('.').filter(Boolean);
}

export function rememberOrder(cookies: Cookies, id: string) {
	const ids = [id, ...readOrders(cookies)].slice(0, 5);
	cookies.set(orders, ids.join('.'), { path: '/', maxAge: month });
}
