package oriel.webrtc.ice;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Looks into a datagram for the session it belongs to, before anything is known of its sender. */
final class StunPeek {
    private static final int BINDING_REQUEST = 0x0001;

    private StunPeek() {}

    static String localUfragOf(ByteBuffer packet) {
        int start = packet.position();
        int end = packet.limit();
        if (end - start < StunBytes.HEADER_BYTES
                || packet.getShort(start) != BINDING_REQUEST
                || packet.getInt(start + StunBytes.COOKIE_AT) != StunBytes.MAGIC_COOKIE) {
            return "";
        }
        int at = start + StunBytes.HEADER_BYTES;
        while (end - at >= StunBytes.ATTRIBUTE_HEADER_BYTES) {
            int type = packet.getShort(at) & 0xFFFF;
            int size = packet.getShort(at + 2) & 0xFFFF;
            at += StunBytes.ATTRIBUTE_HEADER_BYTES;
            if (size > end - at) {
                return "";
            }
            if (type == StunBytes.USERNAME) {
                return untilColon(packet, at, size);
            }
            at += StunBytes.padded(size);
        }
        return "";
    }

    /** The transaction of what looks like STUN; nothing if it is too short for one. */
    static Optional<TransactionId> transactionOf(byte[] data, int offset, int length) {
        if (length < StunBytes.HEADER_BYTES) {
            return Optional.empty();
        }
        int at = offset + StunBytes.TRANSACTION_AT;
        return Optional.of(new TransactionId(StunBytes.readLong(data, at), StunBytes.readInt(data, at + Long.BYTES)));
    }

    private static String untilColon(ByteBuffer packet, int at, int size) {
        int most = Math.min(size, IceCredentials.MAX_UFRAG_CHARS + 1);
        for (int i = 0; i < most; i++) {
            byte c = packet.get(at + i);
            if (c == ':') {
                return text(packet, at, i);
            }
            if (!IceCredentials.isIceChar(c)) {
                return "";
            }
        }
        return "";
    }

    private static String text(ByteBuffer packet, int at, int length) {
        if (packet.hasArray()) {
            return new String(packet.array(), packet.arrayOffset() + at, length, StandardCharsets.ISO_8859_1);
        }
        byte[] copy = new byte[length];
        packet.get(at, copy);
        return new String(copy, StandardCharsets.ISO_8859_1);
    }
}
