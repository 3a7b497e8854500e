package oriel.testing.viewer;

import java.net.InetSocketAddress;
import java.util.Random;
import java.util.function.BiConsumer;
import oriel.base.MalformedException;
import oriel.base.Secret;
import oriel.webrtc.ice.IceRole;
import oriel.webrtc.ice.StunBuilder;
import oriel.webrtc.ice.StunClass;
import oriel.webrtc.ice.StunIntegrity;
import oriel.webrtc.ice.StunMessage;
import oriel.webrtc.ice.TransactionId;

/**
 * A controlling agent for one pair (RFC 8445): checks with USE-CANDIDATE until answered, then for consent every 5 s;
 * answers what the other side checks. Belongs to the viewer's loop.
 */
final class ViewerIce {
    private static final long CHECK_NANOS = 20_000_000;
    private static final long CONSENT_NANOS = 5_000_000_000L;
    private static final long PRIORITY = 0x6E00_1EFFL;

    private final String ours;
    private final String theirs;
    private final StunIntegrity ourIntegrity;
    private final StunIntegrity theirIntegrity;
    private InetSocketAddress remote;
    private final BiConsumer<InetSocketAddress, byte[]> send;
    private final Random random = new Random();
    private final long tieBreaker = random.nextLong();
    private TransactionId transaction;
    private long nextCheck;
    private boolean valid;
    private boolean nominates = true;

    ViewerIce(
            String ourUfrag,
            String ourPassword,
            String theirUfrag,
            String theirPassword,
            InetSocketAddress remote,
            BiConsumer<InetSocketAddress, byte[]> send) {
        this.ours = ourUfrag;
        this.theirs = theirUfrag;
        this.ourIntegrity = new StunIntegrity(Secret.of(ourPassword));
        this.theirIntegrity = new StunIntegrity(Secret.of(theirPassword));
        this.remote = remote;
        this.send = send;
        this.transaction = transaction();
        this.nextCheck = System.nanoTime();
    }

    InetSocketAddress remote() {
        return remote;
    }

    /** Begins again, there or from elsewhere. */
    void move(InetSocketAddress to, boolean nominating) {
        remote = to;
        nominates = nominating;
        valid = false;
        nextCheck = System.nanoTime();
    }

    void tick(long now) {
        if (now - nextCheck >= 0) {
            nextCheck = now + (valid ? CONSENT_NANOS : CHECK_NANOS);
            transaction = transaction();
            StunBuilder check = new StunBuilder(StunClass.REQUEST, transaction)
                    .username(theirs + ":" + ours)
                    .priority(PRIORITY)
                    .role(IceRole.CONTROLLING, tieBreaker);
            send.accept(remote, (nominates ? check.useCandidate() : check).build(theirIntegrity));
        }
    }

    /** Whether the path works, found by this message at the first time. */
    boolean receive(InetSocketAddress from, byte[] data) {
        try {
            StunMessage message = StunMessage.parse(data, 0, data.length);
            switch (message.messageClass()) {
                case REQUEST -> answer(from, message);
                case SUCCESS -> {
                    if (theirIntegrity.verifies(message) && message.isFingerprintRight() && !valid) {
                        valid = true;
                        nextCheck = System.nanoTime() + CONSENT_NANOS;
                        return true;
                    }
                }
                case ERROR, INDICATION -> {}
            }
        } catch (MalformedException e) {
            throw new AssertionError("malformed STUN from the server: " + e.reason(), e);
        }
        return false;
    }

    private void answer(InetSocketAddress from, StunMessage request) {
        if (!ourIntegrity.verifies(request)) {
            throw new AssertionError("a check without our password");
        }
        send.accept(
                from,
                new StunBuilder(StunClass.SUCCESS, request.transaction())
                        .xorMappedAddress(from)
                        .build(ourIntegrity));
    }

    private TransactionId transaction() {
        return new TransactionId(random.nextLong(), random.nextInt());
    }
}
