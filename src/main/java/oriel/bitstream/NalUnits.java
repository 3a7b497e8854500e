package oriel.bitstream;

import java.util.ArrayList;
import java.util.List;
import oriel.base.Bytes;
import oriel.base.MalformedException;

/** Takes NAL units out of a byte stream (ITU-T H.264 and H.265, annex B). */
public final class NalUnits {
    /** Most units in one byte stream of one picture. */
    public static final int MAX_UNITS = 256;

    private static final int START_CODE_BYTES = 3;

    private NalUnits() {}

    /**
     * The units between the start codes ({@code 00 00 01}, zeros before it), as views; a stream without any start code
     * is one unit. Zeros behind a unit do not belong to it, and empty units are passed over.
     *
     * @throws MalformedException if there are more than {@value #MAX_UNITS}
     */
    public static List<Bytes> splitAnnexB(Bytes stream) throws MalformedException {
        List<Bytes> units = new ArrayList<>();
        byte[] array = stream.array();
        int end = stream.offset() + stream.length();
        int start = stream.offset();
        int code = startCode(array, start, end);
        if (code < 0) {
            code = end;
        } else if (onlyZeros(array, start, code)) {
            start = code + START_CODE_BYTES;
            code = startCode(array, start, end);
        }
        while (start < end) {
            int next = code < 0 ? end : code;
            Bytes unit = withoutTrailingZeros(Bytes.of(array, start, next - start));
            if (!unit.isEmpty()) {
                if (units.size() == MAX_UNITS) {
                    throw new MalformedException("more than " + MAX_UNITS + " NAL units");
                }
                units.add(unit);
            }
            start = next + START_CODE_BYTES;
            code = startCode(array, start, end);
        }
        return units;
    }

    /** {@code unit} without the zeros behind it, which a byte stream may have and a unit never ends with. */
    public static Bytes withoutTrailingZeros(Bytes unit) {
        int length = unit.length();
        while (length > 0 && unit.at(length - 1) == 0) {
            length--;
        }
        return unit.slice(0, length);
    }

    /** Whether {@code bytes} are a byte stream, told by the start code (three or four bytes) that they begin with. */
    public static boolean beginsWithStartCode(Bytes bytes) {
        int code = startCode(bytes.array(), bytes.offset(), bytes.offset() + Math.min(bytes.length(), 4));
        return code == bytes.offset() || (code == bytes.offset() + 1 && bytes.at(0) == 0);
    }

    /** Where {@code 00 00 01} begins next in {@code array} from {@code from} to {@code end}, or -1. */
    static int startCode(byte[] array, int from, int end) {
        int i = from + START_CODE_BYTES - 1;
        while (i < end) {
            // The third byte tells how far the next start code is at least.
            if (array[i] > 1 || array[i] < 0) {
                i += START_CODE_BYTES;
            } else if (array[i] == 1) {
                if (array[i - 1] == 0 && array[i - 2] == 0) {
                    return i - 2;
                }
                i += START_CODE_BYTES;
            } else {
                i++;
            }
        }
        return -1;
    }

    private static boolean onlyZeros(byte[] array, int from, int end) {
        for (int i = from; i < end; i++) {
            if (array[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
