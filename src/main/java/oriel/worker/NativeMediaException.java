package oriel.worker;

import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import java.nio.charset.StandardCharsets;

/** FFmpeg refused something; the message says what, in its words. */
final class NativeMediaException extends Exception {
    private static final long serialVersionUID = 1;
    private static final int MAX_TEXT = 128;

    NativeMediaException(String message) {
        super(message);
    }

    /** {@code code} unless it is one of FFmpeg's errors, which are negative. */
    static int check(int code, String what) throws NativeMediaException {
        if (code < 0) {
            byte[] text = new byte[MAX_TEXT];
            av_strerror(code, text, text.length);
            int end = 0;
            while (end < text.length && text[end] != 0) {
                end++;
            }
            throw new NativeMediaException(what + ": " + new String(text, 0, end, StandardCharsets.UTF_8));
        }
        return code;
    }
}
