package dev.kitbridge.adapter.test.tck;

import static dev.kitbridge.adapter.test.tck.RawRequest.form;
import static dev.kitbridge.adapter.test.tck.RawRequest.get;
import static dev.kitbridge.adapter.test.tck.RawRequest.post;
import static dev.kitbridge.adapter.test.tck.RawRequest.request;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Calls of kit's remote functions (query, form, command, prerender) by kit's client, and malformed ones. */
final class RemoteRequests {

    private static final Pattern MODULE = Pattern.compile("\"?([0-9a-z]+)/stock\\b");

    private static final String PARTS =
            """
            --x
            content-disposition: form-data; name="name"

            saw
            --x
            content-disposition: form-data; name="file"; filename="a.txt"
            content-type: text/plain

            abc
            --x--
            """;

    private RemoteRequests() {}

    /** @param client the folder of the client's files, which contain kit's name for the module */
    static List<TckCase> below(String base, Path client) throws IOException {
        String module = module(client);
        String remote = base + "/_app/remote/" + module;
        Cases cases = new Cases(
                "remote/targets",
                "Each kind of remote function has its method and its address; an unknown one gets 404",
                "SvelteKit: remote functions");
        cases.add(get(base + "/remote"));
        cases.add(get(base + "/remote").with("accept-encoding", "gzip"));
        cases.add(request("HEAD", base + "/remote"));
        cases.add(get(base + "/remote/__data.json"));
        for (String method : List.of("GET", "HEAD", "POST", "OPTIONS")) {
            for (String name : List.of("tools", "prices", "ticks", "order", "count", "hours", "none", "")) {
                cases.add(request(method, remote + "/" + name));
            }
            cases.add(request(method, remote));
            cases.add(request(method, base + "/_app/remote/none/tools"));
        }
        cases.demand(
                "remote/queries",
                "A query answers its argument, alone, in a batch and as a stream",
                "SvelteKit: remote functions, query");
        queries(cases, remote);
        cases.demand(
                "remote/commands",
                "A command runs for the app's own pages only",
                "SvelteKit: remote functions, command");
        commands(cases, remote + "/count");
        cases.demand(
                "remote/forms",
                "A remote form works with and without kit's client",
                "SvelteKit: remote functions, form");
        forms(cases, base + "/remote?/remote=" + module + "%2Forder", remote + "/order");
        cases.demand("remote/prerendered", "A prerendered answer is a file", "SvelteKit: remote functions, prerender");
        prerendered(cases, remote);
        return cases.all();
    }

    private static void queries(Cases cases, String remote) {
        for (String payload : List.of(
                "?payload=" + argument("\"saw\""),
                "?payload=" + argument("\"\u3042\""),
                "?payload=",
                "?payload=%zz",
                "?payload=bm90IGpzb24",
                "")) {
            cases.add(get(remote + "/stock" + payload));
            cases.add(get(remote + "/stock" + payload)
                    .with("x-sveltekit-pathname", "/remote")
                    .with("x-sveltekit-search", "?a=1"));
        }
        cases.add(get(remote + "/stock?payload=" + argument("\"saw\"")).with("origin", "https://other.example"));
        for (String how : List.of("error", "redirect", "throw")) {
            cases.add(get(remote + "/broken?payload=" + argument('"' + how + '"')));
        }
        for (String count : List.of("0", "1", "3")) {
            cases.add(get(remote + "/ticks?payload=" + argument(count)));
        }
        for (String payloads : List.of("[]", "[\"%s\"]", "[\"%1$s\",\"%1$s\"]", "7", "[\"%%\"]")) {
            cases.add(json(remote + "/prices", "{\"payloads\":" + payloads.formatted(argument("\"saw\"")) + "}"));
        }
    }

