import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A result of wrk: requests per second, latency in milliseconds, number of failures. */
record Wrk(double requests, double rate, double p50, double p99, long failures) {

    static Wrk run(int port, String path, int connections, int seconds) {
        return run(port, path, connections, seconds, null);
    }

    /** @param script of wrk, or null */
    static Wrk run(int port, String path, int connections, int seconds, Path script) {
        List<String> command = new ArrayList<>(
                List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "10s", "--latency"));
        if (script != null) command.addAll(List.of("-s", script.toString()));
        command.add("http://127.0.0.1:" + port + path);
        try {
            return of(Peers.run(Peers.ROOT, command));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Wrk of(String text) {
        long failures = (long) number(text, "Non-2xx or 3xx responses: (\\d+)");
        // of a script that checks responses
        failures += (long) number(text, "Wrong responses: (\\d+)");
        for (String kind : List.of("connect", "read", "write", "timeout")) {
            failures += (long) number(text, "Socket errors: .*" + kind + " (\\d+)");
        }
        return new Wrk(
                number(text, "(\\d+) requests in"),
                number(text, "Requests/sec:\\s+([\\d.]+)"),
                millis(text, "50%"),
                millis(text, "99%"),
                failures);
    }

    private static double number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    private static double millis(String text, String percentile) {
        Matcher matcher = Pattern.compile(percentile + "\\s+([\\d.]+)(us|ms|s)").matcher(text);
        if (!matcher.find()) return Double.NaN;
        double value = Double.parseDouble(matcher.group(1));
        return matcher.group(2).equals("us") ? value / 1000 : matcher.group(2).equals("s") ? value * 1000 : value;
    }
}
