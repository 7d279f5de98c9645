// Replaces a word in one of the app's modules.

/** @param {{ word: string }} options */
export default ({ word }) => [
	{
		name: 'depot-stamp',
		/** @param {string} code @param {string} id */
		transform: (code, id) => (id.endsWith('/notice.js') ? { code: code.replace('unstamped', word), map: null } : null)
	}
];
