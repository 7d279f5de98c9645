import dev.kitbridge.it.App
import dev.kitbridge.it.Folder

def site = new File(basedir, 'site')
def site2 = new File(basedir, 'site-kit2')
// the same app on kit 2, whose folder contains the files that differ
['src', 'static', 'notes'].each { Folder.copy(new File(site, it), new File(site2, it)) }
new File(site2, 'src/env.js').delete()
App.copy(apps, 'kit3', site, kitVersion)
App.copy(apps, 'kit2', site2, kitVersion)

// the repository with earlier releases of one site; 0.8 has no archive
def office = new File(basedir, 'target/office/org/example/depot/site')
def versions = ['0.7', '0.8', '0.9-SNAPSHOT', '0.9', '0.10', '1.1']
office.mkdirs()
new File(office, 'maven-metadata.xml').text = """<metadata>
  <groupId>org.example.depot</groupId>
  <artifactId>site</artifactId>
  <versioning><versions>${versions.collect { "<version>$it</version>" }.join()}</versions></versioning>
</metadata>
"""
(versions - ['0.8', '0.9-SNAPSHOT']).each {
    def release = new File(office, it)
    release.mkdirs()
    new File(release, "site-$it-depot.zip").text = "depot of $it"
}
true
