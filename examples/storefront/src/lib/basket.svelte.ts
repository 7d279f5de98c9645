import { resolve } from '$app/paths';

/** The number in the header. Only effects write it: they do not run on the server, where all visitors would share it. */
class Basket {
	count = $state<number>();

	/** Fetches the basket in the browser, because a prerendered page does not contain it. */
	async refresh() {
		try {
			const response = await fetch(resolve('api/cart'), { headers: { accept: 'application/json' } });
			this.count = response.ok ? (await response.json()).count : undefined;
		} catch {
			// A shop hosted as static files has no basket, and the header shows no number.
			this.count = undefined;
		}
	}
}

export const basket = new Basket();
