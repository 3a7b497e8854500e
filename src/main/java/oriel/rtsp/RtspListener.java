package oriel.rtsp;

import java.nio.ByteBuffer;

/** What a connection tells besides answers; always on its loop. */
public interface RtspListener {
    /** An interleaved packet; {@code buffer} is good until this returns, {@code offset} is absolute. */
    void interleaved(int channel, ByteBuffer buffer, int offset, int length);

    /** Bytes between packets made no sense and were passed over. */
    void stray(int bytes);

    /** All that one wake-up of the loop brought has been handed on. */
    void readDone();

    /**
     * The connection is over; the last call.
     *
     * @param reason in words without secrets, such as {@code connection reset}
     */
    void closed(String reason);
}
