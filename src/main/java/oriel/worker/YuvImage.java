package oriel.worker;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A picture in memory as encoders take it: 4:2:0, limited range, BT.709. Width and height are even. For one thread.
 */
final class YuvImage {
    final int width;
    final int height;
    private final byte[] luma;
    private final byte[] blue;
    private final byte[] red;

    YuvImage(int width, int height) {
        this.width = width;
        this.height = height;
        this.luma = new byte[width * height];
        this.blue = new byte[width * height / 4];
        this.red = new byte[width * height / 4];
    }

    /** A colour. */
    record Colour(int luma, int blue, int red) {
        private static final double KR = 0.2126;
        private static final double KB = 0.0722;

        /** @param rgb {@code 0xRRGGBB} */
        static Colour of(int rgb) {
            double r = (rgb >> 16 & 0xFF) / 255.0;
            double g = (rgb >> 8 & 0xFF) / 255.0;
            double b = (rgb & 0xFF) / 255.0;
            double y = KR * r + (1 - KR - KB) * g + KB * b;
            return new Colour(
                    (int) Math.round(16 + 219 * y), (int) Math.round(128 + 224 * (b - y) / (2 * (1 - KB))), (int)
                            Math.round(128 + 224 * (r - y) / (2 * (1 - KR))));
        }

        /** A neutral tone of this luma. */
        static Colour grey(int luma) {
            return new Colour(luma, 128, 128);
        }

        /** {@code share} (0 to 1) of the way to {@code other}. */
        Colour towards(Colour other, double share) {
            return new Colour(
                    (int) Math.round(luma + (other.luma - luma) * share),
                    (int) Math.round(blue + (other.blue - blue) * share),
                    (int) Math.round(red + (other.red - red) * share));
        }
    }

    /** Paints a rectangle; its place and size are even. */
    void fill(int x, int y, int w, int h, Colour colour) {
        for (int row = y; row < y + h; row++) {
            Arrays.fill(luma, row * width + x, row * width + x + w, (byte) colour.luma());
        }
        int half = width / 2;
        for (int row = y / 2; row < (y + h) / 2; row++) {
            int from = row * half + x / 2;
            Arrays.fill(blue, from, from + w / 2, (byte) colour.blue());
            Arrays.fill(red, from, from + w / 2, (byte) colour.red());
        }
    }

    /** Paints a rectangle's brightness and leaves its colour; any place and size. */
    void fillLuma(int x, int y, int w, int h, int level) {
        for (int row = y; row < y + h; row++) {
            Arrays.fill(luma, row * width + x, row * width + x + w, (byte) level);
        }
    }

    /** Lays {@code alpha} (0 to 255) of {@code colour} over one pixel; the colour itself only where both are even. */
    void blend(int x, int y, Colour colour, int alpha) {
        int at = y * width + x;
        luma[at] = mixed(luma[at], colour.luma(), alpha);
        if ((x & 1) == 0 && (y & 1) == 0) {
            int half = y / 2 * (width / 2) + x / 2;
            blue[half] = mixed(blue[half], colour.blue(), alpha);
            red[half] = mixed(red[half], colour.red(), alpha);
        }
    }

    /** Lays a shape in one colour over the picture; what reaches over the edge is left out. */
    void blend(int left, int top, Mask mask, Colour colour) {
        for (int y = Math.max(0, -top); y < Math.min(mask.height(), height - top); y++) {
            for (int x = Math.max(0, -left); x < Math.min(mask.width(), width - left); x++) {
                int alpha = mask.at(x, y);
                if (alpha != 0) {
                    blend(left + x, top + y, colour, alpha);
                }
            }
        }
    }

    /** Copies a rectangle, whose place and size are even, from the same place of {@code other}, of the same size. */
    void copy(YuvImage other, int x, int y, int w, int h) {
        for (int row = y; row < y + h; row++) {
            System.arraycopy(other.luma, row * width + x, luma, row * width + x, w);
        }
        int half = width / 2;
        for (int row = y / 2; row < (y + h) / 2; row++) {
            int from = row * half + x / 2;
            System.arraycopy(other.blue, from, blue, from, w / 2);
            System.arraycopy(other.red, from, red, from, w / 2);
        }
    }

    /** Writes a rectangle, whose place and size are even, to an encoder's planes. */
    void write(PictureEncoder encoder, int x, int y, int w, int h) {
        rows(luma, width, encoder.plane(0), encoder.stride(0), x, y, w, h);
        rows(blue, width / 2, encoder.plane(1), encoder.stride(1), x / 2, y / 2, w / 2, h / 2);
        rows(red, width / 2, encoder.plane(2), encoder.stride(2), x / 2, y / 2, w / 2, h / 2);
    }

    private static void rows(byte[] from, int width, ByteBuffer to, int stride, int x, int y, int w, int h) {
        for (int row = y; row < y + h; row++) {
            to.put(row * stride + x, from, row * width + x, w);
        }
    }

    private static byte mixed(byte below, int above, int alpha) {
        int base = below & 0xFF;
        return (byte) (base + ((above - base) * alpha + 127) / 255);
    }
}
