/**
 * The anchor that GitHub gives to a heading.
 * @param {string} heading
 */
export function slug(heading) {
	return heading.trim().toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
}
