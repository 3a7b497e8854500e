package oriel.source.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * A source {@code ffmpeg:{input}#{key}={value}#...} as its owner wrote it.
 *
 * @param input a URL, the name of a stream, a file or a device: all before the first {@code #}
 * @param parameters in their order
 */
record FfmpegUrl(String input, List<Parameter> parameters) {
    private static final String SCHEME = "ffmpeg:";

    /**
     * One {@code #key=value}.
     *
     * @param value empty if there is no {@code =}
     */
    record Parameter(String key, String value) {}

    FfmpegUrl {
        parameters = List.copyOf(parameters);
    }

    static FfmpegUrl parse(String source) {
        String rest = source.substring(SCHEME.length());
        String[] parts = rest.split("#", -1);
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            parameters.add(
                    equals < 0
                            ? new Parameter(parts[i], "")
                            : new Parameter(parts[i].substring(0, equals), parts[i].substring(equals + 1)));
        }
        return new FfmpegUrl(parts[0], parameters);
    }

    /** Whether nothing but untouched tracks is asked for. */
    boolean copies() {
        return parameters.stream().allMatch(FfmpegUrl::copies);
    }

    /**
     * Whether the tracks that a camera has may do as they are: {@code ffmpeg:rtsp://h/a#video=h264#audio=copy}, as Home
     * Assistant asks for cameras that mostly have H.264 already. A stream's name before it asks for what that lacks.
     */
    boolean copiesWhatFits() {
        return input.contains("://")
                && !convertsSoundOnly()
                && parameters.stream().allMatch(FfmpegUrl::namesACodec);
    }

    private static boolean namesACodec(Parameter parameter) {
        return switch (parameter.key()) {
            case "video", "audio", "query", "timeout" -> true;
            default -> false;
        };
    }

    /** Whether it only asks for a sound in another codec: {@code ffmpeg:garden#audio=opus}. */
    boolean convertsSoundOnly() {
        boolean sound = parameters.stream()
                .anyMatch(p -> p.key().equals("audio") && !p.value().equals("copy"));
        return sound
                && parameters.stream()
                        .allMatch(p -> p.key().equals("audio") || p.key().equals("query"));
    }

    private static boolean copies(Parameter parameter) {
        return switch (parameter.key()) {
            case "video", "audio" -> parameter.value().equals("copy");
            case "query", "timeout" -> true;
            default -> false;
        };
    }
}
