import dev.kitbridge.it.Scaffold

Scaffold.demo(new File(basedir, 'kit2'))
Scaffold.demo(new File(basedir, 'kit3'))
Scaffold.upgrade(new File(basedir, 'kit3'))
