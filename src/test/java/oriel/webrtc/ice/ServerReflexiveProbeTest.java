package oriel.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static oriel.webrtc.ice.StunVectors.at;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServerReflexiveProbeTest {
    private static final InetSocketAddress SERVER = at("198.51.100.1", 3478);
    private static final InetSocketAddress MAPPED = at("203.0.113.9", 40000);

    // Far from 0 and about to overflow, as the clock of a machine may be.
    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

    private final ServerReflexiveProbe probe = new ServerReflexiveProbe(SERVER, new Random(1), START);

    @Test
    void tick_noAnswer_sendsFiveTimesThenGivesUp() {
        List<Long> sentMillis = new ArrayList<>(List.of(0L));
        long over = 0;
        while (probe.nextDeadline().isPresent()) {
            long now = probe.nextDeadline().getAsLong();
            assertThat(probe.tick(now - 1)).isFalse();
            over = TimeUnit.NANOSECONDS.toMillis(now - START);
            if (probe.tick(now)) {
                sentMillis.add(over);
            }
        }
        assertThat(sentMillis).containsExactly(0L, 250L, 750L, 1750L, 3750L);
        assertThat(over).isEqualTo(7750);
        assertThat(probe.isOver()).isTrue();
        assertThat(probe.mapped()).isEmpty();
    }

    @Test
    void receive_answer_givesTheMappedAddress() throws Exception {
        byte[] answer = answer(StunClass.SUCCESS, MAPPED);

        assertThat(probe.receive(SERVER, answer, 0, answer.length)).isTrue();
        assertThat(probe.mapped()).contains(MAPPED);
        assertThat(probe.isOver()).isTrue();
        assertThat(probe.nextDeadline()).isEmpty();
        assertThat(probe.tick(START + TimeUnit.SECONDS.toNanos(1))).isFalse();
        assertThat(probe.receive(SERVER, answer, 0, answer.length)).as("again").isFalse();
    }

    @Test
    void receive_error_endsWithoutAnAddress() throws Exception {
        byte[] answer = answer(StunClass.ERROR, MAPPED);

        assertThat(probe.receive(SERVER, answer, 0, answer.length)).isTrue();
        assertThat(probe.isOver()).isTrue();
        assertThat(probe.mapped()).isEmpty();
    }

    @Test
    void receive_notTheAnswer_isNotTaken() throws Exception {
        byte[] answer = answer(StunClass.SUCCESS, MAPPED);
        byte[] otherTransaction = answer.clone();
        otherTransaction[19] ^= 1;

        assertThat(probe.receive(at("198.51.100.2", 3478), answer, 0, answer.length))
                .isFalse();
        assertThat(probe.receive(at("198.51.100.1", 3479), answer, 0, answer.length))
                .isFalse();
        assertThat(probe.receive(SERVER, otherTransaction, 0, answer.length)).isFalse();
        assertThat(probe.receive(SERVER, answer, 0, answer.length - 1)).isFalse();
        assertThat(probe.receive(SERVER, probe.request(), 0, probe.request().length))
                .isFalse();
        assertThat(probe.isOver()).isFalse();
        assertThat(probe.receive(SERVER, answer, 0, answer.length)).isTrue();
    }

    @Test
    void request_forever_isOneBareBindingRequest() throws Exception {
        byte[] request = probe.request();

        assertThat(request).hasSize(20).startsWith(0x00, 0x01, 0x00, 0x00, 0x21, 0x12, 0xA4, 0x42);
        assertThat(probe.server()).isEqualTo(SERVER);
    }

    private byte[] answer(StunClass messageClass, InetSocketAddress mapped) throws Exception {
        TransactionId transaction =
                StunMessage.parse(probe.request(), 0, probe.request().length).transaction();
        StunBuilder answer = new StunBuilder(messageClass, transaction);
        return messageClass == StunClass.ERROR
                ? answer.errorCode(500, "no").build()
                : answer.xorMappedAddress(mapped).build();
    }
}
