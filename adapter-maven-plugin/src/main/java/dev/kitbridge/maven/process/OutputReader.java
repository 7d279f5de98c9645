package dev.kitbridge.maven.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What a child writes, read by a thread for each of its two streams, for one taker after another. Between two, what the
 * child writes stays in its pipes.
 */
final class OutputReader {

    private static final int TAIL_LINES = 40;

    private final Deque<String> tail = new ArrayDeque<>();
    private final CompletableFuture<?> ended;
    private ChildProcess.Lines lines = (text, error) -> {};
    private @Nullable String last;
    private boolean held = true;
    private CompletableFuture<Boolean> done = new CompletableFuture<>();

    OutputReader(Process process) {
        CompletableFuture<Void> out = read(process.getInputStream(), false);
        CompletableFuture<Void> err = read(process.getErrorStream(), true);
        ended = CompletableFuture.allOf(out, err, process.onExit());
    }

    /**
     * Turns to another taker.
     *
     * @param last the line that ends its turn; it does not see it
     * @return whether that line came before the end
     */
    synchronized CompletableFuture<Boolean> to(ChildProcess.Lines lines, @Nullable String last) {
        this.lines = lines;
        this.last = last;
        release();
        CompletableFuture<Boolean> next = new CompletableFuture<>();
        done = next;
        ended.whenComplete((nothing, failure) -> next.complete(false));
        return next;
    }

    /** Lets the child write on. */
    synchronized void release() {
        held = false;
        notifyAll();
    }

    /** The last lines. */
    synchronized List<String> tail() {
        return new ArrayList<>(tail);
    }

    private CompletableFuture<Void> read(InputStream in, boolean error) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader reader =
                            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                            split(line, error);
                        }
                    } catch (IOException | InterruptedException e) {
                        // the pipe of a process that was ended
                    } finally {
                        end.complete(null);
                    }
                },
                "kitbridge-child-output");
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    /** The code that a child runs may leave its own line open, after which a line of ours follows. */
    private void split(String line, boolean error) throws InterruptedException {
        int mark = line.indexOf(ChildProcess.MARK);
        if (mark > 0) line(line.substring(0, mark), error);
        line(mark > 0 ? line.substring(mark) : line, error);
    }

    private synchronized void line(String line, boolean error) throws InterruptedException {
        while (held) wait();
        if (line.equals(last)) {
            held = true;
            done.complete(true);
            return;
        }
        if (tail.size() == TAIL_LINES) tail.removeFirst();
        tail.addLast(line);
        lines.line(line, error);
    }
}
