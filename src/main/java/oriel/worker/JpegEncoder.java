package oriel.worker;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;
import static org.bytedeco.ffmpeg.global.swscale.*;

import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import oriel.base.Bytes;

/** Scales a decoded picture and makes a JPEG of it, in the colours that JPEG means: BT.601, full range (JFIF 1.02). */
final class JpegEncoder {
    /** FFmpeg's scale, 2 best to 31: about 100 kB for 1080p. */
    private static final int QUANTISER = 4;

    /** Pictures of fewer rows that do not say their colours mean BT.601, the others BT.709. */
    private static final int HD_ROWS = 720;

    private static final int MAX_STRETCH = 4;

    private JpegEncoder() {}

    /** @param picture as decoded; stays the caller's */
    static Bytes encode(AVFrame picture, StillSize asked) throws NativeMediaException {
        StillSize size = asked.of(shownWidth(picture), picture.height());
        AVFrame scaled = av_frame_alloc();
        try {
            scaled.width(size.width());
            scaled.height(size.height());
            scaled.format(AV_PIX_FMT_YUV420P);
            scaled.color_range(AVCOL_RANGE_JPEG);
            NativeMediaException.check(av_frame_get_buffer(scaled, 0), "no room for a still");
            scale(picture, scaled);
            colours(picture).ifPresent(colours -> mix(scaled, colours));
            return write(scaled);
        } finally {
            av_frame_free(scaled);
        }
    }

    // Some cameras send squeezed pictures and say how wide a pixel is.
    private static int shownWidth(AVFrame picture) {
        AVRational pixel = picture.sample_aspect_ratio();
        long width = picture.width();
        if (pixel.num() <= 0 || pixel.den() <= 0) {
            return (int) width;
        }
        long shown = Math.round((double) width * pixel.num() / pixel.den());
        boolean sane = shown * MAX_STRETCH >= width && shown <= Math.min(width * MAX_STRETCH, StillSize.MAX_SIDE);
        return (int) (sane ? shown : width);
    }

    private static void scale(AVFrame from, AVFrame to) throws NativeMediaException {
        to.colorspace(from.colorspace());
        to.color_primaries(from.color_primaries());
        to.color_trc(from.color_trc());
        SwsContext scaler = sws_alloc_context();
        try {
            scaler.flags(SWS_BICUBIC);
            NativeMediaException.check(sws_scale_frame(scaler, to, from), "the picture cannot be scaled");
        } finally {
            sws_free_context(scaler);
        }
    }

    private static void mix(AVFrame picture, JfifColours colours) {
        int halfRows = (picture.height() + 1) / 2;
        colours.convert(
                picture.width(),
                picture.height(),
                plane(picture, 0, picture.height()),
                plane(picture, 1, halfRows),
                plane(picture, 2, halfRows));
    }

    private static JfifColours.Plane plane(AVFrame picture, int index, int rows) {
        int stride = picture.linesize(index);
        return new JfifColours.Plane(
                picture.data(index).capacity((long) rows * stride).asByteBuffer(), stride);
    }

    private static Optional<JfifColours> colours(AVFrame picture) {
        boolean hd = picture.height() >= HD_ROWS;
        return switch (picture.colorspace()) {
            case AVCOL_SPC_BT709 -> Optional.of(JfifColours.BT709);
            case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL -> Optional.of(JfifColours.BT2020);
            case AVCOL_SPC_UNSPECIFIED -> hd ? Optional.of(JfifColours.BT709) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Bytes write(AVFrame picture) throws NativeMediaException {
        AVCodecContext context = avcodec_alloc_context3(avcodec_find_encoder(AV_CODEC_ID_MJPEG));
        AVPacket packet = av_packet_alloc();
        try {
            context.width(picture.width());
            context.height(picture.height());
            context.pix_fmt(picture.format());
            context.color_range(AVCOL_RANGE_JPEG);
            context.time_base(av_make_q(1, 1));
            context.thread_count(1);
            context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
            context.global_quality(QUANTISER * FF_QP2LAMBDA);
            picture.quality(QUANTISER * FF_QP2LAMBDA);
            NativeMediaException.check(
                    avcodec_open2(context, context.codec(), (AVDictionary) null), "the JPEG encoder does not open");
            NativeMediaException.check(avcodec_send_frame(context, picture), "the JPEG encoder takes no picture");
            NativeMediaException.check(avcodec_receive_packet(context, packet), "the JPEG encoder gives no picture");
            byte[] jpeg = new byte[packet.size()];
            packet.data().get(jpeg);
            return Bytes.of(jpeg);
        } finally {
            av_packet_free(packet);
            avcodec_free_context(context);
        }
    }
}
