// Written by adapter:types from the Java interfaces with @PlatformService. Do not edit: it is written again.

declare global {
	namespace App {
		/** There under `mvn adapter:dev`, in previews, while prerendering, and in production; not under `vite dev` alone. */
		interface Platform {
			/** The module's own Java services. */
			services: {
				catalogue: Catalogue;
				orders: Orders;
			};
			/** Who the Java front authenticated. Not there while prerendering: it throws. */
			principal: { name: string } | null;
			/** What the Java front says of the request. Not there while prerendering: it throws. */
			attributes: Record<string, unknown>;
			/** The request as it came in. Not there while prerendering: it throws. */
			request: { method: string; address?: string; protocol?: string };
		}
	}
}

/** Where it goes. */
export interface Address {
	name: string;
	email: string;
	street: string;
	postcode: string;
	city: string;
}

/** What the shop sells. */
export interface Catalogue {
	/** The product with this name in its address. */
	bySlug(slug: string): Promise<Product | null>;
	/** All products, in the order of the shop's window. */
	list(): Promise<Product[]>;
	/** Products in which every word of the query occurs; all of them when it is empty. */
	search(query: string): Promise<Product[]>;
}

/** How an order reaches the customer. */
export type Delivery = 'post' | 'collect';

/** A line of the table beside the description. */
export interface Detail {
	label: string;
	value: string;
}

/** So many of a product. */
export interface Line {
	slug: string;
	quantity: number;
	name: string;
	/** of one piece when it was ordered, in cents */
	price: number;
	/** in cents */
	total: number;
}

/** What a customer asks for. */
export interface NewOrder {
	address: Address;
	delivery: Delivery;
	lines: NewOrderLine[];
}

/** So many of a product. */
export interface NewOrderLine {
	slug: string;
	quantity: number;
}

/** An order. */
export interface Order {
	/** not to be guessed: who has it may see the order */
	id: string;
	placed: Date;
	address: Address;
	delivery: Delivery;
	lines: Line[];
	/** in cents, delivery included */
	total: number;
}

/** What customers ordered. */
export interface Orders {
	/** The order with this id. */
	byId(id: string): Promise<Order | null>;
	/**
	 * Takes an order, all of it or nothing, at today's prices.
	 *
	 * @throws NotInStock if there is not enough of a product, or no such product
	 */
	place(order: NewOrder): Promise<Order>;
}

/** A product. */
export interface Product {
	/** its name in addresses */
	slug: string;
	name: string;
	category: string;
	/** in cents, VAT included */
	price: number;
	/** in grams */
	weight: number;
	stock: number;
	/** first day in the shop */
	since: string;
	summary: string;
	description: string;
	details: Detail[];
}
