/** The URL in the sitemap and in page heads: constant, so that prerendered pages do not depend on the build machine. */
export const shop = {
	name: 'Alder & Awl',
	url: 'https://alder-and-awl.example',
	currency: 'EUR',
	/** The language of prerendered pages, which are the same for all visitors. */
	locale: 'en-GB'
};

export const maxQuantity = 20;
