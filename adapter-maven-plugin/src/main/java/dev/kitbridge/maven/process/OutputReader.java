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
 * Reads a child's output, with a thread for each of its two streams, for one receiver after the other. Between two
 * receivers, the output stays in the pipes.
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
     * Passes the output to another receiver.
     *
     * @param last the line after which reading pauses; it is not passed on
     * @return whether the child wrote that line before it ended
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

    /** Resumes reading. */
    synchronized void release() {
        held = false;
        notifyAll();
    }

    /** Returns the last lines. */
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
                        // the process was ended, which closes its pipes
                    } finally {
                        end.complete(null);
                    }
                },
                "kitbridge-child-output");
        thread.setDaemon(true);
        thread.start();
        return end;
    }

    /** Splits a line of Kitbridge from output of the app before it that has no line end. */
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
