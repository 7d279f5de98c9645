// Module hooks. They record the app's files that Node loads, and wrap Vite: for the app, `loadEnv` records the variables that are
// read; for kit, `resolveConfig` calls fork.mjs.
import { note_path } from './reads.mjs';

const FACADE = 'kitbridge:';
const HERE = new URL('.', import.meta.url).href;

/**
 * @param {string} specifier
 * @param {any} context
 * @param {any} next
 */
export function resolve(specifier, context, next) {
	const { parentURL: parent = '', conditions = [] } = context;
	// the wrapper imports by full URL, because Node cannot resolve from a `kitbridge:` parent
	if (parent.startsWith(FACADE)) return next(specifier, { ...context, parentURL: parent.replace(/^kitbridge:\w+:/, '') });
	if (conditions.includes('require') || parent.startsWith(HERE) || parent.includes('/vite/dist/')) return next(specifier, context);
	const whose = parent.includes('/@sveltejs/kit/') ? 'kit' : 'app';
	/** @param {{ url: string }} resolved */
	const wrap = (resolved) =>
		/\/vite\/dist\/node\/index\.js$/.test(resolved.url)
			? { url: `${FACADE}${whose}:${resolved.url}`, format: 'module', shortCircuit: true }
			: resolved;
	const resolved = next(specifier, context);
	return typeof resolved.then === 'function' ? resolved.then(wrap) : wrap(resolved);
}

/** @param {string} url @param {any} context @param {any} next */
export function load(url, context, next) {
	const [, whose, vite] = /^kitbridge:(\w+):(.*)$/.exec(url) ?? [];
	if (!vite) {
		if (url.startsWith('file:')) note_path('file', new URL(url));
		return next(url, context);
	}
	const source =
		whose === 'kit'
			? `import { resolveConfig as resolve } from ${JSON.stringify(vite)};
export const resolveConfig = (inline, ...rest) => resolve(globalThis.__kitbridge_inline?.(inline) ?? inline, ...rest);`
			: `import { loadEnv as load } from ${JSON.stringify(vite)};
import { traced_load_env } from ${JSON.stringify(`${HERE}reads.mjs`)};
export const loadEnv = traced_load_env(load);`;
	return { format: 'module', shortCircuit: true, source: `export * from ${JSON.stringify(vite)};\n${source}` };
}