    private static void commands(Cases cases, String count) {
        for (String argument : List.of("1", "\"error\"", "\"redirect\"", "\"throw\"")) {
            cases.add(json(count, "{\"payload\":\"" + argument(argument) + "\",\"refreshes\":[]}"));
        }
        String one = "{\"payload\":\"" + argument("1") + "\",\"refreshes\":[]}";
        for (String origin : List.of("https://other.example", "http://lab.example", "null", "")) {
            cases.add(json(count, one).without("origin").with("origin", origin));
        }
        cases.add(json(count, one).without("origin"));
        cases.add(json(count, "{"));
        cases.add(json(count, one + " ".repeat(600_000)));
        cases.add(post(count)
                .with("origin", "https://lab.example")
                .with("content-type", "application/json")
                .chunks(one.substring(0, 7), one.substring(7)));
    }

    private static void forms(Cases cases, String plain, String enhanced) {
        for (String how : List.of("ok", "error", "redirect", "throw")) {
            cases.add(form(plain, "name=saw&how=" + how));
            cases.add(enhanced(enhanced, "saw", how));
        }
        cases.add(form(plain, "name=nothing&how=ok"));
        cases.add(enhanced(enhanced, "nothing", "ok"));
        cases.add(form(plain, "name=saw&how=ok").with("accept", "application/json"));
        cases.add(form(plain, "name=saw&how=ok").without("origin").with("origin", "https://other.example"));
        cases.add(enhanced(enhanced, "saw", "ok").without("origin").with("origin", "https://other.example"));
        cases.add(form(enhanced, "name=saw&how=ok"));
        cases.add(json(enhanced, "{\"name\":\"saw\"}"));
        cases.add(post(plain)
                .with("origin", "https://lab.example")
                .with("content-type", "multipart/form-data; boundary=x")
                .body(PARTS.replace("\n", "\r\n")));
        byte[] whole = binary("saw", "ok");
        for (byte[] body : List.of(new byte[0], new byte[] {1}, java.util.Arrays.copyOf(whole, whole.length - 5))) {
            cases.add(binary(enhanced, body));
        }
    }

    private static void prerendered(Cases cases, String remote) {
        for (String name : List.of(
                "/hours",
                "/day/" + argument("\"monday\""),
                "/day/" + argument("\"gr\u00f6\u00dfe\""),
                "/day/" + argument("\"sunday\""),
                "/day")) {
            cases.addAll(FileRequests.each(remote + name));
            cases.add(get(remote + name + "/"));
            cases.add(get(remote + name + "?a=1"));
            cases.add(get(remote + name).with("if-none-match", "*"));
            cases.add(get(remote + name).with("range", "bytes=0-3"));
            cases.add(post(remote + name));
        }
    }

    /** Returns the body of a form that kit's client submits: version, two lengths, devalue's text. */
    private static RawRequest.Draft enhanced(String target, String name, String how) {
        return binary(target, binary(name, how));
    }

    private static byte[] binary(String name, String how) {
        byte[] text =
                ("[[1,4],{\"name\":2,\"how\":3},\"" + name + "\",\"" + how + "\",{}]").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(7 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0)
                .putInt(text.length)
                .putShort((short) 0)
                .put(text)
                .array();
    }

    private static RawRequest.Draft binary(String target, byte[] body) {
        return post(target)
                .with("origin", "https://lab.example")
                .with("content-type", "application/x-sveltekit-formdata")
                .body(body);
    }

    private static RawRequest.Draft json(String target, String body) {
        return post(target)
                .with("origin", "https://lab.example")
                .with("content-type", "application/json")
                .body(body);
    }

    /** Encodes an argument as kit does in a URL. */
    private static String argument(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("[" + json + "]").getBytes(StandardCharsets.UTF_8));
    }

    private static String module(Path client) throws IOException {
        try (Stream<Path> files = Files.walk(client)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".js"))
                    .sorted()
                    .toList()) {
                Matcher match = MODULE.matcher(Files.readString(file));
                if (match.find()) return match.group(1);
            }
        }
        throw new IOException(client + " has no module of remote functions; expected a build of the suite's app");
    }
}
