package oriel.worker;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import oriel.base.Bytes;
import oriel.media.AccessUnit;

/** Decodes H.264 for tests, one picture out for each access unit in. For one thread. */
public final class PictureDecoder implements AutoCloseable {
    private static final byte[] START_CODE = {0, 0, 0, 1};

    private final AVCodecContext context = avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_H264));
    private final AVFrame frame = av_frame_alloc();
    private final AVPacket packet = av_packet_alloc();

    public PictureDecoder() {
        av_log_set_level(AV_LOG_ERROR);
        context.thread_count(1);
        context.flags(context.flags() | AV_CODEC_FLAG_LOW_DELAY);
        if (avcodec_open2(context, context.codec(), (AVDictionary) null) < 0) {
            throw new AssertionError("no H.264 decoder");
        }
    }

    /** Brightness of a decoded picture, row by row. */
    public record Picture(int width, int height, Bytes luma) {
        public int at(int x, int y) {
            return luma.at(y * width + x);
        }

        /** The number burnt in, if its check bits are right. */
        public OptionalInt stamp() {
            long bits = 0;
            for (int block = 0; block < 32; block++) {
                int x = (2 * block + 1) * width / 64;
                bits = (bits << 1) | (at(x, width / 80) > 120 ? 1 : 0);
            }
            int value = (int) (bits >> 8);
            boolean right = ((value ^ (value >> 8) ^ (value >> 16)) & 0xFF) == (bits & 0xFF);
            return right ? OptionalInt.of(value) : OptionalInt.empty();
        }
    }

    /** The picture of this access unit; nothing if the decoder wants more, or the bytes make no sense. */
    public Optional<Picture> decode(AccessUnit unit) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (Bytes part : unit.parts()) {
            stream.writeBytes(START_CODE);
            stream.writeBytes(part.toArray());
        }
        byte[] bytes = stream.toByteArray();
        av_new_packet(packet, bytes.length);
        packet.data().put(bytes);
        int sent = avcodec_send_packet(context, packet);
        av_packet_unref(packet);
        if (sent < 0 || avcodec_receive_frame(context, frame) < 0) {
            return Optional.empty();
        }
        byte[] luma = new byte[frame.width() * frame.height()];
        BytePointer rows = frame.data(0);
        for (int y = 0; y < frame.height(); y++) {
            rows.position((long) y * frame.linesize(0)).get(luma, y * frame.width(), frame.width());
        }
        Picture picture = new Picture(frame.width(), frame.height(), Bytes.of(luma));
        av_frame_unref(frame);
        return Optional.of(picture);
    }

    @Override
    public void close() {
        av_packet_free(packet);
        av_frame_free(frame);
        avcodec_free_context(context);
    }
}
