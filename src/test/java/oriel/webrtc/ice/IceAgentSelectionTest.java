package oriel.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static oriel.webrtc.ice.StunVectors.at;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which path is used: first valid, nominated, moved; and who nominates. */
class IceAgentSelectionTest {
    private static final InetSocketAddress HERE = at("192.0.2.1", 8555);
    private static final InetSocketAddress WIFI = at("192.0.2.77", 50_000);
    private static final InetSocketAddress MOBILE = at("203.0.113.9", 41_000);

    private final IceNet net = new IceNet(1);
    private final AgentNode agent = new AgentNode(net, HERE, IceRole.CONTROLLED, 11);
    private final ScriptedPeer peer = new ScriptedPeer(net, agent, WIFI, MOBILE);

    @Test
    void selected_beforeNomination_isTheFirstThatWorks() {
        describe();
        check(WIFI, false);
        check(MOBILE, false);

        assertThat(selections()).containsExactly("selected udp 192.0.2.77 50000");
    }

    @Test
    void selected_lateNomination_isTheNominated() {
        describe();
        check(WIFI, false);
        check(MOBILE, false);
        net.run(Duration.ofSeconds(5));
        check(MOBILE, true);

        assertThat(selections()).containsExactly("selected udp 192.0.2.77 50000", "selected udp 203.0.113.9 41000");
    }

    @Test
    void selected_nominationOfTheSelected_isNotTold() {
        describe();
        check(WIFI, false);
        check(WIFI, true);
        check(WIFI, true);

        assertThat(selections()).hasSize(1);
    }

    @Test
    void selected_laterNomination_moves() {
        describe();
        check(WIFI, true);
        check(MOBILE, true);
        check(WIFI, true);

        assertThat(selections())
                .containsExactly(
                        "selected udp 192.0.2.77 50000",
                        "selected udp 203.0.113.9 41000",
                        "selected udp 192.0.2.77 50000");
    }

    @Test
    void selected_nominatedBeforeTheDescription_waitsForItsAnswer() {
        check(WIFI, true);
        assertThat(selections()).isEmpty();
        describe();
        net.run(Duration.ofMillis(10));

        assertThat(selections()).hasSize(1);
    }

    @Test
    void selected_nominatedAndNeverAnswering_isNot() {
        describe();
        check(WIFI, false);
        peer.answering(false);
        check(MOBILE, true);
        net.run(Duration.ofSeconds(3));
        assertThat(selections()).hasSize(1);

        peer.answering(true);
        net.run(Duration.ofSeconds(4));
        assertThat(selections()).last().isEqualTo("selected udp 203.0.113.9 41000");
    }

    @Test
    void selected_nominatedWithAnOldAnswer_answersAnewFirst() {
        describe();
        check(MOBILE, false);
        check(WIFI, true);
        for (int i = 0; i < 8; i++) {
            net.run(Duration.ofSeconds(2));
        }
        peer.answering(false);
        check(MOBILE, true);
        assertThat(selections()).last().isEqualTo("selected udp 192.0.2.77 50000");

        peer.answering(true);
        net.run(Duration.ofSeconds(1));
        assertThat(selections()).last().isEqualTo("selected udp 203.0.113.9 41000");
    }

    @Test
    void roaming_newAddressNominated_movesThePathAndItsConsent() {
        AgentNode browser = new AgentNode(net, at("192.0.2.78", 50_001), IceRole.CONTROLLING, 12);
        IceNet other = net;
        AgentNode server = new AgentNode(other, at("192.0.2.2", 8555), IceRole.CONTROLLED, 13);
        server.knows(browser);
        browser.knows(server);
        browser.agent().addRemote(server.candidate(), net.now());
        net.run(Duration.ofSeconds(10));
        assertThat(server.moments("selected")).hasSize(1);

        // The phone leaves the house: its old address answers no more; its consent checks come from the new one.
        browser.move(MOBILE);
        net.run(Duration.ofSeconds(7));
        assertThat(server.moments("authenticated")).hasSize(2);
        assertThat(server.moments("lost")).isEmpty();

        // Its browser nominates the new path.
        ScriptedPeer voice = new ScriptedPeer(net, server);
        StunBuilder nomination = new StunBuilder(StunClass.REQUEST, new TransactionId(1, 2))
                .username(server.credentials().ufrag() + ":"
                        + browser.credentials().ufrag())
                .priority(ScriptedPeer.PRIORITY)
                .role(IceRole.CONTROLLING, 1)
                .useCandidate();
        net.send(MOBILE, server.path(), voice.sign(nomination));
        net.run(Duration.ofMillis(10));
        assertThat(server.agent().selected()).contains(IcePath.udp(MOBILE));
        net.run(Duration.ofSeconds(60));
        assertThat(server.moments("lost")).isEmpty();
    }

