package dev.kitbridge.it.parity;

import static dev.kitbridge.it.parity.Ask.form;
import static dev.kitbridge.it.parity.Ask.get;
import static dev.kitbridge.it.parity.Ask.of;
import static dev.kitbridge.it.parity.Ask.post;

import dev.kitbridge.it.App;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls of kit's remote functions (query, form, command, prerender) by kit's client, and malformed ones. */
final class RemoteRequests {

    private static final Pattern MODULE = Pattern.compile("\"?([0-9a-z]+)/stock\\b");

    private RemoteRequests() {}

    /** @param official the official adapter's output, which contains kit's name for the module */
    static List<Ask> below(String base, File official) throws IOException {
        String module = module(official);
        String remote = base + "/_app/remote/" + module;
        List<Ask> asks = new ArrayList<>();
        asks.add(get(base + "/remote").ask());
        asks.add(get(base + "/remote").with("accept-encoding", "gzip").ask());
        asks.add(of("HEAD", base + "/remote").ask());
        asks.add(get(base + "/remote/__data.json").ask());
        for (String method : List.of("GET", "HEAD", "POST", "OPTIONS")) {
            for (String name : List.of("tools", "prices", "ticks", "order", "count", "hours", "none", "")) {
                asks.add(of(method, remote + "/" + name).ask());
            }
            asks.add(of(method, remote).ask());
            asks.add(of(method, base + "/_app/remote/none/tools").ask());
        }
        queries(asks, remote);
        commands(asks, remote + "/count");
        forms(asks, base + "/remote?/remote=" + module + "%2Forder", remote + "/order");
        prerendered(asks, remote);
        return asks;
    }

    private static void queries(List<Ask> asks, String remote) {
        for (String payload : List.of(
                "?payload=" + argument("\"saw\""),
                "?payload=" + argument("\"\u3042\""),
                "?payload=",
                "?payload=%zz",
                "?payload=bm90IGpzb24",
                "")) {
            asks.add(get(remote + "/stock" + payload).ask());
            asks.add(get(remote + "/stock" + payload)
                    .with("x-sveltekit-pathname", "/remote")
                    .with("x-sveltekit-search", "?a=1")
                    .ask());
        }
        asks.add(get(remote + "/stock?payload=" + argument("\"saw\""))
                .with("origin", "https://other.example")
                .ask());
        for (String how : List.of("error", "redirect", "throw")) {
            asks.add(
                    get(remote + "/broken?payload=" + argument('"' + how + '"')).ask());
        }
        for (String count : List.of("0", "1", "3")) {
            asks.add(get(remote + "/ticks?payload=" + argument(count)).ask());
        }
        for (String payloads : List.of("[]", "[\"%s\"]", "[\"%1$s\",\"%1$s\"]", "7", "[\"%%\"]")) {
            asks.add(json(remote + "/prices", "{\"payloads\":" + payloads.formatted(argument("\"saw\"")) + "}")
                    .ask());
        }
    }

    private static void commands(List<Ask> asks, String count) {
        for (String argument : List.of("1", "\"error\"", "\"redirect\"", "\"throw\"")) {
            asks.add(json(count, "{\"payload\":\"" + argument(argument) + "\",\"refreshes\":[]}")
                    .ask());
        }
        String one = "{\"payload\":\"" + argument("1") + "\",\"refreshes\":[]}";
        for (String origin : List.of("https://other.example", "http://lab.example", "null", "")) {
            asks.add(json(count, one).without("origin").with("origin", origin).ask());
        }
        asks.add(json(count, one).without("origin").ask());
        asks.add(json(count, "{").ask());
        asks.add(json(count, one + " ".repeat(600_000)).ask());
        asks.add(post(count)
                .with("origin", "https://lab.example")
                .with("content-type", "application/json")
                .chunks(one.substring(0, 7), one.substring(7))
                .ask());
    }

    private static void forms(List<Ask> asks, String plain, String enhanced) {
        for (String how : List.of("ok", "error", "redirect", "throw")) {
            asks.add(form(plain, "name=saw&how=" + how).ask());
            asks.add(enhanced(enhanced, "saw", how).ask());
        }
        asks.add(form(plain, "name=nothing&how=ok").ask());
        asks.add(enhanced(enhanced, "nothing", "ok").ask());
        asks.add(form(plain, "name=saw&how=ok")
                .with("accept", "application/json")
                .ask());
        asks.add(form(plain, "name=saw&how=ok")
                .without("origin")
                .with("origin", "https://other.example")
                .ask());
        asks.add(enhanced(enhanced, "saw", "ok")
                .without("origin")
                .with("origin", "https://other.example")
                .ask());
        asks.add(form(enhanced, "name=saw&how=ok").ask());
        asks.add(json(enhanced, "{\"name\":\"saw\"}").ask());
        asks.add(post(plain)
                .with("origin", "https://lab.example")
                .with("content-type", "multipart/form-data; boundary=x")
                .body("--x\r\ncontent-disposition: form-data; name=\"name\"\r\n\r\nsaw\r\n--x\r\n"
                        + "content-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
                        + "content-type: text/plain\r\n\r\nabc\r\n--x--\r\n")
                .ask());
        byte[] whole = binary("saw", "ok");
        for (byte[] body : List.of(new byte[0], new byte[] {1}, java.util.Arrays.copyOf(whole, whole.length - 5))) {
            asks.add(binary(enhanced, body).ask());
        }
    }

    private static void prerendered(List<Ask> asks, String remote) {
        for (String name : List.of(
                "/hours",
                "/day/" + argument("\"monday\""),
                "/day/" + argument("\"gr\u00f6\u00dfe\""),
                "/day/" + argument("\"sunday\""),
                "/day")) {
            asks.addAll(FileRequests.each(remote + name));
            asks.add(get(remote + name + "/").ask());
            asks.add(get(remote + name + "?a=1").ask());
            asks.add(get(remote + name).with("if-none-match", "*").ask());
            asks.add(get(remote + name).with("range", "bytes=0-3").ask());
            asks.add(post(remote + name).ask());
        }
    }

    /** Returns the body of a form that kit's client submits: version, two lengths, devalue's text. */
    private static Ask.Draft enhanced(String target, String name, String how) {
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

    private static Ask.Draft binary(String target, byte[] body) {
        return post(target)
                .with("origin", "https://lab.example")
                .with("content-type", "application/x-sveltekit-formdata")
                .body(body);
    }

    private static Ask.Draft json(String target, String body) {
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

    private static String module(File official) throws IOException {
        for (String name : App.files(new File(official, "client"))) {
            if (!name.endsWith(".js")) continue;
            Matcher match = MODULE.matcher(
                    Files.readString(official.toPath().resolve("client").resolve(name)));
            if (match.find()) return match.group(1);
        }
        throw new IOException(official + " has no module of remote functions");
    }
}
