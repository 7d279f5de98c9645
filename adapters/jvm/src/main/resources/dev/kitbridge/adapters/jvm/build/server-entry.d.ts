declare module 'sveltekit:env' {
	/** The variables of the process; in development and while prerendering also those of `.env` files. */
	export const env: Record<string, string | undefined>;
}

declare module 'sveltekit:server-manifest' {
	/** The value that SvelteKit's server is created from. Its other members differ between versions of SvelteKit. */
	export interface ServerManifest {
		readonly assets: ReadonlySet<string>;
		readonly [member: string]: unknown;
	}

	export const manifest: ServerManifest;
}

declare module 'sveltekit:server' {
	import type { ServerManifest } from 'sveltekit:server-manifest';

	export interface RespondOptions {
		getClientAddress?: () => string;
		platform?: App.Platform;
	}

	/** The default export of a server entry. */
	export interface ServerEntry {
		fetch(request: Request, options: RespondOptions): Response | Promise<Response>;
	}

	/** SvelteKit's server. */
	export class Server {
		constructor(manifest: ServerManifest);

		/** Loads the hooks. `read` opens a file for `read` of `$app/server`; by default files of the server are read. */
		init(options?: {
			env?: Record<string, string | undefined>;
			read?: (file: string) => ReadableStream | null | Promise<ReadableStream | null>;
		}): Promise<void>;

		respond(request: Request, options?: RespondOptions): Promise<Response>;
	}
}
