package oriel.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static oriel.webrtc.ice.StunVectors.at;
import static oriel.webrtc.ice.StunVectors.path;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a path comes to be: checks of both sides, triggered and paced, and their answers. */
class IceAgentTest {
    private static final InetSocketAddress HERE = at("192.0.2.1", 8555);
    private static final InetSocketAddress THERE = at("192.0.2.77", 50_000);

    private final IceNet net = new IceNet(1);
    private final AgentNode agent = new AgentNode(net, HERE, IceRole.CONTROLLED, 11);

    @Test
    void connect_noRemoteCandidateSignalled_isFoundByItsChecks() {
        AgentNode browser = new AgentNode(net, THERE, IceRole.CONTROLLING, 12);
        agent.knows(browser);
        browser.knows(agent);
        browser.agent().addRemote(agent.candidate(), net.now());

        net.run(Duration.ofMillis(200));

        // One way is 1 ms: their check, then our answer and our own check, then its answer.
        assertThat(agent.events())
                .extracting(Object::toString)
                .containsExactly("authenticated udp 192.0.2.77 50000", "selected udp 192.0.2.77 50000");
        assertThat(agent.moments("authenticated")).containsExactly(Duration.ofMillis(1));
        assertThat(agent.moments("selected")).containsExactly(Duration.ofMillis(3));
        assertThat(browser.agent().selected()).contains(agent.path());
        assertThat(agent.agent().role()).isEqualTo(IceRole.CONTROLLED);
    }

    @Test
    void connect_onlyWeKnowACandidate_isFoundByOurChecks() {
        AgentNode browser = new AgentNode(net, THERE, IceRole.CONTROLLING, 12);
        browser.knows(agent);
        agent.knows(browser);
        agent.agent().addRemote(browser.candidate(), net.now());

        net.run(Duration.ofMillis(200));

        assertThat(agent.agent().selected()).contains(browser.path());
        assertThat(browser.agent().selected()).contains(agent.path());
    }

    @Test
    void connect_candidatesBeforeCredentials_areCheckedOnceTheseCome() {
        AgentNode browser = new AgentNode(net, THERE, IceRole.CONTROLLING, 12);
        browser.knows(agent);
        assertThat(agent.agent().addRemote(browser.candidate(), net.now())).isTrue();
        net.run(Duration.ofSeconds(1));
        assertThat(agent.sent()).isEmpty();

        agent.knows(browser);
        net.run(Duration.ofMillis(200));

        assertThat(agent.agent().selected()).contains(browser.path());
    }

    @Test
    void connect_checkBeforeTheirDescription_isAnsweredThenChecked() {
        AgentNode browser = new AgentNode(net, THERE, IceRole.CONTROLLING, 12);
        browser.knows(agent);
        browser.agent().addRemote(agent.candidate(), net.now());
        net.run(Duration.ofMillis(100));
        assertThat(agent.moments("authenticated")).hasSize(1);
        assertThat(agent.moments("selected")).isEmpty();

        agent.knows(browser);
        net.run(Duration.ofMillis(100));

        assertThat(agent.moments("selected")).containsExactly(Duration.ofMillis(102));
        assertThat(agent.moments("authenticated")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3})
    void connect_lossyNetWithJitter_isFoundAllTheSame(double loss) {
        for (int seed = 0; seed < 100; seed++) {
            IceNet bad = new IceNet(seed);
            bad.loss(loss);
            bad.delay(Duration.ofMillis(20), Duration.ofMillis(200));
            AgentNode left = new AgentNode(bad, HERE, IceRole.CONTROLLED, seed);
            AgentNode right = new AgentNode(bad, THERE, IceRole.CONTROLLING, seed + 1000);
            left.knows(right);
            right.knows(left);
            right.agent().addRemote(left.candidate(), bad.now());
            left.agent().addRemote(right.candidate(), bad.now());
            bad.run(Duration.ofSeconds(29));
            assertThat(left.moments("selected")).as("seed %d", seed).hasSize(1);
            assertThat(right.moments("selected")).as("seed %d", seed).hasSize(1);
        }
    }

