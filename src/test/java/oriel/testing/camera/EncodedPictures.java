package oriel.testing.camera;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.media.Codec;
import oriel.worker.DemoEncoder;
import oriel.worker.DemoRequest;
import oriel.worker.DemoUnit;

/**
 * Real H.264, constrained baseline without B-frames, one key frame and what follows: the demo's moving picture with its
 * number burnt in. 25 pictures a second. Loads JavaCV into the test's process.
 *
 * @param frames the first is the key frame
 */
public record EncodedPictures(byte[] sps, byte[] pps, List<CameraFrame> frames) {
    private static final int FPS = 25;
    private static final long FRAME_TICKS = 3600;

    public EncodedPictures {
        frames = List.copyOf(frames);
    }

    /** So many pictures of this size, the width a multiple of 32. */
    public static EncodedPictures encode(int width, int height, int count) throws IOException {
        DemoRequest request = DemoRequest.standard()
                .sized(width, height)
                .paced(FPS, Math.max(count, 1))
                .silent();
        try (DemoEncoder encoder = DemoEncoder.open(request, oriel.base.Clock.system())) {
            Codec.H264 codec = (Codec.H264) encoder.codecs().getFirst();
            byte[] sps = codec.sps().toArray();
            byte[] pps = codec.pps().toArray();
            List<CameraFrame> frames = new ArrayList<>();
            while (frames.size() < count) {
                encoder.next().ifPresent(unit -> frames.add(frame(unit, frames.size(), sps, pps)));
            }
            return new EncodedPictures(sps, pps, frames);
        }
    }

    private static CameraFrame frame(DemoUnit unit, int place, byte[] sps, byte[] pps) {
        List<byte[]> nals = new ArrayList<>();
        if (unit.unit().key()) {
            nals.add(sps);
            nals.add(pps);
        }
        for (Bytes nal : unit.unit().parts()) {
            int type = nal.at(0) & 0x1F;
            if (type != 7 && type != 8) {
                nals.add(nal.toArray());
            }
        }
        return CameraFrame.h264(place * FRAME_TICKS, nals);
    }

    /** A track that shows them again and again, and begins anew when a key frame is wished for. */
    public CameraTrack track() {
        return CameraTrack.h264(sps, pps, () -> CameraFeed.looping(frames, FRAME_TICKS));
    }

    /** A track that shows them again and again, and does as if no key frame could be wished for. */
    public CameraTrack stubbornTrack() {
        return CameraTrack.h264(sps, pps, () -> {
            CameraFeed feed = CameraFeed.looping(frames, FRAME_TICKS);
            return new CameraFeed() {
                @Override
                public Optional<CameraFrame> next() {
                    return feed.next();
                }
            };
        });
    }
}
