package oriel.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Clock;
import oriel.base.MalformedException;
import oriel.base.Secret;
import oriel.metrics.Drops;
import oriel.rtp.RtcpPacket;
import oriel.testing.viewer.SrtpReader;
import oriel.testing.viewer.ViewerDtls;
import oriel.testing.viewer.ViewerIdentity;
import oriel.webrtc.dtls.DtlsAcceptor;
import oriel.webrtc.dtls.DtlsCertificate;
import oriel.webrtc.dtls.HandshakeLimit;
import oriel.webrtc.ice.IceCredentials;
import oriel.webrtc.ice.IcePath;
import oriel.webrtc.ice.IceRole;
import oriel.webrtc.ice.StunBuilder;
import oriel.webrtc.ice.StunClass;
import oriel.webrtc.ice.StunIntegrity;
import oriel.webrtc.ice.StunMessage;
import oriel.webrtc.ice.TransactionId;

/** One session against a viewer that the test plays by hand: no socket, and time is what the test says. */
@Timeout(30)
class PeerSessionTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final DtlsCertificate SERVER = DtlsCertificate.generate(RANDOM, Instant.now());
    private static final IcePath PATH = IcePath.udp(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.50"), 50_000));
    private static final IcePath ELSEWHERE = IcePath.udp(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.66"), 6));

    private final IceCredentials ours = IceCredentials.generate(new Random(1));
    private final StunIntegrity viewersPassword = new StunIntegrity(Secret.of("0123456789abcdefABCDEF"));
    private final StunIntegrity ourPassword = new StunIntegrity(ours.password());
    private final Random random = new Random(2);
    private final Drops drops = new Drops();
    private final Told told = new Told();
    private final BlockingQueue<Runnable> owner = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();
    private long now = 5_000_000_000L;
    private boolean viewerAnswers = true;
    private PeerSession session = session("");

    /** What the session says. */
    private static final class Told {
        final List<IcePath> authenticated = new ArrayList<>();
        final List<IcePath> forgotten = new ArrayList<>();
        final List<IceCredentials> retired = new ArrayList<>();
        final List<RtcpPacket> rtcp = new ArrayList<>();
        final List<String> ends = new ArrayList<>();
        int connected;
    }

    private final class Listener implements PeerListener {
        @Override
        public void send(IcePath path, byte[] data, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(data, offset, offset + length);
            sent.add(copy);
        }

        @Override
        public void authenticated(IcePath path) {
            told.authenticated.add(path);
        }

        @Override
        public void forgotten(IcePath path) {
            told.forgotten.add(path);
        }

        @Override
        public void retired(IceCredentials local) {
            told.retired.add(local);
        }

        @Override
        public void connected() {
            told.connected++;
        }

        @Override
        public void rtcp(List<RtcpPacket> packets) {
            told.rtcp.addAll(packets);
        }

        @Override
        public void ended(String reason) {
            told.ends.add(reason);
        }
    }

    private PeerSession session(String candidateLines) {
        String sdp = Offers.smallWith("a=fingerprint:", "a=fingerprint:" + ViewerIdentity.SHARED.fingerprint());
        DtlsAcceptor acceptor = new DtlsAcceptor(
                SERVER,
                RANDOM,
                Clock.system(),
                new HandshakeLimit(4),
                task -> Thread.ofVirtual().start(task));
        try {
            Offer offer = Offer.parse(sdp + candidateLines);
            return new PeerSession(offer, ours, acceptor, owner::add, random, new Listener(), drops, now);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void clean() {
        told.ends.clear();
    }

    private void receive(IcePath path, byte[] datagram) {
        session.receive(path, datagram, datagram.length, now);
        turn();
    }

    // What others left for the owner's loop, and the viewer's answers to our checks.
    private void turn() {
        for (Runnable task = owner.poll(); task != null; task = owner.poll()) {
            task.run();
        }
        List<byte[]> out = new ArrayList<>();
        sent.drainTo(out);
        for (byte[] datagram : out) {
            if (StunMessage.isStun(datagram[0])) {
                answer(datagram);
            } else {
                sent.add(datagram);
            }
        }
    }

    private void answer(byte[] datagram) {
        try {
            StunMessage message = StunMessage.parse(datagram, 0, datagram.length);
            if (message.messageClass() == StunClass.REQUEST && viewerAnswers) {
                assertThat(viewersPassword.verifies(message)).isTrue();
                byte[] success = new StunBuilder(StunClass.SUCCESS, message.transaction())
                        .xorMappedAddress(new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 8555))
                        .build(viewersPassword);
                session.receive(PATH, success, success.length, now);
                turn();
            }
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] check(boolean nominate, StunIntegrity password) {
        StunBuilder request = new StunBuilder(StunClass.REQUEST, new TransactionId(random.nextLong(), random.nextInt()))
                .username(ours.ufrag() + ":abcd")
                .priority(1)
                .role(IceRole.CONTROLLING, 7);
        return (nominate ? request.useCandidate() : request).build(password);
    }

    private void nominate() {
        receive(PATH, check(true, ourPassword));
        assertThat(session.path()).contains(PATH);
    }

    private void pass(Duration duration) {
        long end = now + duration.toNanos();
        while (session.nextDeadline().isPresent() && session.nextDeadline().getAsLong() - end <= 0) {
            now = Math.max(now, session.nextDeadline().getAsLong());
            session.tick(now);
            turn();
        }
        now = end;
    }

    @Test
    void nobodyComes_isOverAfterThirtySeconds() {
        pass(Duration.ofMillis(29_900));
        assertThat(told.ends).isEmpty();
        pass(Duration.ofMillis(200));
        assertThat(told.ends).containsExactly("no way to the viewer was found in 30 s");
        assertThat(drops.of("viewer-unreached")).isOne();
        assertThat(session.nextDeadline()).isEmpty();
    }

    @Test
    void consent_isAskedAndKept_andLostAfterFifteenSecondsOfSilence() {
        nominate();
        pass(Duration.ofMinutes(5));
        assertThat(told.ends).isEmpty();
        viewerAnswers = false;
        pass(Duration.ofSeconds(9));
        assertThat(told.ends).isEmpty();
        pass(Duration.ofSeconds(7));
        assertThat(told.ends).containsExactly("the viewer has not answered for 15 s");
        assertThat(session.nextDeadline()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(told.ends).hasSize(1);
        assertThat(drops.of("viewer-silent")).isOne();
    }

    @Test
    void restart_staysOnTheOldWayUntilTheNewOneWorks_andForgetsTheOldName() {
        nominate();
        IceCredentials fresh = IceCredentials.generate(random);
        session.restart(fresh, new IceCredentials("abcd", Secret.of("0123456789abcdefABCDEF")), now);
        pass(Duration.ofSeconds(20));
        assertThat(session.path()).contains(PATH);
        assertThat(told.retired).isEmpty();
        // Another restart gives the one under way up.
        IceCredentials fresher = IceCredentials.generate(random);
        session.restart(fresher, new IceCredentials("abcd", Secret.of("0123456789abcdefABCDEF")), now);
        assertThat(told.retired).containsExactly(fresh);
        StunBuilder check = new StunBuilder(StunClass.REQUEST, new TransactionId(8, 8))
                .username(fresher.ufrag() + ":abcd")
                .priority(1)
                .useCandidate()
                .role(IceRole.CONTROLLING, 7);
        receive(PATH, check.build(new StunIntegrity(fresher.password())));
        assertThat(session.path()).contains(PATH);
        assertThat(told.retired).containsExactly(fresh, ours);
        assertThat(told.forgotten).isEmpty();
        pass(Duration.ofMinutes(2));
        assertThat(told.ends).isEmpty();
        // The old name opens nothing any more.
        long wrong = drops.of("ice-username");
        receive(PATH, check(true, ourPassword));
        assertThat(drops.of("ice-username")).isEqualTo(wrong + 1);
    }

    @Test
    void restart_thatNobodyFollows_endsNothing() {
        nominate();
        IceCredentials fresh = IceCredentials.generate(random);
        session.restart(fresh, new IceCredentials("efgh", Secret.of("0123456789abcdefABCDEF")), now);
        pass(Duration.ofMinutes(1));
        assertThat(told.ends).isEmpty();
        assertThat(told.retired).containsExactly(fresh);
        assertThat(session.path()).contains(PATH);
        assertThat(drops.of("ice-restart")).isOne();
        viewerAnswers = false;
        pass(Duration.ofSeconds(16));
        assertThat(told.ends).containsExactly("the viewer has not answered for 15 s");
    }

    @Test
    void checkWithAWrongPassword_opensNoDoor() {
        receive(PATH, check(true, new StunIntegrity(Secret.of("WrongWrongWrongWrongWrong"))));
        assertThat(told.authenticated).isEmpty();
        assertThat(session.path()).isEmpty();
        assertThat(drops.snapshot().keySet()).anyMatch(reason -> reason.startsWith("ice-"));
    }

    @Test
    void beforeACheck_nothingElseIsLookedAt() {
        receive(PATH, new byte[] {22, (byte) 0xFE, (byte) 0xFD, 0, 0});
        receive(PATH, rtcp(201));
        nominate();
        // From another address than the one that proved itself.
        receive(ELSEWHERE, new byte[] {22, (byte) 0xFE, (byte) 0xFD, 0, 0});
        assertThat(drops.of("not-authenticated")).isEqualTo(3);
        assertThat(told.authenticated).containsExactly(PATH);
    }

    @Test
    void whatIsNothingOfOurs_isCountedByReason() {
        nominate();
        receive(PATH, new byte[] {64, 1, 2, 3}); // TURN channel data
        receive(PATH, new byte[] {(byte) 200, 1, 2, 3});
        receive(PATH, new byte[] {(byte) 0x80, 96, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1}); // RTP: we asked for none
        receive(PATH, rtcp(201));
        receive(PATH, new byte[0]);
        assertThat(drops.of("first-byte")).isEqualTo(2);
        assertThat(drops.of("unasked-media")).isEqualTo(1);
        assertThat(drops.of("rtcp-before-keys")).isEqualTo(1);
        assertThat(told.ends).isEmpty();
    }

    @Test
    void candidates_thatMakeNoSense_orAreTooMany_areCounted() {
        session.addCandidate("nonsense", now);
        session.addCandidate("", now);
        for (int i = 0; i < 80; i++) {
            session.addCandidate("candidate:1 1 udp 2122260223 192.0.2." + (100 + i) + " 5000 typ host", now);
        }
        assertThat(drops.of("candidate-malformed")).isEqualTo(1);
        assertThat(drops.of("ice-candidate-limit")).isEqualTo(16);
    }

    @Test
    void protector_beforeTheKeys_isOurMistake() {
        assertThatThrownBy(session::protector).isInstanceOf(IllegalStateException.class);
        session.sendRtcp(rtcp(200), 12);
        assertThat(sent).isEmpty();
    }

    @Test
    void close_isSaidOnce_andNothingIsDoneAfterwards() {
        nominate();
        session.close("enough");
        session.close("again");
        assertThat(told.ends).containsExactly("enough");
        receive(PATH, rtcp(201));
        session.addCandidate("nonsense", now);
        assertThat(drops.of("candidate-malformed")).isZero();
        assertThat(session.nextDeadline()).isEmpty();
    }

    @Test
    void handshake_givesKeysBothWays_andGoodbyeEndsIt() throws Exception {
        nominate();
        BlockingQueue<byte[]> fromViewer = new LinkedBlockingQueue<>();
        BlockingQueue<SrtpReader> keys = new LinkedBlockingQueue<>();
        ViewerDtls viewer = new ViewerDtls(
                ViewerIdentity.SHARED,
                SERVER.fingerprint().toString(),
                List.of(SrtpReader.GCM),
                true,
                fromViewer::add,
                new ViewerDtls.Listener() {
                    @Override
                    public void keys(int profile, byte[] material) {
                        keys.add(new SrtpReader(profile, material));
                    }

                    @Override
                    public void over(String reason) {}
                });
        SrtpReader srtp = shuttle(viewer, fromViewer, keys);
        assertThat(told.connected).isOne();

        byte[] report = rtcp(201);
        receive(PATH, srtp.closeRtcp(report));
        assertThat(told.rtcp).hasSize(1).first().isInstanceOf(RtcpPacket.ReceiverReport.class);
        byte[] forged = srtp.closeRtcp(report);
        forged[forged.length - 6] ^= 1;
        receive(PATH, forged);
        assertThat(told.rtcp).hasSize(1);

        sent.clear();
        session.sendRtcp(report, report.length);
        assertThat(srtp.openRtcp(take(sent))).isEqualTo(report);

        viewer.close();
        while (told.ends.isEmpty()) {
            forward(fromViewer);
            runOwner();
        }
        assertThat(told.ends).containsExactly("the viewer left");
    }

    private SrtpReader shuttle(ViewerDtls viewer, BlockingQueue<byte[]> fromViewer, BlockingQueue<SrtpReader> keys)
            throws InterruptedException {
        @Nullable SrtpReader srtp = null;
        while (srtp == null || told.connected == 0) {
            forward(fromViewer);
            runOwner();
            for (byte[] datagram = sent.poll(); datagram != null; datagram = sent.poll()) {
                viewer.receive(datagram);
            }
            srtp = srtp == null ? keys.poll() : srtp;
        }
        return srtp;
    }

    private void forward(BlockingQueue<byte[]> fromViewer) throws InterruptedException {
        byte[] datagram = fromViewer.poll(5, TimeUnit.MILLISECONDS);
        if (datagram != null) {
            receive(PATH, datagram);
        }
    }

    private void runOwner() throws InterruptedException {
        Runnable task = owner.poll(5, TimeUnit.MILLISECONDS);
        if (task != null) {
            task.run();
        }
        turn();
    }

    private static byte[] take(BlockingQueue<byte[]> queue) throws InterruptedException {
        byte[] datagram = queue.poll(10, TimeUnit.SECONDS);
        if (datagram == null) {
            throw new AssertionError("nothing was sent");
        }
        return datagram;
    }

    private static byte[] rtcp(int type) {
        return ByteBuffer.allocate(8)
                .put((byte) 0x80)
                .put((byte) type)
                .putShort((short) 1)
                .putInt(0x1234)
                .array();
    }
}
