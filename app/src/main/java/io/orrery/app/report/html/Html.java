package io.orrery.app.report.html;

import io.orrery.lab.text.Printable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Text on its way into a page. */
public final class Html {
    private Html() {}

    /** Text as content of an element or of a double-quoted attribute; control characters are shown escaped. */
    public static String escape(String outside) {
        String text = outside.lines()
                .map(line -> String.join(
                        "\t",
                        Stream.of(line.split("\t", -1)).map(Printable::shown).toList()))
                .collect(Collectors.joining("\n", "", outside.endsWith("\n") ? "\n" : ""));
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** A script that cannot end its element early, whatever its strings hold. */
    public static String script(String source) {
        return source.replace("</script", "<\\/script").replace("<!--", "<\\!--");
    }

    /** Lower-case letters, digits and hyphens: an anchor. */
    public static String anchor(String text) {
        return text.toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("(^-)|(-$)", "");
    }
}
