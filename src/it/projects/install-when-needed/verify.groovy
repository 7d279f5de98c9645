import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)
def folder = { new File(basedir, it).canonicalPath }
def installs = { module, command -> log.count("Installing packages in ${folder(module)}: $command\n") }

// first build; nothing changed; another lock file
assert installs('with-lock-file', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 2
assert new File(basedir, 'with-lock-file/node_modules/harbours').exists()
assert installs('always', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 3
assert installs('never', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 0
assert !new File(basedir, 'never/node_modules').exists()
assert installs('half-installed', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 1
assert installs('by-hand', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 0

// without a lock file none is written, and the user hears about it
assert installs('without-lock-file', 'npm install --no-package-lock --no-audit --no-fund --include=dev --include=optional --include=peer') == 1
assert log.count('[WARNING] There is no lock file in ' + folder('without-lock-file') + ',') == 1
log.has("run 'npm install' there and commit the lock file")
assert !new File(basedir, 'without-lock-file/package-lock.json').exists()

// an app in a workspace: all of it is installed, where its lock file is
assert installs('workspace', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 1
assert new File(basedir, 'workspace/node_modules/charts').exists()
assert !new File(basedir, 'workspace/apps/tides/node_modules').exists()

// NODE_ENV=production leaves nothing out
assert installs('development-dependencies', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 1
assert new File(basedir, 'development-dependencies/node_modules/tides').exists()

// an app below the root of a workspace that does not list it is on its own
assert installs('below-a-workspace/web', 'npm install --no-package-lock --no-audit --no-fund --include=dev --include=optional --include=peer') == 1
assert installs('below-a-workspace', 'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer') == 0
assert new File(basedir, 'below-a-workspace/web/node_modules/tides').exists()
assert !new File(basedir, 'below-a-workspace/node_modules').exists()
