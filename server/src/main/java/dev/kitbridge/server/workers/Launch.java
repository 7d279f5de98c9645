package dev.kitbridge.server.workers;

import dev.kitbridge.server.Init;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How workers are started.
 *
 * @param init settings
 * @param entry the module that runs a worker
 * @param sockets a folder that only this user can read
 */
record Launch(Init init, Path entry, Path sockets) {

    WorkerProcess start(int number) throws IOException {
        return WorkerProcess.start(this, number);
    }
}
