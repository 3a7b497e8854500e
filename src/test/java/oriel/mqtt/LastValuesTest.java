package oriel.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.base.Bytes;
import oriel.metrics.Drops;
import oriel.mqtt.LastValues.Outgoing;
import oriel.mqtt.MqttLink.Rank;

class LastValuesTest {
    private final Drops drops = new Drops();
    private final LastValues values = new LastValues(4, 100, 2, drops);

    @Test
    void open_saysAllValuesByRank() {
        values.retain(Rank.PICTURE, "still", bytes("P"));
        values.retain(Rank.STATE, "state", bytes("S"));
        values.retain(Rank.AVAILABILITY, "availability", bytes("A"));
        values.retain(Rank.DISCOVERY, "config", bytes("D"));

        long connection = values.open();

        assertThat(topics(drain(connection))).containsExactly("config", "availability", "state", "still");
    }

    @Test
    void retain_equalToTheLast_isNotSaidAgain() {
        long connection = values.open();
        values.retain(Rank.STATE, "state", bytes("1"));
        drain(connection).forEach(values::done);

        values.retain(Rank.STATE, "state", bytes("1"));

        assertThat(values.next(connection)).isEmpty();
        assertThat(values.unsaid()).isZero();
    }

    @Test
    void retain_whileTheTopicIsOnItsWay_onlyTheNewestFollows() {
        long connection = values.open();
        values.retain(Rank.STATE, "state", bytes("1"));
        Outgoing first = values.next(connection).orElseThrow();
        values.retain(Rank.STATE, "state", bytes("2"));
        values.retain(Rank.STATE, "state", bytes("3"));
        assertThat(values.next(connection)).isEmpty();

        values.done(first);

        assertThat(drain(connection))
                .extracting(message -> LinkScene.text(message.payload()))
                .containsExactly("3");
    }

    @Test
    void retain_beyondTopicsOrBytes_isRefusedAndCounted() {
        for (int i = 0; i < 4; i++) {
            assertThat(values.retain(Rank.STATE, "topic" + i, bytes("x"))).isTrue();
        }

        assertThat(values.retain(Rank.STATE, "one-more", bytes("x"))).isFalse();
        assertThat(values.retain(Rank.STATE, "topic1", bytes("x".repeat(90)))).isFalse();
        assertThat(values.retain(Rank.STATE, "topic1", bytes("yy"))).isTrue();
        assertThat(drops.of("topics-full")).isEqualTo(2);
        assertThat(values.topics()).isEqualTo(4);
    }

    @Test
    void forget_emptiesTheTopicAndFreesItsRoom() {
        values.retain(Rank.STATE, "state", bytes("1"));
        values.forget("state");
        assertThat(values.topics()).isEqualTo(1);

        List<Outgoing> said = drain(values.open());
        assertThat(said).singleElement().satisfies(message -> {
            assertThat(message.payload().isEmpty()).isTrue();
            assertThat(message.retained()).isTrue();
        });
        said.forEach(values::done);

        assertThat(values.topics()).isZero();
        assertThat(values.bytes()).isZero();
    }

    @Test
    void forget_thatWasNotAcknowledged_isSaidAgainOnTheNextConnection() {
        values.forget("ghost");
        drain(values.open());
        values.close();

        assertThat(topics(drain(values.open()))).containsExactly("ghost");
    }

    @Test
    void retain_afterForget_bringsTheTopicBack() {
        values.forget("state");
        values.retain(Rank.STATE, "state", bytes("1"));

        assertThat(drain(values.open()))
                .extracting(message -> LinkScene.text(message.payload()))
                .containsExactly("1");
    }

    @Test
    void done_ofAnEarlierConnection_changesNothing() {
        values.retain(Rank.STATE, "state", bytes("1"));
        Outgoing lost = values.next(values.open()).orElseThrow();
        values.close();
        long connection = values.open();
        Outgoing again = values.next(connection).orElseThrow();

        values.done(lost);
        assertThat(values.unsaid()).isEqualTo(1);
        values.done(again);
        assertThat(values.unsaid()).isZero();
        assertThat(values.next(connection - 1)).isEmpty();
    }

    @Test
    void event_goesBehindDiscoveryAndBeforeState_andOnlyWhileConnected() {
        values.event("event", bytes("lost"));
        long connection = values.open();
        values.event("event", bytes("joined"));
        values.retain(Rank.STATE, "state", bytes("1"));
        values.retain(Rank.AVAILABILITY, "availability", bytes("online"));
        values.event("event", bytes("left"));
        values.event("event", bytes("too many"));

        assertThat(drain(connection))
                .extracting(message -> LinkScene.text(message.payload()))
                .containsExactly("online", "joined", "left", "1");
        assertThat(drops.of("event-away")).isEqualTo(1);
        assertThat(drops.of("mqtt-events-full")).isEqualTo(1);
    }

    @Test
    void repeat_saysAllAgain_alsoWhatIsOnItsWay() {
        long connection = values.open();
        values.retain(Rank.STATE, "state", bytes("1"));
        Outgoing flying = values.next(connection).orElseThrow();
        values.repeat();
        assertThat(values.next(connection)).isEmpty();

        values.done(flying);

        assertThat(topics(drain(connection))).containsExactly("state");
    }

    private List<Outgoing> drain(long connection) {
        List<Outgoing> said = new ArrayList<>();
        for (Optional<Outgoing> next = values.next(connection); next.isPresent(); next = values.next(connection)) {
            said.add(next.get());
        }
        return said;
    }

    private static List<String> topics(List<Outgoing> messages) {
        return messages.stream().map(Outgoing::topic).toList();
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
