import type { CartLine } from '#lib/types.ts';

declare global {
	namespace App {
		interface Error {
			hint?: string;
		}
		interface Locals {
			locale: string;
			cart: CartLine[];
			customer: { name: string; email: string } | null;
		}
		interface PageData {
			locale?: string;
			cartCount?: number;
		}
	}
}
