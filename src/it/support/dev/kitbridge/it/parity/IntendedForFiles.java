package dev.kitbridge.it.parity;

import dev.kitbridge.adapter.test.tck.Difference;
import dev.kitbridge.adapter.test.tck.Exchange;
import dev.kitbridge.adapter.test.tck.RawRequest;
import dev.kitbridge.adapter.test.tck.RawResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Difference differences for files and prerendered pages. */
final class IntendedForFiles {

    private static final String TAG = "\"[^\"]{43}(\\.(br|gz))?\"";

    private static final String IMPORTED = "\"/_app/immutable/assets/";

    static final List<Difference> ALL = List.of(
            new Difference(
                    "redirects-of-kit-2",
                    asked -> asked.expected().status() == 308
                            && !asked.has("x-sveltekit-normalize")
                            && asked.expected().values("location").startsWith("/"),
                    asked -> asked.with(
                            "location",
                            asked.expected()
                                    .values("location")
                                    .replaceFirst("^/(.*/)?([^/?]+)(\\?.*)?$", "../$2$3")
                                    .replaceFirst("^/(.*/)?([^/?]+/)(\\?.*)?$", "./$2$3"))),
            new Difference(
                    "prerendered-redirect",
                    asked -> isFile(asked) && asked.path().matches(".*/(gone|shop)"),
                    IntendedForFiles::redirect),
            new Difference("imported-files", IntendedForFiles::hasImportedFiles, IntendedForFiles::relative),
            new Difference("smaller-or-not-at-all", IntendedForFiles::isFile, IntendedForFiles::smaller),
            new Difference("files-of-kit-2", IntendedForFiles::isServedBySirv, IntendedForFiles::asOnKit3),
            new Difference(
                    "type-of-prerendered",
                    asked -> asked.expected().values("content-type").equals("text/xml"),
                    asked -> asked.with("content-type", "application/xml")),
            new Difference(
                    "type-of-prerendered",
                    asked -> asked.path().contains("/_app/remote/")
                            && List.of(200, 206).contains(asked.expected().status())
                            && !asked.has("content-type"),
                    asked -> asked.with("content-type", "application/json")));

    private IntendedForFiles() {}

    private static Exchange redirect(Exchange asked) {
        boolean shop = asked.path().endsWith("/shop");
        String location = shop ? "/products" : asked.path().replace("gone", "about");
        return asked.expecting(new RawResponse(
                shop ? 308 : 301,
                Map.of("location", List.of(location), "content-length", List.of("0")),
                new byte[0],
                false));
    }

    private static boolean hasImportedFiles(Exchange asked) {
        return isFile(asked) && imported(asked) > 0;
    }

    /** How many times a page that adapter-node serves has the absolute path of an imported file. */
    private static int imported(Exchange asked) {
        String type = asked.expected().values("content-type");
        if (!type.startsWith("text/html") && asked.expected().status() != 304) return 0;
        return text(asked).split(IMPORTED, -1).length - 1;
    }

    private static String text(Exchange asked) {
        byte[] file = asked.reference().file(asked.request().target()).body();
        return new String(file, StandardCharsets.ISO_8859_1);
    }

    /** Compressed forms are compared by their tag, the digest of the file. */
    private static Exchange relative(Exchange asked) {
        String up = asked.path().replaceAll("[^/]", "").length() > 1 ? "../" : "./";
        byte[] file = text(asked)
                .replace(IMPORTED, IMPORTED.charAt(0) + up + IMPORTED.substring(2))
                .getBytes(StandardCharsets.ISO_8859_1);
        String coding = coding(asked.expected());
        String end = coding.equals("br") ? ".br" : coding.equals("gzip") ? ".gz" : "";
        Exchange now = asked.with("etag", '"' + digest(file) + end + '"');
        if (asked.expected().status() != 200) return now;
        byte[] body = !end.isEmpty() ? asked.actual().body() : asked.is("HEAD") ? new byte[0] : file;
        String length =
                end.isEmpty() ? String.valueOf(file.length) : asked.actual().values("content-length");
        now = now.with("content-length", length);
        return now.expecting(new RawResponse(200, now.expected().headers(), body, false));
    }

    /** Returns whether an answer is a file: only files have tags of this form. */
    private static boolean isFile(Exchange asked) {
        return isServedBySirv(asked) || asked.expected().values("etag").matches(TAG);
    }

    /** Returns whether sirv, the file server of adapter-node on kit 2, has answered: it sends dates. */
    private static boolean isServedBySirv(Exchange asked) {
        return asked.has("last-modified");
    }

    /** Expects an answer without variants that are no smaller than the file. Ours may choose any other, or the file. */
    private static Exchange smaller(Exchange asked) {
        Set<String> smaller = asked.reference().smaller(asked.request().target());
        String theirs = coding(asked.expected());
        Exchange now = asked;
        if (!theirs.isEmpty() && !smaller.contains(theirs)) {
            String chosen = coding(asked.actual());
            RawRequest plain = asked.request().without("accept-encoding");
            now = asked.asIf(smaller.contains(chosen) ? plain.accepting(chosen) : plain);
        }
        return smaller.isEmpty() ? now.with("vary", null) : now;
    }

    /** Returns the coding of an answer, from its header or its tag. */
    private static String coding(RawResponse answer) {
        if (answer.headers().containsKey("content-encoding")) return answer.values("content-encoding");
        String etag = answer.values("etag");
        return etag.endsWith(".br\"") ? "br" : etag.endsWith(".gz\"") ? "gzip" : "";
    }

    private static Exchange asOnKit3(Exchange asked) {
        if (!asked.is("GET", "HEAD")) {
            return asked.expecting(new RawResponse(
                    405, Map.of("allow", List.of("GET, HEAD"), "content-length", List.of("0")), new byte[0], false));
        }
        String coding = coding(asked.expected());
        String end = coding.equals("br") ? ".br" : coding.equals("gzip") ? ".gz" : "";
        byte[] file = asked.reference().file(asked.request().target()).body();
        Exchange now = asked.with("last-modified", null).with("etag", '"' + digest(file) + end + '"');
        if (asked.expected().values("content-type").isEmpty()) now = now.with("content-type", null);
        if (asked.request().has("\r\nif-none-match: *\r\n")) {
            RawResponse found =
                    now.with("content-type", null).with("content-length", null).expected();
            return now.expecting(new RawResponse(304, found.headers(), new byte[0], false));
        }
        return now.with("accept-ranges", "bytes");
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
