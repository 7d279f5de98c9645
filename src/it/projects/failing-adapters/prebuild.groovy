import dev.kitbridge.it.App

App.copy(apps, 'kit3', new File(basedir, 'site'), kitVersion)

// modules of one app, each with an adapter that fails in another way
def pom = new File(basedir, 'site.xml').text
[
    create: ['adapters', '<early/>'], adapt: ['adapters', '<late/>'], words: ['adapters', '<wordy/>'],
    vite: ['adapters', '<painter/>'], supports: ['adapters', '<judge/>'], options: ['adapters', '<picky><size>0</size></picky>'],
    unknown: ['adapters', '<lat/>'], several: ['adapters', ''],
    twins: ['adapters twin', '<late/>'], future: ['adapters future-adapter', '<future/>']
].each { name, setup ->
    def dependencies = setup[0].split(' ').collect {
        "<dependency><groupId>org.example</groupId><artifactId>$it</artifactId><version>1.0</version></dependency>"
    }
    def module = new File(basedir, "site-$name")
    module.mkdirs()
    new File(module, 'pom.xml').text = pom.replace('NAME', name)
            .replace('ADAPTERS', setup[1]).replace('DEPENDENCIES', dependencies.join())
}
true
