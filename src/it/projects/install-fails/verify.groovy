import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)
def failure = { module, String... parts ->
    def text = log.failureOf(module, "'npm ci --no-audit --no-fund --include=dev --include=optional --include=peer' failed in ${new File(basedir, module).canonicalPath} with exit code")
    parts.each { assert text.contains(it) }
    text
}

def outdated = failure('lock-file-outdated', 'npm error code EUSAGE', 'package-lock.json', 'are in sync', 'Missing: tides@')
assert !outdated.contains('Usage:') && !outdated.contains('--ignore-scripts')
failure('script-that-fails', 'npm error code 3', 'the tide gauge does not answer')

// an incomplete installation does not count as installed
assert !new File(basedir, 'script-that-fails/node_modules/.kitbridge-lock').exists()
