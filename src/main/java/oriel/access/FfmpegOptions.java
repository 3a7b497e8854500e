package oriel.access;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The options of an {@code ffmpeg:} source that may come over the network: names of built-in templates and numbers, never
 * a word that ffmpeg would read as an option or a file of its own. Home Assistant's way to turn a picture is the one
 * exception.
 */
final class FfmpegOptions {
    private static final Set<String> VIDEO = Set.of("copy", "h264", "h265", "mjpeg");
    private static final Set<String> AUDIO = Set.of(
            "copy",
            "auto",
            "opus",
            "opus/16000",
            "pcmu",
            "pcmu/8000",
            "pcmu/16000",
            "pcmu/48000",
            "pcma",
            "pcma/8000",
            "pcma/16000",
            "pcma/48000",
            "aac",
            "aac/16000",
            "mp3",
            "pcm",
            "pcm/8000",
            "pcm/16000",
            "pcm/48000",
            "pcml",
            "pcml/8000",
            "pcml/16000",
            "pcml/44100");
    private static final Set<String> ENGINES = Set.of("vaapi", "v4l2m2m", "rkmpp", "cuda", "dxva2", "videotoolbox");
    private static final Map<String, Pattern> NUMBERS = Map.of(
            "width", Pattern.compile("-1|\\d{1,5}"),
            "height", Pattern.compile("-1|\\d{1,5}"),
            "rotate", Pattern.compile("90|180|270|-90"),
            "bitrate", Pattern.compile("\\d{1,9}[kKmM]?"),
            "timeout", Pattern.compile("\\d{1,4}"));

    // Home Assistant turns pictures by "-vf hflip", "-vf vflip", "-vf transpose=2,vflip" and "-vf transpose=1,vflip".
    private static final Pattern TURN =
            Pattern.compile("-vf (?:hflip|vflip|transpose=[0-3])(?:,(?:hflip|vflip|transpose=[0-3])){0,3}");
    private static final Pattern QUERY = Pattern.compile("log_level=(?:trace|debug|info|warn|error)");

    private FfmpegOptions() {}

    /** @param option what stands between two {@code #} */
    static boolean isAllowed(String option) {
        int equals = option.indexOf('=');
        String key = equals < 0 ? option : option.substring(0, equals);
        String value = equals < 0 ? "" : option.substring(equals + 1);
        return switch (key) {
            case "video" -> VIDEO.contains(value);
            case "audio" -> AUDIO.contains(value);
            case "hardware" -> equals < 0 || ENGINES.contains(value);
            case "async" -> equals < 0;
            case "raw" -> TURN.matcher(value).matches();
            case "query" -> QUERY.matcher(value).matches();
            default ->
                NUMBERS.containsKey(key) && NUMBERS.get(key).matcher(value).matches();
        };
    }
}
