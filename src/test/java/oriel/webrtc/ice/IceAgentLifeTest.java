package oriel.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static oriel.webrtc.ice.StunVectors.at;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How a session ends, and what strangers can do to it: nothing. */
class IceAgentLifeTest {
    private static final InetSocketAddress HERE = at("192.0.2.1", 8555);
    private static final InetSocketAddress THERE = at("192.0.2.77", 50_000);
    private static final int STRANGERS_PACKETS = 1_000_000;

    private final IceNet net = new IceNet(1);
    private final AgentNode agent = new AgentNode(net, HERE, IceRole.CONTROLLED, 11);
    private final ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);

    @Test
    void lost_neverConnected_after30Seconds() {
        net.runTo(Duration.ofSeconds(40));

        assertThat(agent.events()).extracting(Object::toString).containsExactly("lost NEVER_CONNECTED");
        assertThat(agent.moments("lost")).containsExactly(Duration.ofSeconds(30));
        assertThat(agent.agent().nextDeadline()).isEmpty();
    }

    @Test
    void lost_checksComeAndOursAreNotAnswered_after30Seconds() {
        peer.answering(false);
        describe();
        for (int i = 0; i < 40; i++) {
            peer.sendCheck(THERE, true);
            net.run(Duration.ofSeconds(1));
        }

        assertThat(agent.moments("lost")).containsExactly(Duration.ofSeconds(30));
    }

    @Test
    void consent_answered_isKeptAndAskedEvery4To6Seconds() {
        connect();
        net.run(Duration.ofMinutes(10));

        assertThat(agent.moments("lost")).isEmpty();
        List<Long> pauses = new ArrayList<>();
        List<AgentNode.Sent> asked = agent.sent().subList(2, agent.sent().size());
        for (int i = 1; i < asked.size(); i++) {
            pauses.add(asked.get(i).at().minus(asked.get(i - 1).at()).toMillis());
        }
        assertThat(pauses).hasSizeBetween(100, 150).allMatch(p -> p >= 4000 && p <= 6000);
        assertThat(pauses.stream().distinct().count()).isGreaterThan(50);
        assertThat(agent.agent().checksUnderWay()).isLessThanOrEqualTo(1);
    }

    @Test
    void consent_noAnswer_isLostExactly15SecondsAfterTheLast() {
        connect();
        net.run(Duration.ofSeconds(60));
        peer.answering(false);
        Duration lastAnswer = agent.sent().getLast().at().plusMillis(2);
        net.run(Duration.ofSeconds(30));

        assertThat(agent.events()).last().hasToString("lost CONSENT_EXPIRED");
        assertThat(agent.moments("lost")).containsExactly(lastAnswer.plusSeconds(15));
        assertThat(agent.agent().nextDeadline()).isEmpty();
        assertThat(agent.agent().selected()).isEmpty();
    }

    @Test
    void consent_theirChecksAlone_doNotKeepIt() {
        connect();
        peer.answering(false);
        for (int i = 0; i < 30; i++) {
            peer.sendCheck(THERE, true);
            net.run(Duration.ofMillis(500));
        }
        net.run(Duration.ofMillis(10));

        assertThat(agent.moments("lost")).containsExactly(Duration.ofMillis(3).plusSeconds(15));
    }

    @Test
    void consent_oneOfTwoAnswersLost_isKept() {
        connect();
        int[] count = {0};
        peer.answerWith(request -> ++count[0] % 2 == 0 ? peer.success(request) : new byte[] {0});
        net.run(Duration.ofMinutes(5));

        assertThat(agent.moments("lost")).isEmpty();
    }

    @Test
    void consent_sentOnce_isNotRepeated() {
        connect();
        peer.answering(false);
        int before = agent.sent().size();
        net.run(Duration.ofSeconds(15));

        assertThat(agent.sent().size() - before).isBetween(2, 3);
        assertThat(agent.sent().subList(before, agent.sent().size()))
                .extracting(sent -> Arrays.hashCode(sent.packet()))
                .doesNotHaveDuplicates();
    }

    @Test
    void lost_afterwards_nothingIsSentOrSaid() throws Exception {
        connect();
        peer.answering(false);
        net.run(Duration.ofSeconds(20));
        int events = agent.events().size();
        int sent = agent.sent().size();
        peer.sendCheck(THERE, true);
        net.run(Duration.ofSeconds(5));
        agent.agent().remote(peer.credentials(), false, net.now());

        assertThat(agent.agent().addRemote(Candidate.parse(CandidateTest.LINES.getFirst()), net.now()))
                .isFalse();
        assertThat(agent.events()).hasSize(events);
        assertThat(agent.sent()).hasSize(sent);
    }

    @Test
    void strangers_millionPackets_getNothingAndLeaveNothing() {
        connect();
        Random random = new Random(20261120);
        List<byte[]> kinds = strangersPackets();
        int sent = agent.sent().size();
        int pairs = agent.agent().pairs();
        int checks = agent.agent().checksUnderWay();
        int events = agent.events().size();
        byte[] address = new byte[4];
        for (int i = 0; i < STRANGERS_PACKETS; i++) {
            random.nextBytes(address);
            byte[] packet = kinds.get(i % kinds.size()).clone();
            packet[8 + random.nextInt(12)] ^= (byte) (1 + random.nextInt(255));
            if (i % 7 == 0) {
                int at = random.nextInt(packet.length);
                packet[at < 8 || at >= 20 ? at : 0] ^= (byte) (1 << random.nextInt(8));
            }
            int length = i % 11 == 0 ? random.nextInt(packet.length) : packet.length;
            agent.agent().receive(path(address, i), packet, 0, length, net.now());
        }

        assertThat(agent.sent()).hasSize(sent);
        assertThat(agent.events()).hasSize(events);
        assertThat(agent.agent().pairs()).isEqualTo(pairs);
        assertThat(agent.agent().checksUnderWay()).isEqualTo(checks);
        long dropped = Arrays.stream(IceDrop.values()).mapToLong(agent::drops).sum();
        assertThat(dropped).isEqualTo(STRANGERS_PACKETS);
        for (IceDrop reason : List.of(
                IceDrop.MALFORMED,
                IceDrop.FINGERPRINT,
                IceDrop.USERNAME,
                IceDrop.NO_INTEGRITY,
                IceDrop.BAD_INTEGRITY,
                IceDrop.UNKNOWN_TRANSACTION,
                IceDrop.NOT_A_CHECK)) {
            assertThat(agent.drops(reason)).as("%s", reason).isPositive();
        }
        net.run(Duration.ofSeconds(30));
        assertThat(agent.moments("lost")).isEmpty();
    }

    // Whole messages of every kind, each to be bent in its transaction, so that no FINGERPRINT or MESSAGE-INTEGRITY is
    // right; some carry none, some would be genuine but for the password.
    private List<byte[]> strangersPackets() {
        StunIntegrity guess =
                new StunIntegrity("guessguessguessguessgu".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        byte[] noise = new byte[100];
        new Random(5).nextBytes(noise);
        byte[] genuine = peer.sign(peer.check());
        byte[] withoutFingerprint = Arrays.copyOf(genuine, genuine.length - 8);
        StunBytes.writeShort(withoutFingerprint, 2, withoutFingerprint.length - 20);
        byte[] guessed = peer.check().build(guess);
        byte[] guessedWithoutFingerprint = Arrays.copyOf(guessed, guessed.length - 8);
        StunBytes.writeShort(guessedWithoutFingerprint, 2, guessedWithoutFingerprint.length - 20);
        return List.of(
                noise,
                genuine,
                withoutFingerprint,
                guessedWithoutFingerprint,
                peer.check().build(),
                new StunBuilder(StunClass.REQUEST, StunVectors.TRANSACTION)
                        .username("no:one")
                        .build(),
                new StunBuilder(StunClass.REQUEST, StunVectors.TRANSACTION).build(),
                new StunBuilder(StunClass.SUCCESS, StunVectors.TRANSACTION).build(),
                new StunBuilder(StunClass.ERROR, StunVectors.TRANSACTION)
                        .errorCode(487, "")
                        .build(),
                new StunBuilder(StunClass.INDICATION, StunVectors.TRANSACTION).build());
    }

    @Test
    void tuples_moreThan16_forgetTheOldestButNeverTheSelected() {
        connect();
        for (int i = 1; i <= 40; i++) {
            InetSocketAddress from = at("198.51.100." + i, 6000);
            peer.listen(from);
            peer.sendCheck(from, false);
            net.run(Duration.ofMillis(100));
        }

        assertThat(agent.agent().pairs()).isEqualTo(CheckList.MAX_AUTHENTICATED);
        assertThat(agent.agent().selected()).contains(IcePath.udp(THERE));
        List<String> forgotten = agent.events().stream()
                .map(Object::toString)
                .filter(event -> event.startsWith("forgotten"))
                .toList();
        assertThat(forgotten)
                .hasSize(41 - CheckList.MAX_AUTHENTICATED)
                .startsWith("forgotten udp 198.51.100.1 6000", "forgotten udp 198.51.100.2 6000")
                .doesNotContain("forgotten udp 192.0.2.77 50000");
        assertThat(agent.moments("authenticated")).hasSize(41);

        peer.sendCheck(at("198.51.100.1", 6000), false);
        net.run(Duration.ofMillis(100));
        assertThat(agent.moments("authenticated"))
                .as("again after it was forgotten")
                .hasSize(42);
    }

    @Test
    void candidates_moreThan64_areDroppedAndDuplicatesCountOnce() {
        describe();
        for (int i = 0; i < 100; i++) {
            Candidate candidate = LocalCandidates.host(at("198.51.100." + (1 + i), 6000), Transport.UDP, i);
            assertThat(agent.agent().addRemote(candidate, net.now())).isEqualTo(i < 64);
            assertThat(agent.agent().addRemote(candidate, net.now())).isEqualTo(i < 64);
        }
        assertThat(agent.agent().pairs()).isEqualTo(64);
        assertThat(agent.drops(IceDrop.CANDIDATE_LIMIT)).isEqualTo(72);

        // A full list still has room for whoever proves our password.
        connect();
        assertThat(agent.agent().pairs()).isEqualTo(64);
        assertThat(agent.agent().selected()).contains(IcePath.udp(THERE));
    }

    @Test
    void checks_manyTriggeredAndNeverAnswered_areBounded() {
        describe();
        peer.answering(false);
        for (int i = 0; i < 10_000; i++) {
            InetSocketAddress from = at("198.51.100." + (1 + i % 200), 6000);
            peer.sendCheck(from, true);
            net.run(Duration.ofMillis(2));
        }

        assertThat(agent.agent().pairs()).isLessThanOrEqualTo(CheckList.MAX_AUTHENTICATED);
        assertThat(agent.agent().checksUnderWay()).isLessThanOrEqualTo(CheckList.MAX_CHECKS);
    }

    @Test
    void checks_floodOnOnePath_startsOneCheckEach50Milliseconds() {
        describe();
        peer.answering(false);
        for (int i = 0; i < 1000; i++) {
            peer.sendCheck(THERE, true);
            net.run(Duration.ofMillis(1));
        }
        net.run(Duration.ofMillis(10));

        assertThat(peer.answers()).hasSize(1000);
        assertThat(peer.requests()).hasSizeBetween(18, 21);
        assertThat(agent.agent().checksUnderWay()).isLessThanOrEqualTo(CheckList.MAX_CHECKS);
    }

    private void describe() {
        agent.agent().remote(peer.credentials(), false, net.now());
    }

    private void connect() {
        describe();
        peer.sendCheck(THERE, true);
        net.run(Duration.ofMillis(10));
        assertThat(agent.agent().selected()).contains(IcePath.udp(THERE));
    }

    private static IcePath path(byte[] address, int port) {
        try {
            return IcePath.udp(new InetSocketAddress(InetAddress.getByAddress(address), port & 0xFFFF));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
