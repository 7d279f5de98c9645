import dev.kitbridge.it.App
import dev.kitbridge.it.Folder
import dev.kitbridge.it.Invocations

def first = new File(basedir, 'first')
def second = new File(basedir, 'second/other place')
// the report has the durations of the steps on a separate line
def withoutReport = { File adapters ->
    def report = new File(adapters, 'report.html')
    def text = report.text.replaceFirst('(?m)^<script .*id="steps-data">.*$', '')
    assert report.delete()
    text
}
['site', 'site-kit2'].each { module ->
    assert withoutReport(new File(first, "$module/target/adapters")) == withoutReport(new File(second, "$module/target/adapters"))
    Folder.same(new File(first, "$module/target/adapters"), new File(second, "$module/target/adapters"))
    def archive = "$module/target/kitbridge/depot/archive/depot.zip"
    assert new File(first, archive).bytes == new File(second, archive).bytes
    // no file contains a path of the machine
    Folder.holdsNot(new File(first, "$module/target/adapters"), first.canonicalPath)
}
def fromTimestamp = ', from project.build.outputTimestamp, since the app leaves it to SvelteKit\'s default'
[1, 2].each { assert Invocations.log(basedir, it).count(fromTimestamp) == 2 }

// without a timestamp, the version is the git commit and a digest of the app's content
def versions = new File(basedir, 'versions')
def name = { String module ->
    def text = new File(versions, "$module/target/adapters/static/_app/version.json").text
    (text =~ /"version":"([^"]+)"/)[0][1]
}
def commit = new File(versions, '.git/' + new File(versions, '.git/HEAD').text.trim().substring('ref: '.length())).text
assert name('one') ==~ /${commit.substring(0, 12)}-[0-9a-f]{8}/
assert name('one') == name('two')
['one', 'two'].each { withoutReport(new File(versions, "$it/target/adapters")) }
Folder.same(new File(versions, 'one/target/adapters'), new File(versions, 'two/target/adapters'))

// a version name in the app's configuration wins
assert name('own') == 'tide-7'
def log = Invocations.log(basedir, 3)
assert log.count("version.name is ${name('one')}, from the git commit, since the app leaves it to") == 2
assert log.count('version.name is') == 2
// the second build, with the files that the first one wrote
def again = Invocations.log(basedir, 4)
assert again.count("version.name is ${name('one')}, from the git commit") == 2
assert again.count('Building: the environment variable TIDE changed') == 2
true
