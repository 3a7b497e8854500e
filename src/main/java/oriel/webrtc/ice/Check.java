package oriel.webrtc.ice;

/** One request of ours that awaits its answer. */
final class Check {
    private final TransactionId transaction;
    private final CandidatePair pair;
    private final byte[] packet;
    private final IceRole role;
    private final boolean nominating;
    private final long sentAt;
    private final RetransmitTimer timer;

    /**
     * @param packet the request's bytes, the same each time
     * @param role ours when it was made
     * @param nominating whether it carries USE-CANDIDATE
     * @param sentAt when it first goes out
     * @param timer when it goes out again; of no use to one that asks for consent, which is sent once
     */
    Check(
            TransactionId transaction,
            CandidatePair pair,
            byte[] packet,
            IceRole role,
            boolean nominating,
            long sentAt,
            RetransmitTimer timer) {
        this.transaction = transaction;
        this.pair = pair;
        this.packet = packet;
        this.role = role;
        this.nominating = nominating;
        this.sentAt = sentAt;
        this.timer = timer;
    }

    TransactionId transaction() {
        return transaction;
    }

    CandidatePair pair() {
        return pair;
    }

    byte[] packet() {
        return packet;
    }

    IceRole role() {
        return role;
    }

    boolean isNominating() {
        return nominating;
    }

    long sentAt() {
        return sentAt;
    }

    RetransmitTimer timer() {
        return timer;
    }
}
