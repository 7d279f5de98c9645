import dev.kitbridge.it.KitMatrix

def matrix = new KitMatrix(basedir, System.getenv('KITBRIDGE_KIT_MATRIX'))
matrix.create(apps)
context.put('matrix', matrix)
true
