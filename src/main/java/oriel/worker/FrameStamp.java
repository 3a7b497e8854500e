package oriel.worker;

/**
 * The number burnt into a picture for machines: 32 blocks side by side at its upper edge, the highest bit first, white is
 * one.
 *
 * <pre>
 * |&lt;------- value, 24 bits -------&gt;|&lt;- check, 8 bits -&gt;|     check = v ^ v&gt;&gt;8 ^ v&gt;&gt;16
 * </pre>
 *
 * A block is a 32nd of the width wide and four fifths of that high: 40x32 pixels at 1280, 20x16 at 640.
 */
final class FrameStamp {
    static final int BLOCKS = 32;

    /** Luma of a one. */
    static final int WHITE = 235;

    /** Luma of a zero. */
    static final int DARK = 16;

    private static final int VALUE_MASK = 0xFF_FFFF;

    private FrameStamp() {}

    /** Pixels of a block's height in a picture of this width; even. */
    static int height(int width) {
        return Math.max(2, (width / BLOCKS * 4 / 5) & ~1);
    }

    /** The 32 bits for {@code value}, of which the lower 24 count. */
    static int bits(long value) {
        int v = (int) value & VALUE_MASK;
        int check = (v ^ (v >> 8) ^ (v >> 16)) & 0xFF;
        return (v << 8) | check;
    }

    /** Whether {@code block} (0 is the leftmost) is white. */
    static boolean white(int bits, int block) {
        return ((bits >> (BLOCKS - 1 - block)) & 1) != 0;
    }
}
