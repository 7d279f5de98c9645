// Members of `event.platform` that have a cost only if the app uses them, such as a CSRF token that needs a session.

export class ObservedMembers {
	/** Names of the members that the app has read. @type {Set<string>} */
	read = new Set();

	/**
	 * Replaces members by ones that report their use. Of an object, the properties are replaced: `const { csrf } = platform` is no use.
	 * @param {Record<string, any>} values @param {string[]} names
	 */
	constructor(values, names) {
		for (const name of names) {
			const value = values[name];
			const whole = value === null || typeof value !== 'object';
			/** @type {Record<string, unknown>} */
			const target = whole ? values : (values[name] = {});
			for (const [key, content] of whole ? [[name, value]] : Object.entries(value)) {
				const get = () => {
					this.read.add(name);
					return content;
				};
				Object.defineProperty(target, key, { get, enumerable: true, configurable: true });
			}
		}
	}

	/** Returns the field of a response's head that tells the server which members were read. */
	field() {
		return this.read.size > 0 ? `\0:read\0${[...this.read].join(',')}` : '';
	}
}
