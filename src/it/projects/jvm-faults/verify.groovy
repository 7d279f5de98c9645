import dev.kitbridge.it.Load
import dev.kitbridge.it.RawClient
import dev.kitbridge.it.RunningJar

import java.nio.file.Files
import java.util.concurrent.ConcurrentHashMap

def jar = new File(basedir, 'target').listFiles().find { it.name.endsWith('-app.jar') }
def cache = new File(basedir, 'target/cache')
def paths = ['/page', '/', '/page', '/_app/version.json']
def settings = [PORT            : '0', HOST: '127.0.0.1', WORKERS: '2', WORKER_TIMEOUT: '2', WORKER_MEMORY: '300M',
                HEADERS_TIMEOUT : '3', KEEP_ALIVE_TIMEOUT: '60', ORIGIN: 'http://localhost', CACHE_DIRECTORY: cache.path]
def rows = []

/** Prints the milliseconds. Only a gross excess fails, because a busy machine is slow. */
def row = { String fault, String others, String inside, String repaired ->
    rows << "| $fault | $others | $inside | $repaired |".toString()
    println rows.last()
}
/** A GET that is alone in a lost worker counts as the cause, and gets 502. */
def count = { Map<String, Integer> seen, int alone = 0 ->
    assert seen.keySet() - '502' == ['200'] as Set && (seen['502'] ?: 0) <= alone: seen
    def others = alone ? ", all 200 except ${seen['502'] ?: 0}" : ', all 200'
    "${seen['200']} requests$others".toString()
}
/** Returns the workers that answer. Requests are concurrent, because consecutive ones could reach one worker only. */
def pids = { Load load ->
    def found = ConcurrentHashMap.newKeySet()
    (1..8).collect {
        Thread.start {
            5.times {
                def body = load.get('/pid').body()
                if (body.long) found << body
            }
        }
    }*.join()
    found as Set
}

/** Waits until two other workers answer, and returns the time since the end of the lost one. */
def whole = { RunningJar app, Load load, String gone ->
    def worker = ProcessHandle.of(gone as long)
    app.await("worker $gone is gone") { !worker.present || !worker.get().alive }
    def since = System.nanoTime()
    def now = [] as Set
    app.await('two workers answer') { now.addAll(pids(load)); (now - gone).size() == 2 }
    def millis = (System.nanoTime() - since).intdiv(1_000_000)
    assert millis < 10_000
    "$millis ms after the worker was gone".toString()
}

