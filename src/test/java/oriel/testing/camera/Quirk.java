package oriel.testing.camera;

/** What real cameras do wrong. */
public enum Quirk {
    /** {@code Content-Length} of the description is larger than the description. */
    LENGTH_TOO_LONG,
    /** {@code Content-Length} of the description ends in its middle. */
    LENGTH_TOO_SHORT,
    /** The description has no {@code Content-Length}. */
    NO_LENGTH,
    /** Lines end in {@code \n}. */
    BARE_LINE_FEEDS,
    /** Nonsense between packets. */
    STRAY_BYTES,
    /** Each byte is a TCP segment of its own, or nearly. */
    BYTE_BY_BYTE,
    /** The camera asks OPTIONS while it plays. */
    ASKS_OPTIONS,
    /** OPTIONS tells no methods. */
    NO_PUBLIC,
    /** OPTIONS is answered by 501. */
    OPTIONS_REFUSED,
    /** Packets carry another payload type than the description says. */
    WRONG_PAYLOAD_TYPE,
    /** Control URLs are absolute. */
    ABSOLUTE_CONTROL,
    /** No {@code Content-Base}. */
    NO_CONTENT_BASE,
    /** Answers have no {@code CSeq}. */
    NO_CSEQ,
    /** Status lines have no reason phrase. */
    NO_REASON,
    /** No {@code Transport} in the answer to SETUP. */
    NO_TRANSPORT,
    /** SETUP is granted on other channels than asked for. */
    OTHER_CHANNELS,
    /** Keep-alives are not answered. */
    MUTE_KEEP_ALIVE,
    /** GET_PARAMETER is in Public, but answered by 501. */
    NO_GET_PARAMETER,
    /** PLAY with a Range is answered by 457. */
    NO_RANGE,
    /** Hangs up after each 401; one nonce lasts for all connections. */
    HANGS_UP_ON_STRANGERS,
    /** Reports come on the packets' channel. */
    MIXED_RTCP
}
