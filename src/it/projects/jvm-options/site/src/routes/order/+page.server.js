export const prerender = false;

export function load({ platform }) {
	const { order } = /** @type {any} */ (globalThis);
	return { order, platform: platform === null ? 'null' : typeof platform, runtime: 'Bun' in globalThis ? 'bun' : 'node' };
}
