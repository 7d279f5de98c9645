import dev.kitbridge.it.App
import dev.kitbridge.it.Node

App.copy(apps, 'kit3', new File(basedir, 'frontend'), kitVersion)

// a Node that leaves a line for each start
def node = new File(basedir, 'node/node')
node.parentFile.mkdirs()
node.text = """#!/bin/sh
echo "\$*" >> '${basedir}/starts.txt'
exec '${Node.program()}' "\$@"
"""
assert node.setExecutable(true)
