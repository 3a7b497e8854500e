package oriel.worker;

import java.nio.ByteBuffer;

/**
 * Turns the colours of a picture (4:2:0, full range) into those that a JPEG means, BT.601 (JFIF 1.02): what luma and the
 * two differences are made of is another mixture there than in high definition. swscale does it by way of RGB, which takes
 * five times as long as all the rest.
 */
enum JfifColours {
    BT709(0.2126, 0.0722),
    BT2020(0.2627, 0.0593);

    private static final double JPEG_RED = 0.299;
    private static final double JPEG_BLUE = 0.114;
    private static final int BITS = 16;
    private static final int HALF = 1 << (BITS - 1);
    private static final int NEUTRAL = 128;

    // Fixed point: what of the old differences goes into the new luma and differences.
    private final int lumaOfBlue;
    private final int lumaOfRed;
    private final int blueOfBlue;
    private final int blueOfRed;
    private final int redOfBlue;
    private final int redOfRed;

    /** The weights of red and blue in luma. */
    JfifColours(double red, double blue) {
        double[] ofBlue = mixed(red, blue, 1, 0);
        double[] ofRed = mixed(red, blue, 0, 1);
        this.lumaOfBlue = fixed(ofBlue[0]);
        this.lumaOfRed = fixed(ofRed[0]);
        this.blueOfBlue = fixed(ofBlue[1]);
        this.blueOfRed = fixed(ofRed[1]);
        this.redOfBlue = fixed(ofBlue[2]);
        this.redOfRed = fixed(ofRed[2]);
    }

    /** One plane: its bytes, and those from one row to the next. */
    record Plane(ByteBuffer bytes, int stride) {}

    /** Mixes a picture anew, in place. */
    void convert(int width, int height, Plane luma, Plane blue, Plane red) {
        int half = (width + 1) / 2;
        byte[] y0 = new byte[width];
        byte[] y1 = new byte[width];
        byte[] b = new byte[half];
        byte[] r = new byte[half];
        for (int row = 0; row < height; row += 2) {
            boolean pair = row + 1 < height;
            luma.bytes().get(row * luma.stride(), y0);
            if (pair) {
                luma.bytes().get((row + 1) * luma.stride(), y1);
            }
            blue.bytes().get(row / 2 * blue.stride(), b);
            red.bytes().get(row / 2 * red.stride(), r);
            rows(width, y0, y1, b, r);
            luma.bytes().put(row * luma.stride(), y0);
            if (pair) {
                luma.bytes().put((row + 1) * luma.stride(), y1);
            }
            blue.bytes().put(row / 2 * blue.stride(), b);
            red.bytes().put(row / 2 * red.stride(), r);
        }
    }

    private void rows(int width, byte[] y0, byte[] y1, byte[] b, byte[] r) {
        for (int i = 0; i < b.length; i++) {
            int blue = (b[i] & 0xFF) - NEUTRAL;
            int red = (r[i] & 0xFF) - NEUTRAL;
            int more = (lumaOfBlue * blue + lumaOfRed * red + HALF) >> BITS;
            if (more != 0) {
                int x = 2 * i;
                y0[x] = clamped((y0[x] & 0xFF) + more);
                y1[x] = clamped((y1[x] & 0xFF) + more);
                if (x + 1 < width) {
                    y0[x + 1] = clamped((y0[x + 1] & 0xFF) + more);
                    y1[x + 1] = clamped((y1[x + 1] & 0xFF) + more);
                }
            }
            b[i] = clamped(((blueOfBlue * blue + blueOfRed * red + HALF) >> BITS) + NEUTRAL);
            r[i] = clamped(((redOfBlue * blue + redOfRed * red + HALF) >> BITS) + NEUTRAL);
        }
    }

    private static byte clamped(int value) {
        return (byte) (value < 0 ? 0 : value > 255 ? 255 : value);
    }

    private static int fixed(double value) {
        return (int) Math.round(value * (1 << BITS));
    }

    // The new luma and differences of a point without luma and with these differences.
    private static double[] mixed(double kr, double kb, double pb, double pr) {
        double red = 2 * (1 - kr) * pr;
        double blue = 2 * (1 - kb) * pb;
        double green = -(kr * red + kb * blue) / (1 - kr - kb);
        double luma = JPEG_RED * red + (1 - JPEG_RED - JPEG_BLUE) * green + JPEG_BLUE * blue;
        return new double[] {luma, (blue - luma) / (2 * (1 - JPEG_BLUE)), (red - luma) / (2 * (1 - JPEG_RED))};
    }
}
