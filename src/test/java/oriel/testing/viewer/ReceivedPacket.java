package oriel.testing.viewer;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One RTP packet as a viewer got it.
 *
 * @param arrivalNanos of {@link System#nanoTime}, when it was read
 * @param sequence 16 bits
 * @param timestamp 32 bits
 * @param payload in clear; empty for a viewer that does not decrypt
 */
public record ReceivedPacket(
        long arrivalNanos, int ssrc, int payloadType, int sequence, long timestamp, boolean marker, byte[] payload) {

    static ReceivedPacket of(byte[] clear, boolean decrypted, long arrivalNanos) {
        ByteBuffer view = ByteBuffer.wrap(clear);
        return new ReceivedPacket(
                arrivalNanos,
                view.getInt(8),
                clear[1] & 0x7F,
                view.getShort(2) & 0xFFFF,
                view.getInt(4) & 0xFFFF_FFFFL,
                (clear[1] & 0x80) != 0,
                decrypted ? Arrays.copyOfRange(clear, 12, clear.length) : new byte[0]);
    }
}
