(globalThis.depotTrace ??= []).push('app');
