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

/** Converts parameters in XML to values without Maven's types. */
final class Xml {

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^}]+)}");

    private Xml() {}

    /**
     * Converts the XML of a parameter; returns an empty element if the parameter is not set.
     *
     * @param property looks up a property: Maven leaves <code>${adapter.name}</code> as it is in a parameter of this
     *     type
     */
    static AdapterEntry.Element element(
            @Nullable PlexusConfiguration xml, Function<String, @Nullable String> property) {
        if (xml == null) return new AdapterEntry.Element("", Map.of(), "", List.of());
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name : xml.getAttributeNames()) {
            // Maven adds the parameter's default in these attributes
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

    /** Reads {@code <environmentVariables>}. */
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
     * Reads a parameter with commands: an element for each command, or one command as text. The text {@code none} means
     * an empty list, because Maven treats an empty element as not set.
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
