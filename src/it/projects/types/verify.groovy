import dev.kitbridge.it.Invocations
import dev.kitbridge.it.MavenRun
import dev.kitbridge.it.Node

def site = new File(basedir, 'site')
def declared = new File(site, 'src/platform.d.ts')
assert declared.text.contains('\t\t\t\ttimetable: Timetable;\n')
assert declared.text.contains('''/** A crossing. */
export interface Crossing {
\t/** the harbour at the other end */
\tto: string;
\tminutes: number;
\tdeparts: Date;
\tnote: string | null;
}
''')
assert declared.text.contains('\tfrom(harbour: string, limit: number): Promise<Crossing[]>;\n')
assert Invocations.log(basedir, 1).count('Wrote ' + declared.canonicalPath) == 1
assert Invocations.log(basedir, 2).count('Wrote ') == 0
// the modules that a server entry imports
def modules = new File(site, 'src/adapters.d.ts')
assert modules.text.contains("declare module 'sveltekit:server-manifest' {\n")
assert Invocations.log(basedir, 1).count('Wrote ' + modules.canonicalPath) == 1
// the advice about npm run dev is logged once
assert Invocations.log(basedir, 1).count("Under 'npm run dev' event.platform is undefined: ") == 1
assert Invocations.log(basedir, 2).count('npm run dev') == 0

// without classes the services are unknown: the committed file stays
def run = { File log, String goal ->
    def maven = MavenRun.start(basedir, log, new File(apps, '../settings.xml'), machineRepository, localRepositoryPath, goal)
    try {
        assert maven.exitCode() == 0 : log.text
    } finally {
        maven.close()
    }
}
def committed = declared.text
assert new File(basedir, 'target/classes').deleteDir()
def uncompiled = new File(basedir, 'target/uncompiled.log')
run(uncompiled, 'adapter:types')
assert declared.text == committed
assert uncompiled.text.contains('[WARNING] Left ' + declared.canonicalPath + ' as it is, since services may be missing: ')
assert uncompiled.text.contains('Timetable.java is not compiled to ')

Node.npm(site, 'ci', '--ignore-scripts', '--no-audit', '--no-fund')
def check = {
    try {
        Node.run(site, [:], 'node_modules/@sveltejs/kit/svelte-kit.js', 'sync')
        Node.run(site, [:], 'node_modules/svelte-check/bin/svelte-check', '--output', 'machine', '--fail-on-warnings')
    } catch (AssertionError e) {
        e.message
    }
}
def right = check()
assert right.contains(' 0 ERRORS 0 WARNINGS ') : right

// another type, another name, and one argument less; an entry with another parameter
def entry = new File(site, 'src/server.ts')
entry.text = entry.text.replace('{ getClientAddress, platform }) {', 'getClientAddress: () => string, platform: App.Platform) {')
def source = new File(basedir, 'src/main/java/org/example/ferry/Timetable.java')
source.text = source.text.replace('int minutes', 'String duration').replace('String harbour, int limit', 'String harbour')
run(new File(basedir, 'target/changed.log'), 'process-classes')
def wrong = check()
assert wrong.contains('+page.server.ts') && wrong.contains('Expected 1 arguments, but got 2') : wrong
assert wrong.contains('server.ts') && wrong.contains('options: RespondOptions) => Response') : wrong
assert wrong.contains('+page.svelte') && wrong.contains("Property 'minutes' does not exist") : wrong
true
