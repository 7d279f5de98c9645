(globalThis.order ??= []).push('app');
