package dev.kitbridge.maven.application;

import java.util.List;

/** The page for browsers while the application does not run. It reloads itself when the application runs again. */
final class FailurePage {

    /** Header of the response, by which the page knows itself. */
    static final String HEADER = "x-kitbridge-application-down";

    private static final String TEMPLATE =
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>The application does not run</title>
            <style>
            body { font: 1rem/1.5 system-ui, sans-serif; margin: 3rem; }
            pre { background: #8882; padding: 1rem; overflow: auto; }
            </style>
            <h1>The application does not run</h1>
            <p>%reason%</p>
            <pre>%lines%</pre>
            <script>
            (async function wait() {
                await new Promise((fulfil) => setTimeout(fulfil, 1000));
                const response = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
                if (response && !response.headers.has('%header%')) location.reload();
                else wait();
            })();
            </script>
            """;

    private FailurePage() {}

    static String of(String reason, List<String> lines) {
        return TEMPLATE.replace("%header%", HEADER)
                .replace("%reason%", escaped(reason))
                .replace("%lines%", escaped(String.join("\n", lines)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
