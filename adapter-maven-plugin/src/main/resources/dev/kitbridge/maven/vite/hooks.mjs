// Module hooks: what kit imports as `vite` is Vite with a `resolveConfig` that goes through fork.mjs.

const FACADE = 'kitbridge:';

/**
 * @param {string} specifier
 * @param {any} context
 * @param {any} next
 */
export function resolve(specifier, context, next) {
	const from_kit = context.parentURL?.includes('/@sveltejs/kit/');
	if (!from_kit) return next(specifier, without_facade(context));
	const resolved = next(specifier, context);
	return typeof resolved.then === 'function' ? resolved.then(wrap) : wrap(resolved);
}

/** @param {string} url @param {any} context @param {any} next */
export function load(url, context, next) {
	if (!url.startsWith(FACADE)) return next(url, context);
	const vite = JSON.stringify(url.slice(FACADE.length));
	return {
		format: 'module',
		shortCircuit: true,
		source: `import { resolveConfig as resolve } from ${vite};
export * from ${vite};
export const resolveConfig = (inline, ...rest) => resolve(globalThis.__kitbridge_inline(inline), ...rest);`
	};
}

/** @param {{ url: string }} resolved */
function wrap(resolved) {
	return /\/vite\/dist\/node\/index\.js$/.test(resolved.url)
		? { url: FACADE + resolved.url, format: 'module', shortCircuit: true }
		: resolved;
}

/** The facade imports by full URL, and a `kitbridge:` parent means nothing to Node. @param {any} context */
function without_facade(context) {
	return context.parentURL?.startsWith(FACADE)
		? { ...context, parentURL: context.parentURL.slice(FACADE.length) }
		: context;
}
