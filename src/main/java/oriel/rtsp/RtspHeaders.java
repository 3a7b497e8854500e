package oriel.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The headers of one message, in their order; names compare without regard to case (RFC 2326, 4.2). Immutable.
 *
 * @param entries at most {@value #MAX_HEADERS}
 */
public record RtspHeaders(List<Header> entries) {
    /** More than any camera sends; a bound against nonsense. */
    public static final int MAX_HEADERS = 255;

    private static final RtspHeaders NONE = new RtspHeaders(List.of());

    public RtspHeaders {
        entries = List.copyOf(entries);
        if (entries.size() > MAX_HEADERS) {
            throw new IllegalArgumentException("more than " + MAX_HEADERS + " headers: " + entries.size());
        }
    }

    public static RtspHeaders none() {
        return NONE;
    }

    /** These headers and one more. */
    public RtspHeaders with(String name, String value) {
        List<Header> more = new ArrayList<>(entries);
        more.add(new Header(name, value));
        return new RtspHeaders(more);
    }

    /** The value of the first header of this name. */
    public Optional<String> first(String name) {
        for (Header header : entries) {
            if (header.name().equalsIgnoreCase(name)) {
                return Optional.of(header.value());
            }
        }
        return Optional.empty();
    }

    /** The values of all headers of this name. */
    public List<String> all(String name) {
        return entries.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The first header of this name as a number of 0 or more, if it is one. */
    OptionalInt number(String name) {
        String digits = first(name).orElse("");
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(digits));
    }

    /** Each header on a line of its own, with {@code \r\n}. */
    void appendTo(StringBuilder text) {
        entries.forEach(header ->
                text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
    }

    /**
     * One of them.
     *
     * @param name without colon
     * @param value on one line
     */
    public record Header(String name, String value) {
        public Header {
            if (hasControls(name) || hasControls(value)) {
                throw new IllegalArgumentException("a header with control characters");
            }
        }
    }

    /** Whether {@code text} would break a message's lines. */
    static boolean hasControls(String text) {
        return text.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7F);
    }
}
