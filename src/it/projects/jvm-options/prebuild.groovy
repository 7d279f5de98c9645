import dev.kitbridge.it.App
import dev.kitbridge.it.Folder
import java.nio.file.Files
import java.nio.file.Path
import java.util.jar.JarEntry
import java.util.jar.JarOutputStream

def site = new File(basedir, 'site')
App.copy(apps, 'kit3', site, kitVersion)
// the same app in another folder, with other modification times
def again = new File(basedir, 'again')
Folder.copy(site, again)
again.eachFileRecurse { it.lastModified = System.currentTimeMillis() - 86_400_000L }

// the previous release: another page, whose scripts have other names
def earlier = new File(basedir, 'earlier')
Folder.copy(site, earlier)
def page = new File(earlier, 'src/routes/+page.svelte')
page.text = page.text.replace('High water at one', 'High water at noon')
// the packages are installed once, for the first of them
for (app in [site, again]) Files.createSymbolicLink(new File(app, 'node_modules').toPath(), Path.of('../earlier/node_modules'))
// an artifact with the name of another one
def other = new File(basedir, 'target/office/org/example/harbour/jspecify/1.0.1')
other.mkdirs()
new File(other, 'jspecify-1.0.1.pom').text = '''<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example.harbour</groupId>
  <artifactId>jspecify</artifactId>
  <version>1.0.1</version>
</project>
'''
new JarOutputStream(new File(other, 'jspecify-1.0.1.jar').newOutputStream()).withCloseable { jar ->
    jar.putNextEntry(new JarEntry('harbour.txt').tap { time = 0 })
}
Folder.delete(new File(localRepositoryPath, 'org/example/harbour'))
Folder.delete(new File(localRepositoryPath, 'dev/kitbridge/it/options'))
true
