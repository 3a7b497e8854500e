package oriel.webrtc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * One payload type of an offer's section.
 *
 * @param payloadType 0 to 127
 * @param name of the encoding in upper case: {@code H264 VP8 OPUS PCMA RTX}
 * @param clockRate RTP clock ticks a second
 * @param channels of sound, 1 if nothing was said; 0 for all else
 * @param parameters of {@code a=fmtp}, in their order, names in lower case; the value is empty where there is none
 * @param feedback of {@code a=rtcp-fb}, in their order: {@code nack}, {@code nack pli}, {@code ccm fir}, ...
 */
public record OfferedCodec(
        int payloadType,
        String name,
        int clockRate,
        int channels,
        Map<String, String> parameters,
        Set<String> feedback) {
    // They go with codecs, and are none.
    private static final Set<String> COMPANIONS =
            Set.of("RTX", "RED", "ULPFEC", "FLEXFEC", "FLEXFEC-03", "CN", "TELEPHONE-EVENT");

    public OfferedCodec {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        feedback = Collections.unmodifiableSet(new LinkedHashSet<>(feedback));
    }

    /** A parameter's value, or {@code otherwise} where the offer does not say. */
    public String parameter(String parameter, String otherwise) {
        return parameters.getOrDefault(parameter, otherwise);
    }

    /**
     * Whether it carries pictures or sound by itself: no repetition, redundancy, comfort noise or keys of a telephone.
     */
    public boolean carriesMedia() {
        return !COMPANIONS.contains(name);
    }

    /** The value of its {@code a=rtpmap} line. */
    String rtpmap() {
        String text = payloadType + " " + name + "/" + clockRate;
        return channels > 1 ? text + "/" + channels : text;
    }

    /** The value of its {@code a=fmtp} line, or empty. */
    String fmtp() {
        if (parameters.isEmpty()) {
            return "";
        }
        StringJoiner text = new StringJoiner(";", payloadType + " ", "");
        parameters.forEach((name, value) -> text.add(value.isEmpty() ? name : name + "=" + value));
        return text.toString();
    }

    /** What RFC 3551, 6 fixes without an {@code a=rtpmap}, as far as anybody still sends it. */
    static List<OfferedCodec> fixed() {
        return List.of(
                fixed(0, "PCMU", 8_000, 1),
                fixed(8, "PCMA", 8_000, 1),
                fixed(9, "G722", 8_000, 1),
                fixed(10, "L16", 44_100, 2),
                fixed(11, "L16", 44_100, 1),
                fixed(13, "CN", 8_000, 1));
    }

    private static OfferedCodec fixed(int payloadType, String name, int clockRate, int channels) {
        return new OfferedCodec(payloadType, name, clockRate, channels, Map.of(), Set.of());
    }
}
