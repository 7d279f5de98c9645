import process from 'node:process';

// an adapter that refuses what the app does
const willing = { read: () => true, instrumentation: () => true };
const supports = process.env.LIGHTHOUSE_ADAPTER === 'willing' ? willing : { read: refuse, instrumentation: refuse };

/** @returns {boolean} */
function refuse() {
	throw new Error("the app's own adapter was asked");
}

const version = process.env.LIGHTHOUSE_VERSION ? { name: process.env.LIGHTHOUSE_VERSION } : undefined;

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		adapter: { name: 'own', adapt() {}, supports },
		experimental: { instrumentation: { server: true } },
		version
	}
};
