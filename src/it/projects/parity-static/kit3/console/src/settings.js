import { PUBLIC_DEPTH, PUBLIC_HARBOUR } from '$app/env/public';

export const harbour = PUBLIC_HARBOUR;
export const depth = PUBLIC_DEPTH;
