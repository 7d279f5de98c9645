import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)
def page = { module -> new File(basedir, "$module/target/adapters/static/index.html").text.replaceAll('<!--.*?-->', '') }

// precedence: a variable of the build, the file of the mode, .env
assert page('in-the-pom').contains('mode staging, station Dover, datum LAT, unit metre, chart 12')
assert page('on-the-command-line').contains('mode staging, station Calais, datum LAT, unit metre, chart a=b')
assert log.count('Skipped (adapter.skip)') == 1

def failures = log.failuresOf('on-the-command-line')
assert failures.size() == 3
assert failures[0].contains("'VITE_STATION' in adapter.environmentVariables is not a variable; expected NAME=value, separated by commas")
assert failures[1].contains("No adapter is named 'statik'; did you mean 'static'?")
assert failures[2].contains('-Dadapter.nodeVersoin is no property of adapter-maven-plugin; did you mean -Dadapter.nodeVersion?')


// the script 'build' of package.json: npm's environment, the packages' programs, Vite's options, the commands before Vite
assert page('scripts').contains('version 1.2.3, started in the app true, words build --mode staging, mode staging, chart 12, harbour Dover')
['hooks', 'Dover'].each {
    assert log.count("Running 'node codegen.js $it' before Vite") == 1
}
assert log.count("Running 'node -p process.env.npm_lifecycle_event' after Vite") == 1
// a command in the POM replaces the script's command after Vite, and runs in the script's environment
log.has('[INFO] build\n').hasNot('node deploy.js')
// generated files are sources of the app; generating the same content again is no change
assert log.count('Nothing changed since the last Vite build of ' + new File(basedir, 'scripts').canonicalPath) == 1
