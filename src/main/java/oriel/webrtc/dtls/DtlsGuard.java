package oriel.webrtc.dtls;

import java.util.Set;
import oriel.base.MalformedException;

/**
 * Looks at each datagram before Bouncy Castle does. In 1.84 that allocates what a fragment's header claims, up to 16
 * MiB each, and sorts fragments in quadratic time: 128 KiB in single bytes cost 47 s of CPU, before anybody has proved
 * who he is. What may pass is far more than any browser needs:
 *
 * <pre>
 * record     |type 1|version 2|epoch 2|sequence 6|length 2|          RFC 6347, 4.1
 * handshake  |type 1|length 3|message 2|offset 3|fragment length 3|  RFC 6347, 4.2.2
 * </pre>
 *
 * Only plain text can be looked into; encrypted records (epoch 1) pass by their size, for they hurt nobody who does not
 * hold the keys. What is not DTLS is dropped, as RFC 6347, 4.1.2.7 wants; what could only be an attack ends a
 * handshake. Once connected it ends nothing any more, so that nobody who forges a sender's address can hang up for him.
 * Used by the engine's thread alone.
 */
final class DtlsGuard {
    /** Datagrams of one handshake, and again as many with plain text after it. */
    static final int MAX_DATAGRAMS = 64;

    /** Bytes of one handshake message. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024;

    /** Fragments of one handshake message, repetitions among them. */
    static final int MAX_FRAGMENTS = 32;

    /** Bytes of a fragment that neither ends its message nor fills up a datagram. */
    static final int MIN_FRAGMENT_BYTES = 64;

    /** Handshake messages of one side; a client sends five. */
    static final int MAX_MESSAGES = 16;

    private static final int RECORD_HEADER_BYTES = 13;
    private static final int MESSAGE_HEADER_BYTES = 12;
    private static final int MAX_RECORD_BYTES = (1 << 14) + 256;
    private static final int DTLS_1_0 = 0xFEFF; // also on the first ClientHello of newer ones
    private static final int DTLS_1_2 = 0xFEFD;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION = 23;

    // client_hello, certificate, certificate_verify, client_key_exchange; finished comes encrypted (RFC 5246, 7.4).
    private static final Set<Integer> OF_CLIENT = Set.of(1, 11, 15, 16);

    // server_hello, hello_verify_request, session ticket, certificate, server_key_exchange, certificate_request,
    // server_hello_done, certificate_status.
    private static final Set<Integer> OF_SERVER = Set.of(2, 3, 4, 11, 12, 13, 14, 22);

    private final Set<Integer> messageTypes;
    private final int[] messageBytes = new int[MAX_MESSAGES];
    private final int[] fragments = new int[MAX_MESSAGES];
    private int datagrams;
    private boolean connected;

    private DtlsGuard(Set<Integer> messageTypes) {
        this.messageTypes = messageTypes;
    }

    /** For an engine whose peer is the DTLS client. */
    static DtlsGuard againstClient() {
        return new DtlsGuard(OF_CLIENT);
    }

    /** For an engine whose peer is the DTLS server. */
    static DtlsGuard againstServer() {
        return new DtlsGuard(OF_SERVER);
    }

    /** From now on there are keys: plain text is only a repetition of the peer's last flight. */
    void connected() {
        connected = true;
        datagrams = 0;
    }

    /**
     * Whether the protocol may see {@code datagram}.
     *
     * @throws MalformedException if the handshake must end; never once {@link #connected}
     */
    boolean admits(byte[] datagram) throws MalformedException {
        if (!connected) {
            return admit(datagram);
        }
        try {
            return admit(datagram);
        } catch (MalformedException e) {
            return false; // counted by the caller like any other
        }
    }

