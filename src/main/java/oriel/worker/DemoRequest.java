package oriel.worker;

import oriel.base.JsonObject;
import oriel.base.MalformedException;

/**
 * A camera that is not there: a moving picture with a clock and a machine-readable number, and a gentle tone.
 *
 * @param width pixels, 160 to 1920, a multiple of 32
 * @param height pixels, 96 to 1088, even
 * @param fps pictures a second, 1 to 60
 * @param gop pictures from one key frame to the next, 1 to 1000
 * @param bitrate of the picture, bits a second, 50 000 to 20 000 000
 * @param stamp what the number burnt in means
 * @param sound whether there is a tone, once as Opus and once as PCMA
 */
public record DemoRequest(int width, int height, int fps, int gop, int bitrate, Stamp stamp, boolean sound)
        implements JobRequest {
    static final String KIND = "demo";

    /** What the 24 bits burnt into each picture are. */
    public enum Stamp {
        /** The picture's place since the start, from 0. */
        FRAME,
        /** Milliseconds of the time of day (epoch) when it was drawn. */
        CLOCK;

        String word() {
            return this == FRAME ? "frame" : "clock";
        }
    }

    public DemoRequest {
        require(width >= 160 && width <= 1920 && width % 32 == 0, "width", width);
        require(height >= 96 && height <= 1088 && height % 2 == 0, "height", height);
        require(fps >= 1 && fps <= 60, "fps", fps);
        require(gop >= 1 && gop <= 1000, "gop", gop);
        require(bitrate >= 50_000 && bitrate <= 20_000_000, "bitrate", bitrate);
    }

    /** The built-in demo camera: 1280x720 at 25 pictures a second, a key frame every 4 s. */
    public static DemoRequest standard() {
        return new DemoRequest(1280, 720, 25, 100, 2_000_000, Stamp.FRAME, true);
    }

    /** The same in another size. */
    public DemoRequest sized(int newWidth, int newHeight) {
        return new DemoRequest(newWidth, newHeight, fps, gop, bitrate, stamp, sound);
    }

    /** The same with another rhythm. */
    public DemoRequest paced(int newFps, int newGop) {
        return new DemoRequest(width, height, newFps, newGop, bitrate, stamp, sound);
    }

    /** The same with another number burnt in. */
    public DemoRequest stamped(Stamp newStamp) {
        return new DemoRequest(width, height, fps, gop, bitrate, newStamp, sound);
    }

    /** The same without the tone. */
    public DemoRequest silent() {
        return new DemoRequest(width, height, fps, gop, bitrate, stamp, false);
    }

    @Override
    public JsonObject toJson() {
        return JsonObject.builder()
                .put("kind", KIND)
                .put("width", width)
                .put("height", height)
                .put("fps", fps)
                .put("gop", gop)
                .put("bitrate", bitrate)
                .put("stamp", stamp.word())
                .put("sound", sound)
                .build();
    }

    /** Reads what {@link #toJson} wrote; what is absent is as in {@link #standard()}. */
    static DemoRequest of(JsonObject json) throws MalformedException {
        DemoRequest standard = standard();
        try {
            return new DemoRequest(
                    number(json, "width", standard.width),
                    number(json, "height", standard.height),
                    number(json, "fps", standard.fps),
                    number(json, "gop", standard.gop),
                    number(json, "bitrate", standard.bitrate),
                    stamp(json),
                    json.bool("sound").orElse(true));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(KIND + ": " + e.getMessage());
        }
    }

    private static int number(JsonObject json, String name, int standard) throws MalformedException {
        if (json.member(name).isEmpty()) {
            return standard;
        }
        long value = json.integer(name)
                .orElseThrow(() -> new MalformedException(KIND + ": " + name + " is not a whole number"));
        return Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static Stamp stamp(JsonObject json) throws MalformedException {
        if (json.member("stamp").isEmpty()) {
            return Stamp.FRAME;
        }
        for (Stamp stamp : Stamp.values()) {
            if (json.string("stamp").filter(stamp.word()::equals).isPresent()) {
                return stamp;
            }
        }
        throw new MalformedException(KIND + ": stamp is neither frame nor clock");
    }

    private static void require(boolean holds, String name, int value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " cannot be " + value);
        }
    }
}
