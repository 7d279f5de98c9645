declare global {
	namespace App {
		interface Error {
			/** What a service's constraints say of its arguments. */
			violations?: { field: string; message: string }[];
		}
	}
}

export {};
