package oriel.testing.viewer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An answer, read by somebody who did not write it.
 *
 * @param text as it came
 * @param sections in order
 */
public record ViewerAnswer(String text, List<Section> sections) {
    /**
     * One {@code m=} section.
     *
     * @param media {@code audio}, {@code video}, {@code application}
     * @param port 0 if it was turned down
     * @param lines all its lines, the first included
     */
    public record Section(String media, int port, List<String> formats, List<String> lines) {
        /** Of {@code a=name:value}; empty if there is none. */
        public Optional<String> attribute(String name) {
            return attributes(name).stream().findFirst();
        }

        public List<String> attributes(String name) {
            String beginning = "a=" + name + ":";
            return lines.stream()
                    .filter(line -> line.startsWith(beginning))
                    .map(line -> line.substring(beginning.length()))
                    .toList();
        }

        public boolean flag(String name) {
            return lines.contains("a=" + name);
        }

        /** The stream of repetitions: the second of the group FID. */
        public OptionalInt repetitionSsrc() {
            return attribute("ssrc-group").stream()
                    .mapToInt(value -> Integer.parseUnsignedInt(value.split(" ")[2]))
                    .findFirst();
        }

        public String mid() {
            return attribute("mid").orElse("");
        }

        /** {@code sendonly} or so. */
        public String direction() {
            return lines.stream()
                    .filter(line -> line.matches("a=(sendrecv|sendonly|recvonly|inactive)"))
                    .map(line -> line.substring(2))
                    .findFirst()
                    .orElse("sendrecv");
        }

        /** As in {@code H264/90000}. */
        public String codec() {
            return attribute("rtpmap")
                    .map(value -> value.substring(value.indexOf(' ') + 1))
                    .orElse("");
        }

        public OptionalInt ssrc() {
            return attribute("ssrc")
                    .map(value -> OptionalInt.of(Integer.parseUnsignedInt(value.substring(0, value.indexOf(' ')))))
                    .orElse(OptionalInt.empty());
        }
    }

    public static ViewerAnswer parse(String sdp) {
        List<Section> sections = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String line : sdp.lines().toList()) {
            if (line.startsWith("m=")) {
                add(sections, lines);
                lines.clear();
            }
            lines.add(line);
        }
        add(sections, lines);
        return new ViewerAnswer(sdp, sections);
    }

    private static void add(List<Section> sections, List<String> lines) {
        if (!lines.isEmpty() && lines.getFirst().startsWith("m=")) {
            List<String> words = List.of(lines.getFirst().substring(2).split(" "));
            sections.add(new Section(
                    words.getFirst(),
                    Integer.parseInt(words.get(1)),
                    words.subList(3, words.size()),
                    List.copyOf(lines)));
        }
    }

    /** The first section of this kind. */
    public Section section(String media) {
        return sections.stream()
                .filter(section -> section.media().equals(media))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + media + " in " + text));
    }

    /** The value of the first line of this attribute, wherever it stands. */
    public String any(String attribute) {
        String beginning = "a=" + attribute + ":";
        return text.lines()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + attribute + " in " + text));
    }

    /** All lines {@code a=candidate:}, without {@code a=}. */
    public List<String> candidates() {
        return text.lines()
                .filter(line -> line.startsWith("a=candidate:"))
                .map(line -> line.substring(2))
                .toList();
    }

    /** Where to go by TCP: the loopback address if there is one, else the first of IPv4. */
    Optional<InetSocketAddress> tcpWay() {
        return way("tcp");
    }

    /** Where to go: the loopback address if there is one, else the first of IPv4. */
    Optional<InetSocketAddress> way() {
        return way("udp");
    }

    private Optional<InetSocketAddress> way(String transport) {
        List<InetSocketAddress> ways = candidates().stream()
                .map(line -> line.split(" "))
                .filter(words -> words[2].equalsIgnoreCase(transport) && words[4].indexOf(':') < 0)
                .map(words -> new InetSocketAddress(InetAddress.ofLiteral(words[4]), Integer.parseInt(words[5])))
                .toList();
        return ways.stream()
                .filter(way -> way.getAddress().isLoopbackAddress())
                .findFirst()
                .or(() -> ways.stream().findFirst());
    }
}
