package oriel.rtp.payload;

import oriel.base.MalformedException;

/**
 * The front of a JPEG payload (RFC 2435, 3.1); one object reads payload after payload.
 *
 * <pre>
 *  | type-specific, 8 |          fragment offset, 24           |
 *  |     type, 8      |   Q, 8   |  width / 8   |  height / 8  |
 *  type 64 to 127: | restart interval, 16 | F 1 L 1 count 14   |
 *  Q 128 to 255, offset 0: | 0, 8 | precision, 8 | length, 16 | tables |
 * </pre>
 */
final class JpegPayload {
    static final int RESTART_OFFSET = 8;

    private static final int MAIN_BYTES = 8;
    private static final int RESTART_BYTES = 4;
    private static final int TABLES_FRONT_BYTES = 4;
    private static final int FIRST_RESTART_TYPE = 64;
    private static final int LAST_RESTART_TYPE = 127;
    private static final int FIRST_DYNAMIC_Q = 128;
    private static final int BLOCK = 8;

    private int fragmentOffset;
    private int type;
    private int quality;
    private int width;
    private int height;
    private int restartInterval;
    private int precision;
    private int tablesOffset;
    private int tablesLength;
    private int dataOffset;

    void parse(ByteSource source, int length) throws MalformedException {
        if (length < MAIN_BYTES) {
            throw new MalformedException("JPEG payload header cut off");
        }
        fragmentOffset = source.at(1) << 16 | u16(source, 2);
        type = source.at(4);
        quality = source.at(5);
        width = BLOCK * source.at(6);
        height = BLOCK * source.at(7);
        if (quality == 0) {
            throw new MalformedException("JPEG quality is zero");
        }
        dataOffset = MAIN_BYTES;
        restartInterval = 0;
        if (hasRestarts()) {
            if (length < dataOffset + RESTART_BYTES) {
                throw new MalformedException("JPEG restart header cut off");
            }
            restartInterval = u16(source, RESTART_OFFSET);
            dataOffset += RESTART_BYTES;
        }
        tablesLength = 0;
        if (fragmentOffset == 0 && quality >= FIRST_DYNAMIC_Q) {
            parseTables(source, length);
        }
    }

    private void parseTables(ByteSource source, int length) throws MalformedException {
        if (length < dataOffset + TABLES_FRONT_BYTES) {
            throw new MalformedException("JPEG quantization header cut off");
        }
        precision = source.at(dataOffset + 1);
        tablesLength = u16(source, dataOffset + 2);
        tablesOffset = dataOffset + TABLES_FRONT_BYTES;
        if (tablesLength > length - tablesOffset) {
            throw new MalformedException("JPEG quantization tables cut off");
        }
        dataOffset = tablesOffset + tablesLength;
    }

    private static int u16(ByteSource source, int index) {
        return source.at(index) << 8 | source.at(index + 1);
    }

    /** Where this payload's data belongs in its picture's, bytes. */
    int fragmentOffset() {
        return fragmentOffset;
    }

    int type() {
        return type;
    }

    boolean hasRestarts() {
        return type >= FIRST_RESTART_TYPE && type <= LAST_RESTART_TYPE;
    }

    /** 1 to 255; from 128 on the tables come with the stream. */
    int quality() {
        return quality;
    }

    boolean hasOwnTables() {
        return quality >= FIRST_DYNAMIC_Q;
    }

    /** Pixels; 0 says more than 2040. */
    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** MCUs between restart markers, or 0. */
    int restartInterval() {
        return restartInterval;
    }

    /** One bit a table, the lowest for the first: 16-bit entries. */
    int precision() {
        return precision;
    }

    int tablesOffset() {
        return tablesOffset;
    }

    /** Bytes of the tables in this payload. */
    int tablesLength() {
        return tablesLength;
    }

    /** Where the scan's data begins. */
    int dataOffset() {
        return dataOffset;
    }

    /** Bytes that a further fragment of the same picture needs in front of its data. */
    int furtherFrontBytes() {
        return hasRestarts() ? MAIN_BYTES + RESTART_BYTES : MAIN_BYTES;
    }
}
