package oriel.webrtc.srtp;

import java.util.Optional;

/** What DTLS agrees on with {@code use_srtp} (RFC 5764, 4.1.2; RFC 7714, 14.2), in the order we prefer. */
public enum SrtpProfile {
    /** AES-128-GCM: half the cost of the other. */
    AEAD_AES_128_GCM(0x0007, 16, 12, 16, 0),
    /** AES-128 in counter mode, HMAC-SHA1 cut to 80 bits: what every peer has. */
    AES_CM_128_HMAC_SHA1_80(0x0001, 16, 14, 10, 20);

    private final int id;
    private final int keyBytes;
    private final int saltBytes;
    private final int tagBytes;
    private final int authenticationKeyBytes;

    SrtpProfile(int id, int keyBytes, int saltBytes, int tagBytes, int authenticationKeyBytes) {
        this.id = id;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
        this.authenticationKeyBytes = authenticationKeyBytes;
    }

    /** The profile of this number, if it is one of ours. */
    public static Optional<SrtpProfile> of(int id) {
        for (SrtpProfile profile : values()) {
            if (profile.id == id) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    /** The number on the wire, 16 bits. */
    public int id() {
        return id;
    }

    /** Bytes of a master key, and of a session's encryption key. */
    public int keyBytes() {
        return keyBytes;
    }

    /** Bytes of a master salt, and of a session salt. */
    public int saltBytes() {
        return saltBytes;
    }

    /** Bytes that prove a packet genuine, at its end. */
    public int tagBytes() {
        return tagBytes;
    }

    /** Bytes to ask of the DTLS exporter with the label {@code EXTRACTOR-dtls_srtp}. */
    public int exporterBytes() {
        return 2 * (keyBytes + saltBytes);
    }

    int authenticationKeyBytes() {
        return authenticationKeyBytes;
    }
}
