import { env } from '$env/dynamic/public';

export const name = env.PUBLIC_DEPOT_NAME;
