import { resolve } from '$app/paths';

/** The URL of a path that Spring answers: `resolve` knows the paths of the app's own routes only. */
export function spring(path: string): string {
	return resolve('') + path;
}
