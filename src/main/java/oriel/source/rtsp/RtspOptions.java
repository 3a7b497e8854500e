package oriel.source.rtsp;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.media.MediaKind;
import oriel.net.Dialer;

/**
 * What an owner asks of a connection by {@code #key=value} behind its address.
 *
 * @param patience how long the camera may take to connect and for each answer; 1 to 60 s, default 5 s
 * @param only the one kind of media to set up, if not all
 * @param udp whether packets were wished by UDP
 * @param talk whether the camera's speaker may be offered; default yes
 */
record RtspOptions(Duration patience, Optional<MediaKind> only, boolean udp, boolean talk) {
    private static final Logger LOG = LoggerFactory.getLogger("rtsp");
    private static final int MAX_PATIENCE_SECONDS = 60;

    /** Reads what is known of {@code options} and passes over the rest. */
    static RtspOptions of(Map<String, String> options) {
        Duration patience = Dialer.DEFAULT_PATIENCE;
        Optional<MediaKind> only = Optional.empty();
        boolean udp = false;
        boolean talk = true;
        for (Map.Entry<String, String> option : options.entrySet()) {
            switch (option.getKey()) {
                case "timeout" -> patience = seconds(option.getValue()).orElse(patience);
                case "media" -> only = kind(option.getValue());
                case "transport" -> udp = option.getValue().equalsIgnoreCase("udp");
                case "backchannel" -> talk = !option.getValue().equals("0");
                default -> LOG.debug("option #{} means nothing to an RTSP source", option.getKey());
            }
        }
        return new RtspOptions(patience, only, udp, talk);
    }

    /** These in their one form; what is as by default is left out. */
    SortedMap<String, String> canonical() {
        SortedMap<String, String> options = new TreeMap<>();
        if (!patience.equals(Dialer.DEFAULT_PATIENCE)) {
            options.put("timeout", Long.toString(patience.toSeconds()));
        }
        only.ifPresent(kind -> options.put("media", kind.word()));
        if (udp) {
            options.put("transport", "udp");
        }
        if (!talk) {
            options.put("backchannel", "0");
        }
        return options;
    }

    /** Whether tracks of {@code kind} are wanted. */
    boolean wants(MediaKind kind) {
        return only.isEmpty() || only.get() == kind;
    }

    private static Optional<Duration> seconds(String text) {
        if (!text.matches("\\d{1,4}")) {
            LOG.debug("option #timeout is no number of seconds");
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds(Math.clamp(Integer.parseInt(text), 1, MAX_PATIENCE_SECONDS)));
    }

    private static Optional<MediaKind> kind(String text) {
        for (MediaKind kind : MediaKind.values()) {
            if (kind.word().equalsIgnoreCase(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
