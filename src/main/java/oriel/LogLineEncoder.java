package oriel;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import oriel.base.JsonObject;
import oriel.config.LogTime;
import oriel.config.Redactions;

/**
 * Writes a line as go2rtc does: {@code HH:mm:ss.SSS INF [module] text}, or as a JSON object. Secrets are taken out, and
 * nothing in a text can end its line: control characters are written as escapes, and what an exception adds is indented.
 * Safe on any thread.
 */
final class LogLineEncoder extends EncoderBase<ILoggingEvent> {
    /** The logger of the whole, whose lines have no module. */
    static final String MAIN = "oriel";

    private static final int MAX_CHARS = 16 * 1024;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final String GREY = "\u001b[90m";
    private static final String PLAIN = "\u001b[0m";

    /** How lines look. */
    enum Form {
        TEXT,
        COLOR,
        JSON
    }

    private final Form form;
    private final LogTime time;
    private final Optional<DateTimeFormatter> layout;
    private final Redactions redactions;
    private final ZoneId zone;

    LogLineEncoder(Form form, LogTime time, Redactions redactions, ZoneId zone) {
        this.form = form;
        this.time = time;
        this.layout = time instanceof LogTime.Layout l ? Optional.of(l.formatter()) : Optional.empty();
        this.redactions = redactions;
        this.zone = zone;
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = form == Form.JSON ? json(event) : text(event);
        return line.getBytes(StandardCharsets.UTF_8);
    }

    private String text(ILoggingEvent event) {
        StringBuilder line = new StringBuilder();
        clock(event.getInstant()).ifPresent(now -> line.append(paint(GREY, now)).append(' '));
        line.append(paint(color(event), word(event))).append(' ');
        if (!event.getLoggerName().equals(MAIN)) {
            line.append('[')
                    .append(oneLine(LogLevels.module(event.getLoggerName())))
                    .append("] ");
        }
        line.append(oneLine(message(event))).append('\n');
        for (String error : error(event)) {
            line.append('\t').append(oneLine(error)).append('\n');
        }
        return line.toString();
    }

    private String json(ILoggingEvent event) {
        JsonObject.Builder json = JsonObject.builder().put("level", name(event));
        time(json, event.getInstant());
        if (!event.getLoggerName().equals(MAIN)) {
            json.put("module", LogLevels.module(event.getLoggerName()));
        }
        json.put("message", message(event));
        List<String> error = error(event);
        if (!error.isEmpty()) {
            json.put("error", String.join("\n", error));
        }
        return json.build().toJson() + "\n";
    }

    private void time(JsonObject.Builder json, Instant instant) {
        switch (time) {
            case LogTime.Unix unit -> {
                ChronoUnit chrono = switch (unit) {
                    case MILLIS -> ChronoUnit.MILLIS;
                    case MICROS -> ChronoUnit.MICROS;
                    case NANOS -> ChronoUnit.NANOS;
                };
                json.put("time", chrono.between(Instant.EPOCH, instant));
            }
            case LogTime.None n -> {}
            case LogTime.Layout l -> clock(instant).ifPresent(now -> json.put("time", now));
        }
    }

    private Optional<String> clock(Instant instant) {
        return time instanceof LogTime.None
                ? Optional.empty()
                : Optional.of(layout.orElse(CLOCK).format(instant.atZone(zone)));
    }

    private String message(ILoggingEvent event) {
        String text = String.valueOf(event.getFormattedMessage());
        String name = event.getLoggerName();
        if (name.indexOf('.') >= 0) {
            text = name.substring(name.lastIndexOf('.') + 1) + ": " + text;
        }
        return cut(redactions.text(text));
    }

    private List<String> error(ILoggingEvent event) {
        var thrown = event.getThrowableProxy();
        return thrown == null
                ? List.of()
                : cut(redactions.text(ThrowableProxyUtil.asString(thrown)))
                        .lines()
                        .toList();
    }

    private static String cut(String text) {
        return text.length() <= MAX_CHARS
                ? text
                : text.substring(0, MAX_CHARS) + "… (" + (text.length() - MAX_CHARS) + " more)";
    }

    /** {@code text} with an escape for each character that could end the line, move the cursor or turn the reading. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    line.append(
                            c == '\n' ? "\\n" : c == '\r' ? "\\r" : c == '\t' ? "\\t" : "\\u%04x".formatted((int) c));
                case Character.FORMAT -> line.append(c == '\u200d' ? c : "\\u%04x".formatted((int) c));
                default -> line.append(c);
            }
        }
        return line.toString();
    }

    private static String word(ILoggingEvent event) {
        return switch (event.getLevel().toInt()) {
            case Level.TRACE_INT -> "TRC";
            case Level.DEBUG_INT -> "DBG";
            case Level.INFO_INT -> "INF";
            case Level.WARN_INT -> "WRN";
            default -> isFatal(event) ? "FTL" : "ERR";
        };
    }

    private static String name(ILoggingEvent event) {
        return isFatal(event) ? "fatal" : event.getLevel().toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isFatal(ILoggingEvent event) {
        return event.getMarkerList() != null && event.getMarkerList().contains(Logs.FATAL);
    }

    private static String color(ILoggingEvent event) {
        return switch (event.getLevel().toInt()) {
            case Level.TRACE_INT -> "\u001b[34m";
            case Level.DEBUG_INT -> "\u001b[36m";
            case Level.INFO_INT -> "\u001b[32m";
            case Level.WARN_INT -> "\u001b[33m";
            default -> "\u001b[31m";
        };
    }

    private String paint(String color, String text) {
        return form == Form.COLOR ? color + text + PLAIN : text;
    }
}