def app = RunningJar.start(jar, '', settings)
try {
    def port = app.port()
    def probe = Load.on(port, 0, paths)
    app.await('two workers answer') { pids(probe).size() == 2 }
    // warm-up
    Load.on(port, 4, paths).with { load -> app.await('load') { load.answers() > 500 }; load.end() }

    /** Runs a fault while clients request pages and files, before and after it too. */
    def underLoad = { int alone = 0, Closure fault ->
        def load = Load.on(port, 4, paths)
        try {
            app.await('load') { load.answers() > 100 }
            fault()
            def now = load.answers()
            app.await('load') { load.answers() > now + 100 }
        } finally {
            load.close()
        }
        count(load.end(), alone) + ", the slowest in ${load.slowestMillis()} ms"
    }

    def repaired = ''
    def inside = ''
    def others = underLoad(1) {
        def victim = probe.get('/pid').body()
        ProcessHandle.of(victim as long).get().destroyForcibly()
        repaired = whole(app, probe, victim)
    }
    app.awaitOutput('exited with code 137')
    row('`kill -9` of a worker', others, 'the other worker answers its GETs; a GET that was alone in its worker gets 502', repaired)

    // a few requests could reach one worker only
    def pair = [] as Set
    app.await('two workers answer') { pair.addAll(pids(probe)); pair.size() == 2 }
    others = underLoad {
        20.times {
            assert probe.get('/odd/text').body() == 'text'
            assert probe.get('/odd/length').body() == 'text'
            assert probe.get('/odd/headers').headers().firstValue('x-large').get().length() == 40_000
            for (what in ['number', 'control', 'large']) assert probe.get('/odd/' + what).statusCode() == 500
        }
        assert pids(probe) - pair == [] as Set
    }
    for (line in ["is a number; expected a string", 'holds the character U+001F', "content-length 'abc'", 'RESPONSE_HEADERS_LIMIT']) {
        app.awaitOutput(line)
    }
    row('responses that cannot be sent: a chunk that is a number, a control character in a header, 70 kB of headers', others,
            '500, the reason in the log; a chunk that is a string and 40 kB of headers: 200', 'no worker is lost')

    // no worker has another request
    assert probe.get('/odd/exit').statusCode() == 502
    app.await('two workers answer') { pids(probe).size() == 2 }
    assert pids(probe).intersect(pair).size() == 1
    row('an endpoint that calls `process.exit`, without other requests', '-', 'its GET gets 502', 'one worker is replaced')

    others = underLoad {
        def answer = probe.send('POST', '/loop', 'x')
        assert answer.statusCode() == 502
        assert answer.body().contains('502')
        repaired = whole(app, probe, app.awaitOutput('loops in ').replaceAll(/.*loops in /, ''))
    }
    app.awaitOutput('did not respond for 2')
    row('an endless loop in a worker (`WORKER_TIMEOUT=2`)', others,
            'its POST gets 502 with the error page; its worker\'s GETs wait until it is killed, then the other worker answers them', repaired)

    others = underLoad {
        def statuses = [] as Set
        app.await('a worker is replaced') {
            statuses << probe.get('/leak').statusCode()
            sleep(10)
            app.output().contains('another worker replaces it before its memory runs out')
        }
        assert statuses == [200] as Set
        app.await('two workers answer') { pids(probe).size() == 2 }
        app.awaitOutput('shutdown with RECYCLE')
    }
    assert !app.output().contains('heap out of memory')
    row('a memory leak (`WORKER_MEMORY=300M`)', others, 'all 200', 'replaced before it runs out of memory: no gap')

    // the next steps count requests of workers, none of which may be replaced meanwhile
    app.close()
    app = RunningJar.start(jar, '', settings - [WORKER_MEMORY: '300M'])
    port = app.port()
    probe = Load.on(port, 0, paths)
    app.await('two workers answer') { pids(probe).size() == 2 }

    others = underLoad {
        def slow = (1..20).collect { new RawClient(port) }
        def uploads = (1..20).collect {
            def client = new RawClient(port)
            client.write('POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5\r\nConnection: close\r\n\r\n')
            client
        }
        'GET /p'.each { letter ->
            slow.each { try { it.write(letter) } catch (IOException ignored) { } }
            if (uploads.size() && letter != 'p') uploads.each { it.write('x') }
            sleep(1000)
        }
        def ends = slow.collect { it.read().readLines().take(1) }.flatten() as Set
        assert ends == ['HTTP/1.1 408 Request Timeout'] as Set
        def bodies = uploads.collect { it.read() }
        assert bodies.every { it.startsWith('HTTP/1.1 200') && it.contains('5') }
        (slow + uploads)*.close()
    }
    row('20 clients that send one byte a second of a header, 20 of a body (`HEADERS_TIMEOUT=3`)', others,
            'headers: 408 after three seconds; bodies: 200, no worker is blocked', '-')

    def produced = { (1..20).collect { probe.get('/produced').body().split(' ') }.collectEntries { [it[0], it[1..2]*.toLong()] } }
    def total = { produced().values().sum { it[0] } }
    others = underLoad {
        def before = total()
        def ended = produced().values().sum { it[1] }
        def silent = (1..20).collect { new RawClient(port).get('/stream') }
        def last = -1L
        app.await('the app makes nothing more') { def now = total(); def same = now == last; last = now; same && now > before }
        // the window of the link, and the buffers of the front and both sockets
        assert (last - before) / 20 < 8 * 1024 * 1024
        inside = "the app is paused after ${((last - before) / 20 / 1024) as int} kB each".toString()
        silent*.close()
        app.await('the renderings end') { produced().values().sum { it[1] } >= ended + 20 }
    }
    row('20 clients that never read an endless stream', others, inside + ', and notified when they disconnect', '-')

    def files = (new File('/proc/self/limits').readLines().find { it.startsWith('Max open files') }.split(/\s{2,}/)[1] as int)
    def number = Math.min(10_000, files - 2000)
    others = underLoad {
        def idle = []
        try {
            number.times { idle << new RawClient(port) }
            // some clients have sent valid requests before
            def late = idle.takeRight(20)
            late.each { it.get('/page') }
            assert late.every { it.read().startsWith('HTTP/1.1 200') }
        } finally {
            idle*.close()
        }
    }
    row("$number idle connections", others, 'later requests on them: 200', '-')

    // SIGTERM: accepted requests are answered
    def seen = Collections.synchronizedList([])
    def over = false
    def clients = (1..4).collect {
        Thread.start {
            while (!over) {
                def answer
                try {
                    new RawClient(port).withCloseable { answer = it.get('/page').read() }
                } catch (IOException e) {
                    answer = 'refused'
                }
                seen << (answer == 'refused' || answer.isEmpty() ? 'refused'
                        : answer.startsWith('HTTP/1.1 200') && answer.contains('</html>') ? '200' : "broken: $answer".toString())
                if (answer == 'refused') sleep(5)
            }
        }
    }
    def slow = (1..5).collect { new RawClient(port).get('/slow') }
    app.await('the slow ones are in the workers') { app.output().readLines().count { it.contains('slow begins') } == 5 }
    // Process.destroy would close its output too
    app.process().toHandle().destroy()
    def answers = slow.collect { it.read() }
    assert answers.every { it.startsWith('HTTP/1.1 200') && it.endsWith('slow') }
    assert app.exitCode() == 0
    over = true
    clients*.join()
    slow*.close()
    assert seen.toSet() - ['200', 'refused'] == [] as Set
    assert app.output().readLines().count { it.contains('shutdown with SIGTERM') } == 2
    row('SIGTERM', "${seen.count('200')} complete responses, then connections are refused", 'five requests of 1.5 s: all 200',
            'exit code 0, `sveltekit:shutdown` in both workers')
} finally {
    app.close()
}

