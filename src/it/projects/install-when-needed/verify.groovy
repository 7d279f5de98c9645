import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)
def folder = { new File(basedir, it).canonicalPath }
def installs = { module, command -> log.count("Installing packages in ${folder(module)}: $command\n") }

// the first build, an unchanged app, another lock file
assert installs('with-lock-file', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 2
assert new File(basedir, 'with-lock-file/node_modules/harbours').exists()
assert installs('always', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 3
assert installs('never', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 0
assert !new File(basedir, 'never/node_modules').exists()
assert installs('half-installed', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 1
assert installs('by-hand', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 0

// the plugin writes no lock file; it warns if the app has none
assert installs('without-lock-file', 'npm install --no-package-lock --no-audit --no-fund --include=dev --include=optional --include=peer') == 1
assert log.count('[WARNING] There is no lock file in ' + folder('without-lock-file') + ',') == 1
log.has("run 'npm install' there and commit the lock file")
assert !new File(basedir, 'without-lock-file/package-lock.json').exists()

// for an app in a workspace, the whole workspace is installed, in the folder of its lock file
assert installs('workspace', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 1
assert new File(basedir, 'workspace/node_modules/charts').exists()
assert !new File(basedir, 'workspace/apps/tides/node_modules').exists()

// devDependencies are installed in spite of NODE_ENV=production
assert installs('development-dependencies', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 1
assert new File(basedir, 'development-dependencies/node_modules/tides').exists()

// an app in a folder of a workspace that does not list it is installed separately
assert installs('below-a-workspace/web', 'npm install --no-package-lock --no-audit --no-fund --include=dev --include=optional --include=peer') == 1
assert installs('below-a-workspace', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 0
assert new File(basedir, 'below-a-workspace/web/node_modules/tides').exists()
assert !new File(basedir, 'below-a-workspace/node_modules').exists()
