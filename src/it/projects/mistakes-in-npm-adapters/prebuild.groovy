import dev.kitbridge.it.App

App.copy(apps, 'kit3', basedir, kitVersion)

def write = { String path, String text ->
    def file = new File(basedir, path)
    file.parentFile.mkdirs()
    file.text = text
}
/** Writes a module, with adapters that are packages of its own by their code. */
def module = { String name, String adapters, Map<String, String> packages = [:], String peers = '{}' ->
    write("$name/pom.xml", """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>dev.kitbridge.it</groupId>
    <artifactId>mistakes-in-npm-adapters</artifactId>
    <version>1.0</version>
  </parent>
  <artifactId>$name</artifactId>
  <packaging>pom</packaging>
  <build><plugins><plugin>
    <groupId>dev.kitbridge</groupId>
    <artifactId>adapter-maven-plugin</artifactId>
    <configuration><adapters>$adapters</adapters></configuration>
  </plugin></plugins></build>
</project>""")
    ['vite.config.js', 'package.json', 'src/app.html', 'src/routes/+page.svelte', 'src/routes/+layout.js'].each {
        write("$name/$it", new File(basedir, it).text)
    }
    packages.each { one, code ->
        write("$name/node_modules/$one/package.json",
            """{ "name": "$one", "version": "1.2.3", "type": "module", "exports": "./index.js", "peerDependencies": $peers }""")
        write("$name/node_modules/$one/index.js", code)
    }
}
def plugin = { String option, String value ->
    "export default () => ({ name: 'x', adapt() {}, vite: { plugins: [{ name: 'x', config: () => ({ build: { $option: $value } }) }] } });"
}
def writer = "import { mkdirSync, writeFileSync } from 'node:fs';\n" +
    "export default ({ text }) => ({ name: 'x', adapt() { mkdirSync('build', { recursive: true }); writeFileSync('build/x.txt', text); } });"

module('contradiction', '<npm id="a"><package>a</package></npm><npm id="b"><package>b</package></npm>',
    [a: plugin('target', "'es2022'"), b: plugin('target', "'es2024'")])
module('lock-of-another', '<npm><package>@sveltejs/adapter-node</package><version>6.0.1</version></npm>')
write('lock-of-another/src/main/npm/npm-lock.json',
    '{ "lockfileVersion": 3, "packages": { "node_modules/@sveltejs/adapter-node": { "version": "6.0.0" } } }')
module('no-function', '<npm id="edge"><package>object</package></npm>', [object: "export default { name: 'x' };"])
module('no-version', '<npm><package>@sveltejs/adapter-node</package></npm>')
module('offline', '<npm><package>@sveltejs/adapter-node</package><version>6.0.0</version></npm>')
write('offline/.npmrc', "cache=${new File(basedir, 'target/empty').path}\n")
module('options-as-text', '<npm><package>a</package><options>fast</options></npm>')
module('package-unknown', '<npm><package>@sveltejs/adapter-of-kitbridge-tests</package><version>1.0.0</version></npm>')
module('read-refused', '<npm id="edge"><package>a</package></npm>',
    [a: "export default () => ({ name: 'x', adapt() {}, supports: { read() { throw new Error('no files at the edge'); } } });"])
write('read-refused/src/routes/raw/+server.js',
    "import { read } from '\$app/server';\nimport file from './file.txt?url';\nexport const prerender = false;\nexport const GET = () => read(file);")
write('read-refused/src/routes/raw/file.txt', 'raw')
module('same-output', '<npm id="one"><package>a</package><options><text>1</text></options></npm>' +
    '<npm id="two"><package>a</package><options><text>2</text></options></npm>', [a: writer.replace('text)', 'String(text))')])
module('sveltekit-of-another', '<npm><package>a</package></npm>', [a: 'export default () => ({})'], '{ "@sveltejs/kit": "^2.4.0" }')
module('throws', '<npm id="edge"><package>a</package></npm>',
    [a: "export default () => ({ name: 'x', adapt() { throw new Error('the zone is not configured'); } });"])
module('version-unknown', '<npm><package>@sveltejs/adapter-node</package><version>99.0.0</version></npm>')
true
