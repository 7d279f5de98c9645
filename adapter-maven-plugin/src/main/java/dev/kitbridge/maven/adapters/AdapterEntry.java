package dev.kitbridge.maven.adapters;

import dev.kitbridge.maven.failure.UserFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry of {@code <adapters>} in the POM.
 *
 * @param name the element's name
 * @param id its {@code id} attribute, else its name; names the output folder
 * @param options the values of its children by name: a text, a map for nested elements, or a list if a name occurs
 *     several times
 */
public record AdapterEntry(String name, String id, Map<String, Object> options) {

    /** An XML element. */
    public record Element(String name, Map<String, String> attributes, String text, List<Element> children) {}

    /** Reads the entries of {@code <adapters>}. */
    public static List<AdapterEntry> read(Element adapters) {
        List<AdapterEntry> entries = new ArrayList<>();
        for (Element entry : adapters.children()) {
            for (String attribute : entry.attributes().keySet()) {
                if (!attribute.equals("id") && !attribute.startsWith("combine.") && !attribute.startsWith("xml:")) {
                    throw new UserFailure("<" + entry.name() + " " + attribute
                            + "=\"...\"> in <adapters>: only 'id' is an" + " attribute; options are child elements, <"
                            + attribute + ">...</" + attribute + ">");
                }
            }
            String id = entry.attributes().getOrDefault("id", entry.name());
            if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
                throw new UserFailure(
                        "id \"" + id + "\" of <" + entry.name() + "> in <adapters> names a folder: expected"
                                + " letters, digits, dots, hyphens and underscores");
            }
            checkUnique(entries, entry.name(), id);
            if (entry.children().isEmpty() && !entry.text().isEmpty()) {
                throw new UserFailure("<" + entry.name() + ">" + entry.text() + "</" + entry.name()
                        + "> in <adapters>: options are child elements, not text");
            }
            entries.add(new AdapterEntry(entry.name(), id, children(entry)));
        }
        if (!adapters.text().isEmpty() && adapters.children().isEmpty()) {
            for (String part : adapters.text().split(",", -1)) {
                String name = part.strip();
                checkUnique(entries, name, name);
                entries.add(new AdapterEntry(name, name, Map.of()));
            }
        }
        return entries;
    }

    private static void checkUnique(List<AdapterEntry> entries, String name, String id) {
        if (entries.stream().noneMatch(other -> other.id().equals(id))) return;
        throw new UserFailure("<adapters> has two entries with the id '" + id + "', whose outputs would overwrite"
                + " each other; give one of them another: <" + name + " id=\"other\">");
    }

    private static Map<String, Object> children(Element element) {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        for (Element child : element.children()) {
            values.computeIfAbsent(child.name(), name -> new ArrayList<>())
                    .add(child.children().isEmpty() ? child.text() : children(child));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        values.forEach((name, all) -> result.put(name, all.size() == 1 ? all.get(0) : all));
        return result;
    }
}
