package oriel.rtp.payload;

import java.io.ByteArrayOutputStream;
import oriel.base.Bytes;
import oriel.base.MalformedException;

/** The tables and headers that RTP leaves out of a JPEG (RFC 2435, appendixes A and B; ITU-T T.81, annex K). */
final class JpegTables {
    private static final int BLOCK_ENTRIES = 64;
    private static final int TYPE_MASK = 0x3F;
    private static final int TYPE_422 = 0;
    private static final int TYPE_420 = 1;
    private static final int HIGHEST_QUALITY = 99;

    /** Quantisation at quality 50, in zigzag order (T.81, tables K.1 and K.2). */
    private static final Bytes LUMINANCE =
            Bytes.ofHex("100b0c0e0c0a100e0d0e1211101318281a181616183123251d283a333d3c3933"
                    + "383740485c4e404457453738506d51575f626768673e4d71797064785c656763");

    private static final Bytes CHROMINANCE =
            Bytes.ofHex("1112121815182f1a1a2f63423842636363636363636363636363636363636363"
                    + "6363636363636363636363636363636363636363636363636363636363636363");

    /** Class and number, counts by length, values; luminance DC, chrominance DC, luminance AC, chrominance AC (K.3 to K.6). */
    private static final Bytes HUFFMAN = Bytes.ofHex("0000010501010101010100000000000000000102030405060708090a0b"
            + "0100030101010101010101010000000000000102030405060708090a0b"
            + "100002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1"
            + "f02433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a636465666768"
            + "696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4"
            + "c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"
            + "1100020102040403040705040400010277000102031104052131061241510761711322328108144291a1b1c109233352"
            + "f0156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a6364656667"
            + "68696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2"
            + "c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa");

    private static final Bytes START = Bytes.ofHex("ffd8 ffe0 0010 4a46494600 0101 00 0001 0001 00 00");
    private static final Bytes SCAN = Bytes.ofHex("ffda 000c 03 0100 0211 0311 00 3f 00");

    private JpegTables() {}

    /** Both quantisation tables of a quality from 1 to 127, one behind the other; above 99 it is as 99. */
    static Bytes ofQuality(int quality) {
        int q = Math.min(quality, HIGHEST_QUALITY);
        int factor = q < 50 ? 5000 / q : 200 - 2 * q;
        byte[] tables = new byte[2 * BLOCK_ENTRIES];
        for (int i = 0; i < BLOCK_ENTRIES; i++) {
            tables[i] = (byte) Math.clamp((LUMINANCE.at(i) * factor + 50) / 100, 1, 255);
            tables[BLOCK_ENTRIES + i] = (byte) Math.clamp((CHROMINANCE.at(i) * factor + 50) / 100, 1, 255);
        }
        return Bytes.of(tables);
    }

    /**
     * Everything before the scan's data.
     *
     * @param tables one quantisation table or two
     * @param precision one bit a table, the lowest for the first: 16-bit entries
     * @throws MalformedException if the size, the type or the tables are none that a picture can have
     */
    static byte[] header(JpegPayload front, Bytes tables, int precision) throws MalformedException {
        if (front.width() == 0 || front.height() == 0) {
            throw new MalformedException("JPEG wider or higher than 2040 pixels is unsupported");
        }
        int type = front.type() & TYPE_MASK;
        boolean known = front.type() == type || front.hasRestarts();
        if (!known || (type != TYPE_422 && type != TYPE_420)) {
            throw new MalformedException("JPEG type " + front.type() + " is unsupported");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(640);
        out.writeBytes(START.toArray());
        int count = quantization(out, tables, precision);
        if (front.restartInterval() > 0) {
            out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDD, 0, 4});
            u16(out, front.restartInterval());
        }
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xC0, 0, 17, 8});
        u16(out, front.height());
        u16(out, front.width());
        int chrominance = count - 1;
        int sampling = type == TYPE_420 ? 0x22 : 0x21;
        out.writeBytes(new byte[] {3, 1, (byte) sampling, 0, 2, 0x11, (byte) chrominance, 3, 0x11, (byte) chrominance});
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xC4});
        u16(out, 2 + HUFFMAN.length());
        out.writeBytes(HUFFMAN.toArray());
        out.writeBytes(SCAN.toArray());
        return out.toByteArray();
    }

    /** Writes the tables and tells how many there are. */
    private static int quantization(ByteArrayOutputStream out, Bytes tables, int precision) throws MalformedException {
        int at = 0;
        int count = 0;
        while (at < tables.length()) {
            int wide = precision >> count & 1;
            int size = BLOCK_ENTRIES << wide;
            if (count == 2 || size > tables.length() - at) {
                throw new MalformedException("JPEG quantization tables of " + tables.length() + " bytes");
            }
            out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDB});
            u16(out, 3 + size);
            out.write(wide << 4 | count);
            out.writeBytes(tables.slice(at, size).toArray());
            at += size;
            count++;
        }
        if (count == 0) {
            throw new MalformedException("JPEG quantization tables missing");
        }
        return count;
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }
}
