import { env } from '$env/dynamic/public';

export const harbour = env.PUBLIC_HARBOUR;
export const depth = Number(env.PUBLIC_DEPTH);
