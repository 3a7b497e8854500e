package oriel.config;

import java.util.Set;

/** The keys of go2rtc, and of our own section, whose part does not exist yet: they are no mistake of the owner. */
final class KnownKeys {
    private static final Set<String> KEYS = Set.of(
            "app.modules",
            "api.tls_listen",
            "api.tls_cert",
            "api.tls_key",
            "api.unix_listen",
            "api.allow_paths",
            "api.read_only",
            "rtsp.listen",
            "rtsp.username",
            "rtsp.password",
            "rtsp.default_query",
            "rtsp.pkt_size",
            "rtmp.listen",
            "srtp.listen",
            "exec.allow_paths",
            "echo.allow_paths",
            "ngrok.command",
            "pinggy.tunnel",
            "webtorrent.trackers",
            "oriel.allow_exec");

    /** Sections whose keys are the owner's, or many; they are told as a whole. */
    private static final Set<String> SECTIONS = Set.of(
            "ffmpeg",
            "homekit",
            "publish",
            "webtorrent.shares",
            "wyoming",
            "xiaomi",
            "wyze",
            "tuya",
            "roborock",
            "oriel.transcode",
            "oriel.streams");

    private KnownKeys() {}

    /** Whether {@code path} is known as a whole. */
    static boolean contains(String path) {
        return KEYS.contains(path) || SECTIONS.contains(path);
    }

    /** Whether something below {@code path} is known. */
    static boolean hasKeysIn(String path) {
        String prefix = path + ".";
        return KEYS.stream().anyMatch(k -> k.startsWith(prefix))
                || SECTIONS.stream().anyMatch(k -> k.startsWith(prefix));
    }
}
