// Written by adapter:types from the Java interfaces with @PlatformService. Do not edit: it is written again.

declare global {
	namespace App {
		/** There under `mvn adapter:dev`, in previews, while prerendering, and in production; not under `vite dev` alone. */
		interface Platform {
			/** The module's own Java services. */
			services: {
				activity: Activity;
				tools: Tools;
			};
			/** The user of Spring Security, null if nobody is signed in. Not there while prerendering: it throws. */
			principal: { name: string; authorities: string[] } | null;
			/** For requests to the paths of Spring. Reading it creates a session. Not there while prerendering: it throws. */
			csrf: { headerName: string; parameterName: string; token: string };
			/** What the Java front says of the request. Not there while prerendering: it throws. */
			attributes: Record<string, unknown>;
			/** The request as it came in. Not there while prerendering: it throws. */
			request: { method: string; address?: string; protocol?: string };
		}
	}
}

/** What happens in the library. */
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
	 * @throws NotAvailable if somebody has it, or there is no such tool
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

/** What comes one by one: `for await` takes it as it is. */
export type ServiceStream<T> = Promise<AsyncIterable<T>> & AsyncIterable<T>;
