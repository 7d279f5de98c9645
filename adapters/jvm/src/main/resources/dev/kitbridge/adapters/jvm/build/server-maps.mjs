// Turns on source maps of the server, so that stack traces name the app's files. SvelteKit 3 does this itself.

export default function () {
	let wanted = false;
	return {
		name: 'kitbridge-server-maps',
		apply: 'build',
		/** @param {any} config */
		config(config) {
			// SvelteKit 2 builds the server in a build of its own; the app's own setting wins
			wanted = !!config.build?.ssr && config.build.sourcemap === undefined;
		},
		/** Not `build.sourcemap`, which SvelteKit 2 passes on to the build of the client. @param {any} options */
		outputOptions: (options) => (wanted ? { ...options, sourcemap: true } : null)
	};
}
