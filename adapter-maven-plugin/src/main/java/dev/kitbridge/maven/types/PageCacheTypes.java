package dev.kitbridge.maven.types;

/** The declarations of the page cache. They are written for each app: its code is the same without a page cache. */
final class PageCacheTypes {

    /** A member of {@code App.Platform}. */
    static final String MEMBER =
            """
            			/** Kept pages. Without a page cache, the methods check their arguments and do nothing else. */
            			cache: {
            				/** Tags the page that is being rendered. A tag has 1 to 256 characters without spaces and commas. */
            				tag(...tags: string[]): void;
            				/** Makes all replicas forget pages. Resolves with the replicas that could not be told. */
            				revalidate(pages: { paths?: string[]; tags?: string[]; all?: boolean }): Promise<{ unreached: string[] }>;
            			};
            """;

    /** The type of a route's {@code config}. */
    static final String CONFIG =
            """

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
            """;

    private PageCacheTypes() {}
}
