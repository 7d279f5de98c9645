import { bold } from './ansi.js';

/** @param {string} side */
export function turn(side) {
	console.log(`${bold}${side} → …`);
	return side === 'front' ? 'back' : 'front';
}
