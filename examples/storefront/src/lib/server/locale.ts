import { shop } from '#lib/shop.ts';

/** The first language of an accept-language header that Intl supports. */
export function localeOf(header: string | null): string {
	const wanted = (header ?? '')
		.split(',')
		.map((part) => {
			const [tag = '', ...params] = part.trim().split(';');
			const q = params.map((p) => p.trim()).find((p) => p.startsWith('q='));
			return { tag, q: q ? Number(q.slice(2)) : 1 };
		})
		.filter(({ tag, q }) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) && q > 0)
		.sort((a, b) => b.q - a.q);

	for (const { tag } of wanted) {
		try {
			const [locale] = Intl.NumberFormat.supportedLocalesOf(tag);
			if (locale) return locale;
		} catch {
			// not a valid language tag: try the next one
		}
	}

	return shop.locale;
}
