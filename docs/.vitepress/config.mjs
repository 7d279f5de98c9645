import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { slug } from '../slug.mjs';

const page = (text, name) => ({ text, link: `/docs/${name}` });

const sidebar = [
	{ text: 'Start here', items: [page('Five minutes', 'start')] },
	{
		text: 'Guides',
		items: [
			page('Hot reloading and services', 'development'),
			page('Call Java services', 'services'),
			page('Commands around Vite', 'build-scripts'),
			page('CI and offline builds', 'ci'),
			page('npm packages in the jar', 'npm-packages'),
			page('Deploy the jar', 'deployment'),
			page('Keep rendered pages', 'page-cache'),
			page('Run behind a proxy', 'proxy'),
			page('A server entry', 'server-entry'),
			page('In a Spring Boot application', 'spring-boot'),
			page('In a WAR', 'servlet'),
			page('Quarkus and Micronaut', 'quarkus-micronaut'),
			{ text: 'Your own Java program', link: '/server/' },
			page('Write an adapter', 'writing-adapters'),
			page('Test an adapter', 'adapter-test')
		]
	},
	{
		text: 'Reference',
		items: [
			page('Goals and parameters', 'plugin'),
			page('The jvm adapter', 'adapter-jvm'),
			page('The static adapter', 'adapter-static'),
			page('Adapters from npm', 'adapter-npm'),
			page('Service calls', 'service-calls'),
			page('When a build runs', 'incremental-builds'),
			page('Differences from adapter-node', 'adapter-jvm-parity'),
			page('Supported versions', 'versions'),
			page('Compatibility', 'compatibility'),
			page('Format: site.bin', 'formats/site-bin'),
			page('Format: the link', 'formats/link'),
			page('Format: the shared page cache', 'formats/shared-cache'),
			page('Format: services', 'formats/services'),
			{ text: 'Changelog', link: '/CHANGELOG' }
		]
	},
	{
		text: 'Why it is so',
		items: [
			page('Design', 'design'),
			page('Figures', 'figures'),
			page('Faults', 'faults'),
			{ text: 'Contributing', link: '/CONTRIBUTING' },
			{ text: 'Integration tests', link: '/src/it/WRITING_ITS' }
		]
	}
];

/** Resolves Vue for pages above this folder, which do not find its node_modules. */
const vueOfThisFolder = {
	name: 'vue-of-this-folder',
	enforce: 'pre',
	resolveId(id, importer) {
		if (/^vue(\/|$)/.test(id) && importer?.endsWith('.md')) return this.resolve(id, fileURLToPath(import.meta.url), { skipSelf: true });
	}
};

export default defineConfig({
	title: 'Kitbridge',
	description: "SvelteKit's adapter system for Maven, in Java",
	// README, CONTRIBUTING and the pages of modules belong to the site too
	srcDir: '..',
	srcExclude: ['**/target/**', 'src/it/{projects,apps}/**', 'adapter-maven-plugin/**'],
	outDir: 'target/site',
	cacheDir: 'target/cache',
	rewrites: (file) => file.replace(/README\.md$/, 'index.md'),
	vite: { plugins: [vueOfThisFolder] },
	markdown: {
		// the anchors that GitHub makes
		anchor: { slugify: slug },
		config: (md) => {
			// a link to README.md leads to the index.html that the rewrite makes of it
			md.core.ruler.push('readme', ({ tokens }) => {
				for (const { children } of tokens) {
					for (const link of children?.filter(({ type }) => type === 'link_open') ?? []) {
						link.attrSet('href', link.attrGet('href').replace(/README\.md(?=#|$)/, 'index.md'));
					}
				}
			});
		}
	},
	themeConfig: {
		search: { provider: 'local' },
		outline: [2, 3],
		nav: [{ text: 'All pages', link: '/docs/' }],
		sidebar
	}
});
