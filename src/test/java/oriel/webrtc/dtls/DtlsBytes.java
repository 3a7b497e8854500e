package oriel.webrtc.dtls;

import java.io.ByteArrayOutputStream;

/** Writes DTLS records and handshake fragments, right ones and wrong ones. */
final class DtlsBytes {
    static final int CLIENT_HELLO = 1;

    private DtlsBytes() {}

    /** A record of DTLS 1.2: type, version, epoch, sequence, length, body. */
    static byte[] record(int type, int epoch, long sequence, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type);
        number(out, 0xFEFD, 2);
        number(out, epoch, 2);
        number(out, sequence, 6);
        number(out, body.length, 2);
        out.writeBytes(body);
        return out.toByteArray();
    }

    /** A fragment of {@code count} zeros: type, length of the message, its number, offset, count. */
    static byte[] fragment(int type, int messageBytes, int message, int offset, int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(type);
        number(out, messageBytes, 3);
        number(out, message, 2);
        number(out, offset, 3);
        number(out, count, 3);
        out.writeBytes(new byte[count]);
        return out.toByteArray();
    }

    static byte[] handshake(int messageBytes, int message, int offset, int count) {
        return record(22, 0, offset, fragment(CLIENT_HELLO, messageBytes, message, offset, count));
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >> shift));
        }
    }
}
