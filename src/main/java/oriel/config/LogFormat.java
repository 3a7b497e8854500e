package oriel.config;

/** How a log line looks. */
public enum LogFormat {
    /** In colour on a terminal, else plain. */
    AUTO,
    TEXT,
    COLOR,
    /** One JSON object a line: {@code time level module message}. */
    JSON
}
