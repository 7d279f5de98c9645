// Written by adapter:types from the Java interfaces with @PlatformService. Do not edit: it is written again.

declare global {
	namespace App {
		/** There under `mvn adapter:dev`, in previews, while prerendering, and in production; not under `vite dev` alone. */
		interface Platform {
			services: {
				activity: Activity;
				tools: Tools;
			};
			principal: { name: string; authorities: string[] } | null;
			csrf: { headerName: string; parameterName: string; token: string };
		}
	}
}

export interface ServiceStream<T> extends AsyncIterable<T> {}

export interface Activity {
	follow(): ServiceStream<ToolEvent>;
}

export interface ToolEvent {
	time: Date;
	text: string;
}

export interface Loan {
	toolId: number;
	tool: string;
	borrower: string;
}

export interface NewTool {
	name: string;
	category: string;
	deposit: number;
	description: string;
}

export interface ToolView {
	id: number;
	name: string;
	category: string;
	deposit: number;
	description: string;
	available: boolean;
	mine: boolean;
	photographed: boolean;
}

export interface Tools {
	search(text: string): Promise<ToolView[]>;
	byId(id: number | bigint): Promise<ToolView | null>;
	add(tool: NewTool): Promise<number>;
	setPhoto(id: number | bigint, contentType: string, content: Uint8Array): Promise<void>;
	borrow(id: number | bigint): Promise<void>;
	giveBack(id: number | bigint): Promise<void>;
	loans(): Promise<Loan[]>;
	remove(id: number | bigint): Promise<void>;
}
