import { asset } from '$app/paths';

/** Every product has a drawing named after it. */
export function picture(slug: string) {
	return asset(`products/${slug}.svg` as Parameters<typeof asset>[0]);
}
