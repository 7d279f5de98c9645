import { assets, immutable, prerendered } from '$app/manifest';
import { PUBLIC_KEEPER } from '$app/env/public';

const paths = [...assets, ...immutable, ...prerendered].map(({ path }) => path);

self.addEventListener('install', (event) => {
	event.waitUntil(caches.open('depot').then((cache) => cache.addAll(paths)));
});

self.addEventListener('message', (event) => event.source.postMessage(PUBLIC_KEEPER));
