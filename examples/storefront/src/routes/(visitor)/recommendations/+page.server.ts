import { suggestions } from '#lib/server/suggestions.ts';

export function load({ locals }) {
	// Not awaited: SvelteKit sends the page at once and streams the suggestions in the same response.
	return { picks: suggestions(locals.cart) };
}
