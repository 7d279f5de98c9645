globalThis.depotTrace = ['instrumentation sees ' + process.env.DEPOT_REGION];
