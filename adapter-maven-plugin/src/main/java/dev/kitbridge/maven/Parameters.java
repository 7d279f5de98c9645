package dev.kitbridge.maven;

import dev.kitbridge.maven.failure.Closest;
import dev.kitbridge.maven.failure.UserFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * Finds parameters that no goal has. Maven ignores an unknown element in a plugin's configuration: 3.8 silently, later
 * versions with a warning that suggests no name.
 *
 * @param goals by goal: its parameters, each with its property on the command line, or an empty text
 */
record Parameters(Map<String, Map<String, String>> goals) {

    private static final String PREFIX = "adapter.";
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{(adapter\\.[^}]+)}");

    /** Reads the parameters that a user can set. */
    static Parameters of(PluginDescriptor plugin) {
        Map<String, Map<String, String>> goals = new TreeMap<>();
        for (MojoDescriptor mojo : plugin.getMojos()) {
            Map<String, String> parameters = new TreeMap<>();
            List<Parameter> declared = mojo.getParameters();
            if (declared == null) continue;
            for (Parameter parameter : declared) {
                if (parameter.isEditable()) parameters.put(parameter.getName(), property(mojo, parameter));
            }
            goals.put(mojo.getGoal(), parameters);
        }
        return new Parameters(goals);
    }

    private static String property(MojoDescriptor mojo, Parameter parameter) {
        PlexusConfiguration configuration = mojo.getMojoConfiguration().getChild(parameter.getName(), false);
        Matcher matcher = PROPERTY.matcher(configuration == null ? "" : configuration.getValue(""));
        return matcher.matches() ? matcher.group(1) : "";
    }

    /**
     * Checks the elements of a {@code <configuration>}.
     *
     * @param location names the configuration in the message
     * @param advice returns advice on a name that is an adapter or an option, else an empty text
     * @throws UserFailure if no goal has a parameter of that name
     */
    void check(Collection<String> elements, String location, UnaryOperator<String> advice) {
        Set<String> known = new TreeSet<>();
        goals.values().forEach(parameters -> known.addAll(parameters.keySet()));
        for (String element : elements) {
            if (known.contains(element)) continue;
            String hint = advice.apply(element);
            if (hint.isEmpty()) {
                List<String> close = Closest.to(element, known);
                hint = close.isEmpty()
                        ? ". Parameters are "
                                + known.stream().map(name -> "<" + name + ">").collect(Collectors.joining(", "))
                        : "; did you mean <" + String.join("> or <", close) + ">?";
            }
            throw new UserFailure(
                    "<" + element + "> in " + location + " is no parameter of adapter-maven-plugin" + hint);
        }
    }

    /** Returns a warning for each element of an execution that is a parameter of other goals only. */
    List<String> misplaced(Collection<String> elements, String execution, Collection<String> itsGoals) {
        List<String> sentences = new ArrayList<>();
        for (String element : elements) {
            Set<String> owners = owners(parameters -> parameters.containsKey(element));
            if (owners.isEmpty() || itsGoals.isEmpty() || itsGoals.stream().anyMatch(owners::contains)) continue;
            sentences.add("<" + element + "> in execution '" + execution + "' has no effect: it is a parameter of "
                    + listed(owners) + ", and the execution runs " + listed(itsGoals));
        }
        return sentences;
    }

    /**
     * Checks {@code -Dadapter.…}.
     *
     * @param given names of properties on the command line
     * @param declared names of properties in the POM, which may serve another purpose
     * @return a warning for each name that resembles no property of this plugin
     * @throws UserFailure if a name resembles a property of this plugin
     */
    List<String> checkProperties(Collection<String> given, Collection<String> declared) {
        Set<String> known = new TreeSet<>();
        for (Map<String, String> parameters : goals.values()) {
            parameters.values().stream()
                    .filter(property -> !property.isEmpty())
                    .forEach(property -> known.add(property.substring(PREFIX.length())));
        }
        List<String> sentences = new ArrayList<>();
        for (String name : new TreeSet<>(given)) {
            if (!name.startsWith(PREFIX) || declared.contains(name)) continue;
            String own = name.substring(PREFIX.length());
            if (known.contains(own)) continue;
            List<String> close = Closest.to(own, known);
            if (!close.isEmpty()) {
                throw new UserFailure("-D" + name + " is no property of adapter-maven-plugin; did you mean -D" + PREFIX
                        + String.join(" or -D" + PREFIX, close) + "?");
            }
            sentences.add("-D" + name + " is no property of adapter-maven-plugin and has no effect on it");
        }
        return sentences;
    }

    /** Returns a warning for each property on the command line that none of its goals uses. */
    List<String> misplacedProperties(Collection<String> given, Collection<String> itsGoals) {
        List<String> sentences = new ArrayList<>();
        for (String name : new TreeSet<>(given)) {
            Set<String> owners = owners(parameters -> parameters.containsValue(name));
            if (owners.isEmpty() || itsGoals.stream().anyMatch(owners::contains)) continue;
            sentences.add("-D" + name + " has no effect: it belongs to " + listed(owners)
                    + ", and the command line has " + listed(itsGoals));
        }
        return sentences;
    }

    private Set<String> owners(Predicate<Map<String, String>> has) {
        Set<String> owners = new TreeSet<>();
        goals.forEach((goal, parameters) -> {
            if (has.test(parameters)) owners.add(goal);
        });
        return owners;
    }

    private static String listed(Collection<String> goals) {
        return goals.stream().map(goal -> "adapter:" + goal).collect(Collectors.joining(", "));
    }
}
