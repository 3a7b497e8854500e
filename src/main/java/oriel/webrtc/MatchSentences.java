package oriel.webrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import oriel.media.Codec;
import oriel.media.MediaKind;

/** Says to people why a camera's picture or sound does not come to a viewer. */
public final class MatchSentences {
    private static final int MAX_NAMES = 16;
    private static final int TELEPHONE_RATE = 8_000;
    private static final int OPUS_RATE = 48_000;
    private static final List<String> SOUNDS_FOR_ALL = List.of("PCMA", "PCMU", "OPUS");

    private MatchSentences() {}

    /**
     * When nothing of the camera fits: {@code The camera sends video:H265, audio:AAC; this viewer takes video:VP8 H264,
     * audio:OPUS PCMU.}
     *
     * @param camera what it sends, in its order
     */
    public static String nothingFits(List<Codec> camera, Offer offer) {
        String sent = camera.stream()
                .map(codec -> codec.kind().word() + ":" + name(codec))
                .distinct()
                .limit(MAX_NAMES)
                .collect(Collectors.joining(", "));
        List<String> taken = new ArrayList<>();
        for (MediaKind kind : MediaKind.values()) {
            List<String> names = taken(kind, offer);
            if (!names.isEmpty()) {
                taken.add(kind.word() + ":" + String.join(" ", names));
            }
        }
        return "The camera sends " + (sent.isEmpty() ? "nothing" : sent) + "; this viewer takes "
                + (taken.isEmpty() ? "nothing" : String.join(", ", taken)) + ".";
    }

    /** Why this viewer hears nothing of a camera that sends these; empty if there is sound for him. */
    public static Optional<String> noSound(List<Codec> camera, Offer offer) {
        return missing(MediaKind.AUDIO, "sound", camera, offer).map(reason -> reason + adviceForSound(camera, offer));
    }

    /** Why this viewer sees nothing of a camera that sends these; empty if there is a picture for him. */
    public static Optional<String> noPicture(List<Codec> camera, Offer offer) {
        return missing(MediaKind.VIDEO, "picture", camera, offer)
                .map(reason -> reason + adviceForPicture(camera, offer));
    }

    private static Optional<String> missing(MediaKind kind, String word, List<Codec> camera, Offer offer) {
        List<Codec> sent = camera.stream().filter(codec -> codec.kind() == kind).toList();
        if (sent.isEmpty()) {
            return Optional.of("This camera sends no " + word + ".");
        }
        List<OfferSection> takers =
                offer.sections().stream().filter(section -> section.takes(kind)).toList();
        if (takers.isEmpty()) {
            return Optional.of("This viewer asked for no " + word + ".");
        }
        boolean fits = sent.stream()
                .anyMatch(codec -> takers.stream()
                        .anyMatch(section -> section.bestFor(codec).isPresent()));
        if (fits) {
            return Optional.empty();
        }
        String names = sent.stream().map(MatchSentences::name).distinct().collect(Collectors.joining(" and "));
        return Optional.of("No " + word + ": the camera sends " + names + ", and this viewer takes "
                + String.join(" ", taken(kind, offer)) + ".");
    }

    private static String adviceForSound(List<Codec> camera, Offer offer) {
        List<String> known = SOUNDS_FOR_ALL.stream()
                .filter(taken(MediaKind.AUDIO, offer)::contains)
                .toList();
        boolean sends = camera.stream().anyMatch(codec -> codec.kind() == MediaKind.AUDIO);
        return !sends || known.isEmpty() ? "" : " Set the camera's sound to " + String.join(" or ", known) + ".";
    }

    private static String adviceForPicture(List<Codec> camera, Offer offer) {
        boolean sends = camera.stream().anyMatch(codec -> codec.kind() == MediaKind.VIDEO);
        return sends && taken(MediaKind.VIDEO, offer).contains("H264") ? " Set the camera's picture to H264." : "";
    }

    private static List<String> taken(MediaKind kind, Offer offer) {
        return offer.sections().stream()
                .filter(section -> section.takes(kind))
                .flatMap(section -> section.codecs().stream())
                .filter(OfferedCodec::carriesMedia)
                .map(MatchSentences::name)
                .distinct()
                .limit(MAX_NAMES)
                .toList();
    }

    private static String name(OfferedCodec codec) {
        if (codec.name().equals("H264")
                && !codec.parameter("packetization-mode", "0").equals("1")) {
            return "H264(packetization-mode=0)";
        }
        return unusual(codec.name(), codec.clockRate(), codec.channels());
    }

    private static String name(Codec codec) {
        String profile = switch (codec) {
            case Codec.H265 h265 -> profile(H265Fit.profile(h265.sps()), H265Fit.MAIN);
            case Codec.Vp9 vp9 -> profile(vp9.profile(), 0);
            case Codec.Av1 av1 -> profile(av1.profile(), 0);
            case Codec.H264 _, Codec.Vp8 _, Codec.Mjpeg _, Codec.Unknown _ -> "";
            case Codec.Aac _, Codec.Opus _, Codec.G711 _, Codec.G722 _, Codec.L16 _ -> "";
        };
        return plainName(codec) + profile;
    }

    // What a viewer of that name may not take.
    private static String profile(int profile, int usual) {
        return profile == usual ? "" : "(profile " + profile + ")";
    }

    private static String plainName(Codec codec) {
        return codec.kind() == MediaKind.AUDIO && !(codec instanceof Codec.Aac)
                ? unusual(codec.name(), codec.clockRate(), codec.channels())
                : codec.name();
    }

    // Where the name does not say it all, rate and channels do.
    private static String unusual(String name, int clockRate, int channels) {
        boolean usual = switch (name) {
            case "OPUS" -> clockRate == OPUS_RATE;
            case "PCMA", "PCMU", "G722" -> clockRate == TELEPHONE_RATE && channels == 1;
            case "L16" -> false;
            default -> true;
        };
        return usual ? name : name + "/" + clockRate + (channels > 1 ? "/" + channels : "");
    }
}
