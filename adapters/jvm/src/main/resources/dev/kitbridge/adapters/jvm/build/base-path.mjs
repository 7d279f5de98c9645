// Lets the server code of an app without `paths.base` read its base path when a worker starts. SvelteKit writes the base path into that
// code as a constant, and before the paths of imported files; the client code already takes it from `location`.

/** Replaced by SvelteKit with `paths.base`. */
const CONSTANT = '__SVELTEKIT_PATHS_BASE__';

/** The worker sets the variable; SvelteKit runs the same code while it prerenders, without it. */
const BASE = '(globalThis.__kitbridge_base ??= globalThis.process?.env.KITBRIDGE_BASE ?? "")';

/** @param {{ report: string }} options `report`: the file in the server's output that says that the code was changed */
export default function ({ report }) {
	let movable = false;
	let changed = false;
	return {
		name: 'kitbridge-base-path',
		apply: 'build',
		/** @param {any} config */
		config(config) {
			const render = config.experimental?.renderBuiltUrl;
			if (!render) return {};
			/** @param {string} file @param {any} context */
			const renderBuiltUrl = (file, context) => {
				const url = render(file, context);
				if (!movable || !context.ssr || context.hostType !== 'js' || url?.[0] !== '/') return url;
				return { runtime: `${BASE} + ${JSON.stringify(encodeURI(url))}` };
			};
			return { experimental: { renderBuiltUrl } };
		},
		/** @param {any} config */
		configResolved({ define }) {
			movable = define?.[CONSTANT] === '""' && define.__SVELTEKIT_PATHS_RELATIVE__ === 'true';
		},
		/** @this {any} @param {string} code @param {string} id @param {any} options */
		transform(code, id, options) {
			if (!movable || !options?.ssr || !id.includes('/@sveltejs/kit/') || !code.includes(CONSTANT)) return null;
			changed = true;
			return { code: code.replaceAll(CONSTANT, BASE), map: null };
		},
		/** @this {any} @param {any} _options @param {Record<string, any>} output */
		generateBundle(_options, output) {
			if (changed && output['kitbridge-worker.js'] && !output[report]) {
				this.emitFile({ type: 'asset', fileName: report, source: '' });
			}
		}
	};
}
