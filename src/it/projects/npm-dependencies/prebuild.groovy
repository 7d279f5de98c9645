import dev.kitbridge.it.Folder
import java.nio.file.Files
import java.nio.file.Path

for (kit in ['kit2', 'kit3']) Folder.copy(new File(basedir, 'app'), new File(basedir, kit))
for (module in ['bundled', 'not-bundled', 'not-installed', 'misspelt']) {
    new File(basedir, module + '/src/app.html').bytes = new File(basedir, 'app/src/app.html').bytes
    Files.createSymbolicLink(new File(basedir, module + '/node_modules').toPath(), Path.of('../kit3/node_modules'))
}
true
