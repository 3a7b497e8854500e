package oriel.media;

import oriel.base.Bytes;

/**
 * How a track's pictures or sounds are coded, with what a receiver must know beforehand. Parameter sets are NAL units
 * without start code or length and may be empty until the camera has sent them in-band.
 */
public sealed interface Codec {
    MediaKind kind();

    /** RTP clock ticks a second. */
    int clockRate();

    /** The name people and go2rtc's clients know: {@code H264 H265 VP8 VP9 AV1 JPEG AAC OPUS PCMA PCMU G722 L16}. */
    String name();

    /** Whether both are the same coding, whatever their parameter sets: a track may go on from one to the other. */
    default boolean sameCoding(Codec other) {
        return name().equals(other.name()) && clockRate() == other.clockRate() && channels() == other.channels();
    }

    /** Sound channels; 0 for pictures. */
    default int channels() {
        return 0;
    }

    /**
     * AVC, ITU-T H.264.
     *
     * @param sps sequence parameter set, or empty
     * @param pps picture parameter set, or empty
     */
    record H264(Bytes sps, Bytes pps) implements Codec {
        /** Before anything is known of its parameters. */
        public static H264 unknown() {
            return new H264(Bytes.empty(), Bytes.empty());
        }

        @Override
        public MediaKind kind() {
            return MediaKind.VIDEO;
        }

        @Override
        public int clockRate() {
            return 90_000;
        }

        @Override
        public String name() {
            return "H264";
        }
    }

    /**
     * HEVC, ITU-T H.265.
     *
     * @param vps video parameter set, or empty
     * @param sps sequence parameter set, or empty
     * @param pps picture parameter set, or empty
     */
    record H265(Bytes vps, Bytes sps, Bytes pps) implements Codec {
        /** Before anything is known of its parameters. */
        public static H265 unknown() {
            return new H265(Bytes.empty(), Bytes.empty(), Bytes.empty());
        }

        @Override
        public MediaKind kind() {
            return MediaKind.VIDEO;
        }

        @Override
        public int clockRate() {
            return 90_000;
        }

        @Override
        public String name() {
            return "H265";
        }
    }

    /** VP8, RFC 6386. */
    record Vp8() implements Codec {
        @Override
        public MediaKind kind() {
            return MediaKind.VIDEO;
        }

        @Override
        public int clockRate() {
            return 90_000;
        }

        @Override
        public String name() {
            return "VP8";
        }
    }

    /**
     * VP9.
     *
     * @param profile 0 to 3: 8 bits and 4:2:0, other colours, more bits, both
     */
    record Vp9(int profile) implements Codec {
        /** Profile 0, which is meant where nothing is said (RFC 9628, 6). */
        public Vp9() {
            this(0);
        }

        @Override
        public boolean sameCoding(Codec other) {
            return equals(other);
        }

        @Override
        public MediaKind kind() {
            return MediaKind.VIDEO;
        }

        @Override
        public int clockRate() {
            return 90_000;
        }

        @Override
        public String name() {
            return "VP9";
        }
    }

    /**
     * AV1.
     *
     * @param profile 0 Main, 1 High, 2 Professional
     * @param levelIdx seq_level_idx, 0 to 31
     * @param tier 0 Main, 1 High
     */
    record Av1(int profile, int levelIdx, int tier) implements Codec {
        /** What is meant where nothing is said (RTP Payload Format For AV1 1.0, 7.2.3). */
        public Av1() {
            this(0, 5, 0);
        }

        @Override
        public boolean sameCoding(Codec other) {
            return other instanceof Av1 av1 && av1.profile == profile;
        }

        @Override
        public MediaKind kind() {
            return MediaKind.VIDEO;
        }

        @Override
        public int clockRate() {
            return 90_000;
        }

        @Override
        public String name() {
            return "AV1";
        }
    }

    /** Motion JPEG (RTP: RFC 2435); one access unit is one JPEG. */
    record Mjpeg() implements Codec {
        @Override
        public MediaKind kind() {
            return MediaKind.VIDEO;
        }

        @Override
        public int clockRate() {
            return 90_000;
        }

        @Override
        public String name() {
            return "JPEG";
        }
    }

    /**
     * AAC, ISO 14496-3.
     *
     * @param clockRate sample rate, which is the RTP clock
     * @param channels 1 to 8
     * @param config AudioSpecificConfig, or empty
     */
    record Aac(int clockRate, int channels, Bytes config) implements Codec {
        @Override
        public MediaKind kind() {
            return MediaKind.AUDIO;
        }

        @Override
        public String name() {
            return "AAC";
        }
    }

    /** Opus, RFC 6716 and 7587: always 48000 Hz and two channels on the wire. */
    record Opus() implements Codec {
        @Override
        public MediaKind kind() {
            return MediaKind.AUDIO;
        }

        @Override
        public int clockRate() {
            return 48_000;
        }

        @Override
        public int channels() {
            return 2;
        }

        @Override
        public String name() {
            return "OPUS";
        }
    }

    /**
     * G.711, a byte a sample.
     *
     * @param law A-law (PCMA) or mu-law (PCMU)
     * @param clockRate samples a second, usually 8000
     * @param channels 1 or 2
     */
    record G711(Law law, int clockRate, int channels) implements Codec {
        /** The two ways to bend the curve. */
        public enum Law {
            A,
            MU
        }

        @Override
        public MediaKind kind() {
            return MediaKind.AUDIO;
        }

        @Override
        public String name() {
            return law == Law.A ? "PCMA" : "PCMU";
        }
    }

    /** G.722; its RTP clock is 8000 although it samples at 16000 (RFC 3551, 4.5.2). */
    record G722() implements Codec {
        @Override
        public MediaKind kind() {
            return MediaKind.AUDIO;
        }

        @Override
        public int clockRate() {
            return 8_000;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public String name() {
            return "G722";
        }
    }

    /**
     * Linear 16-bit samples, big endian (RFC 3551, 4.5.11).
     *
     * @param clockRate samples a second
     * @param channels 1 to 8
     */
    record L16(int clockRate, int channels) implements Codec {
        @Override
        public MediaKind kind() {
            return MediaKind.AUDIO;
        }

        @Override
        public String name() {
            return "L16";
        }
    }

    /**
     * Something this version only knows by name.
     *
     * @param kind picture or sound
     * @param name as the camera calls it
     * @param clockRate RTP clock ticks a second
     */
    record Unknown(MediaKind kind, String name, int clockRate) implements Codec {}
}
