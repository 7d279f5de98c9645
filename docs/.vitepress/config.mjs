import { defineConfig } from 'vitepress';
import { slug } from '../slug.mjs';

const page = (text, link) => ({ text, link: `/docs/${link}` });

export default defineConfig({
	title: 'Kitbridge',
	description: "SvelteKit's adapter system for Maven, in Java",
	// README, CONTRIBUTING and the pages of modules belong to the site too
	srcDir: '..',
	srcExclude: ['**/target/**', 'src/it/{projects,apps}/**', 'adapter-maven-plugin/**'],
	outDir: 'target/site',
	cacheDir: 'target/cache',
	rewrites: (file) => file.replace(/README\.md$/, 'index.md'),
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
		outline: [2, 3]
	}
});
