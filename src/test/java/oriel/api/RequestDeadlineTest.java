package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import oriel.metrics.Drops;

class RequestDeadlineTest {
    private static final Duration ALMOST = Duration.ofMillis(9_900);
    private static final Duration REST = Duration.ofMillis(200);

    private final Drops drops = new Drops();
    private final ConnectionLimit connections = new ConnectionLimit(2, drops);
    private final RequestDeadline deadline = deadline();
    private final EmbeddedChannel channel = open(deadline);

    private RequestDeadline deadline() {
        return new RequestDeadline(new ConnectionPlace(connections, Optional.empty()), drops);
    }

    private static EmbeddedChannel open(RequestDeadline deadline) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addFirst(deadline);
        return channel;
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
    }

    private void bytes() {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
        channel.releaseInbound();
    }

    private void request() {
        bytes();
        deadline.headCame();
        deadline.requestCame();
    }

    @Test
    void connectionThatSaysNothing_isClosed() {
        pass(ALMOST);
        assertThat(channel.isOpen()).isTrue();
        pass(REST);
        assertThat(channel.isOpen()).isFalse();
        assertThat(drops.of("http-slow")).isEqualTo(1);
    }

    @Test
    void headThatComesByteByByte_isClosed_howeverOftenAByteComes() {
        for (int i = 0; i < 9; i++) {
            bytes();
            pass(Duration.ofSeconds(1));
        }
        assertThat(channel.isOpen()).isTrue();
        bytes();
        pass(Duration.ofMillis(1100));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void laterHeadThatComesByteByByte_isClosed() {
        request();
        pass(Duration.ofSeconds(25)); // Idle: another timer's business.
        assertThat(channel.isOpen()).isTrue();
        bytes();
        pass(ALMOST);
        bytes();
        assertThat(channel.isOpen()).isTrue();
        pass(REST);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void bodyThatComesByteByByte_isClosedAfterThirtySeconds() {
        bytes();
        deadline.headCame();
        for (int i = 0; i < 29; i++) {
            bytes();
            pass(Duration.ofSeconds(1));
        }
        assertThat(channel.isOpen()).isTrue();
        pass(Duration.ofMillis(1100));
        assertThat(channel.isOpen()).isFalse();
        assertThat(drops.of("http-slow")).isEqualTo(1);
    }

    @Test
    void webSocket_mayBeSilentForEver() {
        bytes();
        deadline.headCame();
        deadline.requestCame();
        deadline.upgraded();
        pass(Duration.ofDays(1));
        bytes();
        pass(Duration.ofDays(1));
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void oneTooMany_isClosedAtOnce_andThereIsRoomAgainWhenOneEnds() {
        EmbeddedChannel second = open(deadline());
        EmbeddedChannel third = open(deadline());
        assertThat(second.isOpen()).isTrue();
        assertThat(third.isOpen()).isFalse();
        assertThat(drops.of("http-connections-full")).isEqualTo(1);
        assertThat(connections.open()).isEqualTo(2);

        channel.close();
        second.close();
        assertThat(connections.open()).isZero();
        EmbeddedChannel fourth = open(deadline());
        assertThat(fourth.isOpen()).isTrue();
        fourth.close();
    }

    @Test
    void bound_leavesDescriptorsForCamerasAndFiles() {
        assertThat(ConnectionLimit.mostWith(1_000_000)).isEqualTo(2048);
        assertThat(ConnectionLimit.mostWith(900)).isEqualTo(418);
        assertThat(ConnectionLimit.mostWith(40)).isEqualTo(16);
    }
}
