import { suggestions } from '#lib/server/suggestions.ts';

export function load({ locals }) {
	// Not awaited: the page is sent at once, the suggestions follow in the same response.
	return { picks: suggestions(locals.cart) };
}