    @Test
    void check_contents_areWhatAPeerNeeds() {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        agent.agent().remote(peer.credentials(), false, net.now());
        peer.sendCheck(THERE, false);
        net.run(Duration.ofMillis(10));

        StunMessage check = peer.requests().getFirst();
        assertThat(check.username())
                .contains(peer.credentials().ufrag() + ":" + agent.credentials().ufrag());
        assertThat(check.priority())
                .hasValue(CandidatePriority.of(CandidateType.PEER_REFLEXIVE, Transport.UDP, 0x7FFF));
        assertThat(check.iceControlled()).isPresent();
        assertThat(check.iceControlling()).isEmpty();
        assertThat(check.useCandidate()).isFalse();
        StunMessage answer = peer.answers().getFirst();
        assertThat(answer.messageClass()).isEqualTo(StunClass.SUCCESS);
        assertThat(answer.mappedAddress()).contains(THERE);
        assertThat(new StunIntegrity(agent.credentials().password()).verifies(answer))
                .isTrue();
        assertThat(answer.isFingerprintRight()).isTrue();
    }

    @Test
    void check_unanswered_goesOutAgainWithGrowingPauses() {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        agent.agent().remote(peer.credentials(), false, net.now());
        agent.agent().addRemote(LocalCandidates.host(at("192.0.2.99", 9), Transport.UDP, 0), net.now());
        net.run(Duration.ofSeconds(29));

        assertThat(agent.sent())
                .extracting(sent -> sent.at().toMillis())
                .containsExactly(0L, 500L, 1500L, 3500L, 7500L, 15500L);
        assertThat(agent.sent())
                .extracting(AgentNode.Sent::packet)
                .allMatch(
                        packet -> Arrays.equals(packet, agent.sent().getFirst().packet()));
    }

    @Test
    void check_overTcp_goesOutOnce() {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        peer.answering(false);
        agent.agent().remote(peer.credentials(), false, net.now());
        byte[] check = peer.sign(peer.check());
        agent.agent().receive(new IcePath(Transport.TCP, Optional.empty(), THERE), check, 0, check.length, net.now());
        net.run(Duration.ofSeconds(20));

        assertThat(agent.events()).extracting(Object::toString).containsExactly("authenticated tcp 192.0.2.77 50000");
        assertThat(agent.sent()).hasSize(2).allMatch(sent -> sent.path().transport() == Transport.TCP);
    }

    @Test
    void checks_severalCandidates_arePacedBestFirst() {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        agent.agent().remote(peer.credentials(), false, net.now());
        long[] priorities = {100, 900, 500, 700, 300};
        for (long priority : priorities) {
            agent.agent()
                    .addRemote(
                            new Candidate(
                                    "1",
                                    1,
                                    Transport.UDP,
                                    priority,
                                    "198.51.100." + priority / 100,
                                    5000,
                                    CandidateType.HOST,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty()),
                            net.now());
        }
        net.run(Duration.ofMillis(499));

        // The first came alone and was checked at once.
        assertThat(agent.sent())
                .extracting(sent ->
                        sent.at().toMillis() + " " + sent.path().remote().getHostString())
                .containsExactly(
                        "0 198.51.100.1",
                        "50 198.51.100.9",
                        "100 198.51.100.7",
                        "150 198.51.100.5",
                        "200 198.51.100.3");
    }

