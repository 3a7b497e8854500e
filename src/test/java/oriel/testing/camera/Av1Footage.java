package oriel.testing.camera;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Real AV1 of a moving ramp, 320x180, 25 pictures a second: a key frame, then pictures that refer to those before. Loads
 * JavaCV into the test's process.
 *
 * @param frames cut as a camera cuts them that fills 1500 bytes
 */
public record Av1Footage(List<CameraFrame> frames) {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 180;
    private static final long FRAME_TICKS = 3600;
    private static final int MAX_ELEMENT = 1390;

    private static final int TEMPORAL_DELIMITER = 2;
    private static final int SIZE_BIT = 0x02;
    private static final int EXTENSION_BIT = 0x04;

    public Av1Footage {
        frames = List.copyOf(frames);
    }

    /** Encodes so many pictures. */
    public static Av1Footage encode(int count) {
        AVCodec encoder = avcodec_find_encoder_by_name("libaom-av1");
        AVCodecContext context = avcodec_alloc_context3(encoder);
        context.width(WIDTH);
        context.height(HEIGHT);
        context.pix_fmt(AV_PIX_FMT_YUV420P);
        context.time_base(av_make_q(1, 25));
        context.framerate(av_make_q(25, 1));
        context.gop_size(count);
        context.bit_rate(2_000_000);
        context.thread_count(1);
        AVDictionary options = new AVDictionary(null);
        av_dict_set(options, "usage", "realtime", 0);
        av_dict_set(options, "cpu-used", "8", 0);
        av_dict_set(options, "lag-in-frames", "0", 0);
        checked(avcodec_open2(context, encoder, options));
        av_dict_free(options);
        AVFrame picture = av_frame_alloc();
        picture.width(WIDTH);
        picture.height(HEIGHT);
        picture.format(AV_PIX_FMT_YUV420P);
        checked(av_frame_get_buffer(picture, 0));
        AVPacket packet = av_packet_alloc();
        List<CameraFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            draw(picture, i);
            picture.pts(i);
            checked(avcodec_send_frame(context, picture));
            checked(avcodec_receive_packet(context, packet));
            byte[] unit = new byte[packet.size()];
            packet.data().get(unit);
            boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
            frames.add(new CameraFrame(i * FRAME_TICKS, key, payloads(unit, key)));
            av_packet_unref(packet);
        }
        av_packet_free(packet);
        av_frame_free(picture);
        avcodec_free_context(context);
        return new Av1Footage(frames);
    }

    /** A track that shows them again and again, and begins anew when a key frame is wished for. */
    public CameraTrack track() {
        return new CameraTrack(
                List.of("m=video 0 RTP/AVP 98", "a=rtpmap:98 AV1/90000", "a=fmtp:98 profile=0;level-idx=1;tier=0"),
                98,
                90_000,
                () -> CameraFeed.looping(frames, FRAME_TICKS));
    }

    private static void draw(AVFrame picture, int number) {
        for (int plane = 0; plane < 3; plane++) {
            int rows = plane == 0 ? HEIGHT : HEIGHT / 2;
            int stride = picture.linesize(plane);
            ByteBuffer bytes =
                    picture.data(plane).capacity((long) rows * stride).asByteBuffer();
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < stride; x++) {
                    // Grain, so that pictures are larger than a packet.
                    int grain = (x * 7919 + y * 104_729 + number * 31) >> 3 & 0x1F;
                    bytes.put(y * stride + x, (byte) (plane == 0 ? x + 4 * number + grain : 128 + number % 64));
                }
            }
        }
    }

    /** The OBUs of a temporal unit without its delimiter, each without its size, in packets of one element. */
    private static List<byte[]> payloads(byte[] unit, boolean key) {
        List<byte[]> payloads = new ArrayList<>();
        for (int at = 0; at < unit.length; ) {
            int header = unit[at];
            int headerLength = (header & EXTENSION_BIT) != 0 ? 2 : 1;
            int size = 0;
            int body = at + headerLength;
            int shift = 0;
            do {
                size |= (unit[body] & 0x7F) << shift;
                shift += 7;
            } while ((unit[body++] & 0x80) != 0);
            if ((header >> 3 & 0x0F) != TEMPORAL_DELIMITER) {
                ByteArrayOutputStream obu = new ByteArrayOutputStream();
                obu.write(header & ~SIZE_BIT);
                obu.write(unit, at + 1, headerLength - 1);
                obu.write(unit, body, size);
                cut(obu.toByteArray(), key, payloads);
            }
            at = body + size;
        }
        return payloads;
    }

    private static void cut(byte[] obu, boolean key, List<byte[]> payloads) {
        for (int at = 0; at < obu.length; at += MAX_ELEMENT) {
            byte[] piece = Arrays.copyOfRange(obu, at, Math.min(obu.length, at + MAX_ELEMENT));
            boolean more = at + MAX_ELEMENT < obu.length;
            int header = 0x10 | (at > 0 ? 0x80 : 0) | (more ? 0x40 : 0) | (key && payloads.isEmpty() ? 0x08 : 0);
            payloads.add(ByteBuffer.allocate(1 + piece.length)
                    .put((byte) header)
                    .put(piece)
                    .array());
        }
    }

    private static void checked(int result) {
        if (result < 0) {
            throw new IllegalStateException("FFmpeg says " + result);
        }
    }
}
