package oriel.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.base.Seams;
import oriel.media.Codec;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraFrame;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.SimulatedCamera;
import oriel.worker.DemoEncoder;
import oriel.worker.DemoRequest;
import oriel.worker.DemoUnit;

/** A camera with a real picture, 1280x720 at 25 a second: one group of pictures again and again. */
final class DemoCamera {
    private static final int FPS = 25;
    private static final int FRAME_TICKS = 3600;

    private DemoCamera() {}

    /** What it shows, encoded now: a group of {@code seconds}. */
    static CameraMedia media(int seconds) throws IOException {
        DemoRequest request = DemoRequest.standard().paced(FPS, seconds * FPS).silent();
        List<CameraFrame> frames = new ArrayList<>();
        try (DemoEncoder encoder = DemoEncoder.open(request, Seams.system().clock())) {
            while (frames.size() < seconds * FPS) {
                Optional<DemoUnit> made = encoder.next();
                made.ifPresent(unit -> frames.add(frame(frames.size(), unit)));
            }
            if (encoder.codecs().getFirst() instanceof Codec.H264 h264) {
                return CameraMedia.of(CameraTrack.h264(
                        h264.sps().toArray(), h264.pps().toArray(), () -> CameraFeed.looping(frames, FRAME_TICKS)));
            }
            throw new IOException("the demo's picture is not H.264");
        }
    }

    /** A camera that shows {@code media}. */
    static SimulatedCamera start(CameraMedia media) {
        return SimulatedCamera.of(media).start();
    }

    private static CameraFrame frame(int number, DemoUnit unit) {
        List<byte[]> nalUnits = unit.unit().parts().stream().map(Bytes::toArray).toList();
        return CameraFrame.h264((long) number * FRAME_TICKS, nalUnits);
    }
}
