package oriel.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import oriel.base.Bytes;
import oriel.media.AccessUnit;

/**
 * Finds out whether the last slice of an H.265 picture is whole. FFmpeg's decoder reads on over the end of a slice that is cut off,
 * ends before it where one is damaged, and says neither; how far it read shows in what it makes of other bytes. So a whole
 * picture stays as it is when more bytes follow its slices, and does not when their last bytes are others.
 */
final class SliceEnds {
    private static final int LAST_SLICE_TYPE = 31;
    private static final int TAIL_BYTES = 64;
    private static final int END_BYTES = 8;

    // Behind the header of the NAL unit and that of the slice.
    private static final int LEAST_BYTES = 64;

    private SliceEnds() {}

    /** The picture with bytes behind each slice that do not belong to it. */
    static AccessUnit followed(AccessUnit unit) {
        byte[] tail = new byte[TAIL_BYTES];
        new Random(TAIL_BYTES).nextBytes(tail);
        return changed(unit, slice -> {
            byte[] longer = new byte[slice.length() + TAIL_BYTES];
            slice.copyTo(longer, 0);
            for (int i = 0; i < TAIL_BYTES; i++) {
                longer[slice.length() + i] = (byte) (tail[i] | 1); // No zeros, which mean something to the syntax.
            }
            return Bytes.of(longer);
        });
    }

    /** The picture with other last bytes of each slice; the same one if they are too short for that. */
    static AccessUnit ended(AccessUnit unit) {
        return changed(unit, slice -> {
            byte[] other = slice.toArray();
            int end = withoutFilling(other);
            if (end < LEAST_BYTES) {
                return slice;
            }
            for (int i = end - END_BYTES; i < end; i++) {
                other[i] = (byte) ((other[i] ^ 0x55) | 0x04);
            }
            return Bytes.of(other);
        });
    }

    // Encoders fill slices up by cabac_zero_words, 00 00 03 (H.265, 9.3.2.5).
    private static int withoutFilling(byte[] slice) {
        int end = slice.length;
        while (end > 0 && (slice[end - 1] == 0 || slice[end - 1] == 3)) {
            end--;
        }
        return end;
    }

    private static AccessUnit changed(AccessUnit unit, UnaryOperator<Bytes> change) {
        List<Bytes> parts = new ArrayList<>();
        for (Bytes part : unit.parts()) {
            boolean slice = !part.isEmpty() && (part.at(0) >> 1 & 0x3F) <= LAST_SLICE_TYPE;
            parts.add(slice ? change.apply(part) : part);
        }
        return new AccessUnit(unit.ptsTicks(), unit.wallClock(), unit.key(), parts);
    }
}
