package oriel.worker;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;
import oriel.base.Bytes;
import oriel.media.AccessUnit;
import oriel.media.Codec;

/**
 * H.264 constrained baseline by OpenH264: no B-frames, one thread, nothing held back. The picture is drawn straight into
 * the encoder's own planes. For one thread; whoever opens it closes it.
 */
final class PictureEncoder implements AutoCloseable {
    private static final int SPS = 7;
    private static final int PPS = 8;
    private static final int TYPE_MASK = 0x1F;

    private final AVCodecContext context;
    private final AVFrame frame;
    private final AVPacket packet;
    private final List<ByteBuffer> planes;
    private final Codec.H264 codec;

    private PictureEncoder(AVCodecContext context, AVFrame frame, AVPacket packet, Codec.H264 codec) {
        this.context = context;
        this.frame = frame;
        this.packet = packet;
        this.codec = codec;
        List<ByteBuffer> views = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int rows = i == 0 ? context.height() : context.height() / 2;
            views.add(frame.data(i).capacity((long) rows * frame.linesize(i)).asByteBuffer());
        }
        this.planes = List.copyOf(views);
    }

    static PictureEncoder open(DemoRequest request) throws NativeMediaException {
        AVCodecContext context = context(request);
        AVFrame frame = av_frame_alloc();
        AVPacket packet = av_packet_alloc();
        try {
            frame.width(request.width());
            frame.height(request.height());
            frame.format(AV_PIX_FMT_YUV420P);
            NativeMediaException.check(av_frame_get_buffer(frame, 0), "no room for a picture");
            return new PictureEncoder(context, frame, packet, parameterSets(context));
        } catch (NativeMediaException | RuntimeException e) {
            free(context, frame, packet);
            throw e;
        }
    }

    private static AVCodecContext context(DemoRequest request) throws NativeMediaException {
        @Nullable AVCodec encoder = avcodec_find_encoder_by_name("libopenh264");
        if (encoder == null) {
            throw new NativeMediaException("this FFmpeg has no libopenh264");
        }
        AVCodecContext context = avcodec_alloc_context3(encoder);
        context.width(request.width());
        context.height(request.height());
        context.pix_fmt(AV_PIX_FMT_YUV420P);
        context.time_base(av_make_q(1, request.fps()));
        context.framerate(av_make_q(request.fps(), 1));
        context.gop_size(request.gop());
        context.max_b_frames(0);
        context.thread_count(1);
        context.bit_rate(request.bitrate());
        context.profile(AV_PROFILE_H264_CONSTRAINED_BASELINE);
        context.color_range(AVCOL_RANGE_MPEG);
        context.color_primaries(AVCOL_PRI_BT709);
        context.color_trc(AVCOL_TRC_BT709);
        context.colorspace(AVCOL_SPC_BT709);
        context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
        AVDictionary options = new AVDictionary(null);
        try {
            av_dict_set(options, "rc_mode", "bitrate", 0);
            NativeMediaException.check(avcodec_open2(context, encoder, options), "OpenH264 does not open");
        } catch (NativeMediaException e) {
            avcodec_free_context(context);
            throw e;
        } finally {
            av_dict_free(options);
        }
        return context;
    }

    /** SPS and PPS; each key frame repeats them. */
    Codec.H264 codec() {
        return codec;
    }

    /** The encoder's picture: Y, U and V, limited range, BT.709; U and V have half the width and height. */
    ByteBuffer plane(int index) {
        return planes.get(index);
    }

    /** Bytes from one row of a plane to the next. */
    int stride(int plane) {
        return frame.linesize(plane);
    }

    /**
     * Encodes the picture as it stands in the planes.
     *
     * @param index its place since the start
     * @return nothing if the encoder saved this picture to keep its bitrate
     */
    Optional<AccessUnit> encode(long index, long ptsTicks, Instant taken) throws NativeMediaException {
        frame.pts(index);
        NativeMediaException.check(avcodec_send_frame(context, frame), "OpenH264 takes no picture");
        int result = avcodec_receive_packet(context, packet);
        if (result == AVERROR_EAGAIN()) {
            return Optional.empty();
        }
        NativeMediaException.check(result, "OpenH264 gives no picture");
        try {
            byte[] stream = copy(packet.data(), packet.size());
            boolean key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
            List<Bytes> parts = new ArrayList<>();
            if (key) {
                parts.add(codec.sps());
                parts.add(codec.pps());
            }
            parts.addAll(AnnexB.units(stream));
            return Optional.of(new AccessUnit(ptsTicks, Optional.of(taken), key, parts));
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

    private static Codec.H264 parameterSets(AVCodecContext context) throws NativeMediaException {
        Bytes sps = Bytes.empty();
        Bytes pps = Bytes.empty();
        for (Bytes unit : AnnexB.units(copy(context.extradata(), context.extradata_size()))) {
            int type = unit.at(0) & TYPE_MASK;
            if (type == SPS) {
                sps = unit;
            } else if (type == PPS) {
                pps = unit;
            }
        }
        if (sps.isEmpty() || pps.isEmpty()) {
            throw new NativeMediaException("OpenH264 gives no parameter sets");
        }
        return new Codec.H264(sps, pps);
    }

    private static byte[] copy(@Nullable BytePointer data, int size) {
        byte[] bytes = new byte[data == null ? 0 : size];
        if (data != null) {
            data.get(bytes);
        }
        return bytes;
    }
}
