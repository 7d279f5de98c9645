// packages that consist of a package.json only
[['kit-too-old', '2.55.0'], ['kit-too-new', '4.0.0']].each { module, version ->
    def kit = new File(basedir, "$module/node_modules/@sveltejs/kit")
    assert kit.mkdirs()
    new File(kit, 'package.json').text = """{ "name": "@sveltejs/kit", "version": "$version" }"""
}
true
