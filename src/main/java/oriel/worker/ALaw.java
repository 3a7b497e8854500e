package oriel.worker;

/** The A-law curve of ITU-T G.711: 16-bit samples to bytes. */
final class ALaw {
    private static final int POSITIVE = 0x80;

    // G.711 inverts every second bit, so that silence is not a row of zeros on the line.
    private static final int EVEN_BITS = 0x55;

    private ALaw() {}

    /** @param sample 16 bits, signed */
    static byte encode(int sample) {
        int sign = sample >= 0 ? POSITIVE : 0;
        int magnitude = (sample >= 0 ? sample : ~sample) >> 3; // 0 to 4095
        int segment = Math.max(0, 27 - Integer.numberOfLeadingZeros(magnitude));
        int step = segment == 0 ? magnitude >> 1 : magnitude >> segment & 0x0F;
        return (byte) ((sign | segment << 4 | step) ^ EVEN_BITS);
    }
}
