import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)
def installs = { module, command ->
    log.count("Installing packages in ${new File(basedir, module).canonicalPath}: $command\n")
}

// each is installed once, and not again in the second run
assert installs('pnpm', 'pnpm install --frozen-lockfile --prod=false') == 1
assert installs('yarn', 'yarn install --frozen-lockfile --non-interactive --production=false') == 1
assert installs('bun', 'bun install --frozen-lockfile') == 1

// without packageManager, the format of the lock file determines the version of pnpm
assert installs('pnpm-by-lock-file', 'pnpm install --frozen-lockfile --prod=false') == 1
assert log.count('using pnpm v10.') == 1

assert new File(basedir, 'pnpm/node_modules/.pnpm').isDirectory()
assert new File(basedir, 'pnpm/target/adapters/static/index.html').text.contains('High water at noon.')
assert new File(basedir, 'yarn/node_modules/.yarn-integrity').isFile()
assert new File(basedir, 'yarn/node_modules/tides/package.json').isFile()
assert new File(basedir, 'bun/node_modules/tides/package.json').isFile()
['pnpm', 'yarn', 'bun'].each { assert !new File(basedir, "$it/package-lock.json").exists() }
true
