/** An unexpected error, for looking at what happens then. */
export function load() {
	throw new Error('The glue gave way');
}
