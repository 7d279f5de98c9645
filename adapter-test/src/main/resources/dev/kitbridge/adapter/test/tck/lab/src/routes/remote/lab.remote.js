import { command, form, getRequestEvent, prerender, query } from '$app/server';
import { error, redirect } from '@sveltejs/kit';

const ways = {
	error: () => error(409, 'The bench is taken'),
	redirect: () => redirect(303, '/about?from=remote'),
	throw: () => {
		throw new Error('The beaker fell');
	}
};

export const tools = query(() => ['saw', 'strop']);

export const stock = query('unchecked', (name) => ({ name, count: name.length, since: new Date(0) }));

export const broken = query('unchecked', (how) => ways[how]());

export const prices = query.batch('unchecked', (names) => (name, at) => `${name} costs ${names.length + at}`);

export const ticks = query.live('unchecked', async function* (count) {
	for (let tick = 1; tick <= count; tick++) yield `tick ${tick}`;
});

export const order = form('unchecked', async ({ name, how, file }, issue) => {
	if (name === 'nothing') issue(issue.name('There is no such thing'));
	ways[how]?.();
	getRequestEvent().cookies.set('ordered', name, { path: '/' });
	return `ordered ${name} ${file ? (await file.text()).length : ''}`;
});

export const count = command('unchecked', async (number) => {
	const { cookies, isRemoteRequest } = getRequestEvent();
	ways[number]?.();
	cookies.set('counted', String(number), { path: '/' });
	await stock('saw').refresh();
	return { next: number + 1, isRemoteRequest };
});

export const hours = prerender(() => 'nine to five');

export const day = prerender('unchecked', (name) => `${name} is open`, { inputs: () => ['monday', 'größe'], dynamic: true });
