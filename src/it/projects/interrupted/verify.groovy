import dev.kitbridge.it.App
import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.MavenRun

def site = new File(basedir, 'target/adapters/static/index.html')
assert site.text.contains('High water at noon.')

def block = new File(basedir, 'block')
def pid = new File(basedir, 'pid')
new File(basedir, 'src/routes/+page.svelte').text = '<p>High water at one.</p>\n'

/** Starts Maven, and kills it while Vite is building. */
def interrupt = { String name, boolean forcibly ->
    pid.delete()
    def maven = MavenRun.start(basedir, new File(basedir, name), new File(apps, '../settings.xml'), machineRepository,
            localRepositoryPath, 'package')
    try {
        maven.await('Vite is at work') { pid.isFile() }
        def node = ProcessHandle.of(pid.text as long)
        assert node.present : 'the build should wait for the file to go'
        maven.end(forcibly)
        MavenRun.awaitEnd(node.get())
    } finally {
        maven.close()
    }
    // the log has no end of a build, and no record was written
    BuildLog.read(new File(basedir, name).toPath()).hasNot('BUILD SUCCESS').hasNot('Nothing changed')
    assert App.records(basedir, 'state.json').empty
    assert site.text.contains('High water at noon.')
}
block.text = ''
interrupt('terminated.log', false)
// Vite runs again: the incomplete output was not reused
interrupt('killed.log', true)
block.delete()

def maven = MavenRun.start(basedir, new File(basedir, 'after.log'), new File(apps, '../settings.xml'),
        machineRepository, localRepositoryPath, 'package')
try {
    assert maven.exitCode() == 0
} finally {
    maven.close()
}
BuildLog.read(new File(basedir, 'after.log').toPath()).has('with SvelteKit').has('BUILD SUCCESS')
assert site.text.contains('High water at one.')
true
