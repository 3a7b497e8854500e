package oriel.net;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import oriel.base.MalformedException;

class FrameSplitterFuzzTest {
    private static final int MAX = 600;

    @FuzzTest
    void feed(FuzzedDataProvider data) {
        FrameSplitter splitter = new FrameSplitter(MAX);
        int taken = 0;
        int[] framed = {0};
        try {
            while (data.remainingBytes() > 0) {
                byte[] piece = data.consumeBytes(data.consumeInt(1, 700));
                taken += piece.length;
                splitter.feed(piece, 0, piece.length, (frame, length) -> {
                    if (length < 1 || length > MAX || length > frame.length) {
                        throw new AssertionError("a frame of " + length);
                    }
                    framed[0] += length + FrameSplitter.HEADER_BYTES;
                    return true;
                });
                if (framed[0] > taken) {
                    throw new AssertionError("more came out than went in");
                }
            }
        } catch (MalformedException e) {
            // As it should be.
        }
    }
}
