import dev.kitbridge.it.NpmAdapters

new NpmAdapters(basedir, NpmAdapters.FEW).create(apps, new File(basedir, 'app'), kitVersion)
true
