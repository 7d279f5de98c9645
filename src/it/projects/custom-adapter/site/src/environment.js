export { PUBLIC_DEPOT_NAME as name } from '$app/env/public';
