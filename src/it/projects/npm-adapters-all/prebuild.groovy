import dev.kitbridge.it.AdapterMatrix

def matrix = new AdapterMatrix(basedir, apps, kitVersion, System.getenv('KITBRIDGE_ALL_ADAPTERS'))
matrix.create(apps, new File(apps, '../projects/npm-adapters/app'), kitVersion)
context.put('matrix', matrix)
true
