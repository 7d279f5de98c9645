import { resolve } from '$app/paths';

/** What the header shows. Only effects write it, and effects never run on the server, where it would be everybody's. */
class Basket {
	count = $state<number>();

	/** Prerendered pages do not know the visitor's basket, so the browser asks for it. */
	async refresh() {
		try {
			const response = await fetch(resolve('api/cart'), { headers: { accept: 'application/json' } });
			this.count = response.ok ? (await response.json()).count : undefined;
		} catch {
			// A shop hosted as static files has no basket; the header then shows no number.
			this.count = undefined;
		}
	}
}

export const basket = new Basket();
