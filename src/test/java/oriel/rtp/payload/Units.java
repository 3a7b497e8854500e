package oriel.rtp.payload;

import java.util.Random;
import oriel.base.Bytes;
import oriel.bitstream.BitWriter;
import oriel.media.Codec;

/** NAL units to send: real parameter sets, slices with a real front and any bytes behind. */
final class Units {
    static final Bytes SPS = Bytes.ofHex("67640c28ac18d00f0044fcb8080f08846a");
    static final Bytes PPS = Bytes.ofHex("68ee3c80");
    /** 640x360. */
    static final Bytes OTHER_SPS = Bytes.ofHex("6742c0168c680a02f7970101e1108d40");

    static final Bytes OTHER_PPS = Bytes.ofHex("68ce3c80");
    /** Main profile, picture order type 0, no restriction told: B slices mean reordering. */
    static final Bytes SPS_FOR_B = new BitWriter()
            .u(8, 77)
            .u(8, 0)
            .u(8, 31)
            .ue(0)
            .ue(0)
            .ue(0)
            .ue(2)
            .ue(2)
            .u(1, 0)
            .ue(79)
            .ue(44)
            .u(1, 1)
            .u(1, 1)
            .u(1, 0)
            .u(1, 0)
            .nal(0x67);

    static final Codec.H264 H264 = new Codec.H264(SPS, PPS);
    static final Bytes SEI = Bytes.ofHex("0605 04 01020304 80");
    static final Bytes AUD = Bytes.ofHex("0910");
    static final Bytes FILLER = Bytes.ofHex("0cffffff80");
    static final Bytes END_OF_SEQUENCE = Bytes.ofHex("0a");

    static final Bytes HEVC_VPS = Bytes.ofHex("40010c01ffff016000000300900000030000030078ba0240");
    static final Bytes HEVC_SPS = hevcSps(0);
    static final Bytes HEVC_PPS =
            new BitWriter().ue(0).ue(0).u(1, 0).u(1, 0).u(3, 0).u(8, 0x55).nal(0x44, 1);
    static final Codec.H265 H265 = new Codec.H265(HEVC_VPS, HEVC_SPS, HEVC_PPS);
    static final Bytes HEVC_SEI = Bytes.ofHex("4e01 05 04 01020304 80");
    static final Bytes HEVC_SEI_SUFFIX = Bytes.ofHex("5001 84 04 01020304 80");
    static final Bytes HEVC_AUD = Bytes.ofHex("460150");

    static final int P = 0;
    static final int B = 1;
    static final int I = 2;

    private Units() {}

    static Bytes hevcSps(int reorder) {
        BitWriter sps = new BitWriter()
                .u(4, 0)
                .u(3, 0)
                .u(1, 1)
                .u(8, 1)
                .u(32, 0x6000_0000L)
                .u(48, 0x9000_0000_0000L);
        sps.u(8, 120)
                .ue(0)
                .ue(1)
                .ue(1280)
                .ue(720)
                .u(1, 0)
                .ue(0)
                .ue(0)
                .ue(4)
                .u(1, 1)
                .ue(4)
                .ue(reorder)
                .ue(0);
        return sps.u(16, 0x1234).nal(0x42, 1);
    }

    /** An H.264 slice of exactly {@code size} bytes. */
    static Bytes slice(Random random, int type, int firstMacroblock, int sliceType, int size) {
        byte[] unit = new byte[size];
        random.nextBytes(unit);
        Bytes front =
                new BitWriter().ue(firstMacroblock).ue(5 + sliceType).u(8, 0xFF).bytes();
        for (int i = 0; i < front.length() && 1 + i < size; i++) {
            unit[1 + i] = (byte) front.at(i);
        }
        unit[0] = (byte) (type == 5 ? 0x65 : 0x41);
        return Bytes.of(unit);
    }

    static Bytes idr(Random random, int size) {
        return slice(random, 5, 0, I, size);
    }

    static Bytes inter(Random random, int size) {
        return slice(random, 1, 0, P, size);
    }

    /** An H.265 slice segment of exactly {@code size} bytes; {@code sliceType}: 0 B, 1 P, 2 I. */
    static Bytes segment(Random random, int type, boolean first, int sliceType, int size) {
        byte[] unit = new byte[size];
        random.nextBytes(unit);
        BitWriter bits = new BitWriter().flag(first);
        if (type >= 16 && type <= 23) {
            bits.u(1, 0);
        }
        Bytes front = bits.ue(0).ue(sliceType).u(8, 0xFF).bytes();
        for (int i = 0; i < front.length() && 2 + i < size; i++) {
            unit[2 + i] = (byte) front.at(i);
        }
        unit[0] = (byte) (type << 1);
        unit[1] = 1;
        return Bytes.of(unit);
    }
}
