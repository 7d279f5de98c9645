import { PUBLIC_KEEPER } from '$app/env/public';
import { base, build, files, prerendered, version } from '$service-worker';

self.addEventListener('install', (event) => {
	event.waitUntil(caches.open(`${base} ${version}`).then((cache) => cache.addAll([...build, ...files, ...prerendered])));
});

self.addEventListener('message', (event) => event.source.postMessage(PUBLIC_KEEPER));
