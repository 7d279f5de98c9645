import dev.kitbridge.it.App
import dev.kitbridge.it.Chromium

// fails before the build if a browser is named and missing
if (Chromium.isWanted()) Chromium.program()

def shop = new File(basedir, 'shop')
App.copyExample(apps, 'storefront', shop, kitVersion)
App.copy(apps, 'browser', new File(basedir, 'browser'), '')

def replace = { String name, String before, String after ->
    def file = new File(shop, name)
    assert file.text.count(before) == 1
    file.text = file.text.replace(before, after)
}

// Without its Java services the shop has no products: pages show data from the database only.
replace('src/lib/server/products.ts', 'data as Product[]', '[] as Product[]')

// replicas share their kept pages
replace('pom.xml', '<jvm/>', '<jvm><pageCache>redis</pageCache></jvm>')

// The shop delays by the clock; here it waits for the test, so that the order of events is certain.
replace('src/lib/server/suggestions.ts', 'await setTimeout(400);',
        "while (existsSync(process.env.SHELVES_CLOSED ?? '')) await setTimeout(10);")
replace('src/lib/server/suggestions.ts', 'import type', "import { existsSync } from 'node:fs';\nimport type")
true
