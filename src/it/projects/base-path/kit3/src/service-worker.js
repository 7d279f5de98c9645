import { PUBLIC_BERTH } from '$app/env/public';
import { assets, prerendered } from '$app/manifest';
import { resolve } from '$app/paths';

const paths = [...assets, ...prerendered.filter(({ path }) => path === 'about')].map(({ path }) => resolve('/') + path);

self.addEventListener('install', (event) => {
	event.waitUntil(caches.open('quay').then((cache) => cache.addAll(paths)));
});

self.addEventListener('message', (event) => event.source.postMessage(PUBLIC_BERTH));
