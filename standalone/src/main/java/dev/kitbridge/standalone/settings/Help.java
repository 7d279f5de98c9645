package dev.kitbridge.standalone.settings;

/** The text of {@code --help}. */
public final class Help {

    private Help() {}

    /** @param environment supplies the prefix of the variables */
    public static String text(Environment environment) {
        StringBuilder text = new StringBuilder(
                """
                Serves a SvelteKit app.

                java -jar app.jar                        serves until SIGTERM or SIGINT
                java -jar app.jar --check[=/path]        starts, answers one request, exits: with 0 if the status is below 400, else with 1
                java -jar app.jar --make-archive[=file]  writes a class data archive, with which the app starts faster
                java -jar app.jar --version
                java -jar app.jar --help

                Environment variables:
                """);
        for (Variable variable : Variable.values()) {
            text.append(String.format("%-24s %s", environment.name(variable), variable.meaning()));
            if (!variable.otherwise().isEmpty())
                text.append(" (").append(variable.otherwise()).append(")");
            text.append('\n');
        }
        return text.toString();
    }
}
