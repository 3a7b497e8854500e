package oriel.worker;

import java.util.Set;
import oriel.base.JsonObject;
import oriel.base.MalformedException;

/**
 * Stills of one picture: the job takes {@code pictures} access units, a key frame first, and decodes them; then it gives the
 * last of them as a JPEG in each size that it is asked for ({@link WorkerJob#still}) until it is closed.
 *
 * @param codec name as {@link oriel.media.Codec#name()}, one of {@link #CODECS}
 * @param pictures 1 to {@value #MAX_PICTURES}
 */
public record StillRequest(String codec, int pictures) implements JobRequest {
    /** What can be decoded. */
    public static final Set<String> CODECS = Set.of("H264", "H265", "VP8", "VP9", "AV1", "JPEG");

    /** Longest group of pictures that is decoded for one still. */
    public static final int MAX_PICTURES = 512;

    /** Most bytes of them all together. */
    public static final int MAX_BYTES = 24 << 20;

    static final String KIND = "still";

    public StillRequest {
        if (!CODECS.contains(codec)) {
            throw new IllegalArgumentException("codec cannot be " + codec);
        }
        if (pictures < 1 || pictures > MAX_PICTURES) {
            throw new IllegalArgumentException("pictures cannot be " + pictures);
        }
    }

    @Override
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("kind", KIND)
                .put("codec", codec)
                .put("pictures", pictures)
                .build();
    }

    @Override
    public UnitFlight flight() {
        return new UnitFlight(MAX_PICTURES, MAX_BYTES);
    }

    /** Reads what {@link #toJson} wrote. */
    static StillRequest of(JsonObject json) throws MalformedException {
        long pictures = json.integer("pictures").orElse(0);
        try {
            return new StillRequest(
                    json.string("codec").orElse(""), Math.clamp(pictures, Integer.MIN_VALUE, Integer.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(KIND + ": " + e.getMessage());
        }
    }
}
