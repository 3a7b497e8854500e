package oriel.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What those who move in from go2rtc or Frigate are told of keys and sources that do not work. */
final class MovingSentences {
    static final String PUSHED =
            "It has no source, so it waits for a camera that sends by itself, which this version does not take.";

    private static final Set<String> PROGRAMS = Set.of("exec", "echo", "expr");

    private static final Map<String, String> SECTIONS = Map.ofEntries(
            Map.entry(
                    "rtsp",
                    "Oriel does not serve RTSP in this version: programs that take the streams from port 8554"
                            + " have to take them from the cameras, or stay with go2rtc."),
            Map.entry("rtmp", "Oriel does not take RTMP in this version."),
            Map.entry("srtp", "It belongs to HomeKit, which is not there in this version."),
            Map.entry("homekit", "HomeKit is not there in this version."),
            Map.entry("publish", "Oriel does not publish streams elsewhere in this version."),
            Map.entry("ffmpeg", "Oriel opens cameras itself and starts no ffmpeg, so there is nothing to set."),
            Map.entry("exec", "Oriel starts no programs for sources in this version."),
            Map.entry("echo", "Oriel starts no programs for sources in this version."),
            Map.entry("webtorrent", "WebTorrent is not there in this version."),
            Map.entry("ngrok", "Oriel starts no tunnel; any TCP tunnel to port 8555 does, named by webrtc.candidates."),
            Map.entry(
                    "pinggy", "Oriel starts no tunnel; any TCP tunnel to port 8555 does, named by webrtc.candidates."),
            Map.entry("app", "All parts of Oriel are always there."));

    private MovingSentences() {}

    /** Why a key has no effect. */
    static String idle(String key, boolean known) {
        if (!known) {
            return "Oriel does not know this key; it has no effect.";
        }
        int dot = key.indexOf('.');
        String section = dot < 0 ? key : key.substring(0, dot);
        return SECTIONS.getOrDefault(section, "It has no effect in this version.");
    }

    /** Why a source that starts a program does not work, if it is one. */
    static Optional<String> program(String source) {
        int colon = source.indexOf(':');
        String scheme = colon < 0 ? "" : source.substring(0, colon).toLowerCase(Locale.ROOT);
        return PROGRAMS.contains(scheme)
                ? Optional.of(scheme + ": starts a program or runs a script, which Oriel does not do in this version."
                        + " If it only wraps an RTSP address, write that address.")
                : Optional.empty();
    }

    static String frigateVariable(String name) {
        return "Frigate fills {" + name + "} in by itself. Write ${" + name + "} instead, and set " + name
                + " in the section env or in the environment.";
    }

    static String variable(String name) {
        return "The variable " + name + " must be brought along: set it in the section env or in the environment.";
    }
}
