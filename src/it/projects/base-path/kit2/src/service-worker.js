import { files, prerendered } from '$service-worker';

const paths = [...files, ...prerendered.filter((path) => path.endsWith('/about'))];

self.addEventListener('install', (event) => {
	event.waitUntil(caches.open('quay').then((cache) => cache.addAll(paths)));
});
