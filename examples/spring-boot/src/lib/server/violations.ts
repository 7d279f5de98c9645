import { isHttpError } from '@sveltejs/kit';

/** The message for each field whose value a service has rejected; any other error is thrown again. */
export function violationsOf(reason: unknown): Partial<Record<string, string>> {
	if (!isHttpError(reason) || !reason.body.violations) throw reason;
	return Object.fromEntries(reason.body.violations.map(({ field, message }) => [field, message]));
}
