import process from 'node:process';

export async function init() {
	if (process.env.APP_FAILS === 'never') await new Promise(() => setInterval(() => {}, 1000));
	if (process.env.APP_FAILS === 'says so') {
		console.error('DATABASE_URL is missing');
		process.exit(1);
	}
	if (process.env.APP_FAILS) throw new Error('there is no database');
	process.on('sveltekit:shutdown', (reason) => console.log(`shutdown with ${reason}`));
}
