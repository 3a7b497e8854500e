package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.OrielProcess;
import oriel.testing.Proves;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraFrame;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.ReceivedFrame;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** What passing through costs of a process: no decoder, no encoder. How much of a processor stands in docs/bench. */
@Timeout(120)
class PassThroughIT {
    private static final SyntheticPictures PICTURES = SyntheticPictures.of(25);

    @TempDir
    Path folder;

    @Test
    @Proves("S-005")
    void pictureAndSound_thatViewersTake_reachThemUntouched_andNothingIsStartedForIt() throws Exception {
        byte[] sound = new byte[160];
        Arrays.fill(sound, (byte) 0x5A);
        CameraMedia media = CameraMedia.of(
                PICTURES.track(),
                CameraTrack.pcma(() -> CameraFeed.looping(List.of(CameraFrame.plain(0, sound)), 160)));
        try (SimulatedCamera camera = SimulatedCamera.of(media).start();
                OrielProcess oriel = OrielProcess.in(folder)
                        .start(
                                "-c",
                                "{api: {listen: \"127.0.0.1:0\"}, webrtc: {listen: \"127.0.0.1:0\"}}",
                                "-c",
                                Watch.stream("door", camera.url()));
                RtpViewer one = RtpViewer.of(ViewerOffer.CHROMIUM).open();
                RtpViewer other = RtpViewer.of(ViewerOffer.CHROMIUM).open()) {
            for (RtpViewer viewer : List.of(one, other)) {
                viewer.answer(ViewerDoors.json(oriel.base(), "door", viewer.offer()));
            }
            for (RtpViewer viewer : List.of(one, other)) {
                viewer.awaitFrames("video", 30);
                viewer.awaitPackets("audio", 30);
                assertThat(viewer.track("video").frames())
                        .filteredOn(ReceivedFrame::whole)
                        .allSatisfy(frame -> assertThat(frame.nalUnits().getLast())
                                .isEqualTo(PICTURES.slice(SyntheticPictures.number(
                                        frame.nalUnits().getLast()))));
                assertThat(viewer.track("audio").packets())
                        .allSatisfy(packet -> assertThat(packet.payload()).isEqualTo(sound));
            }
            assertThat(camera.playing()).isEqualTo(1);
            assertThat(oriel.handle().children()).isEmpty();
        }
    }
}
