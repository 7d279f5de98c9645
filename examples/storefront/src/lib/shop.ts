/** The address in sitemap and page heads: fixed, so that prerendered pages do not depend on where they were built. */
export const shop = {
	name: 'Alder & Awl',
	url: 'https://alder-and-awl.example',
	currency: 'EUR',
	/** Prerendered pages are the same for everybody, so they cannot follow the visitor's language. */
	locale: 'en-GB'
};

export const maxQuantity = 20;
