package oriel.testing.viewer;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One RTP packet as a viewer got it.
 *
 * @param arrivalNanos of {@link System#nanoTime}, when it came, by the kernel where {@link KernelTime} is known
 * @param sequence 16 bits
 * @param timestamp 32 bits
 * @param payload in clear; empty for a viewer that does not decrypt
 * @param transportNumber the number in the header extension of one byte that stands first; -1 if there is none
 * @param repetition whether it came in the stream of repetitions (RFC 4588); then all else is that of the original
 */
public record ReceivedPacket(
        long arrivalNanos,
        int ssrc,
        int payloadType,
        int sequence,
        long timestamp,
        boolean marker,
        byte[] payload,
        int transportNumber,
        boolean repetition) {

    static ReceivedPacket of(byte[] clear, boolean decrypted, long arrivalNanos) {
        ByteBuffer view = ByteBuffer.wrap(clear);
        return new ReceivedPacket(
                arrivalNanos,
                view.getInt(8),
                clear[1] & 0x7F,
                view.getShort(2) & 0xFFFF,
                view.getInt(4) & 0xFFFF_FFFFL,
                (clear[1] & 0x80) != 0,
                decrypted ? Arrays.copyOfRange(clear, SrtpReader.header(clear), clear.length) : new byte[0],
                (clear[0] & 0x10) != 0 ? view.getShort(17) & 0xFFFF : -1,
                false);
    }

    /** The packet that this one repeats: its number stands before the payload. */
    ReceivedPacket original(int originalSsrc, int originalType) {
        return new ReceivedPacket(
                arrivalNanos,
                originalSsrc,
                originalType,
                ByteBuffer.wrap(payload).getShort(0) & 0xFFFF,
                timestamp,
                marker,
                Arrays.copyOfRange(payload, 2, payload.length),
                transportNumber,
                true);
    }
}
