// Written by adapter:types from the Java interfaces with @PlatformService. Do not edit: it is written again.

declare global {
	namespace App {
		/** Available under `mvn adapter:dev`, in previews, while prerendering, and in production; not under `vite dev` alone. */
		interface Platform {
			/** The module's own Java services. */
			services: {
				activity: Activity;
				tools: Tools;
			};
			/** Kept pages. Without a page cache, the methods check their arguments and do nothing else. */
			cache: {
				/** Tags the page that is being rendered. A tag has 1 to 256 characters without spaces and commas. */
				tag(...tags: string[]): void;
				/** Makes all replicas forget pages. Resolves with the replicas that could not be told. */
				revalidate(pages: { paths?: string[]; tags?: string[]; all?: boolean }): Promise<{ unreached: string[] }>;
			};
			/** The user of Spring Security, null if nobody is signed in. Throws while prerendering. */
			principal: { name: string; authorities: string[] } | null;
			/** The token for requests to paths of Spring. Reading it creates a session. Throws while prerendering. */
			csrf: { headerName: string; parameterName: string; token: string };
			/** Values that the Java front adds to the request. Throws while prerendering. */
			attributes: Record<string, unknown>;
			/** The request as the Java front received it. Throws while prerendering. */
			request: { method: string; address?: string; protocol?: string };
		}
	}
}

/** The events of the library. */
export interface Activity {
	/** The events from now on, until the reader leaves. The timeout is the longest time without an event. */
	follow(): ServiceStream<ToolEvent>;
}

/** A tool and the member who has it. */
export interface Loan {
	toolId: number;
	tool: string;
	borrower: string;
}

/** A tool that a member gives to the library. */
export interface NewTool {
	name: string;
	category: string;
	/** in euros */
	deposit: number;
	description: string;
}

/** Something that happened to a tool, without names of members. */
export interface ToolEvent {
	time: Date;
	text: string;
}

/** A tool as a visitor sees it. */
export interface ToolView {
	id: number;
	name: string;
	category: string;
	/** in euros */
	deposit: number;
	description: string;
	/** whether nobody has borrowed it */
	available: boolean;
	/** whether the visitor has borrowed it */
	mine: boolean;
	/** whether there is a photo */
	photographed: boolean;
}

/** The tools of the library. Pages call it as `platform.services.tools`, controllers as a bean. */
export interface Tools {
	/** Adds a tool and returns its id. */
	add(tool: NewTool): Promise<number>;
	/**
	 * Lends a tool to the member who calls.
	 *
	 * @throws NotAvailable if a member has it, or if it does not exist
	 */
	borrow(id: number | bigint): Promise<void>;
	/** The tool with this id. */
	byId(id: number | bigint): Promise<ToolView | null>;
	/** Takes a tool back from the member who calls. */
	giveBack(id: number | bigint): Promise<void>;
	/** All loans, for administrators. */
	loans(): Promise<Loan[]>;
	/** Removes a tool, for administrators. */
	remove(id: number | bigint): Promise<void>;
	/** Tools whose name contains the text, in the order of their names; all tools if it is empty. */
	search(text: string): Promise<ToolView[]>;
	/** Replaces the photo of a tool. */
	setPhoto(id: number | bigint, contentType: string, content: Uint8Array | ArrayBuffer): Promise<void>;
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

/** Items that arrive one by one; read them with `for await`. */
export type ServiceStream<T> = Promise<AsyncIterable<T>> & AsyncIterable<T>;
