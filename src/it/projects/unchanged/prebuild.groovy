import dev.kitbridge.it.App
import dev.kitbridge.it.Node

App.copy(apps, 'kit3', new File(basedir, 'frontend'), kitVersion)

// a style sheet outside of the app's folder
new File(basedir, 'shared.css').text = 'h1 { color: red }'
new File(basedir, 'frontend/src/routes/page.css').text = "@import '../../../shared.css';"
new File(basedir, 'frontend/src/routes/+page.svelte').text = '''<script>
	import './page.css';
</script>
<h1>Tide table</h1>
'''

// a Node that writes a line for each start
def node = new File(basedir, 'node/node')
node.parentFile.mkdirs()
node.text = """#!/bin/sh
echo "\$*" >> '${basedir}/starts.txt'
exec '${Node.program()}' "\$@"
"""
assert node.setExecutable(true)
