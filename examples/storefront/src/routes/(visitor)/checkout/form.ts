import { deliveries, type Address, type Delivery } from '#lib/types.ts';

export type Checkout = Address & { delivery: Delivery };
export type Errors = Partial<Record<keyof Checkout, string>>;

const longest = 120;

/** The trimmed values, and a message for each invalid field. */
export function readCheckout(form: FormData): { values: Checkout; errors: Errors } {
	const text = (name: string) =>
		String(form.get(name) ?? '')
			.trim()
			.slice(0, longest);

	const delivery = text('delivery');
	const values: Checkout = {
		name: text('name'),
		email: text('email'),
		street: text('street'),
		postcode: text('postcode'),
		city: text('city'),
		delivery: delivery === 'collect' ? delivery : 'post'
	};

	const errors: Errors = {};
	if (!values.name) errors.name = 'Please tell us whose parcel this is.';
	if (!isEmail(values.email)) errors.email = 'Please enter an address such as ida@example.org.';
	if (!Object.hasOwn(deliveries, delivery)) errors.delivery = 'Please choose one.';
	if (values.delivery === 'post') {
		if (!values.street) errors.street = 'The parcel needs a street and a number.';
		if (!/^[A-Z0-9][A-Z0-9 -]{2,9}$/i.test(values.postcode)) {
			errors.postcode = 'A postcode has three to ten letters or digits.';
		}
		if (!values.city) errors.city = 'The parcel needs a town.';
	}
	return { values, errors };
}

/** Checks the form of a postcode only, not whether it exists. */
export function isEmail(text: string) {
	return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
