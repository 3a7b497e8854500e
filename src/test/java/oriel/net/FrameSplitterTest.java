package oriel.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.base.MalformedException;

/** Framing over a stream (RFC 4571, 2). */
class FrameSplitterTest {
    private static final int MAX = 100;

    private final List<byte[]> frames = new ArrayList<>();

    private boolean take(byte[] frame, int length) {
        frames.add(Arrays.copyOf(frame, length));
        return true;
    }

    private static byte[] framed(byte[]... frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            out.write(frame.length >>> 8);
            out.write(frame.length);
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void frames_cutAnywhere_comeWhole() throws Exception {
        byte[][] sent = {bytes(1, 1), bytes(MAX, 2), bytes(20, 3)};
        byte[] stream = framed(sent);
        for (int piece = 1; piece <= stream.length; piece++) {
            frames.clear();
            FrameSplitter splitter = new FrameSplitter(MAX);
            for (int at = 0; at < stream.length; at += piece) {
                splitter.feed(stream, at, Math.min(piece, stream.length - at), this::take);
            }
            assertThat(frames).containsExactly(sent);
        }
    }

    @Test
    void stream_cutShort_givesTheFramesBefore() throws Exception {
        byte[] stream = framed(bytes(3, 1), bytes(4, 2));
        for (int length = 0; length < stream.length; length++) {
            frames.clear();
            new FrameSplitter(MAX).feed(stream, 0, length, this::take);
            assertThat(frames).hasSize(length < 5 ? 0 : 1);
        }
    }

    @Test
    void singleBitFlips_giveFramesOrAreMalformed() {
        byte[] stream = framed(bytes(3, 1), bytes(40, 2), bytes(9, 3));
        for (int bit = 0; bit < stream.length * 8; bit++) {
            byte[] flipped = stream.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            frames.clear();
            try {
                new FrameSplitter(MAX).feed(flipped, 0, flipped.length, this::take);
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
            assertThat(frames).allMatch(frame -> frame.length >= 1 && frame.length <= MAX);
        }
    }

    @Test
    void lengths_outOfBounds_areMalformed_asSoonAsTheyShow() {
        assertThatThrownBy(() -> new FrameSplitter(MAX).feed(new byte[] {0, 0}, 0, 2, this::take))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new FrameSplitter(MAX).feed(new byte[] {0, MAX + 1}, 0, 2, this::take))
                .isInstanceOf(MalformedException.class);
        // "GET " would be a frame of 18 kB: its first byte is enough.
        assertThatThrownBy(() -> new FrameSplitter(MAX).feed(new byte[] {'G'}, 0, 1, this::take))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> new FrameSplitter(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void taker_thatWantsNoMore_getsNoMore() throws Exception {
        byte[] stream = framed(bytes(1, 1), bytes(1, 2));
        new FrameSplitter(MAX).feed(stream, 0, stream.length, (frame, length) -> {
            take(frame, length);
            return false;
        });
        assertThat(frames).hasSize(1);
    }
}
