package oriel.webrtc.ice;

/** Priorities of candidates and of pairs (RFC 8445, 5.1.2.1 and 6.1.2.3; RFC 6544, 4.2). */
public final class CandidatePriority {
    private static final int COMPONENT = 1;
    private static final int IPV6_PREFERENCE = 0xFFFF;
    private static final int IPV4_PREFERENCE = 0x7FFF;

    // UDP first wherever both work: below every UDP type but the relayed.
    private static final int TCP_PENALTY = 36;
    private static final int TCP_PASSIVE_PREFERENCE = 4 << 13;

    private CandidatePriority() {}

    /**
     * The priority of a candidate of the one component there is.
     *
     * @param localPreference 0 to 65535, as {@link #localPreference} gives it
     * @return 1 to 2^31 - 1
     */
    public static long of(CandidateType type, Transport transport, int localPreference) {
        if (localPreference < 0 || localPreference > IPV6_PREFERENCE) {
            throw new IllegalArgumentException("local preference " + localPreference + " is beyond 16 bits");
        }
        return switch (transport) {
            case UDP -> join(type.preference(), localPreference);
            case TCP ->
                join(Math.max(0, type.preference() - TCP_PENALTY), TCP_PASSIVE_PREFERENCE | localPreference >>> 3);
        };
    }

    /**
     * Distinct for each of this machine's addresses, all IPv6 above all IPv4.
     *
     * @param index the address's place among those of its family, the best first, from 0
     */
    public static int localPreference(int index, boolean ipv6) {
        int place = Math.clamp(index, 0, IPV4_PREFERENCE);
        return (ipv6 ? IPV6_PREFERENCE : IPV4_PREFERENCE) - place;
    }

    /** The priority of a pair; both sides come to the same, an unsigned 64-bit number. */
    static long ofPair(long controlling, long controlled) {
        return (Math.min(controlling, controlled) << 32)
                + 2 * Math.max(controlling, controlled)
                + (controlling > controlled ? 1 : 0);
    }

    private static long join(int typePreference, int localPreference) {
        return (long) typePreference << 24 | (long) localPreference << 8 | 256 - COMPONENT;
    }
}
