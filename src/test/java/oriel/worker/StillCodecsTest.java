package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.rtp.RtpPacket;
import oriel.rtp.payload.Depacketizer;
import oriel.rtp.payload.Depacketizers;

/** Real H.265, VP8, VP9 and AV1, from RTP packets as cameras cut them to a JPEG. */
@Timeout(60)
class StillCodecsTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 192;
    private static final int ROOM = 300;

    /** One key frame: luma 180 on the left, 60 on the right, no colour. */
    private static byte[] encode(String name) throws NativeMediaException {
        AVCodecContext context = avcodec_alloc_context3(avcodec_find_encoder_by_name(name));
        AVFrame frame = av_frame_alloc();
        AVPacket packet = av_packet_alloc();
        try {
            context.width(WIDTH);
            context.height(HEIGHT);
            context.pix_fmt(AV_PIX_FMT_YUV420P);
            context.time_base(av_make_q(1, 25));
            context.bit_rate(2_000_000);
            context.thread_count(1);
            NativeMediaException.check(avcodec_open2(context, context.codec(), (AVDictionary) null), name);
            frame.width(WIDTH);
            frame.height(HEIGHT);
            frame.format(AV_PIX_FMT_YUV420P);
            NativeMediaException.check(av_frame_get_buffer(frame, 0), "frame");
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    frame.data(0).put((long) y * frame.linesize(0) + x, (byte) (x < WIDTH / 2 ? 180 : 60));
                }
            }
            for (int plane = 1; plane < 3; plane++) {
                for (int i = 0; i < HEIGHT / 2 * frame.linesize(plane); i++) {
                    frame.data(plane).put(i, (byte) 128);
                }
            }
            NativeMediaException.check(avcodec_send_frame(context, frame), "send");
            NativeMediaException.check(avcodec_send_frame(context, null), "end");
            NativeMediaException.check(avcodec_receive_packet(context, packet), "receive");
            byte[] bytes = new byte[packet.size()];
            packet.data().get(bytes);
            return bytes;
        } finally {
            av_packet_free(packet);
            av_frame_free(frame);
            avcodec_free_context(context);
        }
    }

    private static List<byte[]> cut(byte[] bytes) {
        List<byte[]> parts = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += ROOM) {
            parts.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + ROOM)));
        }
        return parts;
    }

    private static byte[] behind(byte[] payload, int... head) {
        byte[] whole = new byte[head.length + payload.length];
        for (int i = 0; i < head.length; i++) {
            whole[i] = (byte) head[i];
        }
        System.arraycopy(payload, 0, whole, head.length, payload.length);
        return whole;
    }

    /** The OBUs of a low-overhead stream, without sizes, as RTP wants them. */
    private static List<byte[]> units(byte[] stream) {
        List<byte[]> units = new ArrayList<>();
        int at = 0;
        while (at < stream.length) {
            int header = stream[at++];
            int size = 0;
            int shift = 0;
            int next;
            do {
                next = stream[at++];
                size |= (next & 0x7F) << shift;
                shift += 7;
            } while ((next & 0x80) != 0);
            units.add(behind(Arrays.copyOfRange(stream, at, at + size), header & ~0x02));
            at += size;
        }
        return units;
    }

    private static BufferedImage still(Codec codec, List<byte[]> payloads) throws Exception {
        Depacketizer depacketizer = Depacketizers.of(codec);
        List<AccessUnit> units = new ArrayList<>();
        for (int i = 0; i < payloads.size(); i++) {
            byte[] payload = payloads.get(i);
            byte[] array = behind(payload, new int[RtpPacket.HEADER_BYTES]);
            boolean last = i == payloads.size() - 1;
            depacketizer.accept(RtpPacket.take(array, array.length, i, 0, last, i == 0), units::add);
        }
        assertThat(units).hasSize(1);
        assertThat(units.getFirst().key()).isTrue();
        try (StillDecoder decoder = StillDecoder.open(codec.name())) {
            decoder.take(units.getFirst());
            decoder.finish();
            byte[] jpeg =
                    JpegEncoder.encode(decoder.picture(), StillSize.full()).toArray();
            return ImageIO.read(new ByteArrayInputStream(jpeg));
        }
    }

    private static void assertPicture(BufferedImage image) {
        assertThat(image.getWidth()).isEqualTo(WIDTH);
        assertThat(image.getHeight()).isEqualTo(HEIGHT);
        // Limited range stretched to full: (180 - 16) * 255 / 219, (60 - 16) * 255 / 219.
        assertThat(image.getRGB(40, 100) & 0xFF).isCloseTo(191, within(6));
        assertThat(image.getRGB(280, 100) >> 16 & 0xFF).isCloseTo(51, within(6));
    }

    // No encoder of H.265 is among ours. This is what x265 makes of colour bars:
    // gst-launch-1.0 videotestsrc num-buffers=1 pattern=smpte ! video/x-raw,format=I420,width=168,height=96
    //   ! x265enc bitrate=200 option-string="info=0:qp=24" ! video/x-h265,stream-format=byte-stream
    //   ! filesink location=smpte.h265
    private static List<byte[]> bars() throws IOException {
        try (InputStream in = StillCodecsTest.class.getResourceAsStream("smpte.h265")) {
            byte[] stream = Objects.requireNonNull(in).readAllBytes();
            List<byte[]> units = new ArrayList<>();
            int begin = -1;
            for (int at = 0; at + 3 <= stream.length; at++) {
                if (stream[at] == 0 && stream[at + 1] == 0 && stream[at + 2] == 1) {
                    int end = at > 0 && stream[at - 1] == 0 ? at - 1 : at;
                    if (begin >= 0) {
                        units.add(Arrays.copyOfRange(stream, begin, end));
                    }
                    begin = at + 3;
                }
            }
            units.add(Arrays.copyOfRange(stream, begin, stream.length));
            return units;
        }
    }

    /** One access unit as RTP packets: parameter sets whole, the slice in fragments (RFC 7798, 4.4.3). */
    private static List<byte[]> packets(List<byte[]> units) {
        List<byte[]> payloads = new ArrayList<>(units.subList(0, units.size() - 1));
        byte[] slice = units.getLast();
        int type = slice[0] >> 1 & 0x3F;
        List<byte[]> parts = cut(Arrays.copyOfRange(slice, 2, slice.length));
        for (int i = 0; i < parts.size(); i++) {
            int flags = (i == 0 ? 0x80 : 0) | (i == parts.size() - 1 ? 0x40 : 0);
            payloads.add(behind(parts.get(i), 49 << 1, 1, flags | type));
        }
        return payloads;
    }

    private static BufferedImage bars(UnaryOperator<byte[]> slice) throws Exception {
        List<byte[]> units = bars();
        Codec.H265 codec = new Codec.H265(Bytes.of(units.get(0)), Bytes.of(units.get(1)), Bytes.of(units.get(2)));
        units.add(slice.apply(units.removeLast()));
        return still(codec, packets(units));
    }

    private static void assertBars(BufferedImage image) {
        assertThat(image.getWidth()).isEqualTo(168);
        assertThat(image.getHeight()).isEqualTo(96);
        // White, yellow, cyan, green, magenta, red and blue, from left to right.
        int[] bars = {0xFFFFFF, 0xFFFF00, 0x00FFFF, 0x00FF00, 0xFF00FF, 0xFF0000, 0x0000FF};
        for (int i = 0; i < bars.length; i++) {
            int rgb = image.getRGB(12 + 24 * i, 20);
            for (int shift = 0; shift < 24; shift += 8) {
                assertThat(rgb >> shift & 0xFF).as("bar " + i).isCloseTo(bars[i] >> shift & 0xFF, within(14));
            }
        }
    }

    @Test
    void h265() throws Exception {
        assertBars(bars(UnaryOperator.identity()));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 25, 50, 75, 90})
    void h265_keyFrameThatEndsBeforeItsEnd_isRefused(int percent) {
        assertThatThrownBy(() -> bars(slice -> Arrays.copyOf(slice, slice.length * percent / 100)))
                .isInstanceOf(NativeMediaException.class)
                .hasMessageStartingWith("the picture cannot be decoded");
    }

    @Test
    void h265_damagedKeyFrame_isRefused_orItsColoursAreThere() throws Exception {
        Random random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 60; round++) {
            int at = 20 + random.nextInt(700);
            byte[] rubbish = new byte[60];
            random.nextBytes(rubbish);
            try {
                bars(slice -> {
                    byte[] damaged = slice.clone();
                    System.arraycopy(rubbish, 0, damaged, at, rubbish.length);
                    return damaged;
                });
            } catch (NativeMediaException e) {
                assertThat(e).hasMessageStartingWith("the picture cannot be decoded");
                refused++;
            }
        }
        assertThat(refused).as("of 60").isGreaterThan(30);
    }

    @Test
    void vp8() throws Exception {
        List<byte[]> payloads = new ArrayList<>();
        for (byte[] part : cut(encode("libvpx"))) {
            // X, I and a picture ID of two bytes, as GStreamer sends them.
            payloads.add(behind(part, payloads.isEmpty() ? 0x90 : 0x80, 0x80, 0x81, 0x02));
        }
        assertPicture(still(new Codec.Vp8(), payloads));
    }

    @Test
    void vp9() throws Exception {
        List<byte[]> payloads = new ArrayList<>();
        for (byte[] part : cut(encode("libvpx-vp9"))) {
            // I, B at the start, and a scalability structure of one layer with its size.
            payloads.add(
                    payloads.isEmpty()
                            ? behind(part, 0x8A, 0x05, 0x10, WIDTH >> 8, WIDTH & 0xFF, 0, HEIGHT)
                            : behind(part, 0x80, 0x05));
        }
        assertPicture(still(new Codec.Vp9(), payloads));
    }

    @Test
    void av1() throws Exception {
        List<byte[]> payloads = new ArrayList<>();
        for (byte[] unit : units(encode("libsvtav1"))) {
            if ((unit[0] >> 3 & 0x0F) == 2) {
                continue; // Temporal delimiters do not travel.
            }
            List<byte[]> parts = cut(unit);
            for (int i = 0; i < parts.size(); i++) {
                int flags = (i > 0 ? 0x80 : 0) | (i < parts.size() - 1 ? 0x40 : 0) | 0x10;
                payloads.add(behind(parts.get(i), flags | (payloads.isEmpty() ? 0x08 : 0)));
            }
        }
        assertPicture(still(new Codec.Av1(), payloads));
    }
}
