// an interrupted installation, and one that npm has completed
assert new File(basedir, 'half-installed/node_modules/tides').mkdirs()
def modules = new File(basedir, 'by-hand/node_modules')
assert modules.mkdirs()
assert new File(modules, 'tides').mkdirs()
new File(modules, '.package-lock.json').text = '{}'
true
