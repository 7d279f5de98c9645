import dev.kitbridge.it.App
import dev.kitbridge.it.BuildLog
import java.util.jar.JarInputStream
import java.util.zip.ZipFile

def names = { String file ->
    new ZipFile(new File(basedir, file)).withCloseable { zip -> zip.entries().collect { it.name } }
}

// Spring Boot has replaced the module's jar
assert names('boot/target/boot-1.0.jar').contains('BOOT-INF/classes/org/example/boot/Shop.class')

// the adapter nests the module's own, and each dependency once
new ZipFile(new File(basedir, 'boot/target/boot-1.0-app.jar')).withCloseable { zip ->
    def libraries = zip.entries().collect { it.name }.findAll { it.startsWith('lib/') && it.endsWith('.jar') }
    assert libraries.count { it.startsWith('lib/spring-boot-3.5.7') } == 1
    def own = []
    new JarInputStream(zip.getInputStream(zip.getEntry('lib/boot-1.0.jar'))).withCloseable { jar ->
        for (def entry = jar.nextEntry; entry != null; entry = jar.nextEntry) own << entry.name
    }
    assert own.contains('org/example/boot/Shop.class')
    assert own.every { !it.startsWith('BOOT-INF/') && !it.endsWith('.jar') }
}

// containers serve the root of a WAR
def war = names('site/target/site-1.0.war')
assert App.files(new File(basedir, 'site/target/adapters/static')).every { war.contains(it) }
assert war.contains('index.html') && war.contains('_app/version.json')
assert war.every { !it.contains('META-INF/resources') }

// the outputs in the log and in the report
def log = BuildLog.of(basedir)
log.has('  static: target/site-1.0, ').has('  jvm: target/boot-1.0-app.jar, ')
assert new File(basedir, 'boot/target/adapters/report.html').text.contains('<title>boot 1.0')
true
