import process from 'node:process';
import { setTimeout } from 'node:timers/promises';

const special = {
	async stream({ stream }) {
		let rows = 0;
		for await (const row of stream()) rows += row.id < 0 ? 0 : 1;
		return `${rows} rows`;
	},
	async slowly({ stream }) {
		let rows = 0;
		for await (const row of stream()) {
			await setTimeout(row.id < 0 ? 0 : 10);
			if (++rows === 200) break;
		}
		return `${rows} rows`;
	},
	async worker({ hang }) {
		hang();
		await setTimeout(50);
		process.kill(process.pid, 'SIGKILL');
	}
};

export const GET = async ({ platform, params }) => {
	const { faulty } = platform.services;
	try {
		return new Response(await (special[params.fault] ?? ((all) => all[params.fault]()))(faulty));
	} catch (error) {
		return new Response(`${error.name}`, { status: 500 });
	}
};
