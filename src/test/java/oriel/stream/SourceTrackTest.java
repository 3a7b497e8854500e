package oriel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.Track;
import oriel.metrics.Drops;

class SourceTrackTest {
    private final SourceTrack track = new SourceTrack(
            new Track(0, Direction.RECVONLY, new Codec.H264(Packets.SPS, Packets.PPS)),
            new GopBudget(1 << 20),
            0,
            0,
            new Drops());
    private final Packets camera = new Packets();

    @Test
    void packet_framesAreWhatHasATimeOfItsOwn_howeverManyPacketsThatTakes() throws MalformedException {
        track.packet(camera.key(), 0);
        track.packet(camera.sound(5), 0); // The same time again, and no marker.
        track.packet(camera.delta(), 40_000_000);
        track.packet(camera.delta(), 80_000_000);

        assertThat(track.status().packets()).isEqualTo(4);
        assertThat(track.status().frames()).isEqualTo(3);
    }
}
