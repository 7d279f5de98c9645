export const categories = ['Planes', 'Saws', 'Chisels', 'Marking', 'Boring', 'Bench'] as const;

export type Category = (typeof categories)[number];

export interface Product {
	slug: string;
	name: string;
	category: Category;
	/** in cents, VAT included */
	price: number;
	/** in grams */
	weight: number;
	stock: number;
	/** ISO date of the first day in the shop */
	since: string;
	summary: string;
	description: string;
	details: { label: string; value: string }[];
}

export interface CartLine {
	slug: string;
	quantity: number;
}

export interface PricedLine extends CartLine {
	name: string;
	/** of one piece, in cents */
	price: number;
	/** in cents */
	total: number;
}

export const deliveries = {
	post: { label: 'Parcel post, three to five days', price: 490 },
	collect: { label: 'Collect from the workshop', price: 0 }
} as const;

export type Delivery = keyof typeof deliveries;

export interface Address {
	name: string;
	email: string;
	street: string;
	postcode: string;
	city: string;
}

export interface NewOrder {
	address: Address;
	delivery: Delivery;
	lines: CartLine[];
}

export interface Order {
	id: string;
	/** ISO timestamp */
	placed: string;
	address: Address;
	delivery: Delivery;
	lines: PricedLine[];
	/** in cents, delivery included */
	total: number;
}
