import dev.kitbridge.it.NpmAdapters

new NpmAdapters(basedir, NpmAdapters.ALL).create(apps, new File(apps, '../projects/npm-adapters/app'), kitVersion)
true
