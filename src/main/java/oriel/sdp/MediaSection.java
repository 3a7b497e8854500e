package oriel.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import oriel.media.Direction;

/**
 * One {@code m=} line and what follows it (RFC 8866, 5.14).
 *
 * @param media {@code video}, {@code audio}, {@code application} or whatever stands there
 * @param port 0 says rejected or, from a camera, nothing
 * @param protocol {@code RTP/AVP}, {@code UDP/TLS/RTP/SAVPF} and so on
 * @param formats payload types for RTP, as text
 * @param connection the section's {@code c=} line without {@code c=}, or empty
 * @param attributes in their order
 */
public record MediaSection(
        String media,
        int port,
        String protocol,
        List<String> formats,
        String connection,
        List<SdpAttribute> attributes) {
    public MediaSection {
        SdpAttribute.requireOneLine(media);
        SdpAttribute.requireOneLine(protocol);
        SdpAttribute.requireOneLine(connection);
        formats = List.copyOf(formats);
        formats.forEach(SdpAttribute::requireOneLine);
        attributes = List.copyOf(attributes);
    }

    /** The first attribute of this name. */
    public Optional<String> attribute(String name) {
        return values(name).findFirst();
    }

    /** The values of all attributes of this name. */
    public Stream<String> values(String name) {
        return attributes.stream().filter(a -> a.name().equals(name)).map(SdpAttribute::value);
    }

    public boolean has(String name) {
        return attributes.stream().anyMatch(a -> a.name().equals(name));
    }

    /** What this section says of its direction; nothing said means both ways (RFC 8866, 6.7). */
    public Direction direction() {
        for (SdpAttribute attribute : attributes) {
            for (Direction direction : Direction.values()) {
                if (attribute.name().equals(direction.word())) {
                    return direction;
                }
            }
        }
        return Direction.SENDRECV;
    }

    void appendTo(StringBuilder text) {
        text.append("m=").append(media).append(' ').append(port).append(' ').append(protocol);
        formats.forEach(format -> text.append(' ').append(format));
        text.append("\r\n");
        if (!connection.isEmpty()) {
            text.append("c=").append(connection).append("\r\n");
        }
        attributes.forEach(attribute -> text.append(attribute).append("\r\n"));
    }
}
