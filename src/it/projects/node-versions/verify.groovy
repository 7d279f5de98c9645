import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)
def text = new File(basedir, 'build.log').text
def folder = { new File(basedir, it).canonicalPath }
/** Returns the Node that the build used, and the reason for it. */
def node = { module ->
    def found = text =~ /Node for \Q${folder(module)}\E is (.+?) \((.*)\)\R/
    assert found.find() : module
    [found.group(1), found.group(2)]
}
def fetched = { module, origin ->
    assert node(module)[0] =~ /[\/\\]kitbridge[\/\\]node[\/\\]24\.\d+\.\d+-/ : module
    assert node(module)[1] == origin
}

fetched('auto-by-nvmrc', folder('auto-by-nvmrc/.nvmrc'))
fetched('auto-by-node-version-file', folder('auto-by-node-version-file/.node-version'))
fetched('auto-by-dev-engines', folder('auto-by-dev-engines/package.json') + ' (devEngines.runtime)')
fetched('auto-by-engines', folder('auto-by-engines/package.json') + ' (engines.node)')
fetched('exact-version', '<nodeVersion>24.21.0')
assert node('exact-version')[0].contains('24.21.0-')

assert node('executable') == [folder('executable/tools/node'), '<nodeExecutable>']
assert node('of-the-packages') == [folder('of-the-packages') + '/node_modules/.bin/node', "the app's node_modules"]
// the Node in node_modules is used in the run that installs it
assert node('brought-by-packages') == [folder('brought-by-packages') + '/node_modules/.bin/node', "the app's node_modules"]
assert node('on-path')[1] == 'PATH'
