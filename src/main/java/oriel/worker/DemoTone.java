package oriel.worker;

/**
 * The demo's sound: a soft 440 Hz, and each second a chime of two notes, the loudest moment at about -20 dBFS. All its
 * frequencies are whole numbers of hertz and each chime has faded before the next: one second, drawn once, is all of it.
 */
final class DemoTone {
    private static final int FULL_SCALE = 32_767;
    private static final double SOFT = 0.025;
    private static final double CHIME = 0.075;
    private static final int SOFT_HERTZ = 440;
    private static final int[] NOTES_HERTZ = {880, 660};
    private static final double[] NOTES_SECONDS = {0.0, 0.22};
    private static final double DECAY_PER_SECOND = 9;
    private static final double ATTACK_SECONDS = 0.005;
    private static final double FADE_SECONDS = 0.05;

    private DemoTone() {}

    /** One second as interleaved stereo, {@code rate} samples a channel. */
    static short[] stereo(int rate) {
        short[] samples = new short[2 * rate];
        for (int i = 0; i < rate; i++) {
            samples[2 * i] = samples[2 * i + 1] = sample(i, rate);
        }
        return samples;
    }

    /** One second as A-law, {@code rate} bytes. */
    static byte[] aLaw(int rate) {
        byte[] bytes = new byte[rate];
        for (int i = 0; i < rate; i++) {
            bytes[i] = ALaw.encode(sample(i, rate));
        }
        return bytes;
    }

    private static short sample(int index, int rate) {
        double time = (double) index / rate;
        double value = SOFT * sine(SOFT_HERTZ, time);
        for (int note = 0; note < NOTES_HERTZ.length; note++) {
            double since = time - NOTES_SECONDS[note];
            if (since >= 0) {
                value += CHIME * envelope(since, 1 - time) * sine(NOTES_HERTZ[note], since);
            }
        }
        return (short) Math.round(value * FULL_SCALE);
    }

    // Without attack and fade the note would begin, and the second end, with a click.
    private static double envelope(double since, double left) {
        return Math.exp(-DECAY_PER_SECOND * since)
                * Math.min(1, since / ATTACK_SECONDS)
                * Math.min(1, left / FADE_SECONDS);
    }

    private static double sine(int hertz, double time) {
        return Math.sin(2 * Math.PI * hertz * time);
    }
}
