import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A bar chart of requests per second; each case has its own scale. */
final class Chart {

    private static final List<String> COLOURS = List.of("#ff3e00", "#ffa07a", "#c2410c", "#3c873a", "#8a8a8a", "#009639", "#d9d9d9");

    static void write(Path file, List<Case> cases, List<Peer> peers, Map<String, List<Sample>> samples) throws IOException {
        StringBuilder svg = new StringBuilder();
        int y = 20;
        for (Case request : cases) {
            svg.append(text(0, y, request.name(), "bold"));
            y += 8;
            double most = peers.stream()
                    .map(peer -> samples.get(request.name() + "|" + peer.name()))
                    .filter(java.util.Objects::nonNull)
                    .mapToDouble(own -> Report.median(own, Sample::rate))
                    .max()
                    .orElse(1);
            for (int i = 0; i < peers.size(); i++) {
                List<Sample> own = samples.get(request.name() + "|" + peers.get(i).name());
                if (own == null) continue;
                double rate = Report.median(own, Sample::rate);
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"170\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/>%n",
                        y, 440 * rate / most, COLOURS.get(i)));
                svg.append(text(0, y + 11, peers.get(i).name(), "normal"));
                svg.append(text((int) (176 + 440 * rate / most), y + 11, String.format(Locale.ROOT, "%,.0f", rate), "normal"));
                y += 18;
            }
            y += 22;
        }
        Files.writeString(
                file,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"700\" height=\"" + y
                        + "\" font-family=\"sans-serif\" font-size=\"12\">\n<title>Requests per second</title>\n"
                        + "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n" + svg + "</svg>\n");
    }

    private static String text(int x, int y, String text, String weight) {
        return "<text x=\"" + (x + 8) + "\" y=\"" + y + "\" font-weight=\"" + weight + "\">" + text + "</text>\n";
    }
}
