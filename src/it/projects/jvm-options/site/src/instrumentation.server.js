globalThis.order = ['instrumentation'];
