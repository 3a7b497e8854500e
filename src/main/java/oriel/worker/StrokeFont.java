package oriel.worker;

import java.util.ArrayList;
import java.util.List;

/**
 * The few letters that the demo needs, drawn with a round pen; no font file and no AWT. A glyph lives in a box one unit
 * high (the height of a digit, y downwards) and {@link Glyph#width()} wide.
 */
final class StrokeFont {
    /** Half the pen's width, in units of the digits' height. */
    static final double PEN = 0.065;

    private static final int ARC_STEPS = 14;
    private static final double LOWER = 0.36; // where small letters begin

    private StrokeFont() {}

    /** A straight piece of a stroke, in units. */
    record Segment(double x0, double y0, double x1, double y1) {}

    /** @param width in units, with the space to the next letter */
    record Glyph(double width, List<Segment> segments) {}

    /** How far {@code letter} reaches; digits are all alike. */
    static double width(char letter) {
        return glyph(letter).width();
    }

    /** The strokes of {@code letter}; those of a blank for what it does not know. */
    static Glyph glyph(char letter) {
        Pen pen = new Pen();
        double width = letter >= '0' && letter <= '9' ? digit(pen, letter) : sign(pen, letter);
        return new Glyph(width, List.copyOf(pen.segments));
    }

    private static double digit(Pen pen, char digit) {
        switch (digit) {
            case '0' -> pen.arc(0.31, 0.5, 0.23, 0.435, 0, 360);
            case '1' -> pen.line(0.17, 0.21, 0.34, 0.065).line(0.34, 0.065, 0.34, 0.935);
            case '2' ->
                pen.arc(0.31, 0.31, 0.225, 0.245, 190, 375)
                        .line(0.525, 0.375, 0.085, 0.935)
                        .line(0.085, 0.935, 0.54, 0.935);
            case '3' -> pen.arc(0.29, 0.28, 0.215, 0.215, 200, 450).arc(0.29, 0.715, 0.24, 0.22, 270, 520);
            case '4' ->
                pen.line(0.42, 0.935, 0.42, 0.065).line(0.42, 0.065, 0.07, 0.68).line(0.07, 0.68, 0.57, 0.68);
            case '5' ->
                pen.line(0.5, 0.065, 0.135, 0.065)
                        .line(0.135, 0.065, 0.115, 0.45)
                        .arc(0.29, 0.65, 0.245, 0.285, 225, 508);
            case '6' ->
                pen.arc(0.31, 0.65, 0.235, 0.285, 0, 360)
                        .line(0.083, 0.585, 0.2, 0.28)
                        .line(0.2, 0.28, 0.41, 0.065);
            case '7' -> pen.line(0.08, 0.065, 0.54, 0.065).line(0.54, 0.065, 0.23, 0.935);
            case '8' -> pen.arc(0.31, 0.275, 0.2, 0.21, 0, 360).arc(0.31, 0.71, 0.235, 0.225, 0, 360);
            default ->
                pen.arc(0.31, 0.35, 0.235, 0.285, 0, 360)
                        .line(0.537, 0.415, 0.42, 0.72)
                        .line(0.42, 0.72, 0.21, 0.935);
        }
        return 0.74;
    }

    private static double sign(Pen pen, char sign) {
        double middle = (LOWER + 0.935) / 2;
        double half = (0.935 - LOWER) / 2;
        return switch (sign) {
            case ':' ->
                pen.line(0.15, 0.33, 0.15, 0.34).line(0.15, 0.8, 0.15, 0.81).advance(0.36);
            case '.' -> pen.line(0.13, 0.92, 0.13, 0.93).advance(0.32);
            case 'O' -> pen.arc(0.42, 0.5, 0.35, 0.435, 0, 360).advance(0.93);
            case 'r' ->
                pen.line(0.1, LOWER, 0.1, 0.935)
                        .arc(0.31, middle, 0.21, half, 180, 300)
                        .advance(0.5);
            case 'i' ->
                pen.line(0.1, LOWER, 0.1, 0.935).line(0.1, 0.12, 0.1, 0.13).advance(0.28);
            case 'e' ->
                pen.line(0.1, middle, 0.53, middle)
                        .arc(0.315, middle, 0.225, half, 40, 360)
                        .advance(0.69);
            case 'l' -> pen.line(0.1, 0.065, 0.1, 0.935).advance(0.28);
            case 'd' ->
                pen.arc(0.3, middle, 0.225, half, 0, 360)
                        .line(0.525, 0.065, 0.525, 0.935)
                        .advance(0.72);
            case 'm' ->
                pen.line(0.1, LOWER, 0.1, 0.935)
                        .arc(0.255, 0.55, 0.155, 0.19, 180, 360)
                        .line(0.41, 0.55, 0.41, 0.935)
                        .arc(0.565, 0.55, 0.155, 0.19, 180, 360)
                        .line(0.72, 0.55, 0.72, 0.935)
                        .advance(0.92);
            case 'o' -> pen.arc(0.315, middle, 0.225, half, 0, 360).advance(0.71);
            default -> 0.4;
        };
    }

    /** Collects strokes; angles in degrees, clockwise from three o'clock. */
    private static final class Pen {
        private final List<Segment> segments = new ArrayList<>();

        Pen line(double x0, double y0, double x1, double y1) {
            segments.add(new Segment(x0, y0, x1, y1));
            return this;
        }

        Pen arc(double cx, double cy, double rx, double ry, double from, double to) {
            for (int i = 0; i < ARC_STEPS; i++) {
                double a = Math.toRadians(from + (to - from) * i / ARC_STEPS);
                double b = Math.toRadians(from + (to - from) * (i + 1) / ARC_STEPS);
                line(cx + rx * Math.cos(a), cy + ry * Math.sin(a), cx + rx * Math.cos(b), cy + ry * Math.sin(b));
            }
            return this;
        }

        double advance(double width) {
            return width;
        }
    }
}