    @Test
    void roaming_newAddressThatNominatesNothing_isFollowedWhenTheOldOneIsSilent() {
        Duration before = nominatedAtWifi();
        peer.silentAt(WIFI);
        check(MOBILE, false);
        net.run(Duration.ofSeconds(1));

        assertThat(selections()).last().isEqualTo("selected udp 203.0.113.9 41000");
        assertThat(agent.moments("selected").getLast().minus(before)).isLessThan(Duration.ofMillis(700));
        // And back, where it was known before, after a while.
        peer.silentAt(MOBILE);
        net.run(Duration.ofSeconds(4));
        check(WIFI, false);
        net.run(Duration.ofSeconds(1));
        assertThat(selections()).last().isEqualTo("selected udp 192.0.2.77 50000");
    }

    @Test
    void roaming_peerThatAnswersAtBothPlaces_staysWhereItNominated() {
        nominatedAtWifi();
        check(MOBILE, false);
        net.run(Duration.ofSeconds(5));
        check(MOBILE, false);
        net.run(Duration.ofSeconds(5));

        assertThat(selections()).containsExactly("selected udp 192.0.2.77 50000");
    }

    @Test
    void roaming_placeThatNeverAnswers_movesNothing() {
        nominatedAtWifi();
        peer.silentAt(MOBILE);
        check(MOBILE, false);
        net.run(Duration.ofSeconds(5));

        assertThat(selections()).containsExactly("selected udp 192.0.2.77 50000");
    }

    @Test
    void gone_selected_anotherThatAnsweredTakesItsPlace() {
        nominatedAtWifi();
        check(MOBILE, false);
        net.run(Duration.ofMillis(100));
        agent.agent().gone(IcePath.udp(WIFI), net.now());

        assertThat(selections()).last().isEqualTo("selected udp 203.0.113.9 41000");
        assertThat(agent.moments("forgotten")).hasSize(1);
    }

    @Test
    void gone_theOnlyOne_thePeerMayComeAgainUntilItsConsentEnds() {
        nominatedAtWifi();
        agent.agent().gone(IcePath.udp(WIFI), net.now());
        net.run(Duration.ofSeconds(8));
        assertThat(agent.moments("lost")).isEmpty();
        check(MOBILE, false);
        assertThat(selections()).last().isEqualTo("selected udp 203.0.113.9 41000");

        peer.answering(false);
        agent.agent().gone(IcePath.udp(MOBILE), net.now());
        net.run(Duration.ofSeconds(16));
        assertThat(agent.moments("lost")).hasSize(1);
    }

    private Duration nominatedAtWifi() {
        describe();
        check(WIFI, true);
        net.run(Duration.ofSeconds(1));
        assertThat(selections()).hasSize(1);
        return net.elapsed();
    }

    @Test
    void lite_remoteIsLite_weControlAndNominate() {
        AgentNode full = new AgentNode(net, at("192.0.2.3", 8555), IceRole.CONTROLLED, 14);
        ScriptedPeer lite = new ScriptedPeer(net, full, at("192.0.2.200", 7000));
        full.agent().remote(lite.credentials(), true, net.now());
        full.agent().addRemote(LocalCandidates.host(at("192.0.2.200", 7000), Transport.UDP, 0), net.now());
        net.run(Duration.ofSeconds(1));

        assertThat(full.agent().role()).isEqualTo(IceRole.CONTROLLING);
        assertThat(full.moments("selected")).containsExactly(Duration.ofMillis(2));
        assertThat(lite.requests()).extracting(StunMessage::useCandidate).containsExactly(false, true);
        assertThat(lite.requests()).allMatch(request -> request.iceControlling().isPresent());
    }

