import { DEPOT_REGION } from '$app/env/private';

globalThis.depotTrace = ['instrumentation sees ' + DEPOT_REGION];
