globalThis.tides = 'counted';
