import { shop } from '#lib/shop.ts';

const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

/** Caches formatters, which are much slower to create than to use. */
function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
	let format = formats.get(key) as T | undefined;
	if (!format) formats.set(key, (format = make()));
	return format;
}

export function money(cents: number, locale = shop.locale) {
	const options = { style: 'currency', currency: shop.currency } as const;
	return cached(`money ${locale}`, () => new Intl.NumberFormat(locale, options)).format(cents / 100);
}

export function weight(grams: number, locale = shop.locale) {
	const heavy = grams >= 1000;
	const unit = heavy ? 'kilogram' : 'gram';
	const options = { style: 'unit', unit, maximumFractionDigits: 2 } as const;
	return cached(`${unit} ${locale}`, () => new Intl.NumberFormat(locale, options)).format(
		heavy ? grams / 1000 : grams
	);
}

/** In UTC, so that server and browser agree on the day. */
export function date(iso: string, locale = shop.locale) {
	const options = { dateStyle: 'long', timeZone: 'UTC' } as const;
	return cached(`date ${locale}`, () => new Intl.DateTimeFormat(locale, options)).format(
		new Date(iso)
	);
}

const plural = new Intl.PluralRules('en');

/** The texts are English in every locale, so the plural rules are too. The digits are the visitor's. */
export function count(n: number, one: string, other: string, locale = shop.locale) {
	const digits = cached(`count ${locale}`, () => new Intl.NumberFormat(locale)).format(n);
	return `${digits} ${plural.select(n) === 'one' ? one : other}`;
}
