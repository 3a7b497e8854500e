package oriel.base;

import java.util.Iterator;
import java.util.Map;

/**
 * Writes one JSON value. Escapes what RFC 8259 demands, besides the line separators that break scripts and log lines,
 * and surrogates without a partner, which no encoding could carry (Jackson's generator refuses them, or writes them as
 * they are). For one value and one thread.
 */
final class JsonWriter {
    private final boolean indented;
    private final StringBuilder out = new StringBuilder();
    private int level;

    JsonWriter(boolean indented) {
        this.indented = indented;
    }

    String write(JsonValue value) {
        append(value);
        return out.toString();
    }

    private void append(JsonValue value) {
        switch (value) {
            case JsonObject object -> appendObject(object);
            case JsonArray array -> appendArray(array);
            case JsonString string -> appendString(string.value());
            case JsonNumber number -> out.append(number.literal());
            case JsonBool bool -> out.append(bool.value());
            case JsonNull n -> out.append("null");
        }
    }

    private void appendObject(JsonObject object) {
        Iterator<Map.Entry<String, JsonValue>> entries =
                object.members().entrySet().iterator();
        open('{');
        for (boolean first = true; entries.hasNext(); first = false) {
            Map.Entry<String, JsonValue> entry = entries.next();
            next(first);
            appendString(entry.getKey());
            out.append(indented ? ": " : ":");
            append(entry.getValue());
        }
        close(object.members().isEmpty(), '}');
    }

    private void appendArray(JsonArray array) {
        open('[');
        boolean first = true;
        for (JsonValue item : array.items()) {
            next(first);
            append(item);
            first = false;
        }
        close(first, ']');
    }

    private void open(char bracket) {
        out.append(bracket);
        level++;
    }

    private void next(boolean first) {
        if (!first) {
            out.append(',');
        }
        breakLine();
    }

    private void close(boolean empty, char bracket) {
        level--;
        if (!empty) {
            breakLine();
        }
        out.append(bracket);
    }

    private void breakLine() {
        if (indented) {
            out.append('\n').repeat("  ", level);
        }
    }

    private void appendString(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                appendChar(c);
            }
        }
        out.append('"');
    }

    private void appendChar(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < ' ' || c == 0x7F || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c)) {
                    out.append("\\u%04x".formatted((int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
