package oriel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import oriel.base.JsonNumber;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;
import oriel.base.MalformedException;

/** Puts the figures of a run into the hand-written words around them: {@code {{name}}} becomes a fact or a table. */
final class BenchReport {
    private static final String HEAD =
            "| figure | Oriel, median (lowest to highest) | yardstick, median (lowest to highest) | ratio | to reach |\n"
                    + "|---|---|---|---|---|\n";

    private BenchReport() {}

    static void write(Path template, Path results, Path target) throws IOException, MalformedException {
        String text = Files.readString(template);
        JsonObject all = Results.read(results);
        for (var member : all.members().entrySet()) {
            if (member.getValue() instanceof JsonString fact) {
                text = text.replace("{{" + member.getKey() + "}}", fact.value());
            }
        }
        for (JsonValue item : all.array("sections").orElseThrow().items()) {
            JsonObject section = (JsonObject) item;
            text = text.replace("{{" + section.string("id").orElseThrow() + "}}", table(section));
        }
        text = text.replaceAll("\\{\\{[a-z-]+}}", "Not measured in this run.");
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }

    private static String table(JsonObject section) {
        String missing = section.string("missing").orElse("");
        if (!missing.isEmpty()) {
            return "Not measured in this run: " + missing;
        }
        StringBuilder table = new StringBuilder(HEAD);
        for (JsonValue item : section.array("figures").orElseThrow().items()) {
            row(table, (JsonObject) item);
        }
        return table.toString().stripTrailing();
    }

    private static void row(StringBuilder table, JsonObject figure) {
        String unit = figure.string("unit").orElseThrow();
        table.append("| ").append(figure.string("what").orElseThrow());
        table.append(" | ").append(samples(figure.object("ours").orElseThrow(), unit));
        table.append(" | ").append(samples(figure.object("yardstick").orElseThrow(), unit));
        table.append(" | ").append(ratio(figure));
        table.append(" | ").append(target(figure, unit)).append(" |\n");
    }

    private static String samples(JsonObject samples, String unit) {
        String withUnit = unit.isEmpty() ? "" : " " + unit;
        return number(of(samples, "median")) + withUnit + " (" + number(of(samples, "lowest")) + " to "
                + number(of(samples, "highest")) + ", " + (int) of(samples, "runs") + " runs)";
    }

    private static String ratio(JsonObject figure) {
        double yardstick = of(figure.object("yardstick").orElseThrow(), "median");
        return yardstick < 0.005 ? "-" : number(of(figure, "ratio"));
    }

    private static String target(JsonObject figure, String unit) {
        double ours = of(figure.object("ours").orElseThrow(), "median");
        if (figure.member("target").isPresent()) {
            double target = of(figure, "target");
            return "under " + number(target) + " " + unit + ": " + verdict(ours < target);
        }
        if (figure.member("share").isPresent()) {
            double share = of(figure, "share");
            return "ratio at most " + number(share) + ": " + verdict(of(figure, "ratio") <= share);
        }
        return "";
    }

    private static String verdict(boolean reached) {
        return reached ? "reached" : "**missed**";
    }

    private static double of(JsonObject object, String name) {
        return object.member(name)
                .filter(JsonNumber.class::isInstance)
                .map(number -> ((JsonNumber) number).toDouble())
                .orElseThrow();
    }

    /** Three figures that count, no more. */
    static String number(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
