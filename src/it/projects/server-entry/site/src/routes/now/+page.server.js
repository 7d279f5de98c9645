import process from 'node:process';
import { counter } from '../../counter.js';

export const prerender = false;

/** @param {() => string} getClientAddress */
function address(getClientAddress) {
	try {
		return getClientAddress();
	} catch {
		return 'nowhere';
	}
}

export const load = ({ getClientAddress, platform }) => ({
	text: `entered ${counter.entered} from ${address(getClientAddress)} platform ${typeof platform} on ${process.versions.bun ? 'Bun' : 'Node'}`
});
