package oriel.rtsp;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import oriel.base.MalformedException;

class RtspFramesFuzzTest {
    /** Whatever comes gives packets inside the buffer, messages or an error, however the reads cut it. */
    @FuzzTest
    void read(FuzzedDataProvider data) {
        int piece = data.consumeInt(1, 2000);
        boolean known = data.consumeBoolean();
        byte[] stream = data.consumeRemainingAsBytes();
        List<String> cut = run(stream, piece, known);
        List<String> whole = run(stream, Math.max(1, stream.length), known);
        if (!cut.equals(whole) && !describes(stream)) {
            throw new AssertionError("in pieces of " + piece + ": " + cut + ", whole: " + whole);
        }
    }

    private static List<String> run(byte[] stream, int piece, boolean known) {
        Recorder recorder = new Recorder();
        RtspFrames frames = new RtspFrames(recorder);
        if (known) {
            frames.expect(0);
            frames.expect(1);
        }
        try {
            for (int at = 0; at < stream.length; at += piece) {
                frames.read(ByteBuffer.wrap(stream, at, Math.min(piece, stream.length - at)));
            }
            frames.pause();
            frames.pause();
        } catch (MalformedException e) {
            recorder.seen.add("malformed");
        }
        return recorder.seen;
    }

    // Where a description of wrong length ends may depend on what had come by then.
    private static boolean describes(byte[] stream) {
        return new String(stream, java.nio.charset.StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT)
                .contains("sdp");
    }

    private static final class Recorder implements RtspFrames.Output {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void interleaved(int channel, ByteBuffer buffer, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, buffer.limit());
            seen.add(channel + " " + length);
        }

        @Override
        public void message(RtspMessage message) {
            seen.add(message.toString());
        }

        @Override
        public void stray(int bytes) {
            // Their number depends on where the reads cut.
        }
    }
}
