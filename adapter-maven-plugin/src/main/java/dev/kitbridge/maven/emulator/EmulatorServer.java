package dev.kitbridge.maven.emulator;

import dev.kitbridge.adapter.Prerender;
import dev.kitbridge.adapter.RouteDefinition;
import dev.kitbridge.maven.json.Jackson;
import dev.kitbridge.server.internal.link.Rendezvous;
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
 * Answers the questions of Vite's processes and threads to the adapters, over persistent loopback connections. A
 * question is one line of JSON, and so is its answer. An answer is sent in one TCP segment: a second segment would wait
 * 40 ms for the acknowledgement of the first.
 */
public final class EmulatorServer implements AutoCloseable {

    private final Rendezvous rendezvous;
    private final EmulatorAnswers answers;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

    /** Serializes calls of adapters, which need not be thread-safe. */
    private final Object adapters = new Object();

    /** Waits for services, which may take a minute to start; requests without services do not wait. */
    private final ExecutorService services = Executors.newSingleThreadExecutor(task -> daemon(task, "locate-services"));

    /**
     * The details of a request that kit passes to an emulator.
     *
     * @param config the configuration of the route
     * @param prerender the route's option: {@code true}, {@code false} or {@code auto}
     */
    private record Details(Map<String, Object> config, Prerender prerender) {}

    /** A question by its name, with its arguments. */
    private record Question(int id, String question, @Nullable JsonNode details) {}

    /** Starts to listen. */
    public EmulatorServer(EmulatorAnswers answers) throws IOException {
        this.answers = answers;
        this.rendezvous = Rendezvous.atLoopback();
        daemon(this::accept, "emulator-accept").start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, "kitbridge-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** Returns the port, and the secret that a connection must send first, separated by a colon. */
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
                    // on this thread: the request waits, and waking another thread would delay it
                    write(connection, reply(asked));
                }
            }
        } catch (IOException | JacksonException | RejectedExecutionException e) {
            // Vite's process or Maven has ended, or the line is not valid JSON
        } finally {
            connections.remove(connection);
        }
    }

    private String reply(Question asked) {
        try {
            // serialized before anything is sent, so that a value that JSON cannot represent becomes an error
            String answer = Jackson.sorted(answer(asked));
            return "{\"id\":" + asked.id() + ",\"answer\":" + answer + "}\n";
        } catch (JacksonException e) {
            return error(asked, "event.platform cannot be written as JSON: " + e.getOriginalMessage());
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
            // two threads write answers to a connection
            synchronized (connection) {
                while (line.hasRemaining()) connection.write(line);
            }
        } catch (IOException e) {
            // the client has disconnected
            close(connection);
        }
    }

    private static void close(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // the connection is closed already
        }
    }

    @Override
    public void close() {
        rendezvous.close();
        services.shutdownNow();
        connections.forEach(EmulatorServer::close);
    }
}
