package dev.kitbridge.services;

/** Arguments as they came, not yet read. */
final class Arguments {

    private Arguments() {}

    /** {@code 1 argument}, {@code 2 arguments}. */
    static String counted(int count) {
        return count + (count == 1 ? " argument" : " arguments");
    }

    /** How many values a JSON array holds; of what is none, any number: whoever reads it will say so. */
    static int count(byte[] json) {
        int depth = 0;
        int commas = 0;
        boolean any = false;
        for (int i = 0; i < json.length; i++) {
            byte b = json[i];
            if (b == '"') {
                for (i++; i < json.length && json[i] != '"'; i++) {
                    if (json[i] == '\\') i++;
                }
                any = true;
            } else if (b == '[' || b == '{') {
                any |= depth++ > 0;
            } else if (b == ']' || b == '}') {
                depth--;
            } else if (b == ',' && depth == 1) {
                commas++;
            } else if (b > ' ') {
                any = true;
            }
        }
        return any ? commas + 1 : 0;
    }
}
