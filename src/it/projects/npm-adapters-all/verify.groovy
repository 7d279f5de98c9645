import dev.kitbridge.it.AdapterMatrix
import dev.kitbridge.it.Invocations

def matrix = context.get('matrix') as AdapterMatrix
def table = matrix.table(Invocations.log(basedir, 2))
println table
assert matrix.failures().empty: "$table\n${matrix.failures().join('\n')}"
true
