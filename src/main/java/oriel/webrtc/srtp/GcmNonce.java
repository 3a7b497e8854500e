package oriel.webrtc.srtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The IV of AES-GCM, written anew for each packet (RFC 7714, 8.1 and 9.1).
 *
 * <pre>
 * of SRTP    | 00 00 | SSRC | roll-over counter and sequence, 48 bits |  xor the session salt
 * of SRTCP   | 00 00 | SSRC | 00 00 | index, 31 bits in 32            |  xor the session salt
 * </pre>
 */
final class GcmNonce {
    static final int BYTES = 12;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final int saltHead;
    private final long saltTail;
    private final byte[] bytes = new byte[BYTES];

    /** @param salt of the session, 12 bytes */
    GcmNonce(byte[] salt) {
        saltHead = (int) INTS.get(salt, 0);
        saltTail = (long) LONGS.get(salt, Integer.BYTES);
    }

    /** The same array each time. */
    byte[] bytes() {
        return bytes;
    }

    /** Both kinds: the index ends with the array, and an RTCP index has 31 bits. */
    void set(int ssrc, long index) {
        INTS.set(bytes, 0, saltHead ^ ssrc >>> Short.SIZE);
        LONGS.set(bytes, Integer.BYTES, saltTail ^ ((long) ssrc << 48 | index));
    }
}
