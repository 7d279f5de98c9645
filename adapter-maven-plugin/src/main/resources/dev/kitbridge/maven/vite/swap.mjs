// Replaces the app's own adapter without a change to the app.

const SETUP = 'vite-plugin-sveltekit-setup';

/**
 * A Vite plugin for `plugins` of an inline config. Kit's plugin keeps the app's configuration in `api.options`
 * and reads the adapter from it later. The Vite plugins of the replaced adapter are disabled.
 * @param {(kit: any) => any} adapter given kit's configuration
 */
export function swap_adapter(adapter) {
	return {
		name: 'kitbridge-adapter',
		enforce: /** @type {const} */ ('pre'),
		config: {
			order: /** @type {const} */ ('pre'),
			/** @param {any} config */
			async handler(config) {
				const setup = (await flatten(config.plugins)).find((plugin) => plugin?.name === SETUP);
				const options = setup?.api?.options;
				const kit = options?.kit ?? options;
				if (!kit || !('adapter' in kit || 'files' in kit)) {
					throw new Error(
						`KITBRIDGE_SHAPE: ${setup ? `the plugin ${SETUP} holds no options` : `no plugin named ${SETUP}`}`
					);
				}
				const own = kit.adapter?.vite?.plugins;
				for (const plugin of await flatten([own?.pre, own?.post, Array.isArray(own) ? own : []])) sleep(plugin);
				kit.adapter = adapter(kit);
			}
		}
	};
}

/** @param {any} plugins @returns {Promise<any[]>} */
async function flatten(plugins) {
	const list = await Promise.all([plugins].flat(Infinity));
	return list.some(Array.isArray) ? flatten(list.flat(Infinity)) : list.filter(Boolean);
}

/** Disables a plugin: Vite has collected its plugins already, so the object stays and its hooks are removed. @param {any} plugin */
function sleep(plugin) {
	for (const key of Object.keys(plugin)) {
		if (key !== 'name' && key !== 'enforce') delete plugin[key];
	}
	plugin.config = () => {};
}
