/** Throws an unexpected error, to show how the app handles it. */
export function load() {
	throw new Error('The glue gave way');
}
