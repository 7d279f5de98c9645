import { counter } from '../../counter.js';

export const prerender = false;
export const load = ({ getClientAddress, platform }) => ({
	text: `entered ${counter.entered} from ${getClientAddress()} platform ${typeof platform}`
});
