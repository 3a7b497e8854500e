package oriel.worker;

/** How much of a colour each pixel of a shape takes. Immutable. */
final class Mask {
    private final int width;
    private final int height;
    private final byte[] alpha; // row by row, 0 to 255

    private Mask(int width, int height, byte[] alpha) {
        this.width = width;
        this.height = height;
        this.alpha = alpha;
    }

    /** A letter whose digits' height is {@code height} pixels. */
    static Mask letter(char letter, int height) {
        StrokeFont.Glyph glyph = StrokeFont.glyph(letter);
        int width = Math.max(1, (int) Math.round(glyph.width() * height));
        byte[] alpha = new byte[width * height];
        for (StrokeFont.Segment segment : glyph.segments()) {
            stroke(alpha, width, height, segment);
        }
        return new Mask(width, height, alpha);
    }

    /** A disc that fills its square, with a soft edge. */
    static Mask disc(int diameter) {
        byte[] alpha = new byte[diameter * diameter];
        double radius = diameter / 2.0;
        double edge = Math.max(1, radius / 12);
        for (int y = 0; y < diameter; y++) {
            for (int x = 0; x < diameter; x++) {
                double distance = Math.hypot(x + 0.5 - radius, y + 0.5 - radius);
                alpha[y * diameter + x] = level((radius - distance) / edge);
            }
        }
        return new Mask(diameter, diameter, alpha);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** The share at a pixel, 0 to 255. */
    int at(int x, int y) {
        return alpha[y * width + x] & 0xFF;
    }

    private static void stroke(byte[] alpha, int width, int height, StrokeFont.Segment s) {
        double pen = StrokeFont.PEN * height;
        double x0 = s.x0() * height;
        double y0 = s.y0() * height;
        double dx = s.x1() * height - x0;
        double dy = s.y1() * height - y0;
        double square = Math.max(dx * dx + dy * dy, 1e-9);
        int left = Math.max(0, (int) (Math.min(x0, x0 + dx) - pen - 1));
        int right = Math.min(width - 1, (int) (Math.max(x0, x0 + dx) + pen + 1));
        int top = Math.max(0, (int) (Math.min(y0, y0 + dy) - pen - 1));
        int bottom = Math.min(height - 1, (int) (Math.max(y0, y0 + dy) + pen + 1));
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                double px = x + 0.5 - x0;
                double py = y + 0.5 - y0;
                double along = Math.clamp((px * dx + py * dy) / square, 0, 1);
                byte level = level(pen - Math.hypot(px - along * dx, py - along * dy) + 0.5);
                int at = y * width + x;
                if ((level & 0xFF) > (alpha[at] & 0xFF)) {
                    alpha[at] = level;
                }
            }
        }
    }

    private static byte level(double coverage) {
        return (byte) Math.round(255 * Math.clamp(coverage, 0, 1));
    }
}