// a worker that exits at start
app = RunningJar.start(jar, '', settings + [APP_FAILS: '1', START_TRIES: '0'])
try {
    def port = app.port()
    app.awaitOutput('there is no database')
    def files = Load.on(port, 4, ['/', '/_app/version.json'])
    try {
        def probe = Load.on(port, 0, paths)
        def answer
        app.await('it is told') { answer = probe.get('/page'); answer.statusCode() == 503 }
        assert answer.headers().firstValue('retry-after').get() == '1'
        20.times { assert probe.get('/page').statusCode() == 503 }
        app.await('load') { files.answers() > 200 }
    } finally {
        files.close()
    }
    row('every worker exits at start (`START_TRIES=0`)', count(files.end()) + ' (prerendered pages and assets)',
            'pages: 503 with `Retry-After`, at once', 'tried again with backoff; the log has the reason')
} finally {
    app.close()
}

app = RunningJar.start(jar, '', settings + [APP_FAILS: 'says so', START_TRIES: '3'])
try {
    assert app.exitCode() == 1
    def said = app.output().readLines()
    assert said.count { it.contains('DATABASE_URL is missing') } == 1
    assert said.count { it.contains('before it was ready') } == 4
    assert said.any { it.contains('The app does not start: 3 starts failed') && it.contains('START_TRIES=0') }
    row('every worker exits at start (`START_TRIES=3`)', '-', 'pages: 503 until the process exits',
            'exit code 1 after three starts; the app\'s message is logged once')
} finally {
    app.close()
}

// a worker that never becomes ready
app = RunningJar.start(jar, '', settings + [APP_FAILS: 'never', WORKER_TIMEOUT: '1', MANAGEMENT_PORT: '0'])
try {
    def port = app.port()
    def management = app.awaitOutput('Management on ').replaceAll(/.*:/, '') as int
    def files = Load.on(port, 4, ['/', '/_app/version.json'])
    try {
        def probe = Load.on(port, 0, paths)
        def answer = probe.get('/page')
        assert answer.statusCode() == 503 && answer.headers().firstValue('retry-after').get() == '1'
        assert Load.on(management, 0, []).get('/readyz').statusCode() == 503
        app.awaitOutput("did not start within 6 s: the app's init hook, or one of its modules, has not completed")
        20.times { assert probe.get('/page').statusCode() == 503 }
    } finally {
        files.close()
    }
    row("the app's `init` hook never ends (`WORKER_TIMEOUT=1`)", count(files.end()) + ' (prerendered pages and assets)',
            'pages: 503 with `Retry-After`, after a second, later at once; `/readyz`: 503', 'killed after six seconds, tried again with backoff; the log has the reason')
} finally {
    app.close()
}

