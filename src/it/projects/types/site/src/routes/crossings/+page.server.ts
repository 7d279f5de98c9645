import { error } from '@sveltejs/kit';
import type { Crossing } from '../../platform';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ platform }) => {
	if (!platform) error(503, 'no ferries without Java');
	const crossings: Crossing[] = await platform.services.timetable.from('North', 5);
	const last = await platform.services.timetable.last();
	return { crossings, last: last?.departs.getFullYear() ?? 0, by: platform.principal?.name };
};
