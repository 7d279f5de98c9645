import { getRequestEvent, query } from '$app/server';

let answered = 0;

export const shared = query(() => `answered ${++answered}`);

export const own = query(() => `answered ${++answered} for ${getRequestEvent().cookies.get('visitor')}`);
