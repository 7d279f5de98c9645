import dev.kitbridge.it.App
import dev.kitbridge.it.BuildLog
import dev.kitbridge.it.Folder
import dev.kitbridge.it.MavenRun
import groovy.json.JsonSlurper

import java.util.zip.ZipFile

def page = new File(apps, '../../../docs/writing-adapters.md').getText('UTF-8')

/** Runs lines of a shell in which `mvn` is the Maven of the integration tests, with the repository that they share. */
def shell = { String lines, File folder, String name ->
    def log = new File(basedir, name)
    def run = MavenRun.shell(folder, log, new File(apps, '../settings.xml'), machineRepository, localRepositoryPath, lines)
    try {
        assert run.exitCode() == 0: log
    } finally {
        run.close()
    }
    BuildLog.read(log.toPath())
}

// the page's commands, in its order
def commands = (page =~ /(?ms)^```sh\n(.*?)^```/).collect { it[1] }
assert commands.size() == 4
def work = new File(basedir, 'target')
work.mkdirs()
def project = new File(work, 'archive')
def logs = commands.withIndex().collect { lines, i -> shell(lines, i == 0 ? work : project, "step-${i + 1}.log") }

// the page's files are those of the project, or parts of them
def shown = (page =~ /(?ms)^(In )?`([^`\n]+)`\n\n```\w*\n(.*?)^```/).collect { [part: it[1], file: it[2], text: it[3]] }
assert shown.size() == 8
// so is each block of the walkthrough
assert shown.size() + commands.size() == (page.substring(0, page.indexOf('## JavaScript and Java')) =~ /(?m)^```\w*$/).size() / 2
shown.each {
    def file = new File(project, it.file).getText('UTF-8')
    if (!it.part) assert file == it.text: it.file
    else assert file.stripIndent().readLines()*.trim().join('\n').contains(it.text.readLines()*.trim().join('\n')): it.file
}
// the files that an author commits
assert App.files(project).findAll { !(it =~ /(^|\/)(target|node_modules|\.svelte-kit)\//) } as Set == [
        '.gitignore', 'pom.xml', 'adapter/pom.xml', 'app/pom.xml', 'app/package.json', 'app/package-lock.json', 'app/vite.config.js',
        'app/src/app.html', 'app/src/routes/+layout.js', 'app/src/routes/+page.server.js', 'app/src/routes/+page.svelte',
        'adapter/src/main/resources/META-INF/services/dev.kitbridge.adapter.AdapterFactory'] as Set +
        ['main/java/org/example/archive/Archive', 'main/java/org/example/archive/ArchiveFactory',
         'main/java/org/example/archive/ArchiveOptions', 'test/java/org/example/archive/ArchiveTest'].collect { "adapter/src/${it}.java" as String }

// the versions of its packages are those of the other integration tests
def packages = { File file -> new JsonSlurper().parse(file).devDependencies }
assert packages(new File(project, 'app/package.json')) == packages(new File(apps, 'kit3/package.json')).findAll { it.key != '@sveltejs/adapter-static' }

// the results of the steps
logs[1].has('Tests run: 8, Failures: 0, Errors: 0, Skipped: 0')
def html = { File zip -> new ZipFile(zip).withCloseable { it.getInputStream(it.getEntry('index.html')).getText('UTF-8') } }
assert html(new File(project, 'app/target/adapters/archive/tides.zip')).contains('High water at noon. From archive tides.')
assert new File(localRepositoryPath, 'org/example/archive-app/1.0/archive-app-1.0-site.zip').isFile()
logs[2].has('fallback').has('for example 200.html')
def repository = new File(project, 'target/repository/org/example')
assert new File(repository, 'archive-adapter/1.0/archive-adapter-1.0.jar').isFile()
assert repository.list() as Set == ['archive', 'archive-adapter'] as Set

// another user, with the repository and an app; the packages are those of the parent folder
['archive', 'archive-adapter', 'archive-app'].each { new File(localRepositoryPath, "org/example/$it").deleteDir() }
def elsewhere = new File(project, 'app/target/elsewhere')
Folder.copy(new File(basedir, 'elsewhere'), elsewhere)
def version = (new File(project, 'pom.xml').text =~ /<kitbridge.version>(.*)<\/kitbridge.version>/)[0][1]
new File(elsewhere, 'pom.xml').with { it.text = it.text.replace('@project.version@', version) }
Folder.copy(new File(project, 'app/src'), new File(elsewhere, 'src'))
['package.json', 'vite.config.js'].each { new File(elsewhere, it).text = new File(project, "app/$it").text }
shell('mvn package', elsewhere, 'elsewhere.log')
assert html(new File(elsewhere, 'target/adapters/archive/elsewhere.zip')).contains('From archive elsewhere.')

// a feature that the adapter refuses: the log has the adapter's own reason
new File(elsewhere, 'src/routes/+layout.js').delete()
def refused = MavenRun.start(elsewhere, new File(basedir, 'refused.log'), new File(apps, '../settings.xml'), machineRepository,
        localRepositoryPath, 'package')
try {
    assert refused.exitCode() == 1
} finally {
    refused.close()
}
BuildLog.read(new File(basedir, 'refused.log').toPath()).failureOf('site', "Adapter 'archive': An archive contains files only",
        '  - src/routes/\n', "Add 'export const prerender = true'")
true
