package oriel.worker;

import java.util.ArrayList;
import java.util.List;
import oriel.base.Bytes;

/** The byte stream format of H.264 and H.265 (Annex B): NAL units between start codes, as encoders give it. */
final class AnnexB {
    private static final int START_CODE_BYTES = 3;

    private AnnexB() {}

    /** The NAL units in {@code stream}, without start codes and the zeros around them; views, nothing is copied. */
    static List<Bytes> units(byte[] stream) {
        List<Bytes> units = new ArrayList<>();
        int start = next(stream, 0);
        while (start < stream.length) {
            int from = start + START_CODE_BYTES;
            int next = next(stream, from);
            int to = next;
            while (to > from && stream[to - 1] == 0) {
                to--;
            }
            if (to > from) {
                units.add(Bytes.of(stream, from, to - from));
            }
            start = next;
        }
        return units;
    }

    /** Where the next 00 00 01 begins at or after {@code from}; the array's length if there is none. */
    private static int next(byte[] stream, int from) {
        int i = from + 2;
        while (i < stream.length) {
            byte b = stream[i];
            if (b > 1 || b < 0) {
                i += START_CODE_BYTES;
            } else if (b == 1 && stream[i - 1] == 0 && stream[i - 2] == 0) {
                return i - 2;
            } else {
                i++;
            }
        }
        return stream.length;
    }
}
