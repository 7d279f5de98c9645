// Tells the app's code which regions there are.
import { version } from 'vite';

/** @param {{ regions: string[] }} options */
export default function ({ regions }) {
	const text = `${regions.join(' and ')} (Vite ${version.split('.')[0]})`;
	return { name: 'depot-regions', config: () => ({ define: { __DEPOT_REGIONS__: JSON.stringify(text) } }) };
}
