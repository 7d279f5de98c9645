import dev.kitbridge.it.BuildLog

def log = BuildLog.of(basedir)
def folder = { new File(basedir, it).canonicalPath }

log.failureOf('app-missing', 'No SvelteKit app found', 'no vite.config.* and no svelte.config.* in ' + folder('app-missing'),
    'src/main/svelte, src/main/frontend, src/main/webapp, frontend', 'set <appDirectory>')
log.failureOf('app-directory-missing', '<appDirectory> ' + folder('app-directory-missing/web'), 'there is no such folder',
    'set it to the folder')
log.failureOf('app-directory-without-app', '<appDirectory> ' + folder('app-directory-without-app/docs'),
    'neither a vite.config.* nor a svelte.config.*')
log.failureOf('package-json-missing', folder('package-json-missing') + '/package.json does not exist')
log.failureOf('package-json-broken', folder('package-json-broken') + '/package.json is not JSON', 'in line 1, column')

log.failureOf('install-wrong', "<install> is 'sometimes'; it accepts auto, always, never")
log.failureOf('timestamp-wrong', "project.build.outputTimestamp is 'yesterday'", '2026-11-01T00:00:00Z, or seconds since 1970')

// names of parameters
log.failureOf('parameter-unknown', "<nodeVersoin> in the plugin's <configuration> is no parameter of adapter-maven-plugin;" +
    ' did you mean <nodeVersion>?')
log.failureOf('parameter-of-an-adapter', "<precompress> in the <configuration> of execution 'default' is no" +
    ' parameter of adapter-maven-plugin; it is an option of an adapter:' +
    ' <adapters><static><precompress>...</precompress></static></adapters>')
log.failureOf('parameter-of-another-goal', "<install> is 'perhaps'")
log.has("<port> in execution 'default' has no effect: it is a parameter of adapter:dev, adapter:emulate, adapter:preview," +
    ' and the execution runs adapter:adapt')

// adapters and their options
log.failureOf('adapter-missing', 'no adapter on the plugin\'s class path', '<dependencies>', 'dev.kitbridge:adapter-static')
def unknown = log.failureOf('adapter-unknown', "No adapter is named 'statik'; did you mean 'static'?")
assert unknown =~ /Found: 'static' \(\S+adapter-static-\S+\.jar\)\./
log.failureOf('adapter-unlike-any', "No adapter is named 'balloon'. Found: 'static' (")
log.failureOf('adapter-with-text', '<static>200.html</static>', 'options are child elements')
log.failureOf('adapter-with-attribute', '<static fallback="...">', 'options are child elements, <fallback>...</fallback>')
log.failureOf('adapter-twice', "two entries with the id 'static'", '<static id="other">')
log.failureOf('adapter-id-wrong', 'id "../docs" of <static>', 'expected letters, digits')
log.failureOf('option-unknown', "<static> has no option <fallbak>; did you mean 'fallback'?",
    'It accepts <pages>, <assets>, <fallback>, <precompress>, <strict>, <target>')
log.failureOf('option-of-wrong-type', "<strict> of <static> is 'perhaps'; it accepts true or false")
log.failureOf('option-of-no-known-value', "<precompress> is 'gzip,lzma'; it accepts true, false, or any of gzip,brotli,zstd")
log.failureOf('options-at-odds', '<target>resources</target>', 'cannot be combined with <pages> or <assets>; remove them')

// Node
log.failureOf('node-missing', '<nodeExecutable> is ' + folder('node-missing/no/such/node'), 'not an executable file')
log.failureOf('node-that-is-none', folder('node-that-is-none/not-node') + ' --version\' (<nodeExecutable>) answered \'tide\'',
    'expected a version of Node')
log.failureOf('node-version-wrong', "'lts/iron' in <nodeVersion> is not a version of Node", 'such as 24, 24.21.0 or ^22.17')
log.failureOf('node-version-nowhere', 'no .nvmrc, no .node-version', 'devEngines.runtime nor engines.node',
    folder('node-version-nowhere'), 'set <nodeVersion>24</nodeVersion>')

// SvelteKit
log.failureOf('packages-missing', '@sveltejs/kit is not installed in ' + folder('packages-missing'), '<install>auto</install>')
log.failureOf('kit-too-old', 'SvelteKit 2.55.0 in ' + folder('kit-too-old'), 'expected >=2.62.0 <4.0.0',
    "'npm install -D @sveltejs/kit@^2.62.0'")
log.failureOf('kit-too-new', 'SvelteKit 4.0.0', 'expected >=2.62.0 <4.0.0', 'tested with ', 'a newer version of dev.kitbridge:adapter-maven-plugin',
    "'npm install -D @sveltejs/kit@^3.0.0'", 'run Maven with -Dadapter.anySvelteKit')

// each build failed before an installation or a Vite build
log.hasNot('Installing packages').hasNot('Building ' + basedir.canonicalPath + '/')
true
