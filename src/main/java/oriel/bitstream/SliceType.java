package oriel.bitstream;

/** What a slice may refer to: nothing but itself (I, SI), one picture (P, SP), or two, which may be later ones (B). */
public enum SliceType {
    P,
    B,
    I,
    SP,
    SI,
    /** Cut off, out of range, or not readable without more facts than are at hand. */
    UNKNOWN
}
