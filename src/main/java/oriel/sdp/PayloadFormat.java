package oriel.sdp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oriel.media.Codec;
import oriel.media.Codec.G711.Law;
import oriel.media.MediaKind;

/**
 * A payload type of a section and what it means (RFC 8866, 6.6; static types: RFC 3551, 6).
 *
 * @param payloadType 0 to 127
 */
record PayloadFormat(int payloadType, Codec codec) {
    private static final int MAX_PAYLOAD_TYPE = 127;
    private static final int MAX_CLOCK_RATE = 192_000;
    private static final int MAX_CHANNELS = 8;

    /** What {@code a=rtpmap} would say of those that need none. */
    private static final Map<Integer, String> STATIC = Map.ofEntries(
            Map.entry(0, "PCMU/8000"),
            Map.entry(3, "GSM/8000"),
            Map.entry(4, "G723/8000"),
            Map.entry(8, "PCMA/8000"),
            Map.entry(9, "G722/8000"),
            Map.entry(10, "L16/44100/2"),
            Map.entry(11, "L16/44100/1"),
            Map.entry(14, "MPA/90000"),
            Map.entry(18, "G729/8000"),
            Map.entry(26, "JPEG/90000"),
            Map.entry(31, "H261/90000"),
            Map.entry(32, "MPV/90000"),
            Map.entry(33, "MP2T/90000"),
            Map.entry(34, "H263/90000"));

    /**
     * The first format of {@code section} that we know, else the first of all as {@link Codec.Unknown}.
     *
     * @param allParameters the fmtp lines of the whole description by payload type
     */
    static PayloadFormat of(MediaSection section, MediaKind kind, Map<Integer, String> allParameters) {
        Map<Integer, String> parameters = byType(section, "fmtp");
        PayloadFormat first = new PayloadFormat(0, new Codec.Unknown(kind, "unknown", defaultClock(kind)));
        boolean none = true;
        for (Map.Entry<Integer, String> format : formats(section, parameters).entrySet()) {
            int type = format.getKey();
            String only =
                    parameters.size() == 1 ? parameters.values().iterator().next() : "";
            String fallback = only.isEmpty() ? allParameters.getOrDefault(type, "") : only;
            String text = parameters.getOrDefault(type, fallback);
            Codec codec = codec(kind, format.getValue(), new FormatParameters(text));
            if (!(codec instanceof Codec.Unknown)) {
                return new PayloadFormat(type, codec);
            }
            first = none ? new PayloadFormat(type, codec) : first;
            none = false;
        }
        return first;
    }

    /** Payload types in the order of the section's m= line, each with what its rtpmap says or would say. */
    private static Map<Integer, String> formats(MediaSection section, Map<Integer, String> parameters) {
        Map<Integer, String> maps = byType(section, "rtpmap");
        Map<Integer, String> formats = new LinkedHashMap<>();
        for (String format : section.formats()) {
            number(format).ifPresent(type -> {
                String implied = STATIC.getOrDefault(type, guess(parameters.getOrDefault(type, "")));
                formats.put(type, maps.getOrDefault(type, implied));
            });
        }
        // A camera whose m= line names another type than its rtpmap means the rtpmap.
        maps.forEach(formats::putIfAbsent);
        return formats;
    }

    /** The values of an attribute that begin with a payload type, by it; the first one of each counts. */
    static Map<Integer, String> byType(MediaSection section, String attribute) {
        Map<Integer, String> values = new LinkedHashMap<>();
        for (String value : (Iterable<String>) section.values(attribute)::iterator) {
            String[] words = value.split("\\s+", 2);
            Optional<Integer> type = number(words[0]);
            if (type.isPresent()) {
                values.putIfAbsent(type.get(), words.length > 1 ? words[1] : "");
            }
        }
        return values;
    }

    private static Optional<Integer> number(String word) {
        if (word.isEmpty() || word.length() > 3 || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int number = Integer.parseInt(word);
        return number <= MAX_PAYLOAD_TYPE ? Optional.of(number) : Optional.empty();
    }

    /** The rtpmap that a camera forgot, from its format parameters. */
    private static String guess(String parameters) {
        String lower = parameters.toLowerCase(Locale.ROOT);
        if (lower.contains("sprop-vps") || lower.contains("sprop-sps")) {
            return "H265/90000";
        }
        return lower.contains("sprop-parameter-sets") || lower.contains("packetization-mode") ? "H264/90000" : "";
    }

    private static Codec codec(MediaKind kind, String map, FormatParameters parameters) {
        List<String> words = List.of(map.strip().split("\\s*/\\s*", -1));
        String name = words.getFirst().toUpperCase(Locale.ROOT);
        int clockRate = positive(words, 1, MAX_CLOCK_RATE);
        int channels = positive(words, 2, MAX_CHANNELS);
        Codec codec =
                kind == MediaKind.VIDEO ? picture(name, parameters) : sound(name, clockRate, channels, parameters);
        if (!(codec instanceof Codec.Unknown)) {
            return codec;
        }
        return new Codec.Unknown(kind, name.isEmpty() ? "unknown" : name, orDefault(clockRate, defaultClock(kind)));
    }

    private static int defaultClock(MediaKind kind) {
        return kind == MediaKind.VIDEO ? 90_000 : 8_000;
    }

    private static Codec picture(String name, FormatParameters parameters) {
        return switch (name) {
            case "H264" -> parameters.h264();
            case "H265", "HEVC" -> parameters.h265();
            case "JPEG", "MJPEG" -> new Codec.Mjpeg();
            case "VP8" -> new Codec.Vp8();
            case "VP9" -> parameters.vp9();
            case "AV1" -> parameters.av1();
            default -> new Codec.Unknown(MediaKind.VIDEO, name, 90_000);
        };
    }

    private static Codec sound(String name, int clockRate, int channels, FormatParameters parameters) {
        int given = Math.max(1, channels);
        return switch (name) {
            case "PCMA" -> new Codec.G711(Law.A, orDefault(clockRate, 8_000), Math.min(given, 2));
            case "PCMU" -> new Codec.G711(Law.MU, orDefault(clockRate, 8_000), Math.min(given, 2));
            case "G722" -> new Codec.G722();
            case "OPUS" -> new Codec.Opus();
            case "L16" -> new Codec.L16(orDefault(clockRate, 44_100), given);
            case "MPEG4-GENERIC", "AAC" -> parameters.aac(clockRate, channels);
            default -> new Codec.Unknown(MediaKind.AUDIO, name, orDefault(clockRate, 8_000));
        };
    }

    private static int orDefault(int value, int fallback) {
        return value == 0 ? fallback : value;
    }

    /** The number at {@code index}, or 0 if there is none from 1 to {@code max}. */
    private static int positive(List<String> words, int index, int max) {
        String word = index < words.size() ? words.get(index) : "";
        if (word.isEmpty() || word.length() > 9 || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        int value = Integer.parseInt(word);
        return value <= max ? value : 0;
    }
}
