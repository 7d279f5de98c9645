package dev.kitbridge.it.parity;

import dev.kitbridge.adapter.test.tck.Difference;
import dev.kitbridge.adapter.test.tck.Exchange;
import dev.kitbridge.adapter.test.tck.RawRequest;
import dev.kitbridge.adapter.test.tck.RawResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Differences that a servlet container forces; {@code docs/servlet.md} gives the reason for each. */
final class IntendedForContainers {

    private static final Set<String> CONTAINERS = Set.of("tomcat11", "tomcat10", "jetty", "spring4", "spring3");

    /** Paths that containers and URL parsers interpret in the same way. */
    private static final Pattern PLAIN =
            Pattern.compile("/lab(/[a-zA-Z0-9._~!$&'()*+,=:@-]+)*/?(\\?[a-zA-Z0-9=&/-]*)?");

    /** Request fields that Jetty joins, or whose case it changes. */
    private static final List<String> REWRITTEN =
            List.of(": 1st\r\n", "\r\nconnection: Keep-Alive", "\r\nconnection: upgrade", ": Chunked\r\n");

    static final List<Difference> ALL = List.of(
            container(
                    "content-type",
                    asked -> type(asked.expected()).equals(type(asked.actual())),
                    asked -> asked.with("content-type", asked.actual().values("content-type"))),
            container(
                    "headers-limit",
                    asked -> asked.request().target().contains("headers-40k") && isUnhandled(asked.actual()),
                    asked -> asked.expecting(asked.actual())),
            container(
                    "incomplete",
                    asked -> asked.expected().cut() && asked.actual().status() == 500,
                    asked -> asked.expecting(asked.actual())),
            container("rejects", IntendedForContainers::isRejected, asked -> asked.expecting(asked.actual())),
            container(
                    "accepts",
                    asked -> Set.of(400, 501).contains(asked.expected().status())
                            && asked.actual().status() > 0
                            && (asked.actual().status() < 400 || asked.actual().status() == 404),
                    asked -> asked.expecting(asked.actual())),
            container(
                    "context-root",
                    asked -> asked.path().matches("/lab(/\\.)?")
                            && Set.of(301, 302).contains(asked.actual().status()),
                    asked -> asked.expecting(asked.actual())),
            container(
                    "fields",
                    asked ->
                            asked.server().equals("jetty") && REWRITTEN.stream().anyMatch(asked.request()::has),
                    asked -> asked.expecting(asked.actual())),
            container(
                    "not-modified",
                    asked -> asked.actual().status() == 304
                            && asked.has("content-length")
                            && asked.actual().values("content-length").equals("-"),
                    asked -> asked.with("content-length", null)),
            container(
                    "connection",
                    asked -> asked.actual().status() >= 400 || asked.request().has("\r\nexpect: "),
                    asked -> asked.with("connection", connection(asked.actual()))));

    private IntendedForContainers() {}

    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Difference intended : ALL) names.add(intended.name());
        return names;
    }

    /** The type without white space, case, and the character set that a container infers. */
    private static String type(RawResponse answer) {
        return answer.values("content-type")
                .toLowerCase(Locale.ROOT)
                .replace(" ", "")
                .replaceFirst(";charset=(utf-8|iso-8859-1)$", "");
    }

    /** The app adds a header to all of its own answers. */
    private static boolean isUnhandled(RawResponse answer) {
        return !answer.headers().containsKey("x-handled");
    }

    private static boolean isRejected(Exchange asked) {
        int status = asked.actual().status();
        if (status == 500 && asked.expected().status() == 400) return true;
        if (!isUnhandled(asked.actual()) || (status > 0 && status < 400)) return false;
        return asked.expected().status() >= 400 || (status == 400 && !isPlain(asked.request()));
    }

    private static boolean isPlain(RawRequest ask) {
        return PLAIN.matcher(ask.target()).matches()
                && ask.has("\r\nhost: lab.example\r\n")
                && ask.has(" HTTP/1.1\r\n");
    }

    private static String connection(RawResponse answer) {
        return answer.headers().containsKey("connection") ? answer.values("connection") : null;
    }

    private static Difference container(String name, Predicate<Exchange> when, UnaryOperator<Exchange> then) {
        return new Difference(
                "container-" + name, asked -> CONTAINERS.contains(asked.server()) && when.test(asked), then);
    }
}
