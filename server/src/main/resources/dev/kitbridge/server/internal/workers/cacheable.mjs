// What the page cache has to know about a response: the rule of its route, and what the app read about the visitor.
import { ascii } from './page-cache.mjs';

/** Limit of the tags of a page, `Tags.LARGEST`. */
const MAX_TAGS = 128;

/** Limit of the text of all tags. */
const MAX_TAG_TEXT = 32 * 1024;

/** Stands for tags that exceed a limit: no tag, so that the page is not kept. */
const TOO_MANY = '[""]';

export class CacheReport {
	/** Names of members of `event.platform` that the app has read, `address`, and `loopback` if it has fetched from the front. @type {Set<string>} */
	read = new Set();
	/** Tags that the app has added. @type {Set<string>} */
	added = new Set();
	/** JSON of the route's `config.cache` and `config.isr`; empty if it has neither. */
	rule = '';
	/** Whether the response is a file that Vite has served, which the page cache leaves alone. */
	file = false;

	/** Returns a view of `event.platform` that reports each member that the app asks for, whether it exists or not. @param {any} platform */
	observe(platform) {
		// the page cache's own member tells nothing about a visitor
		const read = (/** @type {string | symbol} */ name) => typeof name === 'string' && name !== 'cache' && this.read.add(name);
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
	 * @param {{ isSubRequest?: boolean, isRemoteRequest?: boolean }} event @param {any} config @param {unknown} _prerender @param {() => unknown} handle
	 */
	before_handle = (event, config, _prerender, handle) => {
		// event.fetch calls it for the routes that a page fetches, too; a remote function gets the route of the page that calls it
		if (!event.isSubRequest && !event.isRemoteRequest) this.route(config);
		return handle();
	};

	/** Takes the configuration of the request's route. @param {any} config */
	route(config) {
		if (config?.cache || config?.isr) this.rule = json({ cache: config.cache || undefined, isr: config.isr || undefined });
	}

	/** Returns the fields for a response's head. */
	fields() {
		return `${this.file ? '\0:file\0yes' : ''}\0:rule\0${this.rule}\0:used\0${this.names()}\0:tags\0${this.tags()}`;
	}

	/** Returns the payload of the last frame: what is known at the end of the body. */
	end() {
		return `${this.names()}\0${this.tags()}`;
	}

	/** Adds a tag. @param {string} tag */
	tag(tag) {
		// one more than the limit tells that it is exceeded
		if (this.added.size <= MAX_TAGS) this.added.add(tag);
	}

	/** Returns JSON of the added tags; empty without any. */
	tags() {
		if (this.added.size === 0) return '';
		const json = ascii(JSON.stringify([...this.added]));
		return this.added.size > MAX_TAGS || json.length > MAX_TAG_TEXT ? TOO_MANY : json;
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
	return ascii(text);
}
