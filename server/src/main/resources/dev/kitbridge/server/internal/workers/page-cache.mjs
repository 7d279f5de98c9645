// `event.platform.cache`: the tags of a page, and the revalidation of kept pages.

/** A tag, as Revalidation.java checks it. */
const TAG = /^[^\0-\x20,\x7f-\xa0]{1,256}$/;

/** Limit of the text of one revalidation: the link's frames have room for it. */
const LARGEST = 256 * 1024;

const MEMBERS = ['paths', 'tags', 'all'];

/**
 * Returns the member of `event.platform`.
 * @param {(tag: string) => void} add adds a tag to the page that is being rendered
 * @param {(json: string) => Promise<{ unreached: string[] }>} send revalidates: an object with `paths`, `tags` and `all` as JSON in ASCII
 */
export function page_cache(add, send) {
	return {
		/** @param {...string} tags */
		tag(...tags) {
			for (const tag of tags) {
				if (!is_tag(tag)) throw new TypeError(`platform.cache.tag: ${invalid_tag(tag)}`);
			}
			for (const tag of tags) add(tag);
		},
		/** @param {{ paths?: string[], tags?: string[], all?: boolean }} what */
		revalidate(what) {
			const result = revalidate(what, send);
			// without it, a revalidation that fails and that the app does not await would end the process
			result.catch(() => {});
			return result;
		}
	};
}

/** The member where no page is kept: it checks its arguments, and does nothing else. */
export function no_page_cache() {
	return page_cache(
		() => {},
		async () => ({ unreached: [] })
	);
}

/** @param {any} what @param {(json: string) => Promise<{ unreached: string[] }>} send */
async function revalidate(what, send) {
	const problem = problem_of(what);
	if (problem) throw new TypeError(`platform.cache.revalidate: ${problem}`);
	const { paths = [], tags = [], all = false } = what;
	const json = ascii(JSON.stringify({ paths, tags, all }));
	if (json.length > LARGEST) throw new TypeError('platform.cache.revalidate: too many paths and tags; split them, or revalidate all pages');
	return send(json);
}

/** @param {any} what */
function problem_of(what) {
	const example = `expected { paths: ['/path'] }, { tags: ['tag'] } or { all: true }`;
	if (what === null || typeof what !== 'object') return example;
	const unknown = Object.keys(what).find((name) => !MEMBERS.includes(name));
	if (unknown) return `'${unknown}' is unknown; ${example}`;
	const { paths = [], tags = [], all = false } = what;
	if (!Array.isArray(paths) || !Array.isArray(tags) || typeof all !== 'boolean') return example;
	if (!paths.length && !tags.length && !all) return `nothing is named; ${example}`;
	const path = paths.findIndex((path) => typeof path !== 'string' || !path.startsWith('/'));
	if (path >= 0) return `'${shown(paths[path])}' is no path; expected one that begins with a slash, such as url.pathname`;
	const tag = tags.findIndex((tag) => !is_tag(tag));
	return tag < 0 ? null : invalid_tag(tags[tag]);
}

/** @param {unknown} tag */
function is_tag(tag) {
	return typeof tag === 'string' && TAG.test(tag);
}

/** @param {unknown} tag */
function invalid_tag(tag) {
	return `'${shown(tag)}' is no tag; expected 1 to 256 characters without spaces and commas`;
}

/** @param {unknown} value */
function shown(value) {
	return typeof value === 'string' ? value.slice(0, 60) : typeof value;
}

/** Escapes JSON, since the link carries texts in ISO 8859-1. @param {string} json */
export function ascii(json) {
	return json.replace(/[\x7f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