    @Test
    void checks_afterNomination_stopForTheOthers() {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        agent.agent().remote(peer.credentials(), false, net.now());
        for (int i = 1; i <= 20; i++) {
            agent.agent().addRemote(LocalCandidates.host(at("198.51.100." + i, 5000), Transport.UDP, i), net.now());
        }
        net.run(Duration.ofMillis(80));
        peer.sendCheck(THERE, true);
        net.run(Duration.ofMillis(10));
        int sent = agent.sent().size();
        net.run(Duration.ofSeconds(3));

        assertThat(agent.agent().selected()).contains(path("192.0.2.77", 50_000));
        assertThat(agent.sent()).hasSize(sent);
    }

    @Test
    void answer_ofAPairThatWasGivenUp_stillCounts() {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        net.delay(Duration.ofMillis(300), Duration.ZERO);
        agent.agent().remote(peer.credentials(), false, net.now());
        peer.sendCheck(THERE, false);
        net.run(Duration.ofMillis(60));
        for (int i = 0; i < 5; i++) {
            peer.sendCheck(THERE, false);
            net.run(Duration.ofMillis(60));
        }
        net.run(Duration.ofMillis(700));

        // Each check of theirs started a new one of ours; the first answer is the first check's.
        assertThat(agent.moments("selected")).containsExactly(Duration.ofMillis(900));
    }

    @Test
    void answer_fromElsewhere_isDropped() {
        InetSocketAddress elsewhere = at("192.0.2.78", 50_000);
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE, elsewhere);
        peer.answerWith(request -> {
            net.send(elsewhere, agent.path(), peer.success(request));
            return new byte[] {0};
        });
        agent.agent().remote(peer.credentials(), false, net.now());
        peer.sendCheck(THERE, true);
        net.run(Duration.ofMillis(100));

