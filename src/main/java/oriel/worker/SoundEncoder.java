package oriel.worker;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Opus, 48 kHz stereo in packets of 20 ms, tuned for little delay and little work. For one thread; whoever opens it
 * closes it.
 */
final class SoundEncoder implements AutoCloseable {
    /** Samples of each channel in a packet. */
    static final int SAMPLES = 960;

    static final int CHANNELS = 2;

    private static final int RATE = 48_000;
    private static final int BITRATE = 48_000;
    private static final int COMPLEXITY = 2;

    private final AVCodecContext context;
    private final AVFrame frame;
    private final AVPacket packet;
    private final ShortBuffer samples;

    private SoundEncoder(AVCodecContext context, AVFrame frame, AVPacket packet) {
        this.context = context;
        this.frame = frame;
        this.packet = packet;
        this.samples = frame.data(0)
                .capacity((long) SAMPLES * CHANNELS * Short.BYTES)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asShortBuffer();
    }

    static SoundEncoder open() throws NativeMediaException {
        AVCodecContext context = context();
        AVFrame frame = av_frame_alloc();
        AVPacket packet = av_packet_alloc();
        try {
            frame.format(AV_SAMPLE_FMT_S16);
            frame.nb_samples(SAMPLES);
            frame.sample_rate(RATE);
            av_channel_layout_default(frame.ch_layout(), CHANNELS);
            NativeMediaException.check(av_frame_get_buffer(frame, 0), "no room for sound");
            return new SoundEncoder(context, frame, packet);
        } catch (NativeMediaException | RuntimeException e) {
            free(context, frame, packet);
            throw e;
        }
    }

    private static AVCodecContext context() throws NativeMediaException {
        @Nullable AVCodec encoder = avcodec_find_encoder_by_name("libopus");
        if (encoder == null) {
            throw new NativeMediaException("this FFmpeg has no libopus");
        }
        AVCodecContext context = avcodec_alloc_context3(encoder);
        context.sample_rate(RATE);
        context.sample_fmt(AV_SAMPLE_FMT_S16);
        av_channel_layout_default(context.ch_layout(), CHANNELS);
        context.bit_rate(BITRATE);
        context.compression_level(COMPLEXITY);
        context.time_base(av_make_q(1, RATE));
        AVDictionary options = new AVDictionary(null);
        try {
            av_dict_set(options, "application", "lowdelay", 0);
            av_dict_set(options, "frame_duration", "20", 0);
            NativeMediaException.check(avcodec_open2(context, encoder, options), "Opus does not open");
        } catch (NativeMediaException e) {
            avcodec_free_context(context);
            throw e;
        } finally {
            av_dict_free(options);
        }
        return context;
    }

    /** Encodes {@value #SAMPLES} samples of both channels, interleaved, from {@code offset} on. */
    byte[] encode(long ptsTicks, short[] interleaved, int offset) throws NativeMediaException {
        samples.put(0, interleaved, offset, SAMPLES * CHANNELS);
        frame.pts(ptsTicks);
        NativeMediaException.check(avcodec_send_frame(context, frame), "Opus takes no sound");
        NativeMediaException.check(avcodec_receive_packet(context, packet), "Opus gives no sound");
        try {
            byte[] bytes = new byte[packet.size()];
            packet.data().get(bytes);
            return bytes;
        } finally {
            av_packet_unref(packet);
        }
    }

    @Override
    public void close() {
        free(context, frame, packet);
    }

    private static void free(AVCodecContext context, AVFrame frame, AVPacket packet) {
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
    }
}
