package oriel.rtp.payload;

import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.Codec;

/**
 * How H.264 or H.265 writes its NAL units, and what was learned of one track's parameters. A unit's header is handed
 * about as one number, its first byte in the upper place. Not thread-safe.
 */
sealed interface NalFormat permits H264Format, H265Format {
    /** Most bytes of a unit's front that {@link #reorders} looks at. */
    int HEAD_BYTES = 16;

    /** Bytes of a unit's header: 1 or 2. */
    int headerBytes();

    /** The type that a header names. */
    int type(int header);

    /** A header with another type. */
    int withType(int header, int type);

    /** The header of a packet that carries units with these two. */
    int aggregateHeader(int header, int other);

    /** The type of RTP's packet of a part of a unit. */
    int fragmentType();

    /** The bits of the byte behind a fragment's header that hold the unit's type. */
    int fragmentTypeMask();

    NalKind kind(int type);

    /** For people. */
    String name(int type);

    /** Whether something with this header may stand behind a stray start code: it looks like a unit of a camera. */
    boolean isPlausible(int header);

    /** The number of a parameter set among those of its type. */
    int parameterId(int type, Bytes set) throws MalformedException;

    /** Types of the parameter sets that a decoder needs, in their order. */
    int[] parameterTypes();

    /** The codec with these parameter sets. */
    Codec codec(ParameterSets sets);

    /** Takes note of a parameter set that was not known before. */
    void learn(int type, Bytes set);

    /**
     * Whether a slice shows that pictures are not shown in the order they come.
     *
     * @param head what follows the slice's header, {@value #HEAD_BYTES} bytes at most
     */
    boolean reorders(int header, byte[] head, int length);

    /** The header of the unit at {@code from}, of which {@link #headerBytes()} are there. */
    default int header(ByteSource source, int from) {
        int header = source.at(from);
        return headerBytes() == 1 ? header : header << 8 | source.at(from + 1);
    }

    /** Writes a header. */
    default void writeHeader(int header, byte[] target, int at) {
        if (headerBytes() == 1) {
            target[at] = (byte) header;
        } else {
            target[at] = (byte) (header >> 8);
            target[at + 1] = (byte) header;
        }
    }
}
