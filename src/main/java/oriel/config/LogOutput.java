package oriel.config;

/** Where log lines go. */
public sealed interface LogOutput {
    /** The process's standard output. */
    record Stdout() implements LogOutput {}

    /** The process's standard error. */
    record Stderr() implements LogOutput {}

    /** Nowhere. */
    record Nowhere() implements LogOutput {}

    /**
     * A file, which is never left to grow without end.
     *
     * @param path as written; relative to the configuration's folder
     */
    record ToFile(String path) implements LogOutput {}

    static LogOutput parse(String text) throws RuleException {
        return switch (text) {
            case "stdout" -> new Stdout();
            case "stderr" -> new Stderr();
            case "" -> new Nowhere();
            case "file" -> new ToFile("go2rtc.log");
            default -> {
                if (!text.startsWith("file:") || text.length() == 5 || text.indexOf('\0') >= 0) {
                    throw new RuleException("is none of stdout, stderr, file, file:<path> and \"\"", "");
                }
                yield new ToFile(text.substring(5));
            }
        };
    }
}
