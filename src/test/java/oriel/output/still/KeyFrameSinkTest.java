package oriel.output.still;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.Track;
import oriel.rtp.RtpPacket;
import oriel.stream.Burst;
import oriel.stream.EndReason;
import oriel.stream.RecentPackets;
import oriel.stream.TrackClocks;

class KeyFrameSinkTest {
    private static final Track TRACK = new Track(0, Direction.RECVONLY, Codec.H264.unknown());

    private final RtpPacket keyBegin = Pictures.packet(true, false, 1000);
    private final RtpPacket keyEnd = Pictures.packet(false, true, 1000);
    private final RtpPacket delta = Pictures.packet(false, true, 91_000);
    private final RtpPacket nextKey = Pictures.packet(true, true, 181_000);
    private KeyFrameSink sink = new KeyFrameSink(Optional.empty());

    private void start(List<RtpPacket> gop, boolean complete) {
        sink.onStart(0, TRACK, TrackClocks.of(90_000), new RecentPackets(), gop, complete);
    }

    private Group caught() {
        assertThat(sink.caught()).isDone();
        return sink.caught().join();
    }

    @Test
    void cachedGroup_isCaughtAtOnce() {
        start(List.of(keyBegin, keyEnd, delta), true);
        assertThat(caught().packets()).containsExactly(keyBegin, keyEnd, delta);
        assertThat(caught().first()).isSameAs(keyBegin);
        assertThat(caught().span()).isEqualTo(Duration.ofSeconds(1));
        assertThat(caught().complete()).isTrue();
    }

    @Test
    void cachedGroup_thatIsCutShort_saysSo() {
        start(List.of(keyBegin, keyEnd), false);
        assertThat(caught().complete()).isFalse();
    }

    @Test
    void keyFrameThatIsStillComing_isWaitedFor() {
        start(List.of(keyBegin), true);
        assertThat(sink.caught()).isNotDone();
        sink.onBurst(0, new Burst(0, List.of(keyEnd)));
        assertThat(caught().packets()).containsExactly(keyBegin, keyEnd);
    }

    @Test
    void noGroup_theNextKeyFrameIsWaitedFor() {
        start(List.of(), true);
        assertThat(sink.mediaSeen()).isFalse();
        sink.onBurst(0, new Burst(0, List.of(delta)));
        assertThat(sink.mediaSeen()).isTrue();
        assertThat(sink.caught()).isNotDone();
        sink.onBurst(0, new Burst(0, List.of(nextKey)));
        assertThat(caught().packets()).containsExactly(nextKey);
    }

    @Test
    void keyFrameWithoutMarker_endsWhereTheNextPictureBegins() {
        start(List.of(keyBegin), true);
        sink.onBurst(0, new Burst(0, List.of(delta)));
        assertThat(caught().first()).isSameAs(keyBegin);
    }

    @Test
    void groupThatIsNotWanted_isPassedOver_alsoWhenItComesAgain() {
        sink = new KeyFrameSink(Optional.of(keyBegin));
        start(List.of(keyBegin, keyEnd), true);
        sink.onBurst(0, new Burst(0, List.of(delta)));
        start(List.of(keyBegin, keyEnd, delta), true);
        assertThat(sink.caught()).isNotDone();
        sink.onBurst(0, new Burst(0, List.of(delta, nextKey)));
        assertThat(caught().packets()).containsExactly(nextKey);
    }

    @Test
    void endlessKeyFrame_isNotHeld() {
        start(List.of(keyBegin), true);
        RtpPacket more = Pictures.packet(false, false, 1000);
        sink.onBurst(0, new Burst(0, Collections.nCopies(KeyFrameSink.MAX_PACKETS, more)));
        sink.onBurst(0, new Burst(0, List.of(delta)));
        assertThat(sink.caught()).isNotDone();
        sink.onBurst(0, new Burst(0, List.of(nextKey)));
        assertThat(caught().first()).isSameAs(nextKey);
    }

    @Test
    void streamThatEnds_isToldInItsWords() {
        start(List.of(), true);
        sink.onEnd(EndReason.REMOVED);
        assertThatThrownBy(() -> sink.caught().get()).hasMessageContaining("This stream was removed.");
    }
}
