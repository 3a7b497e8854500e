package oriel.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import oriel.base.MalformedException;

/**
 * An SDP text as values (RFC 8866). Reads leniently, for cameras and browsers are careless: line ends may be {@code \n},
 * unknown lines and attributes without sense are kept or passed over, a missing {@code v=} is forgiven. Writes strictly;
 * a value with a line break is refused.
 *
 * @param origin the {@code o=} line without {@code o=}, or empty
 * @param name the {@code s=} line without {@code s=}
 * @param connection the session's {@code c=} line without {@code c=}, or empty
 * @param attributes those of the session, in their order
 * @param media the sections, in their order
 */
public record SessionDescription(
        String origin, String name, String connection, List<SdpAttribute> attributes, List<MediaSection> media) {
    /** Most characters of a text. */
    public static final int MAX_CHARS = 64 * 1024;

    /** Most {@code m=} lines. */
    public static final int MAX_SECTIONS = 64;

    private static final int MAX_FORMATS = 256;
    private static final int MAX_LINES = 4096;

    public SessionDescription {
        SdpAttribute.requireOneLine(origin);
        SdpAttribute.requireOneLine(name);
        SdpAttribute.requireOneLine(connection);
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /** Reads {@code text}; what is beyond the bounds or has no usable {@code m=} grammar is malformed. */
    public static SessionDescription parse(String text) throws MalformedException {
        if (text.length() > MAX_CHARS) {
            throw new MalformedException("SDP longer than " + MAX_CHARS + " characters");
        }
        return new Parser().parse(text);
    }

    /** The first attribute of this name in the session part. */
    public Optional<String> attribute(String name) {
        return values(name).findFirst();
    }

    /** The values of all session attributes of this name. */
    public Stream<String> values(String name) {
        return attributes.stream().filter(a -> a.name().equals(name)).map(SdpAttribute::value);
    }

    public boolean has(String name) {
        return attributes.stream().anyMatch(a -> a.name().equals(name));
    }

    /** The text, with {@code \r\n} line ends. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(1024).append("v=0\r\no=");
        text.append(origin.isEmpty() ? "- 0 0 IN IP4 0.0.0.0" : origin).append("\r\ns=");
        text.append(name.isEmpty() ? "-" : name).append("\r\n");
        if (!connection.isEmpty()) {
            text.append("c=").append(connection).append("\r\n");
        }
        text.append("t=0 0\r\n");
        attributes.forEach(attribute -> text.append(attribute).append("\r\n"));
        media.forEach(section -> section.appendTo(text));
        return text.toString();
    }

    private static final class Parser {
        private String origin = "";
        private String name = "";
        private String connection = "";
        private final List<SdpAttribute> session = new ArrayList<>();
        private final List<MediaSection> sections = new ArrayList<>();
        private int count;

        // The section under construction; its first field is null-free because media is "" until the first m= line.
        private String media = "";
        private int port;
        private String protocol = "";
        private List<String> formats = List.of();
        private String mediaConnection = "";
        private List<SdpAttribute> attributes = session;

        SessionDescription parse(String lines) throws MalformedException {
            for (String line : (Iterable<String>) lines.lines()::iterator) {
                if (++count > MAX_LINES) {
                    throw new MalformedException("SDP of more than " + MAX_LINES + " lines");
                }
                String text = line.strip();
                if (text.length() >= 2 && text.charAt(1) == '=') {
                    read(text.charAt(0), text.substring(2).strip());
                }
            }
            finishSection();
            if (origin.isEmpty() && sections.isEmpty() && session.isEmpty()) {
                throw new MalformedException("not an SDP: no o=, a= or m= line");
            }
            return new SessionDescription(origin, name, connection, session, sections);
        }

        private void read(char type, String value) throws MalformedException {
            switch (type) {
                case 'o' -> origin = value;
                case 's' -> name = value;
                case 'c' -> {
                    if (media.isEmpty()) {
                        connection = value;
                    } else {
                        mediaConnection = value;
                    }
                }
                case 'a' -> {
                    int colon = value.indexOf(':');
                    attributes.add(
                            colon < 0
                                    ? new SdpAttribute(value)
                                    : new SdpAttribute(
                                            value.substring(0, colon).strip(),
                                            value.substring(colon + 1).strip()));
                }
                case 'm' -> startSection(value);
                default -> {
                    // Bandwidth, times, keys and the like say nothing we act on.
                }
            }
        }

        private void startSection(String value) throws MalformedException {
            finishSection();
            if (sections.size() >= MAX_SECTIONS) {
                throw new MalformedException("SDP of more than " + MAX_SECTIONS + " media sections");
            }
            String[] words = value.split("\\s+", MAX_FORMATS + 4);
            if (words.length < 3 || words.length > MAX_FORMATS + 3) {
                throw new MalformedException("SDP m= line without media, port and protocol, or with too many formats");
            }
            media = words[0];
            port = port(words[1]);
            protocol = words[2];
            formats = List.of(words).subList(3, words.length);
            mediaConnection = "";
            attributes = new ArrayList<>();
        }

        private static int port(String word) throws MalformedException {
            int slash = word.indexOf('/');
            try {
                int port = Integer.parseInt(slash < 0 ? word : word.substring(0, slash));
                if (port < 0 || port > 0xFFFF) {
                    throw new MalformedException("SDP port out of range");
                }
                return port;
            } catch (NumberFormatException e) {
                throw new MalformedException("SDP port is not a number");
            }
        }

        private void finishSection() {
            if (!media.isEmpty()) {
                sections.add(new MediaSection(media, port, protocol, formats, mediaConnection, attributes));
            }
        }
    }
}
