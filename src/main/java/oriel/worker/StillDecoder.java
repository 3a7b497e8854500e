package oriel.worker;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;
import oriel.base.Bytes;
import oriel.media.AccessUnit;

/**
 * Decodes a key frame, and what follows it, to the last picture. What cannot be decoded as it was meant is refused, and not
 * patched up: a grey picture is none. For one thread; whoever opens it closes it.
 */
final class StillDecoder implements AutoCloseable {
    /** Most pixels of a picture: the most that H.264 and H.265 know (level 6.2), about 7680 by 4320. */
    static final long MAX_PIXELS = 36_000_000;

    private static final String H265 = "H265";
    private static final byte[] START_CODE = {0, 0, 0, 1};

    private final boolean annexB;
    private final AVCodecContext context;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame next = av_frame_alloc();
    private final AVFrame last = av_frame_alloc();
    private final boolean proves;
    private Optional<AccessUnit> key = Optional.empty(); // the first one
    private int taken;
    private boolean decoded;

    private StillDecoder(AVCodecContext context, String name, boolean proves) {
        this.context = context;
        this.annexB = name.equals(H265) || name.equals("H264");
        this.proves = proves;
    }

    /** @param name as {@link oriel.media.Codec#name()} */
    static StillDecoder open(String name) throws NativeMediaException {
        return open(name, name.equals(H265));
    }

    private static StillDecoder open(String name, boolean proves) throws NativeMediaException {
        av_log_set_level(AV_LOG_QUIET); // What it has to say comes by codes; damaged pictures would fill the log.
        @Nullable AVCodec decoder = decoder(name);
        if (decoder == null) {
            throw new NativeMediaException("this FFmpeg does not decode " + name);
        }
        AVCodecContext context = avcodec_alloc_context3(decoder);
        context.thread_count(1);
        context.max_pixels(MAX_PIXELS);
        int opened = avcodec_open2(context, decoder, (AVDictionary) null);
        if (opened < 0) {
            avcodec_free_context(context);
            NativeMediaException.check(opened, "the decoder of " + name + " does not open");
        }
        return new StillDecoder(context, name, proves);
    }

    private static @Nullable AVCodec decoder(String name) {
        return switch (name) {
            case "H264" -> avcodec_find_decoder(AV_CODEC_ID_H264);
            case H265 -> avcodec_find_decoder(AV_CODEC_ID_HEVC);
            case "VP8" -> avcodec_find_decoder(AV_CODEC_ID_VP8);
            case "VP9" -> avcodec_find_decoder(AV_CODEC_ID_VP9);
            // FFmpeg's own AV1 decoder works with graphics cards only.
            case "AV1" -> avcodec_find_decoder_by_name("libaom-av1");
            case "JPEG" -> avcodec_find_decoder(AV_CODEC_ID_MJPEG);
            default -> null;
        };
    }

    /** Takes the next access unit. */
    void take(AccessUnit unit) throws NativeMediaException {
        key = key.or(() -> Optional.of(unit));
        taken++;
        byte[] stream = stream(unit);
        NativeMediaException.check(av_new_packet(packet, stream.length), "no room for a picture");
        try {
            packet.data().put(stream);
            NativeMediaException.check(avcodec_send_packet(context, packet), "the picture cannot be decoded");
        } finally {
            av_packet_unref(packet);
        }
        receive();
    }

    /** Says that no more comes. */
    void finish() throws NativeMediaException {
        NativeMediaException.check(avcodec_send_packet(context, (AVPacket) null), "the picture cannot be decoded");
        receive();
        if (!decoded) {
            throw new NativeMediaException("the picture cannot be decoded: nothing came of it");
        }
        boolean patched = last.decode_error_flags() != 0 || (last.flags() & AVFrame.AV_FRAME_FLAG_CORRUPT) != 0;
        if (patched || (proves && !isWhole())) {
            throw new NativeMediaException("the picture cannot be decoded: parts of it are damaged");
        }
    }

    // Twice more, and a third time if the last picture is another one: two pictures of full HD in 20 ms.
    private boolean isWhole() throws NativeMediaException {
        AccessUnit first = key.orElseThrow();
        long whole = taken == 1 ? checksum() : checksum(first).orElse(0);
        return checksum(SliceEnds.followed(first)).equals(OptionalLong.of(whole))
                && !checksum(SliceEnds.ended(first)).equals(OptionalLong.of(whole));
    }

    private static OptionalLong checksum(AccessUnit alone) throws NativeMediaException {
        try (StillDecoder decoder = open(H265, false)) {
            decoder.take(alone);
            decoder.finish();
            return OptionalLong.of(decoder.checksum());
        } catch (NativeMediaException e) {
            return OptionalLong.empty(); // It cannot be decoded, which is an answer.
        }
    }

    private long checksum() throws NativeMediaException {
        int bytes = av_image_get_buffer_size(last.format(), last.width(), last.height(), 1);
        NativeMediaException.check(bytes, "the picture has no size");
        try (BytePointer pixels = new BytePointer(bytes)) {
            int copied = av_image_copy_to_buffer(
                    pixels, bytes, last.data(), last.linesize(), last.format(), last.width(), last.height(), 1);
            NativeMediaException.check(copied, "the picture cannot be read");
            CRC32 sum = new CRC32();
            sum.update(pixels.capacity(bytes).asByteBuffer());
            return sum.getValue();
        }
    }

    /** The last picture, after {@link #finish}; valid until this is closed. */
    AVFrame picture() {
        return last;
    }

    @Override
    public void close() {
        av_packet_free(packet);
        av_frame_free(next);
        av_frame_free(last);
        avcodec_free_context(context);
    }

    private void receive() throws NativeMediaException {
        int result = avcodec_receive_frame(context, next);
        while (result >= 0) {
            av_frame_unref(last);
            av_frame_move_ref(last, next);
            decoded = true;
            result = avcodec_receive_frame(context, next);
        }
        if (result != AVERROR_EAGAIN() && result != AVERROR_EOF) {
            NativeMediaException.check(result, "the picture cannot be decoded");
        }
    }

    private byte[] stream(AccessUnit unit) {
        int code = annexB ? START_CODE.length : 0;
        byte[] stream = new byte[unit.size() + code * unit.parts().size()];
        int at = 0;
        for (Bytes part : unit.parts()) {
            System.arraycopy(START_CODE, 0, stream, at, code);
            part.copyTo(stream, at + code);
            at += code + part.length();
        }
        return stream;
    }
}
