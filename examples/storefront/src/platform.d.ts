// Written by adapter:types from the Java interfaces with @PlatformService. Do not edit: it is written again.

declare global {
	namespace App {
		/** Available under `mvn adapter:dev`, in previews, while prerendering, and in production; not under `vite dev` alone. */
		interface Platform {
			/** The module's own Java services. */
			services: {
				catalogue: Catalogue;
				orders: Orders;
			};
			/** Kept pages. Without a page cache, the methods check their arguments and do nothing else. */
			cache: {
				/** Tags the page that is being rendered. A tag has 1 to 256 characters without spaces and commas. */
				tag(...tags: string[]): void;
				/** Makes all replicas forget pages. Resolves with the replicas that could not be told. */
				revalidate(pages: { paths?: string[]; tags?: string[]; all?: boolean }): Promise<{ unreached: string[] }>;
			};
			/** The user that the Java front has authenticated. Throws while prerendering. */
			principal: { name: string } | null;
			/** Values that the Java front adds to the request. Throws while prerendering. */
			attributes: Record<string, unknown>;
			/** The request as the Java front received it. Throws while prerendering. */
			request: { method: string; address?: string; protocol?: string };
		}
	}
}

/** The delivery address. */
export interface Address {
	name: string;
	email: string;
	street: string;
	postcode: string;
	city: string;
}

/** The products of the shop. */
export interface Catalogue {
	/** The product with this name in its URL. */
	bySlug(slug: string): Promise<Product | null>;
	/** All products, in the order of the home page. */
	list(): Promise<Product[]>;
	/**
	 * Changes the price of a product.
	 *
	 * @param price in cents, VAT included
	 * @returns whether there is such a product
	 */
	reprice(slug: string, price: number): Promise<boolean>;
	/** Products that contain every word of the query; all products if it is empty. */
	search(query: string): Promise<Product[]>;
}

/** How an order reaches the customer. */
export type Delivery = 'post' | 'collect';

/** A row of the table beside the description. */
export interface Detail {
	label: string;
	value: string;
}

/** A product and its quantity. */
export interface Line {
	slug: string;
	quantity: number;
	name: string;
	/** of one piece when it was ordered, in cents */
	price: number;
	/** in cents */
	total: number;
}

/** An order that a customer places. */
export interface NewOrder {
	address: Address;
	delivery: Delivery;
	lines: NewOrderLine[];
}

/** A product and its quantity. */
export interface NewOrderLine {
	slug: string;
	quantity: number;
}

/** An order. */
export interface Order {
	/** a random text: every visitor who knows it can see the order */
	id: string;
	placed: Date;
	address: Address;
	delivery: Delivery;
	lines: Line[];
	/** in cents, delivery included */
	total: number;
}

/** The orders of the customers. */
export interface Orders {
	/** The order with this id. */
	byId(id: string): Promise<Order | null>;
	/**
	 * Takes an order at the current prices. It takes the whole order or throws.
	 *
	 * @throws NotInStock if there is not enough of a product, or no such product
	 */
	place(order: NewOrder): Promise<Order>;
}

/** A product. */
export interface Product {
	/** the name in its URL */
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

/** The `config` of a route, as far as it says how rendered pages are kept. Durations are in seconds. */
export interface RouteConfig {
	/** The rule of the page cache; false turns off the rule of a layout. */
	cache?:
		| false
		| {
				/** Time for which a page is fresh. */
				ttl?: number;
				/** Further time for which the old page is served while a new one is rendered. */
				swr?: number;
				/** Further time for which the old page is served if the rendering fails. */
				sie?: number;
				/** Query parameters on which the page depends. */
				query?: string[];
				/** Request headers on which the page depends. */
				vary?: string[];
				/** Cookies on which the page depends. */
				cookies?: string[];
				/** Statuses that are kept. */
				statuses?: number[];
				/** Tags of all pages of the route. */
				tags?: string[];
		  };
	/** The rule as @sveltejs/adapter-vercel defines it. */
	isr?: false | { expiration: number | false; allowQuery?: string[]; bypassToken?: string };
}
