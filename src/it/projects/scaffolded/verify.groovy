import dev.kitbridge.it.App
import dev.kitbridge.it.BuildLog

BuildLog.of(basedir).has('with SvelteKit 2.').has('with SvelteKit 3.')
for (name in ['kit2', 'kit3']) {
    def site = new File(basedir, name + '/target/adapters/static')
    def files = App.files(site)
    assert files.containsAll(['index.html', 'about.html', '200.html', '_app/version.json', 'robots.txt'])
    assert new File(site, 'index.html').text.contains('to your new')
    // Kitbridge wrote no file to the app
    assert !new File(basedir, name + '/package.json').text.toLowerCase().contains('kitbridge')
    assert !new File(basedir, name + '/vite.config.ts').text.toLowerCase().contains('kitbridge')
}
true
