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
 * A bridge that was started as soon as it was certain that there will be a build: it loads Vite while the rest of the
 * POM is read. Nothing of the app's own runs before its request. One that turns out not to be needed is ended by
 * closing.
 */
public final class HeadStart implements AutoCloseable {

    private final @Nullable NodeRuntime node;
    private ChildProcess.@Nullable Running bridge;

    private HeadStart(@Nullable NodeRuntime node, ChildProcess.@Nullable Running bridge) {
        this.node = node;
        this.bridge = bridge;
    }

    /** No head start. */
    public static HeadStart none() {
        return new HeadStart(null, null);
    }

    /**
     * Starts a bridge if the app has not been built, or not from these sources.
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
        if (!lock.tryLock()) return none();
        try {
            for (BuildFolder folder : BuildFolder.of(app, module).withOthers()) {
                LastBuild last = LastBuild.read(folder.path());
                if (last != null && last.isOf(AppSources.read(AppSources.Layout.of(app, target, last.outDir()))))
                    return none();
            }
            return new HeadStart(run.node(), Bridge.start(run, colours));
        } finally {
            lock.unlock();
        }
    }

    boolean isRunning() {
        return bridge != null;
    }

    /** The bridge if it runs in this Node; else it is ended. The caller has to close it. */
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
