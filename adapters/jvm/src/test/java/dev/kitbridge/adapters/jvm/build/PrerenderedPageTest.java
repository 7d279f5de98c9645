package dev.kitbridge.adapters.jvm.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrerenderedPageTest {

    private static PrerenderedPage page(String html) {
        return PrerenderedPage.of(html, "..", "/_app/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=\"%s/_app/immutable/a.png\">",
                "<img alt='>' src='%s/_app/immutable/a.png' />",
                "<img srcset=\"%s/_app/immutable/a.png 1x, %<s/_app/immutable/b.png 2x,%<s/_app/immutable/c.png\">",
                "<p style=\"background: url(%s/_app/immutable/a.png)\">",
                "<p style=\"background: url('%s/_app/immutable/a.png')\">",
                "<p style=\"background: url(&quot;%s/_app/immutable/a.png&quot;)\">",
                "<p>x<!-- y --></p><script src=\"../z.js\">1 < 2</script>\n<IMG\n SRC=\"%s/_app/immutable/a.png\">"
            })
    void importedFilesBecomeRelative(String html) {
        assertThat(page(html.formatted(""))).isEqualTo(new PrerenderedPage(html.formatted(".."), null));
    }

    /** The text of a page, and code, are the app's own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>/_app/immutable/a.png</p>",
                "<script>const a = \"/_app/immutable/a.png\";</script>",
                "<style>p { background: url(/_app/immutable/a.png) }</style>",
                "<!-- <img src=\"/_app/immutable/a.png\"> -->",
                "<img src=\"https://cdn.example/_app/immutable/a.png\">",
                "<a title=\"1 /_app/mutable\">"
            })
    void otherTextIsNotChanged(String html) {
        assertThat(page(html)).isEqualTo(new PrerenderedPage(html, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<a href=\"/about?x#y\">|/about?x#y",
                "<a class='b' href='/'>|/",
                "<a href=/about>|/about",
                "<a rel=\"next\" HREF = \"/about\">|/about",
                "<img src=\"/a.png\">|/a.png",
                "<img srcset=\"b.png 1x, /a.png 2x\">|/a.png",
                "<p title=\"a > b\"><a href=\"./c\"></a></p><a href=\"/d\">|/d"
            })
    void linksThatSvelteKitWouldFollowAreFound(String html, String link) {
        assertThat(page(html).absolute()).isEqualTo(link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=\"//cdn.example/a\">",
                "<a href=\"https://example.com/a\">",
                "<a rel=\"noopener external\" href=\"/another-app\">",
                "<a href=\"./a\">",
                "<a href=\"#a\">",
                "<a data-href=\"/a\">",
                "<p>href=\"/a\"</p>",
                "<img srcset=\"a/b.png 1x, c/d.png 2x\">"
            })
    void otherLinksAreNot(String html) {
        assertThat(page(html).absolute()).isNull();
    }

    /** A pattern that backtracks would need too long, or too deep a stack. */
    @Test
    void largePages() {
        String html = "<p title=\"" + "a".repeat(1_000_000) + "\">" + "<a href='./b'>'</a>".repeat(50_000) + "<a href";
        assertThat(page(html)).isEqualTo(new PrerenderedPage(html, null));
    }

    @Test
    void longAttributes() {
        String long1 = "x".repeat(300_000);
        String many = " a=1 b='2' c".repeat(50_000);
        String html = "<p d=" + long1 + " src=\"" + long1 + "\"" + many + " src='/_app/immutable/a.png'>";
        assertThat(page(html).html()).endsWith(" src='../_app/immutable/a.png'>");
    }
}
