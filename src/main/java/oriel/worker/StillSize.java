package oriel.worker;

/**
 * How large a still is wanted: a box into which the picture is fitted as it is, in its own proportions and never larger than
 * the camera's.
 *
 * @param width pixels at most, 1 to {@value #MAX_SIDE}; 0 leaves it open
 * @param height likewise
 */
public record StillSize(int width, int height) {
    /** Longest side that can be asked for. */
    public static final int MAX_SIDE = 8192;

    private static final StillSize FULL = new StillSize(0, 0);

    public StillSize {
        require(width, "width");
        require(height, "height");
    }

    /** The camera's own size. */
    public static StillSize full() {
        return FULL;
    }

    /** The size of a picture of {@code w} times {@code h} pixels in this box. */
    public StillSize of(int w, int h) {
        double scale = 1;
        scale = width > 0 ? Math.min(scale, (double) width / w) : scale;
        scale = height > 0 ? Math.min(scale, (double) height / h) : scale;
        return new StillSize((int) Math.max(1, Math.round(w * scale)), (int) Math.max(1, Math.round(h * scale)));
    }

    private static void require(int side, String name) {
        if (side < 0 || side > MAX_SIDE) {
            throw new IllegalArgumentException(name + " is not 1 to " + MAX_SIDE + ": " + side);
        }
    }
}
