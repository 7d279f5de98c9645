// Says what the app answered.
import { setResponse } from '@sveltejs/kit/node';

/** @param {{ word: string }} options */
export default ({ word }) => (/** @type {any} */ res, /** @type {Response} */ response) => {
	console.log(`${word} ${response.status}`);
	return setResponse(res, response);
};
