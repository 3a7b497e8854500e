package oriel.webrtc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import oriel.sdp.MediaSection;

/**
 * Reads the payload types of one section from its {@code a=rtpmap}, {@code a=fmtp} and {@code a=rtcp-fb} lines. A line
 * that makes no sense only costs the payload type it belongs to.
 */
final class OfferedCodecReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+-]{1,32}");
    private static final int MAX_PAYLOAD_TYPE = 127;
    private static final int MAX_CLOCK_RATE = 1_000_000;
    private static final int MAX_CHANNELS = 255;
    private static final int MAX_EXTENSION_ID = 255;
    private static final int MAX_EXTENSIONS = 64;
    private static final int MAX_FEEDBACK = 32;
    private static final int MAX_PARAMETERS = 64;
    private static final String EVERY = "*";

    private final MediaSection section;
    private final boolean sound;
    private final Map<String, OfferedCodec> maps = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> parameters = new LinkedHashMap<>();
    private final Map<String, Set<String>> feedback = new LinkedHashMap<>();

    OfferedCodecReader(MediaSection section) {
        this.section = section;
        this.sound = section.media().equals("audio");
    }

    /** In the order of the {@code m=} line. */
    List<OfferedCodec> codecs() {
        if (sound) {
            OfferedCodec.fixed().forEach(codec -> maps.put(Integer.toString(codec.payloadType()), codec));
        }
        section.values("rtpmap").forEach(this::readMap);
        section.values("fmtp").forEach(this::readParameters);
        section.values("rtcp-fb").forEach(this::readFeedback);
        List<OfferedCodec> codecs = new ArrayList<>();
        for (String format : new LinkedHashSet<>(section.formats())) {
            OfferedCodec codec = maps.get(format);
            if (codec != null) {
                codecs.add(complete(codec, format));
            }
        }
        return codecs;
    }

    private OfferedCodec complete(OfferedCodec codec, String format) {
        Set<String> all = new LinkedHashSet<>(feedback.getOrDefault(format, Set.of()));
        all.addAll(feedback.getOrDefault(EVERY, Set.of()));
        return new OfferedCodec(
                codec.payloadType(),
                codec.name(),
                codec.clockRate(),
                codec.channels(),
                parameters.getOrDefault(format, Map.of()),
                all);
    }

    // 111 opus/48000/2
    private void readMap(String line) {
        String[] words = line.split("\\s+", 2);
        String[] parts = words.length == 2 ? words[1].split("/", 3) : new String[0];
        if (parts.length < 2 || !NAME.matcher(parts[0]).matches()) {
            return;
        }
        int payloadType = number(words[0], MAX_PAYLOAD_TYPE);
        int clockRate = number(parts[1], MAX_CLOCK_RATE);
        int channels = parts.length == 3 ? number(parts[2].strip(), MAX_CHANNELS) : sound ? 1 : 0;
        if (payloadType >= 0 && clockRate > 0 && channels >= 0) {
            String name = parts[0].toUpperCase(Locale.ROOT);
            OfferedCodec codec =
                    new OfferedCodec(payloadType, name, clockRate, sound ? channels : 0, Map.of(), Set.of());
            maps.put(Integer.toString(payloadType), codec);
        }
    }

    // 108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f
    private void readParameters(String line) {
        String[] words = line.split("\\s+", 2);
        if (words.length < 2) {
            return;
        }
        Map<String, String> read = parameters.computeIfAbsent(words[0], format -> new LinkedHashMap<>());
        for (String parameter : words[1].split(";", MAX_PARAMETERS + 1)) {
            if (read.size() == MAX_PARAMETERS) {
                return;
            }
            int equals = parameter.indexOf('=');
            String name = (equals < 0 ? parameter : parameter.substring(0, equals)).strip();
            if (!name.isEmpty()) {
                String value = equals < 0 ? "" : parameter.substring(equals + 1).strip();
                read.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
            }
        }
    }

    // 96 nack pli
    private void readFeedback(String line) {
        String[] words = line.split("\\s+", 2);
        if (words.length == 2) {
            Set<String> read = feedback.computeIfAbsent(words[0], format -> new LinkedHashSet<>());
            if (read.size() < MAX_FEEDBACK) {
                read.add(words[1].strip());
            }
        }
    }

    /** What {@code a=extmap} lines say. */
    static List<HeaderExtension> extensions(Stream<String> lines) {
        return lines.map(OfferedCodecReader::extension)
                .flatMap(Optional::stream)
                .distinct()
                .limit(MAX_EXTENSIONS)
                .toList();
    }

    // 3/recvonly http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
    private static Optional<HeaderExtension> extension(String line) {
        String[] words = line.split("\\s+", 3);
        int id = number(words[0].split("/", 2)[0], MAX_EXTENSION_ID);
        return words.length < 2 || id < 1 ? Optional.empty() : Optional.of(new HeaderExtension(id, words[1]));
    }

    // -1 if it is none from 0 to most.
    private static int number(String digits, int most) {
        try {
            int number = Integer.parseInt(digits);
            return number <= most ? number : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
