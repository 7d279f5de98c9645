import type { NewOrder } from '#lib/types.ts';

const address = {
	name: 'Ida Lindqvist',
	email: 'ida@example.org',
	street: '4 Tannery Lane',
	postcode: '2190',
	city: 'Mossby'
};

/** Orders that are always there, whichever process answers. */
export const samples: Record<string, NewOrder & { placed: string }> = {
	'sample-1': {
		placed: '2026-03-09T10:15:00.000Z',
		address,
		delivery: 'post',
		lines: [
			{ slug: 'number-four-smoother', quantity: 1 },
			{ slug: 'bench-chisel-set', quantity: 1 },
			{ slug: 'whetstone', quantity: 2 },
			{ slug: 'try-square', quantity: 1 },
			{ slug: 'marking-gauge', quantity: 1 },
			{ slug: 'joiners-mallet', quantity: 1 }
		]
	},
	'sample-2': {
		placed: '2026-08-21T16:40:00.000Z',
		address,
		delivery: 'collect',
		lines: [
			{ slug: 'bradawl', quantity: 3 },
			{ slug: 'gimlet-set', quantity: 1 }
		]
	}
};