    @Test
    void nomination_lostOnItsWay_isRepeatedUntilItIsAnswered() {
        AgentNode full = new AgentNode(net, at("192.0.2.3", 8555), IceRole.CONTROLLING, 14);
        ScriptedPeer lite = new ScriptedPeer(net, full, at("192.0.2.200", 7000));
        full.agent().remote(lite.credentials(), true, net.now());
        full.agent().addRemote(LocalCandidates.host(at("192.0.2.200", 7000), Transport.UDP, 0), net.now());
        net.runTo(Duration.ofMillis(2));
        lite.answerWith(request -> ScriptedPeer.parse(request).useCandidate() ? new byte[] {0} : lite.success(request));
        // The consent check at 4 to 6 s is answered, which must not end the nomination.
        net.runTo(Duration.ofSeconds(7));
        assertThat(lite.requests().stream().filter(StunMessage::useCandidate).count())
                .isEqualTo(4);
        lite.answerWith(lite::success);
        net.runTo(Duration.ofSeconds(9));
        long nominations =
                lite.requests().stream().filter(StunMessage::useCandidate).count();
        net.run(Duration.ofSeconds(20));

        assertThat(nominations).isEqualTo(5);
        assertThat(lite.requests().stream().filter(StunMessage::useCandidate).count())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(IceRole.class)
    void roles_bothTheSame_settleAndConnect(IceRole role) {
        for (int seed = 0; seed < 20; seed++) {
            IceNet fresh = new IceNet(seed);
            AgentNode left = new AgentNode(fresh, HERE, role, seed);
            AgentNode right = new AgentNode(fresh, WIFI, role, seed + 500);
            left.knows(right);
            right.knows(left);
            left.agent().addRemote(right.candidate(), fresh.now());
            right.agent().addRemote(left.candidate(), fresh.now());
            fresh.run(Duration.ofSeconds(5));

            assertThat(List.of(left.agent().role(), right.agent().role()))
                    .containsExactlyInAnyOrder(IceRole.CONTROLLED, IceRole.CONTROLLING);
            assertThat(left.agent().selected()).contains(right.path());
            assertThat(right.agent().selected()).contains(left.path());
        }
    }

    @Test
    void roles_theirTieBreakerIsSmaller_weSwitchOrAnswer487() {
        describe();
        peer.send(WIFI, peer.sign(peer.request().priority(1).role(IceRole.CONTROLLED, 0)));
        net.run(Duration.ofMillis(10));
        assertThat(agent.agent().role()).isEqualTo(IceRole.CONTROLLING);
        assertThat(peer.answers()).hasSize(1);
        assertThat(peer.answers().getFirst().messageClass()).isEqualTo(StunClass.SUCCESS);

        peer.send(WIFI, peer.sign(peer.request().priority(1).role(IceRole.CONTROLLING, 0)));
        net.run(Duration.ofMillis(10));
        assertThat(agent.agent().role()).isEqualTo(IceRole.CONTROLLING);
        assertThat(peer.answers().getLast().errorCode()).hasValue(487);
        assertThat(agent.drops(IceDrop.ROLE_CONFLICT)).isEqualTo(1);
    }

    @Test
    void roles_theirTieBreakerIsGreater_weAnswer487OrSwitch() {
        describe();
        peer.send(WIFI, peer.sign(peer.request().priority(1).role(IceRole.CONTROLLED, -1)));
        net.run(Duration.ofMillis(10));
        assertThat(agent.agent().role()).isEqualTo(IceRole.CONTROLLED);
        assertThat(peer.answers().getLast().errorCode()).hasValue(487);
        assertThat(agent.events()).isEmpty();
    }

    @Test
    void roles_answered487_turnsAndTriesAgainAtThePace() {
        peer.answerWith(request -> new StunBuilder(
                        StunClass.ERROR, ScriptedPeer.parse(request).transaction())
                .errorCode(487, "Role Conflict")
                .build(peer.integrity()));
        describe();
        agent.agent().addRemote(LocalCandidates.host(WIFI, Transport.UDP, 0), net.now());
        net.runTo(Duration.ofMillis(999));

        // A peer that always disagrees gets a check each 50 ms, in turns, each with a new tie-breaker.
        assertThat(peer.requests()).hasSize(20);
        assertThat(peer.requests().stream()
                        .filter(r -> r.iceControlling().isPresent())
                        .count())
                .isEqualTo(10);
        assertThat(peer.requests().stream()
                        .map(StunMessage::iceControlled)
                        .distinct()
                        .count())
                .isEqualTo(11);
    }

    private void describe() {
        agent.agent().remote(peer.credentials(), false, net.now());
    }

    private void check(InetSocketAddress from, boolean nominating) {
        peer.sendCheck(from, nominating);
        net.run(Duration.ofMillis(60));
    }

    private List<String> selections() {
        return agent.events().stream()
                .map(Object::toString)
                .filter(event -> event.startsWith("selected"))
                .toList();
    }
}
