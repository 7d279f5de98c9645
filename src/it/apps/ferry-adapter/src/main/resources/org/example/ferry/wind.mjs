/** @param {{ word: string }} options */
export default ({ word }) => ({
	name: 'ferry-wind',
	/** @param {string} code @param {string} id */
	transform: (code, id) => (id.endsWith('/wind.js') ? { code: code.replace('calm', word), map: null } : null)
});
