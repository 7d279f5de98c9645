package dev.kitbridge.server.caching;

import dev.kitbridge.server.Await;
import dev.kitbridge.server.caching.CacheClient.Reply;
import dev.kitbridge.server.internal.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs one case: the path describes the app's responses, so that the app needs no other knowledge of it. */
public final class CaseRun {

    private static final AtomicLong IDS = new AtomicLong(System.currentTimeMillis());

    private static final Pattern DATE = Pattern.compile("\\{([+-]\\d+)(?: ([a-z0-9-]+))?\\}");

    private final CacheCase each;
    private final CacheClient client;
    private final Instant start;
    private final String id = Long.toString(IDS.incrementAndGet(), 36);
    private final String path;

    /** Number of requests that the app has got. */
    private int asked;

    private Reply last = new Reply(0, List.of(), "");

    public CaseRun(CacheCase each, CacheClient client) {
        this.each = each;
        this.client = client;
        this.start = client.now();
        StringBuilder json = new StringBuilder("[");
        for (CacheCase.AppResponse response : each.responses()) {
            json.append(json.length() == 1 ? "" : ",").append("{\"status\":").append(response.status());
            json.append(",\"fields\":[");
            for (int i = 0; i < response.fields().size(); i++) {
                json.append(i == 0 ? "" : ",")
                        .append(quoted(dates(response.fields().get(i))));
            }
            json.append("]}");
        }
        json.append(']');
        byte[] text = json.toString().getBytes(StandardCharsets.UTF_8);
        this.path = "/case/" + Base64.getUrlEncoder().withoutPadding().encodeToString(text) + "/" + id;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t") + '"';
    }

    /** Returns what went wrong, or an empty text. */
    public String failure() throws IOException {
        for (int i = 0; i < each.steps().size(); i++) {
            String failure = failure(each.steps().get(i));
            if (!failure.isEmpty()) return "step " + (i + 1) + ": " + failure + ", got " + last + ", asked " + asked;
        }
        return "";
    }

    private String failure(CacheCase.Step step) throws IOException {
        if (step.delay() > 0) client.pass(step.delay());
        List<String> fields = new ArrayList<>();
        for (String text : step.fields()) fields.add(dates(text).replace("{etag}", last.field("etag")));
        int before = asked;
        last = client.send(step.method(), path + step.suffix(), fields);
        for (int i = 0; i < 50 && isEarlier(step.outcomes()); i++) {
            // the response to a request in the background arrives after the app has counted the request
            pause();
            last = client.send(step.method(), path + step.suffix(), fields);
        }
        if (step.outcomes().contains("refreshed")) {
            try {
                Await.until("a refresh", () -> count() > before);
            } catch (AssertionError | InterruptedException e) {
                return "expected a request in the background";
            }
        }
        Map<?, ?> state = state();
        asked = number(state, "count");
        boolean named = false;
        for (String outcome : step.outcomes()) {
            String failure = failure(outcome, before, state);
            if (!failure.isEmpty()) return failure;
            named |= outcome.matches("\\d{3}");
        }
        return named || last.status() == status() ? "" : "status " + last.status() + ", expected " + status();
    }

    private boolean isEarlier(List<String> outcomes) {
        for (String outcome : outcomes) {
            if (outcome.startsWith("kept ")) return rendering() < Integer.parseInt(outcome.substring(5));
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the status that the app gave to the response that the client got. */
    private int status() {
        int rendering = Math.max(1, Math.min(rendering(), each.responses().size()));
        int status = each.responses().get(rendering - 1).status();
        return status == 304 ? 200 : status;
    }

    private String failure(String outcome, int before, Map<?, ?> state) {
        String[] words = outcome.split(" ", 2);
        return switch (words[0]) {
            case "asked" -> expect(asked > before && rendering() == asked, "expected a new response");
            case "passed" -> expect(asked > before, "expected a request to the app");
            case "unasked" -> expect(asked == before, "expected no request to the app");
            case "refreshed" -> expect(rendering() <= before, "expected an old response");
            case "stale" ->
                expect(asked > before && rendering() <= before, "expected an old response after a request to the app");
            case "kept" ->
                expect(
                        asked == before
                                && (words.length == 1
                                        ? rendering() > 0 && rendering() <= before
                                        : rendering() == Integer.parseInt(words[1])),
                        "expected kept response " + (words.length == 1 ? "" : words[1]));
            case "validated" ->
                expect(
                        asked > before && number(state, "validated") == asked && bodyNumber() < asked,
                        "expected the app to confirm the kept response");
            case "no" -> expect(!last.has(words[1]), "unexpected " + words[1]);
            case "sent" -> sent(dates(words[1]), state);
            default -> other(outcome);
        };
    }

    private String other(String outcome) {
        if (outcome.matches("\\d{3}")) {
            return expect(last.status() == Integer.parseInt(outcome), "expected status " + outcome);
        }
        String[] parts = dates(outcome).split(": ?", 2);
        if (parts.length < 2) throw new IllegalArgumentException("unknown outcome: " + outcome);
        String found = parts[0].equals("body") ? last.body() : last.field(parts[0]);
        boolean equal = parts[0].equals("age")
                // real servers round
                ? parts[1].startsWith("~")
                        ? found.matches("\\d+")
                        : found.matches("\\d+") && Math.abs(Long.parseLong(found) - Long.parseLong(parts[1])) <= 1
                : parts[1].startsWith("~")
                        ? Pattern.compile(parts[1].substring(1)).matcher(found).find()
                        : found.equals(parts[1]);
        return expect(equal, "expected " + outcome + ", found " + found);
    }

    private static String sent(String outcome, Map<?, ?> state) {
        Map<?, ?> headers = (Map<?, ?>) state.get("headers");
        if (outcome.startsWith("no ")) {
            return expect(headers.get(outcome.substring(3)) == null, "the app unexpectedly got " + outcome);
        }
        String[] parts = outcome.split(": ?", 2);
        return expect(parts[1].equals(headers.get(parts[0])), "the app got " + headers.get(parts[0]));
    }

    private static String expect(boolean found, String otherwise) {
        return found ? "" : otherwise;
    }

    private int rendering() {
        String number = last.field("x-rendering");
        // a response that the app confirmed has the number of the confirmation in its header, if fields were updated
        return number.matches("\\d+") ? Integer.parseInt(number) : bodyNumber();
    }

    private int bodyNumber() {
        Matcher number = Pattern.compile("^\\d+").matcher(last.body());
        return number.find() ? Integer.parseInt(number.group()) : 0;
    }

    private int count() {
        try {
            return number(state(), "count");
        } catch (IOException e) {
            return 0;
        }
    }

    private Map<?, ?> state() throws IOException {
        String json = client.ask("/case/state/" + id).body();
        return (Map<?, ?>) Json.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static int number(Map<?, ?> state, String name) {
        return ((Number) state.get(name)).intValue();
    }

    private String dates(String text) {
        return DATE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(HttpDates.format(
                        start.plusSeconds(Long.parseLong(found.group(1))),
                        found.group(2) == null ? "" : found.group(2))));
    }
}
