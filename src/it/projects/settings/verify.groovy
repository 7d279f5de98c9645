import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)
def page = { module -> new File(basedir, "$module/target/adapters/static/index.html").text.replaceAll('<!--.*?-->', '') }

// a variable of the build's beats .env, the file of the mode beats .env, and .env is read
assert page('in-the-pom').contains('mode staging, station Dover, datum LAT, unit metre, chart 12')
assert page('on-the-command-line').contains('mode staging, station Calais, datum LAT, unit metre, chart a=b')
assert log.count('Skipped (adapter.skip)') == 1

def failures = log.failuresOf('on-the-command-line')
assert failures.size() == 3
assert failures[0].contains("'VITE_STATION' in adapter.environmentVariables is not a variable; expected NAME=value, separated by commas")
assert failures[1].contains("No adapter is named 'statik'; did you mean 'static'?")
assert failures[2].contains('-Dadapter.nodeVersoin is no property of adapter-maven-plugin; did you mean -Dadapter.nodeVersion?')
