package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import oriel.metrics.Drops;

class AcceptPauseTest {
    @Test
    void noDescriptor_pausesForASecond_isCounted_andGoesNoFurther() {
        Drops drops = new Drops();
        EmbeddedChannel listener = new EmbeddedChannel(new AcceptPause(drops));
        listener.freezeTime();
        listener.pipeline().fireExceptionCaught(new IOException("Too many open files"));
        listener.checkException(); // Nobody else has heard of it.
        assertThat(drops.of("accept-failed")).isEqualTo(1);
        assertThat(listener.config().isAutoRead()).isFalse();

        listener.advanceTimeBy(1, TimeUnit.SECONDS);
        listener.runScheduledPendingTasks();
        assertThat(listener.config().isAutoRead()).isTrue();
    }
}
