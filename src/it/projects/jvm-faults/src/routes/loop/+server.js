import process from 'node:process';

export const prerender = false;

export const POST = () => {
	console.log(`loops in ${process.pid}`);
	for (;;);
};