        assertThat(agent.moments("selected")).isEmpty();
        assertThat(agent.drops(IceDrop.ASYMMETRIC)).isEqualTo(1);
    }

    @Test
    void answer_notGenuine_isDroppedAndTheGenuineOneCounts() {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        StunIntegrity wrong = new StunIntegrity(agent.credentials().password());
        peer.answerWith(request -> {
            TransactionId transaction = ScriptedPeer.parse(request).transaction();
            peer.send(THERE, new StunBuilder(StunClass.SUCCESS, transaction).build(wrong));
            peer.send(
                    THERE,
                    new StunBuilder(StunClass.ERROR, transaction)
                            .errorCode(400, "no")
                            .build(wrong));
            peer.send(THERE, new StunBuilder(StunClass.SUCCESS, transaction).build());
            return peer.success(request);
        });
        agent.agent().remote(peer.credentials(), false, net.now());
        peer.sendCheck(THERE, false);
        net.run(Duration.ofMillis(100));

        assertThat(agent.moments("selected")).hasSize(1);
        assertThat(agent.drops(IceDrop.BAD_INTEGRITY)).isEqualTo(2);
        assertThat(agent.drops(IceDrop.NO_INTEGRITY)).isEqualTo(1);
    }

    @Test
    void answer_isAnError_failsThePairUntilTheyCheckAgain() {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        peer.answerWith(request -> new StunBuilder(
                        StunClass.ERROR, ScriptedPeer.parse(request).transaction())
                .errorCode(500, "later")
                .build(peer.integrity()));
        agent.agent().remote(peer.credentials(), false, net.now());
        peer.sendCheck(THERE, true);
        net.run(Duration.ofSeconds(5));
        assertThat(agent.moments("selected")).isEmpty();
        assertThat(agent.drops(IceDrop.BAD_ANSWER)).isEqualTo(1);
        assertThat(agent.sent()).hasSize(2);

        peer.answerWith(peer::success);
        peer.sendCheck(THERE, true);
        net.run(Duration.ofMillis(10));
        assertThat(agent.moments("selected")).hasSize(1);
    }

    @Test
    void request_notUnderstood_isAnswered420() {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        agent.agent().remote(peer.credentials(), false, net.now());
        byte[] check = peer.sign(peer.check());
        // PRIORITY becomes an attribute that nobody knows; then the message is signed anew.
        StunBytes.writeShort(check, priorityAt(check), 0x0077);
        new StunIntegrity(agent.credentials().password()).write(check, check.length - 28);
        StunBytes.writeInt(check, check.length - 4, StunMessage.fingerprint(check, 0, check.length - 8));
        peer.send(THERE, check);
        net.run(Duration.ofMillis(10));

        StunMessage answer = peer.answers().getFirst();
        assertThat(answer.errorCode()).hasValue(420);
        assertThat(new StunIntegrity(agent.credentials().password()).verifies(answer))
                .isTrue();
        assertThat(agent.events()).isEmpty();
        assertThat(agent.drops(IceDrop.BAD_REQUEST)).isEqualTo(1);
    }

    @Test
    void request_withoutPriority_isAnswered400() {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        agent.agent().remote(peer.credentials(), false, net.now());
        peer.send(THERE, peer.sign(peer.request().role(IceRole.CONTROLLING, 1)));
        net.run(Duration.ofMillis(10));

        assertThat(peer.answers().getFirst().errorCode()).hasValue(400);
        assertThat(agent.events()).isEmpty();
    }

    @Test
    void answers_toEveryRequest_areNoLongerThanItWas() {
        InetSocketAddress ipv6 = at("2001:db8::77", 50_000);
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE, ipv6);
        for (InetSocketAddress from : List.of(THERE, ipv6)) {
            for (byte[] request : List.of(
                    peer.sign(peer.check()),
                    peer.sign(peer.request().role(IceRole.CONTROLLED, 0)),
                    peer.sign(peer.request().priority(1).role(IceRole.CONTROLLED, 0)))) {
                long before = agent.bytesOut();
                peer.send(from, request);
                net.run(Duration.ofMillis(10));
                assertThat(agent.bytesOut() - before).isPositive().isLessThanOrEqualTo(request.length);
            }
        }
    }

    @Test
    void remote_another_isRefused() {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        agent.agent().remote(peer.credentials(), false, net.now());
        agent.agent().remote(peer.credentials(), false, net.now());

        assertThatThrownBy(() -> agent.agent().remote(agent.credentials(), false, net.now()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("new agent");
    }

    @Test
    void addRemote_whatCannotBeChecked_isKeptAndIgnored() throws Exception {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        agent.agent().remote(peer.credentials(), false, net.now());
        for (String line : List.of(
                "1 1 udp 2122252543 b2edaff0-7777-4444-8888-000000000001.local 53535 typ host",
                "1 1 tcp 1518280447 192.168.1.5 9 typ host tcptype active",
                "1 1 tcp 1518280447 192.168.1.5 8555 typ host tcptype passive",
                "1 2 udp 1518280447 192.168.1.5 8555 typ host",
                "1 1 udp 1518280447 224.0.0.251 5353 typ host",
                "1 1 udp 1518280447 192.168.1.5 8555 typ host ufrag another")) {
            assertThat(agent.agent().addRemote(Candidate.parse(line), net.now()))
                    .isTrue();
        }
        net.run(Duration.ofSeconds(2));

        assertThat(agent.sent()).isEmpty();
    }

    @Test
    void addRemote_ofThisSession_isChecked() throws Exception {
        ScriptedPeer peer = new ScriptedPeer(net, agent, THERE);
        String line = "1 1 udp 1518280447 192.0.2.77 50000 typ host ufrag ";
        agent.agent().addRemote(Candidate.parse(line + peer.credentials().ufrag()), net.now());
        agent.agent().remote(peer.credentials(), false, net.now());
        net.run(Duration.ofMillis(100));

        assertThat(agent.agent().selected()).contains(path("192.0.2.77", 50_000));
    }

    private static int priorityAt(byte[] check) {
        for (int at = 20; at < check.length; at += 4) {
            if (StunBytes.readInt(check, at) == 0x0024_0004) {
                return at;
            }
        }
        throw new AssertionError("no PRIORITY");
    }
}
