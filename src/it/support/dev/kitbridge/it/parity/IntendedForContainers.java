package dev.kitbridge.it.parity;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Differences that a servlet container forces; {@code docs/servlet.md} gives the reason for each. */
final class IntendedForContainers {

    private static final Set<String> CONTAINERS = Set.of("tomcat11", "tomcat10", "jetty");

    /** Paths that containers and URL parsers interpret in the same way. */
    private static final Pattern PLAIN =
            Pattern.compile("/lab(/[a-zA-Z0-9._~!$&'()*+,=:@-]+)*/?(\\?[a-zA-Z0-9=&/-]*)?");

    /** Request fields that Jetty joins, or whose case it changes. */
    private static final List<String> REWRITTEN =
            List.of(": 1st\r\n", "\r\nconnection: Keep-Alive", "\r\nconnection: upgrade", ": Chunked\r\n");

    static final List<Intended> ALL = List.of(
            container(
                    "content-type",
                    asked -> type(asked.expected()).equals(type(asked.ours())),
                    asked -> asked.with("content-type", asked.ours().values("content-type"))),
            container(
                    "headers-limit",
                    asked -> asked.ask().target().contains("headers-40k") && isUnhandled(asked.ours()),
                    asked -> asked.expecting(asked.ours())),
            container(
                    "incomplete",
                    asked -> asked.expected().cut() && asked.ours().status() == 500,
                    asked -> asked.expecting(asked.ours())),
            container("rejects", IntendedForContainers::isRejected, asked -> asked.expecting(asked.ours())),
            container(
                    "accepts",
                    asked -> Set.of(400, 501).contains(asked.expected().status())
                            && asked.ours().status() > 0
                            && (asked.ours().status() < 400 || asked.ours().status() == 404),
                    asked -> asked.expecting(asked.ours())),
            container(
                    "context-root",
                    asked -> asked.path().matches("/lab(/\\.)?")
                            && Set.of(301, 302).contains(asked.ours().status()),
                    asked -> asked.expecting(asked.ours())),
            container(
                    "fields",
                    asked -> asked.runtime().equals("jetty")
                            && REWRITTEN.stream().anyMatch(asked.ask()::has),
                    asked -> asked.expecting(asked.ours())),
            container(
                    "not-modified",
                    asked -> asked.ours().status() == 304
                            && asked.has("content-length")
                            && asked.ours().values("content-length").equals("-"),
                    asked -> asked.with("content-length", null)),
            container(
                    "connection",
                    asked -> asked.ours().status() >= 400 || asked.ask().has("\r\nexpect: "),
                    asked -> asked.with("connection", connection(asked.ours()))));

    private IntendedForContainers() {}

    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Intended intended : ALL) names.add(intended.name());
        return names;
    }

    /** The type without white space, case, and the character set that a container infers. */
    private static String type(Answer answer) {
        return answer.values("content-type")
                .toLowerCase(Locale.ROOT)
                .replace(" ", "")
                .replaceFirst(";charset=(utf-8|iso-8859-1)$", "");
    }

    /** The app adds a header to all of its own answers. */
    private static boolean isUnhandled(Answer answer) {
        return !answer.headers().containsKey("x-handled");
    }

    private static boolean isRejected(Case asked) {
        int status = asked.ours().status();
        if (status == 500 && asked.expected().status() == 400) return true;
        if (!isUnhandled(asked.ours()) || (status > 0 && status < 400)) return false;
        return asked.expected().status() >= 400 || (status == 400 && !isPlain(asked.ask()));
    }

    private static boolean isPlain(Ask ask) {
        return PLAIN.matcher(ask.target()).matches()
                && ask.has("\r\nhost: lab.example\r\n")
                && ask.has(" HTTP/1.1\r\n");
    }

    private static String connection(Answer answer) {
        return answer.headers().containsKey("connection") ? answer.values("connection") : null;
    }

    private static Intended container(String name, Predicate<Case> when, UnaryOperator<Case> then) {
        return new Intended(
                "container-" + name, asked -> CONTAINERS.contains(asked.runtime()) && when.test(asked), then);
    }
}
