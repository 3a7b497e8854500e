package oriel.worker;

import oriel.worker.YuvImage.Colour;

/**
 * What stands still in the demo's picture: a wall at dusk, and in it an oriel, the bay window that gave us our name, with
 * hills behind it. Tells where its glass shows the sky, so that a sun can move behind bars and hills.
 */
final class DemoScene {
    // The drawing is made for 1280x720 and stretched from there.
    private static final double DRAWN_WIDTH = 1280;
    private static final double DRAWN_HEIGHT = 720;

    private static final Colour WALL_ABOVE = Colour.of(0x4A4152);
    private static final Colour WALL_BELOW = Colour.of(0x211D2B);
    private static final Colour SKY_ABOVE = Colour.of(0x2B4A7F);
    private static final Colour SKY_BELOW = Colour.of(0xF3B183);
    private static final Colour FAR_HILL = Colour.of(0x5A5B7C);
    private static final Colour NEAR_HILL = Colour.of(0x2F4A4A);
    private static final Colour BAR = Colour.of(0xEDE3D0);
    private static final Colour SILL = Colour.of(0xB9AC97);

    private static final double LEFT = 170;
    private static final double RIGHT = 1110;
    private static final double TOP = 64;
    private static final double BOTTOM = 520;
    private static final double MIDDLE_LEFT = 430;
    private static final double MIDDLE_RIGHT = 850;
    private static final double SLANT = 44; // how much lower the outer edges of the side panes begin
    private static final double HALF_BAR = 7;
    private static final double HALF_FRAME = 11;
    private static final double TRANSOM = 0.3; // of the height, from above

    private final int width;
    private final int height;
    private final YuvImage picture;
    private final byte[] sky;

    DemoScene(int width, int height) {
        this.width = width;
        this.height = height;
        this.picture = new YuvImage(width, height);
        this.sky = new byte[width * height];
        paintWall();
        paintWindow();
        paintSill();
    }

    /** The whole scene; the caller may paint on it. */
    YuvImage picture() {
        return picture;
    }

    /** How much of the sky shows at a pixel, 0 to 255. */
    int sky(int x, int y) {
        return sky[y * width + x] & 0xFF;
    }

    private void paintWall() {
        for (int y = 0; y < height; y += 2) {
            picture.fill(0, y, width, 2, WALL_ABOVE.towards(WALL_BELOW, (double) y / height));
        }
    }

    private void paintWindow() {
        int top = row(TOP - 2 * HALF_FRAME);
        int bottom = Math.min(height, row(BOTTOM + 2 * HALF_FRAME));
        int left = column(LEFT - 2 * HALF_FRAME);
        int right = Math.min(width, column(RIGHT + 2 * HALF_FRAME));
        for (int y = top; y < bottom; y++) {
            double drawnY = (y + 0.5) * DRAWN_HEIGHT / height;
            Colour air = SKY_ABOVE.towards(SKY_BELOW, Math.clamp((drawnY - TOP) / (BOTTOM - 90 - TOP), 0, 1));
            for (int x = left; x < right; x++) {
                paintPixel(x, y, (x + 0.5) * DRAWN_WIDTH / width, drawnY, air);
            }
        }
    }

    private void paintPixel(int x, int y, double drawnX, double drawnY, Colour air) {
        double perPixel = width / DRAWN_WIDTH;
        double inside = insideFrame(drawnX, drawnY);
        int wood = level((inside + HALF_FRAME) * perPixel + 0.5);
        if (wood == 0) {
            return;
        }
        double glass = Math.min(inside - HALF_FRAME, toBar(drawnX, drawnY) - HALF_BAR);
        int pane = level(glass * perPixel + 0.5);
        picture.blend(x, y, BAR, wood);
        if (pane == 0) {
            return;
        }
        int far = level((drawnY - farHill(drawnX)) * perPixel + 0.5);
        int near = level((drawnY - nearHill(drawnX)) * perPixel + 0.5);
        picture.blend(x, y, air, pane);
        picture.blend(x, y, FAR_HILL, far * pane / 255);
        picture.blend(x, y, NEAR_HILL, near * pane / 255);
        sky[y * width + x] = (byte) (pane * (255 - Math.max(far, near)) / 255);
    }

    private void paintSill() {
        int top = row(BOTTOM + HALF_FRAME) & ~1;
        int sill = Math.max(2, row(16) & ~1);
        int left = column(LEFT - 34) & ~1;
        int right = column(RIGHT + 34) & ~1;
        picture.fill(left, top, right - left, sill, SILL);
    }

    /** Distance to the outer edge of the window, positive inside; the side panes slant away from the middle one. */
    private static double insideFrame(double x, double y) {
        double slant = SLANT * slantAt(x);
        double sides = Math.min(x - LEFT, RIGHT - x);
        return Math.min(sides, Math.min(y - TOP - slant, BOTTOM - slant - y));
    }

    /** Distance to the nearest bar between panes. */
    private static double toBar(double x, double y) {
        double posts = Math.min(Math.abs(x - MIDDLE_LEFT), Math.abs(x - MIDDLE_RIGHT));
        double centre = Math.abs(x - (MIDDLE_LEFT + MIDDLE_RIGHT) / 2) + 2;
        double slant = SLANT * slantAt(x);
        double height = BOTTOM - TOP - 2 * slant;
        double transom = Math.abs(y - (TOP + slant + TRANSOM * height)) + 2;
        return Math.min(Math.min(posts, centre), transom);
    }

    private static double slantAt(double x) {
        if (x < MIDDLE_LEFT) {
            return (MIDDLE_LEFT - x) / (MIDDLE_LEFT - LEFT);
        }
        return x > MIDDLE_RIGHT ? (x - MIDDLE_RIGHT) / (RIGHT - MIDDLE_RIGHT) : 0;
    }

    private static double farHill(double x) {
        return 408 - 34 * Math.sin(x / 150) - 12 * Math.sin(x / 61 + 1);
    }

    private static double nearHill(double x) {
        return 458 + 24 * Math.sin(x / 210 + 2) + 9 * Math.sin(x / 77);
    }

    private int column(double drawnX) {
        return (int) Math.max(0, drawnX * width / DRAWN_WIDTH);
    }

    private int row(double drawnY) {
        return (int) Math.max(0, drawnY * height / DRAWN_HEIGHT);
    }

    private static int level(double coverage) {
        return (int) Math.round(255 * Math.clamp(coverage, 0, 1));
    }
}
