// an install that was interrupted, and one that npm itself came to the end of
assert new File(basedir, 'half-installed/node_modules/tides').mkdirs()
def modules = new File(basedir, 'by-hand/node_modules')
assert modules.mkdirs()
assert new File(modules, 'tides').mkdirs()
new File(modules, '.package-lock.json').text = '{}'
true
