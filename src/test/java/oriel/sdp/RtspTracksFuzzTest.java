package oriel.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import oriel.base.MalformedException;
import oriel.media.StreamDescription;

class RtspTracksFuzzTest {
    @FuzzTest
    void of(byte[] data) {
        SessionDescription sdp;
        try {
            sdp = SessionDescription.parse(new String(data, StandardCharsets.ISO_8859_1));
        } catch (MalformedException e) {
            return;
        }
        RtspTracks tracks = RtspTracks.of(sdp, "rtsp://camera/");
        assertThat(tracks.tracks()).hasSizeLessThanOrEqualTo(StreamDescription.MAX_TRACKS);
        assertThat(tracks.description().tracks()).hasSameSizeAs(tracks.tracks());
        assertThat(tracks.control()).isNotEmpty();
    }
}
