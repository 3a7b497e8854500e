package oriel.worker;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oriel.process.ChildExit;

/** Reads from a worker's last words how it ended: a JVM that crashes says in which native library it was. */
final class CrashReport {
    private static final Pattern SIGNAL = Pattern.compile("#\\s+(SIG[A-Z]+|EXCEPTION_[A-Z_]+|Internal Error) .*");
    private static final Pattern FRAME = Pattern.compile("# (?:[CVjv]  |J )(\\S.*)");

    private CrashReport() {}

    /** In words: {@code crashed with SIGSEGV in [libavcodec.so.62+0x1234]}; else as any process ends. */
    static String text(ChildExit exit) {
        String signal = first(SIGNAL, exit.lastLines());
        if (signal.isEmpty() || exit.why().isPresent()) {
            return exit.text();
        }
        String frame = first(FRAME, exit.lastLines());
        return "crashed with " + signal + (frame.isEmpty() ? "" : " in " + frame);
    }

    private static String first(Pattern pattern, List<String> lines) {
        for (String line : lines) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return "";
    }
}
