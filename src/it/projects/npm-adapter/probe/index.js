import { mkdirSync, rmSync, writeFileSync } from 'node:fs';

/** Shows what each part of an adapter received. */
export default (options) => ({
	name: 'probe',
	adapt(builder) {
		rmSync(options.out, { recursive: true, force: true });
		mkdirSync(options.out);
		mkdirSync(builder.getBuildDirectory('probe'), { recursive: true });
		writeFileSync(`${builder.getBuildDirectory('probe')}/notes.txt`, 'intermediate');
		writeFileSync(`${options.out}/options.json`, JSON.stringify(options));
		writeFileSync(`${options.out}/routes.json`, JSON.stringify(builder.routes.map(({ id }) => id)));
		builder.writePrerendered(`${options.out}/pages`);
	},
	emulate: () => ({ platform: ({ prerender }) => ({ berth: options.berth, prerender }) }),
	vite: { plugins: { pre: [{ name: 'probe', config: () => ({ define: { __BERTH__: JSON.stringify(options.berth) } }) }] } }
});
