// Recognizes adapters whose Vite plugins need different builds.

const OWNER = Symbol('adapter');

/** A failure whose message needs no other words. */
export class Contradiction extends Error {
	adapter = '';
}

/** Marks a plugin as an adapter's. @param {any} plugin @param {string} id of the adapter */
export function owned(plugin, id) {
	return Object.defineProperty(plugin, OWNER, { value: id, configurable: true, enumerable: true });
}

/**
 * Makes the build fail if plugins of two adapters set one option of Vite to different values.
 * @param {any[]} plugins of all adapters, marked with `owned`
 */
export function refuse_contradictions(plugins) {
	/** @type {Map<string, { id: string, value: unknown }>} */
	const settings = new Map();
	for (const plugin of plugins) {
		const id = plugin[OWNER];
		const hook = plugin.config;
		const handler = typeof hook === 'function' ? hook : hook?.handler;
		if (!id || !handler) continue;
		/** @this {unknown} @param {any[]} args */
		const watched = async function (...args) {
			const result = await handler.apply(this, args);
			for (const [name, value] of leaves(result ?? {})) {
				const other = settings.get(name);
				// a function can call the one that was set before it
				const composed = typeof value === 'function' && typeof other?.value === 'function';
				if (other && other.id !== id && other.value !== value && !composed) {
					throw new Contradiction(
						`Adapters '${other.id}' and '${id}' need different Vite builds: '${other.id}' sets ${name} to ` +
							`${shown(other.value)}, and '${id}' sets it to ${shown(value)}; move one of them to a second <execution> of adapter:adapt, which builds again`
					);
				}
				settings.set(name, { id, value });
			}
			return result;
		};
		plugin.config = typeof hook === 'function' ? watched : { ...hook, handler: watched };
	}
}

/** @param {any} value @param {string} [path] @returns {Generator<[string, unknown]>} */
function* leaves(value, path = '') {
	for (const [key, item] of Object.entries(value)) {
		const name = path ? `${path}.${key}` : key;
		if (Array.isArray(item)) continue;
		if (item !== null && typeof item === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(item))) yield* leaves(item, name);
		else if (item !== undefined) yield [name, item];
	}
}

/** @param {unknown} value */
function shown(value) {
	return typeof value === 'function' ? 'a function' : JSON.stringify(value);
}
