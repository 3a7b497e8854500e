package oriel.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import oriel.base.Redacted;

/**
 * Cuts a child's error output into lines for the log, and keeps the last ones. A child that floods costs neither memory
 * nor the log: lines have a length, a second has a number of them, and what is left out is counted and told. Used by the
 * one thread that reads.
 */
final class ErrorLines {
    /** Longer lines are cut, in characters. */
    static final int MAX_CHARS = 512;

    /** Lines a second that reach the log. */
    static final int LINES_A_SECOND = 100;

    /** Lines kept for the failure's text. */
    static final int KEPT_LINES = 32;

    private static final int MAX_BYTES = 4 * MAX_CHARS;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Consumer<String> consumer;
    private final byte[] line = new byte[MAX_BYTES];
    private int length;
    private boolean cut;
    private final ArrayDeque<byte[]> last = new ArrayDeque<>();
    private boolean counting;
    private long secondStart;
    private int inSecond;
    private long leftOut;

    ErrorLines(Consumer<String> consumer) {
        this.consumer = consumer;
    }

    /** Takes the next bytes, read at {@code nanoTime}. */
    void feed(byte[] bytes, int count, long nanoTime) {
        for (int i = 0; i < count; i++) {
            byte b = bytes[i];
            // FFmpeg ends its progress lines by a carriage return.
            if (b == '\n' || b == '\r') {
                endLine(nanoTime);
            } else if (length < MAX_BYTES) {
                line[length++] = b;
            } else {
                cut = true;
            }
        }
    }

    /** Takes a line of our own about the child. */
    void feed(String text, long nanoTime) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        feed(bytes, bytes.length, nanoTime);
    }

    /** Whether this second has had all its lines. */
    boolean flooded() {
        return leftOut > 0;
    }

    /** Takes what stands without a line's end, when no more comes. */
    void end(long nanoTime) {
        endLine(nanoTime);
        tellLeftOut();
    }

    /** The last lines, oldest first. */
    List<String> lastLines() {
        List<String> lines = new ArrayList<>();
        for (byte[] kept : last) {
            lines.add(text(kept));
        }
        return lines;
    }

    private void endLine(long nanoTime) {
        if (length == 0) {
            return;
        }
        byte[] bytes = new byte[length];
        System.arraycopy(line, 0, bytes, 0, length);
        length = 0;
        if (last.size() == KEPT_LINES) {
            last.removeFirst();
        }
        last.addLast(bytes);
        if (!counting || nanoTime - secondStart >= SECOND_NANOS) {
            tellLeftOut();
            counting = true;
            secondStart = nanoTime;
            inSecond = 0;
        }
        // A flood is not even decoded.
        if (inSecond < LINES_A_SECOND) {
            inSecond++;
            consumer.accept(text(bytes) + (cut ? "…" : ""));
        } else {
            leftOut++;
        }
        cut = false;
    }

    private void tellLeftOut() {
        if (leftOut > 0) {
            consumer.accept("(" + leftOut + " lines left out)");
            leftOut = 0;
        }
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.length() > MAX_CHARS) {
            text = text.substring(0, MAX_CHARS);
        }
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            clean.append(Character.isISOControl(c) ? ' ' : c);
        }
        return Redacted.text(clean.toString().strip());
    }
}
