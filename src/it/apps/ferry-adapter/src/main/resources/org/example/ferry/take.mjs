// Says which request the app gets.
import { getRequest } from '@sveltejs/kit/node';

/** @param {{ word: string }} options */
export default ({ word }) => (/** @type {any} */ details) => {
	console.log(`${word} ${details.request.url}`);
	return getRequest(details);
};
