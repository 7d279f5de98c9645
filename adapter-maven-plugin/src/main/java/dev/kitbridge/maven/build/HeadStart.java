package dev.kitbridge.maven.build;

import dev.kitbridge.maven.app.App;
import dev.kitbridge.maven.node.NodeRuntime;
import dev.kitbridge.maven.packages.ScriptRun;
import dev.kitbridge.maven.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A bridge that is started early, if a source changed since the last build: it loads Vite while Maven creates the
 * adapters. It runs no code of the app before its request. Closing ends a bridge that was not used.
 */
public final class HeadStart implements AutoCloseable {

    /** No bridge was started. */
    public static final HeadStart NONE = new HeadStart(null, null);

    private final @Nullable NodeRuntime node;
    private ChildProcess.@Nullable Running bridge;

    private HeadStart(@Nullable NodeRuntime node, ChildProcess.@Nullable Running bridge) {
        this.node = node;
        this.bridge = bridge;
    }

    /**
     * Starts a bridge if no module has built the app from its current sources.
     *
     * @param run the app, the Node and the environment
     * @param module the Maven module's folder
     * @param target the Maven module's output folder
     * @param colours whether the log goes to a terminal
     */
    public static HeadStart of(ScriptRun run, Path module, Path target, boolean colours) throws IOException {
        App app = run.app();
        ReentrantLock lock = ViteBuild.lock(app);
        // another module is building the same app
        if (!lock.tryLock()) return NONE;
        try {
            for (BuildFolder folder : BuildFolder.of(app, module).withOthers()) {
                LastSources last = LastSources.read(folder.path());
                if (last != null && last.matches(AppSources.read(AppSources.Layout.of(app, target, last.outDir()))))
                    return NONE;
            }
            return new HeadStart(run.node(), Bridge.start(run, colours));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns the bridge if it runs in this Node, and else ends it and returns null. The caller must close the bridge.
     */
    ChildProcess.@Nullable Running take(NodeRuntime wanted) {
        if (!wanted.equals(node)) close();
        ChildProcess.Running taken = bridge;
        bridge = null;
        return taken;
    }

    @Override
    public void close() {
        if (bridge != null) bridge.close();
        bridge = null;
    }
}
