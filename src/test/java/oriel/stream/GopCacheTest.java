package oriel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import oriel.rtp.RtpPacket;

class GopCacheTest {
    private final GopBudget budget = new GopBudget(1 << 20);
    private final GopCache cache = new GopCache(budget);
    private long sequence;

    private RtpPacket packet(boolean key, boolean marker, int payload) {
        int length = RtpPacket.HEADER_BYTES + payload;
        return RtpPacket.take(new byte[length], length, sequence++, 0, marker, key);
    }

    private RtpPacket add(boolean key, boolean marker, int payload) {
        RtpPacket packet = packet(key, marker, payload);
        cache.add(packet);
        return packet;
    }

    @Test
    void beforeTheFirstKeyFrame_nothingIsKept() {
        add(false, true, 100);
        assertThat(cache.snapshot().packets()).isEmpty();
        assertThat(cache.snapshot().complete()).isTrue();
    }

    @Test
    void fromTheKeyFrameOn_allIsKept_untilTheNextOne() {
        RtpPacket key = add(true, false, 100);
        RtpPacket end = add(false, true, 100);
        RtpPacket delta = add(false, true, 100);
        assertThat(cache.snapshot().packets()).containsExactly(key, end, delta);
        RtpPacket next = add(true, true, 100);
        assertThat(cache.snapshot().packets()).containsExactly(next);
    }

    @Test
    void snapshot_doesNotChangeLater() {
        RtpPacket key = add(true, true, 100);
        GopCache.Snapshot snapshot = cache.snapshot();
        add(false, true, 100);
        assertThat(snapshot.packets()).containsExactly(key);
    }

    @Test
    void gap_endsTheGroupWithTheLastWholePictureBeforeIt_untilTheNextKeyFrame() {
        RtpPacket key = add(true, true, 100);
        RtpPacket whole = add(false, true, 100);
        add(false, false, 100); // the beginning of a picture
        sequence++; // its end is lost
        add(false, true, 100);
        add(false, true, 100);
        assertThat(cache.snapshot().packets()).containsExactly(key, whole);
        assertThat(cache.snapshot().complete()).isFalse();
        assertThat(budget.used()).isEqualTo(2 * 112);
        RtpPacket next = add(true, true, 100);
        assertThat(cache.snapshot().packets()).containsExactly(next);
        assertThat(cache.snapshot().complete()).isTrue();
    }

    @Test
    void gapInTheKeyFrame_leavesNothing() {
        add(true, false, 100);
        sequence++;
        add(false, true, 100);
        assertThat(cache.snapshot().packets()).isEmpty();
        assertThat(budget.used()).isZero();
    }

    @Test
    void overBudget_onlyTheKeyFrameStays_andTheNextGroupIsWholeAgain() {
        GopCache small = new GopCache(new GopBudget(1000));
        RtpPacket key = packet(true, false, 288);
        RtpPacket keyEnd = packet(false, true, 288);
        small.add(key);
        small.add(keyEnd);
        assertThat(small.add(packet(false, true, 288))).isTrue();
        assertThat(small.add(packet(false, true, 288))).isFalse();
        assertThat(small.snapshot().packets()).containsExactly(key, keyEnd);
        assertThat(small.snapshot().complete()).isFalse();
        // Told once a group.
        assertThat(small.add(packet(false, true, 8))).isTrue();
        assertThat(small.snapshot().packets()).containsExactly(key, keyEnd);
        RtpPacket next = packet(true, true, 8);
        small.add(next);
        assertThat(small.snapshot().packets()).containsExactly(next);
        assertThat(small.snapshot().complete()).isTrue();
    }

    @Test
    void clear_givesTheBudgetBack() {
        add(true, true, 500);
        assertThat(budget.used()).isEqualTo(512);
        cache.clear();
        assertThat(budget.used()).isZero();
        assertThat(cache.isEmpty()).isTrue();
    }

    @Test
    void groupOfMoreThanSixteenMebibytes_keepsTheKeyFrameOnly() {
        GopCache roomy = new GopCache(new GopBudget(1L << 40));
        roomy.add(packet(true, true, 1000));
        int packets = GopCache.MAX_BYTES / 1012 + 1;
        for (int i = 0; i < packets; i++) {
            roomy.add(packet(false, true, 1000));
        }
        assertThat(roomy.snapshot().packets()).hasSize(1);
        assertThat(roomy.snapshot().complete()).isFalse();
    }
}
