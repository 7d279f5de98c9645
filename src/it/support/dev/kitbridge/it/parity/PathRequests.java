package dev.kitbridge.it.parity;

import static dev.kitbridge.it.parity.Ask.get;
import static dev.kitbridge.it.parity.Ask.of;

import java.util.ArrayList;
import java.util.List;

/** Paths as nobody should write them, and the forms of those that are right. */
final class PathRequests {

    private PathRequests() {}

    /** Below the app's base path. */
    static List<Ask> below(String base) {
        List<Ask> asks = new ArrayList<>();
        for (String path : List.of(
                "/", "", "?a=1", "/?a=1&b=%20", "/?", "/??", "/?a?b", "//", "///", "/./", "/../", "/.", "/..",
                "/%", "/%2", "/%zz", "/%00", "/%ff", "/%c3%28", "/%e2%82", "/%2f", "/%2F", "/%5c", "/\\", "/%2e%2e/", "/%2e/", "/%252e%252e/",
                "/robots.txt%00", "/robots.txt%20", "/robots.txt/", "/robots.txt//", "//robots.txt", "/./robots.txt", "/x/../robots.txt",
                "/x/%2e%2e/robots.txt", "/x/..%2frobots.txt", "/%72obots.txt", "/robots%2etxt", "/robots%252etxt", "/ROBOTS.TXT",
                "/deep%2fer/alphabet.txt", "/deep/er/alphabet.txt", "/deep//er/alphabet.txt", "/deep\\er\\alphabet.txt", "/deep%5cer%5calphabet.txt",
                "/deep", "/deep/", "/deep/er/", "/.secret", "/.hidden/secret.txt", "/%2esecret", "/%2ehidden/secret.txt",
                "/.well-known/security.txt", "/%2ewell-known/security.txt", "/.well-known/../robots.txt",
                "/../../../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/..\\..\\etc\\passwd", "/..;/robots.txt",
                "/package.json", "/site.json", "/worker.js", "/server/index.js", "/client/robots.txt", "/robots.txt.gz", "/page.html.br", "/page.html.gz",
                "/page", "/page/", "/page.html", "/page.html/", "/folder", "/folder/", "/folder/index.html", "/folder/index",
                "/about", "/about/", "/about//", "/about?x=1", "/about/?x=1&y=%2f", "/about.html", "/about/index.html", "/%61bout", "/%61bout/", "/about;a=b",
                "/manual", "/manual/", "/manual?x=1", "/manual?", "/manual/?x", "/manual.html", "/manual/index.html", "/both", "/both/", "/both/?a",
                "/moved", "/moved/", "/moved?x=1", "/table.csv", "/table.csv/", "/dump", "/dump/",
                "/samples/plain", "/samples/plain/", "/samples/gr%C3%B6%C3%9Fe", "/samples/gr%c3%b6%c3%9fe", "/samples/größe", "/samples/a%20b", "/samples/a+b",
                "/samples/100%25", "/samples/100%2525", "/samples/100%", "/samples/semi;colon", "/samples/semi%3Bcolon", "/samples/at@home", "/samples/at%40home",
                "/samples/at%40home/", "/samples/%E3%81%8B%E3%82%82%E3%82%81", "/samples/none",
                "/a+b&c.txt", "/a%2Bb%26c.txt", "/100%25.txt", "/100%.txt", "/100%2525.txt",
                "/pl%C3%A4ne/grundri%C3%9F%20nord.txt", "/pl%c3%a4ne/grundri%c3%9f%20nord.txt", "/pläne/grundriß%20nord.txt", "/pla%CC%88ne/grundri%C3%9F%20nord.txt",
                "/slash", "/slash/", "/slash?x=1", "/slash/?x=1", "/page/a", "/page/a/", "/page/a//", "/page//a", "/page/", "/page//", "/page/a/../b", "/page/a/%2e%2e/b",
                "/page/a%2fb", "/page/a%5cb", "/page/%00", "/page/%E3%81%8B", "/page/%zz", "/page/a;b=c", "/page/a?x=%zz", "/page/a?x=ä", "/page/a#b", "/page/a?x#b",
                "/page/\"<>`{}|^", "/page/%22%3C%3E", "/page/'()*!~$&,=:@+", "/page/[a]", "/page/a%0d%0ab", "/page/a\u0001b", "/page/a\u007fb", "/page/a\tb",
                "/echo/a/../b", "/echo/%2e%2e/x", "/echo/a%2fb", "/echo/a\\b", "/echo//a", "/echo/a?b=c&b=d&e", "/echo/ä?ö=ü", "/echo/%c3%a4?%c3%b6", "/echo/a?x=a b".replace(" ", "%20"),
                "/none", "/none/", "/none.txt", "/_app/none", "/_app/immutable/none.js", "/_app/immutable/../version.json", "/_app/version.json", "/_app/env.js",
                "/favicon.ico", "/__data.json", "/page/a/__data.json", "/page/a/__data.json?x-sveltekit-invalidated=01", "/about/__data.json", "/slash/__data.json",
                "/slash__data.json", "/none/__data.json", "/__route.js", "/page/a/__route.js", "/_app/remote/x/y", "/__data.json/",
                "/manual/__data.json", "/samples/plain/__data.json", "/samples/100%25/__data.json", "/samples/gr%C3%B6%C3%9Fe/__data.json", "/samples/none/__data.json",
                "/" + "long".repeat(500), "/page/" + "long/".repeat(500), "/page/" + "%41".repeat(2000))) {
            asks.add(get(base + (base.isEmpty() && path.isEmpty() ? "/" : path)).ask());
        }
        for (String path : List.of("/", "/page/a", "/about", "/about/", "/moved", "/none", "/slash", "/echo/a", "/table.csv", "/dump", "/manual", "/page.html")) {
            for (String method : List.of("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "get", "QUERY", "M-SEARCH")) {
                asks.add(of(method, base + path).ask());
            }
            asks.add(of("HEAD", base + path + "?x=1").ask());
        }
        return asks;
    }

    /** Outside of the base path, and targets that are no path. */
    static List<Ask> outside() {
        List<Ask> asks = new ArrayList<>();
        for (String target : List.of(
                "/", "/robots.txt", "/lab", "/lab/", "/lab?x", "/labx", "/LAB", "/lab/../lab/robots.txt", "/x", "//lab/robots.txt", "/%6cab/robots.txt", "/%6cab/page/a",
                "http://lab.example/robots.txt", "http://lab.example/lab/robots.txt", "http://other.example/lab/echo/a", "https://lab.example/echo/a?x", "http://lab.example",
                "http://lab.example/", "http://lab.example/page/a", "http://u:p@lab.example/echo/a", "ftp://lab.example/echo/a", "HTTP://LAB.EXAMPLE/echo/a",
                "http:/echo/a", "http:echo", "//other.example/echo/a", "///other.example/echo/a", "/\\other.example/echo/a", "echo/a", "*", "**", "?", "?x", "#", "lab.example:80", "@x", ":80/x",
                "/" + "x".repeat(7000), "/" + "x".repeat(20000))) {
            asks.add(get(target).ask());
        }
        asks.add(of("OPTIONS", "*").ask());
        asks.add(of("CONNECT", "lab.example:443").ask());
        asks.add(of("CONNECT", "/echo/a").ask());
        asks.add(of("TRACE", "/echo/a").ask());
        asks.add(of("TRACK", "/echo/a").ask());
        asks.add(of("BREW", "/echo/a").ask());
        asks.add(of("QUERY", "/echo/a").ask());
        asks.add(of("get", "/echo/a").ask());
        asks.add(of("PRI", "*").ask());
        return asks;
    }
}
