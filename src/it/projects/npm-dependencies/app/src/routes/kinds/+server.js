import { createRequire } from 'node:module';
import { help, tide } from 'beside-itself';
import { named, same } from 'common-named';
import * as external from 'optional-driver';
import { add, multiply } from 'own-thread';
import { state } from 'two-entries';
import { state as mini } from 'two-entries/mini';
import { state as bundled } from 'two-entries-bundled';
import { state as bundled_mini } from 'two-entries-bundled/mini';

const require = createRequire(import.meta.url);
const by_name = ['common', 'named'].join('-');
const attempt = async (run) => {
	try {
		return String(await run());
	} catch (error) {
		return /MODULE_NOT_FOUND/.test(error.code) ? 'not found' : String(error);
	}
};

export const GET = async () =>
	Response.json({
		tide: tide(),
		help: help(),
		named,
		same: same(),
		required: require('common-named').named,
		imported: (await import(/* @vite-ignore */ by_name)).named,
		external: external.connect(''),
		missing: await attempt(() => external.connect('missing')),
		later: await attempt(() => external.later('missing')),
		sum: await add(2, 3),
		product: await multiply(2, 3),
		state: state(),
		mini: mini(),
		bundled: bundled(),
		bundled_mini: bundled_mini()
	});