// the cache folder: planted files are not trusted
def planted = []
cache.eachFileRecurse { if (it.name == 'version.json' || it.name.endsWith('.js') && it.path.contains('/server/')) planted << it }
assert planted.size() > 3
def before = planted.collectEntries { [it, it.bytes] }
planted.each { it.bytes = ('!' * it.length()).bytes }
app = RunningJar.start(jar, '', settings)
try {
    def probe = Load.on(app.port(), 0, paths)
    assert probe.get('/page').statusCode() == 200
    assert !probe.get('/_app/version.json').body().contains('!')
    planted.each { assert Arrays.equals(it.bytes, before[it]) }
    row('wrong files planted in the cache folder', 'all 200', "${planted.size()} files of the right size: detected and unpacked again", 'at start')
} finally {
    app.close()
}

// the cache folder is deleted, and the pack of files is truncated, while the app runs
def gone = new File(basedir, 'target/gone-cache')
// at once: the app unpacks files again while others are deleted
def vanish = { File folder ->
    def moved = new File(folder.parentFile, "${folder.name}-${System.nanoTime()}")
    assert folder.renameTo(moved)
    assert moved.deleteDir()
}
app = RunningJar.start(jar, '', settings + [CACHE_DIRECTORY: gone.path])
try {
    def probe = Load.on(app.port(), 0, paths)
    app.await('two workers answer') { pids(probe).size() == 2 }
    vanish(gone)
    app.awaitOutput('Files in the cache folder were deleted, and are unpacked again')
    // no worker has loaded the modules of this route
    assert probe.get('/odd/text').statusCode() == 200
    row('the cache folder is deleted', 'all 200', 'routes that no worker has loaded: 200', 'within a second, from files that are unpacked again')

    vanish(gone)
    def victim = pids(probe)[0]
    ProcessHandle.of(victim as long).get().destroyForcibly()
    def repaired = whole(app, probe, victim)
    assert probe.get('/page').statusCode() == 200
    row('the cache folder is deleted, then a worker is killed', 'all 200', 'the other worker answers its GETs',
            repaired + ', from files that are unpacked again')

    def pack = null
    gone.eachFileRecurse { if (it.name == 'site.pack') pack = it }
    def size = pack.length()
    new RandomAccessFile(pack, 'rw').withCloseable { it.length = 0 }
    assert probe.get('/_app/version.json').statusCode() == 500
    app.awaitOutput('site.pack cannot be read: it has 0 bytes')
    assert probe.get('/page').statusCode() == 200
    victim = pids(probe)[0]
    ProcessHandle.of(victim as long).get().destroyForcibly()
    whole(app, probe, victim)
    assert pack.length() == size
    assert probe.get('/_app/version.json').statusCode() == 200
    row('`site.pack` is truncated', 'all 200: pages, and files that were requested before', 'files: 500, the reason in the log',
            'when the next worker starts, or the server')
} finally {
    app.close()
}

// another user's folder
if (Files.getAttribute(basedir.toPath(), 'unix:uid') == 0) {
    def foreign = new File(basedir, 'target/foreign-cache/kitbridge')
    foreign.mkdirs()
    Files.setAttribute(foreign.toPath(), 'unix:uid', 4242)
    app = RunningJar.start(jar, '', settings + [CACHE_DIRECTORY: foreign.parent])
    try {
        assert app.exitCode() == 1
        assert app.output().contains('it belongs to the user with id 4242, and this process runs as 0')
        assert app.output().contains('set CACHE_DIRECTORY to a folder')
    } finally {
        app.close()
    }
}

// no room in the cache folder
def empty = new File(basedir, 'target/empty-cache')
app = RunningJar.start(jar, 'ulimit -f 8', settings + [CACHE_DIRECTORY: empty.path])
try {
    assert app.exitCode() == 1
    def said = app.output().readLines().findAll { !it.blank && !it.contains('hsperfdata') }
    assert said.size() == 1
    assert said[0].contains('CACHE_DIRECTORY')
    row('no space for the cache folder, first start', 'no port is opened', 'exit code 1, one line: the folder, the reason, `CACHE_DIRECTORY`', 'the next start with space')
} finally {
    app.close()
}
app = RunningJar.start(jar, 'ulimit -f 8', settings)
try {
    assert Load.on(app.port(), 0, paths).get('/page').statusCode() == 200
    row('no space for the cache folder, later start', 'all 200', '-', '-')
} finally {
    app.close()
}

new File(basedir, 'target/faults.md').text =
        '| fault | other clients | the faulty client | recovery |\n|---|---|---|---|\n' + rows.join('\n') + '\n'
true
