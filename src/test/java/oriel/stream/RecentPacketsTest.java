package oriel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.rtp.RtpPacket;

class RecentPacketsTest {
    private final RecentPackets recent = new RecentPackets();

    private RtpPacket add() {
        RtpPacket packet = RtpPacket.take(new byte[12], 12, 0, 0, false, false);
        recent.add(new Burst(0, List.of(packet)));
        return packet;
    }

    @Test
    void nothingCame_nothingIsThere() {
        assertThat(recent.end()).isZero();
        assertThat(recent.at(0)).isEmpty();
        assertThat(recent.at(-1)).isEmpty();
    }

    @Test
    void theNewestAndTheOldest_areThere_theOneBeforeAndTheNextAreNot() {
        add();
        RtpPacket oldest = add();
        for (int i = 0; i < RecentPackets.SIZE - 2; i++) {
            add();
        }
        RtpPacket newest = add();
        assertThat(recent.end()).isEqualTo(RecentPackets.SIZE + 1);
        assertThat(recent.at(0)).isEmpty();
        assertThat(recent.at(1)).containsSame(oldest);
        assertThat(recent.at(RecentPackets.SIZE)).containsSame(newest);
        assertThat(recent.at(RecentPackets.SIZE + 1)).isEmpty();
    }
}
