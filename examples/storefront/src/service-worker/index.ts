import { version } from '$app/env';
import { assets, immutable } from '$app/manifest';
import { self } from '$app/service-worker';

const name = `storefront-${version}`;
const root = new URL(self.registration.scope);
// Some hosts do not serve dotfiles, and one missing file fails the whole installation.
const paths = [...immutable, ...assets].map(({ path }) => path).filter((path) => path[0] !== '.');
const files = new Set(paths.map((path) => new URL(path, root).pathname));

self.addEventListener('install', (event) => {
	event.waitUntil(
		caches
			.open(name)
			.then((cache) => cache.addAll([...files]))
			.then(() => self.skipWaiting())
	);
});

self.addEventListener('activate', (event) => {
	event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

async function dropOthers() {
	const names = await caches.keys();
	await Promise.all(names.filter((other) => other !== name).map((other) => caches.delete(other)));
}

/** Caches files of the build only: pages and data come from the network, so a visitor never sees an old basket. */
self.addEventListener('fetch', (event) => {
	const { origin, pathname } = new URL(event.request.url);
	if (event.request.method !== 'GET' || origin !== root.origin || !files.has(pathname)) return;

	event.respondWith(
		caches.open(name).then(async (cache) => (await cache.match(pathname)) ?? fetch(event.request))
	);
});
