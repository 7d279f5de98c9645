// What the page cache has to know about a response: the rule of its route, and what the app read about the visitor.

export class CacheReport {
	/** Names of members of `event.platform` that the app has read, and `address`. @type {Set<string>} */
	read = new Set();
	/** JSON of the route's `config.cache` and `config.isr`; empty if it has neither. */
	rule = '';

	/** Returns a view of `event.platform` that reports each member that the app asks for, whether it exists or not. @param {any} platform */
	observe(platform) {
		const read = (/** @type {string | symbol} */ name) => typeof name === 'string' && this.read.add(name);
		return new Proxy(platform, {
			get: (target, name) => {
				read(name);
				return target[name];
			},
			has: (target, name) => {
				read(name);
				return name in target;
			},
			getOwnPropertyDescriptor: (target, name) => {
				read(name);
				return Reflect.getOwnPropertyDescriptor(target, name);
			},
			ownKeys: (target) => {
				this.read.add('*');
				return Reflect.ownKeys(target);
			}
		});
	}

	/**
	 * Kit's internal option `before_handle`, which gets the configuration of the route.
	 * @param {{ isSubRequest?: boolean }} event @param {any} config @param {unknown} _prerender @param {() => unknown} handle
	 */
	before_handle = (event, config, _prerender, handle) => {
		// event.fetch calls it for the routes that a page fetches, too
		if (!event.isSubRequest && (config?.cache || config?.isr)) this.rule = json({ cache: config.cache || undefined, isr: config.isr || undefined });
		return handle();
	};

	/** Returns the fields for a response's head. */
	fields() {
		return `\0:rule\0${this.rule}\0:used\0${this.names()}`;
	}

	names() {
		// a name with another character is none of the front's
		return [...this.read].map((name) => name.replace(/[^\w$*-]/g, '?')).join(',');
	}
}

/** Returns JSON in ASCII, as the link requires it; `{"cache":"…"}`, which is no rule, if the value has no JSON. @param {unknown} value */
function json(value) {
	let text;
	try {
		text = JSON.stringify(value);
	} catch (error) {
		// the page is rendered all the same, and the log says why it is not kept
		text = JSON.stringify({ cache: String(error) });
	}
	return text.replace(/[\x7f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
