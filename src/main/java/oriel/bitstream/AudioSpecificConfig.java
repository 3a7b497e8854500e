package oriel.bitstream;

import oriel.base.Bytes;
import oriel.base.MalformedException;

/**
 * What an AAC decoder must know beforehand (ISO/IEC 14496-3, 1.6.2.1).
 *
 * @param objectType 2 for AAC LC; the core's, where SBR or PS lie above it
 * @param sampleRate of the core, samples a second
 * @param channels 1 to 8, or 0 if they are described elsewhere in the stream
 * @param frameSamples samples of one frame and channel: 1024 or 960, 512 or 480 for low delay
 */
public record AudioSpecificConfig(int objectType, int sampleRate, int channels, int frameSamples) {
    /** AAC Low Complexity, what cameras send. */
    public static final int AAC_LC = 2;

    private static final int SBR = 5;
    private static final int PS = 29;
    private static final int ESCAPE = 31;
    private static final int AAC_LD = 23;
    private static final int AAC_ELD = 39;
    private static final int EXPLICIT_RATE = 15;
    private static final int MAX_RATE = 192_000;
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };
    private static final int[] CHANNELS = {0, 1, 2, 3, 4, 5, 6, 8};

    /** Reads {@code config}; what lies behind the fields named here is not looked at. */
    public static AudioSpecificConfig parse(Bytes config) throws MalformedException {
        BitReader reader = BitReader.of(config);
        int objectType = objectType(reader);
        int rate = rate(reader);
        int configuration = reader.intBits(4);
        if (objectType == SBR || objectType == PS) {
            rate(reader); // of the extension, which doubles the core's
            objectType = objectType(reader);
        }
        if (configuration >= CHANNELS.length) {
            throw new MalformedException("AAC channel configuration " + configuration + " is unsupported");
        }
        boolean shortFrames = reader.bitsLeft() > 0 && reader.flag();
        int samples = objectType == AAC_LD || objectType == AAC_ELD ? 512 : 1024;
        return new AudioSpecificConfig(
                objectType, rate, CHANNELS[configuration], shortFrames ? samples - samples / 16 : samples);
    }

    /**
     * The two bytes that say AAC LC with frames of 1024 samples, for a camera that gives none.
     *
     * @param sampleRate one of the 13 rates of the standard
     * @param channels 1 to 6, or 8
     */
    public static Bytes lowComplexity(int sampleRate, int channels) {
        int rate = indexOf(RATES, sampleRate);
        int configuration = indexOf(CHANNELS, channels);
        if (rate < 0 || configuration < 1) {
            throw new IllegalArgumentException("no AAC of " + sampleRate + " Hz and " + channels + " channels");
        }
        int bits = AAC_LC << 11 | rate << 7 | configuration << 3;
        return Bytes.of(new byte[] {(byte) (bits >> 8), (byte) bits});
    }

    private static int indexOf(int[] values, int wanted) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static int objectType(BitReader reader) throws MalformedException {
        int type = reader.intBits(5);
        return type == ESCAPE ? 32 + reader.intBits(6) : type;
    }

    private static int rate(BitReader reader) throws MalformedException {
        int index = reader.intBits(4);
        int rate = index == EXPLICIT_RATE ? reader.intBits(24) : index < RATES.length ? RATES[index] : 0;
        if (rate == 0 || rate > MAX_RATE) {
            throw new MalformedException("AAC sample rate out of range");
        }
        return rate;
    }
}
