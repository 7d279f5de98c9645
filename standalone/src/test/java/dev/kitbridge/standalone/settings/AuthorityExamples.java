package dev.kitbridge.standalone.settings;

import java.util.List;

/** Valid and invalid hosts, with and without a port. */
public final class AuthorityExamples {

    /** Invalid hosts, and hosts that a URL parser would rewrite. */
    public static final List<String> INVALID = List.of(
            "",
            "evil.com/.sub.test",
            "sub.test:443/admin?",
            "a.sub.test?x",
            "a.sub.test#x",
            "a.sub.test\\x",
            "user@a.sub.test",
            "user:pw@a.sub.test",
            "evil.com, a.sub.test",
            "evil.com a.sub.test",
            "evil.com\ta.sub.test",
            "a.sub.test:x",
            "a.sub.test:65536",
            "a.sub.test:-1",
            "a.sub.test:+1",
            "a.sub.test:99999",
            "a.sub.test:443:443",
            ":443",
            ".sub.test",
            "a..sub.test",
            "..",
            ".",
            "a.sub.test..",
            "a%2esub.test",
            "a%41b.sub.test",
            "*.sub.test",
            "größe.sub.test",
            "a<b>.sub.test",
            "a^.sub.test",
            "a'\".sub.test",
            "[::1",
            "::1",
            "[::1]x",
            "[]",
            "[1.2.3.4]",
            "[:::1]",
            "[1::2::3]",
            "[12345::1]",
            "[fe80::1%25eth0]",
            "[fe80::1%eth0]",
            "[v1.a]",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "01.2.3.4",
            "1.2.3.4.",
            "0x7f.1",
            "0x7f000001",
            "2130706433",
            "a.sub.1",
            "a".repeat(256));

    /** Valid hosts, as in a header. */
    static final List<String> VALID = List.of(
            "example.com",
            "EXAMPLE.com",
            "example.com.",
            "example.com:0",
            "example.com:80",
            "example.com:65535",
            "localhost",
            "localhost:3000",
            "my_service:8080",
            "-",
            "_x",
            "a~b.test",
            "xn--gre-6ka8l.example",
            "1a.test",
            "a.1b",
            "0.0.0.0",
            "127.0.0.1:3000",
            "255.255.255.255",
            "[::1]",
            "[::1]:3000",
            "[2001:DB8::1]:65535",
            "[::ffff:1.2.3.4]",
            "a".repeat(255));

    private AuthorityExamples() {}
}
