package oriel.bitstream;

import oriel.base.Bytes;
import oriel.base.MalformedException;

/**
 * What a JPEG says of its size (ITU-T T.81, B.2.2), read without decoding, so that a picture too large is refused before
 * anything is spent on it.
 *
 * @param width pixels, 1 to {@value H264Sps#MAX_DIMENSION}
 * @param height likewise
 */
public record JpegHeader(int width, int height) {
    private static final int MARKER = 0xFF;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int TEM = 0x01;
    private static final int FIRST_RST = 0xD0;
    private static final int LAST_RST = 0xD7;
    private static final int FIRST_SOF = 0xC0;
    private static final int LAST_SOF = 0xCF;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int FRAME_BYTES = 6;

    /** Reads {@code jpeg} from its first byte to its frame header. */
    public static JpegHeader parse(Bytes jpeg) throws MalformedException {
        if (jpeg.length() < 2 || jpeg.at(0) != MARKER || jpeg.at(1) != SOI) {
            throw new MalformedException("not a JPEG");
        }
        int at = 2;
        while (at + 1 < jpeg.length()) {
            if (jpeg.at(at) != MARKER) {
                throw new MalformedException("JPEG marker missing");
            }
            int marker = jpeg.at(at + 1);
            if (marker == MARKER) {
                at++; // fill byte
            } else if (marker == TEM || (marker >= FIRST_RST && marker <= LAST_RST)) {
                at += 2;
            } else if (marker == SOS || marker == EOI) {
                break;
            } else {
                int length = segmentLength(jpeg, at + 2);
                if (isFrame(marker)) {
                    return frame(jpeg, at + 4, length - 2);
                }
                at += 2 + length;
            }
        }
        throw new MalformedException("JPEG without frame header");
    }

    private static boolean isFrame(int marker) {
        return marker >= FIRST_SOF && marker <= LAST_SOF && marker != DHT && marker != JPG && marker != DAC;
    }

    private static int segmentLength(Bytes jpeg, int at) throws MalformedException {
        int length = at + 1 < jpeg.length() ? jpeg.at(at) << 8 | jpeg.at(at + 1) : 0;
        if (length < 2 || length > jpeg.length() - at) {
            throw new MalformedException("JPEG segment cut off");
        }
        return length;
    }

    private static JpegHeader frame(Bytes jpeg, int at, int length) throws MalformedException {
        if (length < FRAME_BYTES) {
            throw new MalformedException("JPEG frame header cut off");
        }
        int height = jpeg.at(at + 1) << 8 | jpeg.at(at + 2);
        int width = jpeg.at(at + 3) << 8 | jpeg.at(at + 4);
        if (width == 0 || height == 0 || width > H264Sps.MAX_DIMENSION || height > H264Sps.MAX_DIMENSION) {
            throw new MalformedException("JPEG size out of range");
        }
        return new JpegHeader(width, height);
    }
}
