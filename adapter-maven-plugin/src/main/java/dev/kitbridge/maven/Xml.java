package dev.kitbridge.maven;

import dev.kitbridge.maven.adapters.AdapterEntry;
import dev.kitbridge.maven.failure.UserFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/** Where Maven's XML ends. */
final class Xml {

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

    private Xml() {}

    /**
     * A parameter's XML; an element without anything where it is not set.
     *
     * @param property looks a property up: Maven leaves <code>${adapter.name}</code> as it is in a parameter of this
     *     type
     */
    static AdapterEntry.Element element(
            @Nullable PlexusConfiguration xml, Function<String, @Nullable String> property) {
        if (xml == null) return new AdapterEntry.Element("", Map.of(), "", List.of());
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : xml.getAttributeNames()) {
            // where a parameter's default lies, which Maven adds by itself
            if (!name.equals("default-value") && !name.equals("implementation")) {
                attributes.put(name, xml.getAttribute(name, ""));
            }
        }
        List<AdapterEntry.Element> children = new ArrayList<>();
        for (PlexusConfiguration child : xml.getChildren()) children.add(element(child, property));
        String text = xml.getValue("");
        Matcher matcher = PROPERTY.matcher(text == null ? "" : text);
        if (matcher.matches()) text = property.apply(matcher.group(1));
        return new AdapterEntry.Element(xml.getName(), attributes, text == null ? "" : text.strip(), children);
    }

    /** {@code <environmentVariables>}. */
    static Map<String, String> variables(AdapterEntry.Element element) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (AdapterEntry.Element child : element.children()) variables.put(child.name(), child.text());
        if (element.children().isEmpty() && !element.text().isEmpty()) {
            for (String pair : element.text().split(",", -1)) {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw new UserFailure("'" + pair + "' in adapter.environmentVariables is not a variable; expected"
                            + " NAME=value, separated by commas");
                }
                variables.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
            }
        }
        return variables;
    }

    /**
     * {@code <beforeBuild>} and its like: an element for each command, or one command as text; {@code none} for an
     * empty list, since Maven takes an empty element for one that is not set.
     *
     * @return null if it is not set
     */
    static @Nullable List<String> commands(AdapterEntry.Element element) {
        if (!element.children().isEmpty()) {
            return element.children().stream().map(AdapterEntry.Element::text).toList();
        }
        if (element.text().isEmpty()) return null;
        return element.text().equals("none") ? List.of() : List.of(element.text());
    }
}
