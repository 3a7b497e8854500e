package oriel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import oriel.base.Json;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.base.MalformedException;

/** The figures as a file, {@code target/bench/results.json}: written by a run, read by {@link BenchReport}. */
final class Results {
    private static final int MAX_CHARS = 1 << 20;

    private Results() {}

    static void write(Path file, Map<String, String> facts, List<Section> sections) throws IOException {
        JsonObject.Builder all = JsonObject.builder();
        facts.forEach(all::put);
        List<JsonValue> items = new ArrayList<>();
        sections.forEach(section -> items.add(json(section)));
        all.put("sections", new JsonArray(items));
        Files.createDirectories(file.getParent());
        Files.writeString(file, all.build().toString());
    }

    static JsonObject read(Path file) throws IOException, MalformedException {
        return (JsonObject) Json.parse(Files.readString(file), MAX_CHARS);
    }

    private static JsonObject json(Section section) {
        List<JsonValue> figures = new ArrayList<>();
        section.figures().forEach(figure -> figures.add(json(figure)));
        return JsonObject.builder()
                .put("id", section.id())
                .put("missing", section.missing())
                .put("figures", new JsonArray(figures))
                .build();
    }

    private static JsonObject json(Figure figure) {
        JsonObject.Builder json = JsonObject.builder()
                .put("what", figure.what())
                .put("unit", figure.unit())
                .put("ours", json(figure.ours()))
                .put("yardstick", json(figure.yardstick()))
                .put("ratio", ratio(figure));
        figure.target().ifPresent(target -> json.put("target", target));
        figure.share().ifPresent(share -> json.put("share", share));
        return json.build();
    }

    // Beside nothing there is no ratio.
    private static double ratio(Figure figure) {
        double yardstick = figure.yardstick().median();
        return yardstick == 0 ? 0 : figure.ours().median() / yardstick;
    }

    private static JsonObject json(Samples samples) {
        return JsonObject.builder()
                .put("runs", samples.count())
                .put("median", samples.median())
                .put("lowest", samples.lowest())
                .put("highest", samples.highest())
                .build();
    }
}