    private boolean admit(byte[] datagram) throws MalformedException {
        if (!connected) {
            countDatagram();
        }
        boolean plain = false;
        int at = 0;
        while (at < datagram.length) {
            if (datagram.length - at < RECORD_HEADER_BYTES) {
                return false;
            }
            int length = u16(datagram, at + 11);
            int end = at + RECORD_HEADER_BYTES + length;
            int epoch = u16(datagram, at + 3);
            if (!saneRecord(datagram, at, length) || end > datagram.length || epoch > 1) {
                return false;
            }
            if (epoch == 0) {
                plain = true;
                if (!admitPlain(datagram, at, end)) {
                    return false;
                }
            }
            at = end;
        }
        if (connected && plain) {
            countDatagram();
        }
        return at > 0;
    }

    private void countDatagram() throws MalformedException {
        if (++datagrams > MAX_DATAGRAMS) {
            throw new MalformedException("DTLS handshake of more than " + MAX_DATAGRAMS + " datagrams");
        }
    }

    private static boolean saneRecord(byte[] datagram, int at, int length) {
        int type = datagram[at] & 0xFF;
        int version = u16(datagram, at + 1);
        return type >= CHANGE_CIPHER_SPEC
                && type <= APPLICATION
                && (version == DTLS_1_0 || version == DTLS_1_2)
                && length > 0
                && length <= MAX_RECORD_BYTES;
    }

    private boolean admitPlain(byte[] datagram, int at, int end) throws MalformedException {
        int body = at + RECORD_HEADER_BYTES;
        return switch (datagram[at] & 0xFF) {
            case HANDSHAKE -> admitFragments(datagram, at, end);
            case CHANGE_CIPHER_SPEC -> end - body == 1 && datagram[body] == 1;
            case ALERT -> !connected && end - body == 2;
            default -> false;
        };
    }

    private boolean admitFragments(byte[] datagram, int recordAt, int end) throws MalformedException {
        int at = recordAt + RECORD_HEADER_BYTES;
        while (at < end) {
            if (end - at < MESSAGE_HEADER_BYTES) {
                return false;
            }
            int fragmentBytes = u24(datagram, at + 9);
            int next = at + MESSAGE_HEADER_BYTES + fragmentBytes;
            if (next > end) {
                return false;
            }
            // A sender that fills its datagrams may begin a message in the little room that is left at the end.
            boolean fillsUp = next == datagram.length && at > RECORD_HEADER_BYTES;
            checkFragment(datagram, at, fragmentBytes, fillsUp);
            at = next;
        }
        return true;
    }

    private void checkFragment(byte[] datagram, int at, int fragmentBytes, boolean fillsUp) throws MalformedException {
        int type = datagram[at] & 0xFF;
        int bytes = u24(datagram, at + 1);
        int message = u16(datagram, at + 4);
        int offset = u24(datagram, at + 6);
        if (!messageTypes.contains(type)) {
            throw new MalformedException("DTLS handshake message of type " + type + " from this side");
        }
        if (bytes > MAX_MESSAGE_BYTES) {
            throw new MalformedException("DTLS handshake message longer than " + MAX_MESSAGE_BYTES + " bytes");
        }
        if (offset + fragmentBytes > bytes) {
            throw new MalformedException("DTLS fragment beyond its message");
        }
        if (message >= MAX_MESSAGES) {
            throw new MalformedException("DTLS handshake of more than " + MAX_MESSAGES + " messages");
        }
        if (fragments[message] > 0 && messageBytes[message] != bytes) {
            throw new MalformedException("DTLS handshake message that changes its length");
        }
        boolean whole = offset + fragmentBytes == bytes && (fragmentBytes > 0 || bytes == 0);
        if (!whole && fragmentBytes < MIN_FRAGMENT_BYTES && !(fillsUp && fragmentBytes > 0)) {
            throw new MalformedException("DTLS fragment of under " + MIN_FRAGMENT_BYTES + " bytes");
        }
        messageBytes[message] = bytes;
        if (++fragments[message] > MAX_FRAGMENTS) {
            throw new MalformedException("DTLS handshake message of more than " + MAX_FRAGMENTS + " fragments");
        }
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
    }

    private static int u24(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 16 | u16(bytes, at + 1);
    }
}
