import dev.kitbridge.it.SearchPath

SearchPath.script(new File(basedir, 'executable/tools/node'), 'exec node "$@"')
['of-the-packages', 'executable', 'exact-version'].each {
    SearchPath.script(new File(basedir, "$it/node_modules/.bin/node"), 'exec node "$@"')
}
assert new File(basedir, 'brought-by-packages/packages/node/node.js').setExecutable(true)
true
