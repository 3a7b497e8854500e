package oriel.webrtc.ice;

import java.util.Locale;

/** Why a datagram or a candidate was not used; each is counted by its agent. */
public enum IceDrop {
    /** Not a STUN message by its grammar. */
    MALFORMED,
    /** The FINGERPRINT is there and wrong. */
    FINGERPRINT,
    /** Another method than Binding, or an indication, which wants no answer. */
    NOT_A_CHECK,
    /** A request whose USERNAME does not begin with our fragment. */
    USERNAME,
    /** Without MESSAGE-INTEGRITY. */
    NO_INTEGRITY,
    /** MESSAGE-INTEGRITY of another password. */
    BAD_INTEGRITY,
    /** A genuine request that was answered with an error: something required is missing or not understood. */
    BAD_REQUEST,
    /** A genuine request in our own role, answered with 487. */
    ROLE_CONFLICT,
    /** An answer to nothing we asked. */
    UNKNOWN_TRANSACTION,
    /** An answer from elsewhere than we asked. */
    ASYMMETRIC,
    /** A genuine answer that is an error, or not understood. */
    BAD_ANSWER,
    /** A remote candidate beyond the 64 that are kept. */
    CANDIDATE_LIMIT;

    private final String word = "ice-" + name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As the counters of a viewer have it, such as {@code ice-bad-integrity}. */
    public String word() {
        return word;
    }
}
