package dev.kitbridge.maven.types;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts Javadoc to the comments that editors show for TypeScript. */
final class TsDoc {

    private static final Pattern BLOCK =
            Pattern.compile("<pre>\\s*(?:\\{@code\\s)?(.*?)\\}?\\s*</pre>", Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("\\{@(?:code|literal|value)\\s+([^}]*)\\}");
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+([^\\s}]+)(?:\\s+([^}]*))?\\}");

    private TsDoc() {}

    /**
     * Returns the comment with a line end, or an empty text.
     *
     * @param javadoc a comment's text without its asterisks
     * @param indent starts each line
     */
    static String of(String javadoc, String indent) {
        String text = convert(javadoc).strip();
        if (text.isEmpty()) return "";
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) lines.add(line.stripTrailing());
        if (lines.size() == 1) return indent + "/** " + lines.get(0) + " */\n";
        StringBuilder comment = new StringBuilder(indent + "/**\n");
        for (String line : lines) {
            comment.append(indent).append(line.isEmpty() ? " *" : " * " + line).append('\n');
        }
        return comment.append(indent).append(" */\n").toString();
    }

    private static String convert(String javadoc) {
        String text = BLOCK.matcher(javadoc)
                .replaceAll(match ->
                        Matcher.quoteReplacement("\n```java\n" + match.group(1).strip() + "\n```\n"));
        text = CODE.matcher(text).replaceAll(match -> Matcher.quoteReplacement("`" + match.group(1) + "`"));
        text = LINK.matcher(text).replaceAll(match -> Matcher.quoteReplacement(link(match.group(1), match.group(2))));
        return text.replaceAll("(?m)^ ", "")
                .replaceAll("\\n*\\s*<p>\\s*", "\n\n")
                .replaceAll("</?(?:p|ul|ol|em|b|i|strong|code|tt)>", "")
                .replaceAll("(?m)^\\s*<li>\\s*", "- ")
                .replace("</li>", "")
                .replaceAll("(?m)^\\s*@return\\s", "@returns ")
                .replaceAll("(?m)^\\s*@(?:see|since|author|version|serial)\\b.*\\n?", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replace("*/", "*\\/");
    }

    private static String link(String target, String label) {
        String name = target.replaceAll("^#", "").replace('#', '.').replaceAll("\\(.*", "");
        return "`" + (label == null || label.isBlank() ? name : label.strip()) + "`";
    }
}
