package dev.kitbridge.maven.emulator;

import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.server.link.Rendezvous;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Answers the questions that Vite's processes and threads ask the adapters, over loopback connections that stay open. A
 * question is one line of JSON, and so is its answer, which is written at once: in two segments, the second would wait
 * some 40 ms for the acknowledgement of the first.
 */
public final class EmulatorServer implements AutoCloseable {

    private final Rendezvous rendezvous;
    private final PlatformAnswers answers;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    /** Held while an adapter is asked: it is used by one thread at a time. */
    private final Object adapters = new Object();

    /** Services may take a minute to start, and pages without them do not wait. */
    private final ExecutorService services = Executors.newSingleThreadExecutor(task -> daemon(task, "locate-services"));

    /**
     * What kit tells an emulator of a request.
     *
     * @param config the route's
     * @param prerender the route's option: {@code true}, {@code false} or {@code auto}
     */
    private record Details(Map<String, Object> config, Prerender prerender) {}

    /** The name of a question, and what it is about. */
    private record Question(int id, String question, @Nullable JsonNode details) {}

    /** Starts to answer. */
    public EmulatorServer(PlatformAnswers answers) throws IOException {
        this.answers = answers;
        this.rendezvous = Rendezvous.atLoopback();
        daemon(this::accept, "emulator-accept").start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, "kitbridge-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** The port and the secret that a connection begins with, separated by a colon. */
    public String address() throws IOException {
        return rendezvous.address() + ":" + rendezvous.secret();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = rendezvous.next();
                connection.configureBlocking(true);
                connections.add(connection);
                daemon(() -> listen(connection), "emulator-connection").start();
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void listen(SocketChannel connection) {
        try (connection;
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Question asked = Jackson.MAPPER.readValue(line, Question.class);
                if (asked.question().equals("services")) {
                    services.execute(() -> write(connection, reply(asked)));
                } else {
                    // on this thread: each page waits for the answer, and another thread takes a while to wake up
                    write(connection, reply(asked));
                }
            }
        } catch (IOException | JacksonException | RejectedExecutionException e) {
            // Vite's process has ended, or breaks the rules, or Maven ends
        } finally {
            connections.remove(connection);
        }
    }

    private String reply(Question asked) {
        try {
            // a value that is no JSON is an error, not half a line
            String answer = Jackson.sorted(answer(asked));
            return "{\"id\":" + asked.id() + ",\"answer\":" + answer + "}\n";
        } catch (JacksonException e) {
            return error(asked, "event.platform is no JSON: " + e.getOriginalMessage());
        } catch (RuntimeException e) {
            return error(asked, e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static String error(Question asked, String message) {
        String error = asked.question().equals("services") ? message : "emulate: " + message;
        return Jackson.sorted(Map.of("id", asked.id(), "error", error)) + "\n";
    }

    private Object answer(Question asked) {
        return switch (asked.question()) {
            case "platform" -> platform(Jackson.MAPPER.treeToValue(asked.details(), Details.class));
            case "read" -> refusal(Jackson.MAPPER.treeToValue(asked.details(), RouteDefinition.class));
            case "services" -> Objects.requireNonNull(answers.services()).address();
            default -> throw new IllegalArgumentException("unknown question: " + asked.question());
        };
    }

    private Map<String, Object> platform(Details details) {
        Map<String, Object> answer = new TreeMap<>();
        synchronized (adapters) {
            answer.put("platform", answers.platform(details.config(), details.prerender()));
        }
        if (answers.hasFront()) answer.put("front", true);
        if (answers.services() != null) answer.put("services", true);
        return answer;
    }

    private Object refusal(RouteDefinition route) {
        synchronized (adapters) {
            return Collections.singletonMap(
                    "refusal", answers.refusal().apply(route).orElse(null));
        }
    }

    private static void write(SocketChannel connection, String reply) {
        ByteBuffer line = StandardCharsets.UTF_8.encode(reply);
        try {
            // answers of both threads, one after the other
            synchronized (connection) {
                while (line.hasRemaining()) connection.write(line);
            }
        } catch (IOException e) {
            // nobody waits for the answer any more
            close(connection);
        }
    }

    private static void close(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    @Override
    public void close() {
        rendezvous.close();
        services.shutdownNow();
        connections.forEach(EmulatorServer::close);
    }
}
