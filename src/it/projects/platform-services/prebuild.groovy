import dev.kitbridge.it.App
import dev.kitbridge.it.Folder

// the same app on both major versions of SvelteKit
['kit3', 'kit2'].each { kit ->
    Folder.copy(new File(basedir, 'routes'), new File(basedir, "$kit/src/routes"))
    App.copy(apps, kit, new File(basedir, kit), kitVersion)
}
true
