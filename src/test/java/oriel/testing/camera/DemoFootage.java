package oriel.testing.camera;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import oriel.base.Bytes;
import oriel.base.Clock;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.worker.DemoEncoder;
import oriel.worker.DemoRequest;
import oriel.worker.DemoUnit;

/**
 * Real pictures and sounds for a simulated camera, made beforehand by the demo's encoder: each picture has its number burnt
 * in, from 0. Immutable.
 */
public final class DemoFootage {
    private static final int VIDEO = 0;
    private static final int OPUS = 1;
    private static final int PCMA = 2;

    private final DemoRequest request;
    private final List<Codec> codecs;
    private final Map<Integer, List<CameraFrame>> frames;

    private DemoFootage(DemoRequest request, List<Codec> codecs, Map<Integer, List<CameraFrame>> frames) {
        this.request = request;
        this.codecs = codecs;
        this.frames = frames;
    }

    /** {@code pictures} of what {@code request} asks for. */
    public static DemoFootage of(DemoRequest request, int pictures) throws IOException {
        Map<Integer, List<CameraFrame>> frames = new TreeMap<>();
        try (DemoEncoder encoder = DemoEncoder.open(request, Clock.system())) {
            List<Codec> codecs = encoder.codecs();
            while (frames.getOrDefault(VIDEO, List.of()).size() < pictures) {
                DemoUnit next = encoder.next().orElseThrow(() -> new IOException("a picture was left out"));
                frames.computeIfAbsent(next.track(), track -> new ArrayList<>()).add(frame(next));
            }
            return new DemoFootage(request, codecs, frames);
        }
    }

    /** The pictures, over and over; a wish for a key frame begins them anew, number 0 first. */
    public CameraTrack video() {
        long ticks = 90_000 / request.fps();
        return video(() -> CameraFeed.looping(frames(VIDEO), ticks));
    }

    /** The pictures once, whatever anybody wishes. */
    public CameraTrack stubbornVideo() {
        return video(() -> CameraFeed.once(frames(VIDEO)));
    }

    /** The tone. */
    public CameraTrack opus() {
        return CameraTrack.opus(() -> CameraFeed.looping(frames(OPUS), 960));
    }

    /** The tone. */
    public CameraTrack pcma() {
        return CameraTrack.pcma(() -> CameraFeed.looping(frames(PCMA), 160));
    }

    private CameraTrack video(Supplier<CameraFeed> feed) {
        Codec.H264 codec = (Codec.H264) codecs.get(VIDEO);
        return CameraTrack.h264(codec.sps().toArray(), codec.pps().toArray(), feed);
    }

    private List<CameraFrame> frames(int track) {
        return frames.getOrDefault(track, List.of());
    }

    private static CameraFrame frame(DemoUnit unit) {
        AccessUnit frame = unit.unit();
        List<byte[]> parts = frame.parts().stream().map(Bytes::toArray).toList();
        return unit.track() == VIDEO
                ? CameraFrame.h264(frame.ptsTicks(), parts)
                : CameraFrame.plain(frame.ptsTicks(), parts.getFirst());
    }
}
