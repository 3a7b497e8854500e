package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.metrics.Drops;

class ConnectionPlaceTest {
    private final Drops drops = new Drops();
    private final ConnectionLimit limit = new ConnectionLimit(64, drops);
    private final List<EmbeddedChannel> open = new ArrayList<>();

    private boolean come(Optional<String> address) {
        EmbeddedChannel channel = new EmbeddedChannel();
        boolean taken = new ConnectionPlace(limit, address).take(channel);
        if (taken) {
            open.add(channel);
        }
        return taken;
    }

    @Test
    void oneAddress_hasAQuarter_andTheOthersFindRoom() {
        for (int i = 0; i < 16; i++) {
            assertThat(come(Optional.of("greedy"))).isTrue();
        }
        assertThat(come(Optional.of("greedy"))).isFalse();
        assertThat(come(Optional.of("other"))).isTrue();
        assertThat(come(Optional.empty())).isTrue();
        assertThat(drops.snapshot()).containsOnlyKeys("http-address-full");
        open.getFirst().close();
        assertThat(come(Optional.of("greedy"))).isTrue();
    }

    @Test
    void peerThatManyComeFrom_hasAllThatIsThere() {
        for (int i = 0; i < 64; i++) {
            assertThat(come(Optional.empty())).isTrue();
        }
        assertThat(come(Optional.empty())).isFalse();
        assertThat(come(Optional.of("other"))).isFalse();
        assertThat(drops.of("http-connections-full")).isEqualTo(2);
        assertThat(limit.addresses().largest()).isZero();
    }

    private ConnectionPlace place() {
        EmbeddedChannel channel = new EmbeddedChannel();
        ConnectionPlace place = new ConnectionPlace(limit, Optional.empty());
        assertThat(place.take(channel)).isTrue();
        open.add(channel);
        return place;
    }

    @Test
    void oneUser_hasAQuarterOfWhatIsUnderWay_andTheOthersFindRoom() {
        List<ConnectionPlace> places = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            places.add(place());
            assertThat(places.getLast().carries("anna")).isTrue();
        }
        ConnectionPlace next = place();
        assertThat(next.carries("anna")).isFalse();
        assertThat(next.carries("ben")).isTrue();
        assertThat(drops.of("http-user-full")).isEqualTo(1);
        places.getFirst().answered();
        assertThat(next.carries("anna")).isTrue();
        // It was ben's before, and the Supervisor has it carry whose request comes.
        assertThat(limit.users().largest()).isEqualTo(16);
        open.get(1).close();
        assertThat(limit.users().largest()).isEqualTo(15);
        open.forEach(EmbeddedChannel::close);
        assertThat(limit.users().largest()).isZero();
        assertThat(limit.open()).isZero();
    }

    @Test
    void connectionThatClosedMeanwhile_holdsNothing() {
        ConnectionPlace place = place();
        open.getLast().close();
        assertThat(place.carries("anna")).isTrue();
        assertThat(limit.users().largest()).isZero();
    }
}
