package oriel.sdp;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.bitstream.AudioSpecificConfig;
import oriel.bitstream.H264NalType;
import oriel.bitstream.H265NalType;
import oriel.bitstream.NalUnits;
import oriel.media.Codec;
import oriel.media.MediaKind;

/** What an {@code a=fmtp} line says behind the payload type (RFC 8866, 6.15): names, in any case, and values. */
final class FormatParameters {
    private static final int MAX_PARAMETERS = 64;
    private static final int AAC_HBR_SIZE_LENGTH = 13;
    private static final int AAC_HBR_INDEX_LENGTH = 3;

    private final Map<String, String> values = new HashMap<>();

    FormatParameters(String text) {
        for (String parameter : text.split(";", MAX_PARAMETERS)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                values.putIfAbsent(
                        parameter.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        parameter.substring(equals + 1).strip());
            }
        }
    }

    private String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** H.264 with the parameter sets given (RFC 6184, 8.1), told apart by their types and not by their order. */
    Codec h264() {
        Bytes sps = Bytes.empty();
        Bytes pps = Bytes.empty();
        for (Bytes unit : units(value("sprop-parameter-sets"))) {
            int type = H264NalType.of(unit.at(0));
            if (type == H264NalType.SPS && sps.isEmpty()) {
                sps = unit;
            } else if (type == H264NalType.PPS && pps.isEmpty()) {
                pps = unit;
            }
        }
        return new Codec.H264(sps, pps);
    }

    /** H.265 with the parameter sets given (RFC 7798, 7.1), likewise. */
    Codec h265() {
        Bytes vps = Bytes.empty();
        Bytes sps = Bytes.empty();
        Bytes pps = Bytes.empty();
        for (Bytes unit : units(value("sprop-vps") + "," + value("sprop-sps") + "," + value("sprop-pps"))) {
            int type = H265NalType.of(unit.at(0));
            if (type == H265NalType.VPS && vps.isEmpty()) {
                vps = unit;
            } else if (type == H265NalType.SPS && sps.isEmpty()) {
                sps = unit;
            } else if (type == H265NalType.PPS && pps.isEmpty()) {
                pps = unit;
            }
        }
        return new Codec.H265(vps, sps, pps);
    }

    /** VP9 of the profile given (RFC 9628, 6). */
    Codec vp9() {
        return new Codec.Vp9(number("profile-id", 3, 0));
    }

    /** AV1 of the profile, level and tier given (RTP Payload Format For AV1 1.0, 7.2.1). */
    Codec av1() {
        Codec.Av1 standard = new Codec.Av1();
        return new Codec.Av1(
                number("profile", 2, standard.profile()),
                number("level-idx", 31, standard.levelIdx()),
                number("tier", 1, standard.tier()));
    }

    // The value as a number from 0 to most; the standard if it is none.
    private int number(String name, int most, int standard) {
        String digits = value(name);
        if (!digits.matches("\\d{1,2}")) {
            return standard;
        }
        int number = Integer.parseInt(digits);
        return number <= most ? number : standard;
    }

    /**
     * AAC in the mode AAC-hbr (RFC 3640, 3.3.6), which is also taken for granted where nothing is said; in any other it
     * is unknown.
     *
     * @param clockRate as the rtpmap says, or 0
     * @param channels likewise
     */
    Codec aac(int clockRate, int channels) {
        boolean hbr = saysOnly("sizelength", AAC_HBR_SIZE_LENGTH)
                && saysOnly("indexlength", AAC_HBR_INDEX_LENGTH)
                && saysOnly("indexdeltalength", AAC_HBR_INDEX_LENGTH);
        Bytes config = hex(value("config"));
        Optional<AudioSpecificConfig> facts = facts(config);
        int rate = clockRate != 0
                ? clockRate
                : facts.map(AudioSpecificConfig::sampleRate).orElse(0);
        if (!hbr || rate == 0) {
            return new Codec.Unknown(MediaKind.AUDIO, "MPEG4-GENERIC", rate);
        }
        int count = channels != 0
                ? channels
                : facts.map(AudioSpecificConfig::channels).orElse(0);
        return new Codec.Aac(rate, Math.max(1, count), facts.isPresent() ? config : Bytes.empty());
    }

    private boolean saysOnly(String name, int expected) {
        String value = value(name);
        return value.isEmpty() || value.equals(Integer.toString(expected));
    }

    private static Optional<AudioSpecificConfig> facts(Bytes config) {
        try {
            return Optional.of(AudioSpecificConfig.parse(config));
        } catch (MalformedException e) {
            return Optional.empty(); // as if the camera had said nothing; the frames are decodable without
        }
    }

    private static Bytes hex(String text) {
        String digits = text.replaceAll("[^0-9a-fA-F]", "");
        return Bytes.of(HexFormat.of().parseHex(digits, 0, digits.length() & ~1));
    }

    /** NAL units out of a list with commas, each in base64 and not empty; what is none of that is passed over. */
    private static List<Bytes> units(String list) {
        List<Bytes> units = new ArrayList<>();
        for (String text : list.split(",", MAX_PARAMETERS)) {
            try {
                Bytes bytes = base64(text);
                // Some cameras leave the start code in front, and FFmpeg a zero behind.
                units.addAll(
                        NalUnits.beginsWithStartCode(bytes)
                                ? NalUnits.splitAnnexB(bytes)
                                : List.of(NalUnits.withoutTrailingZeros(bytes)));
            } catch (MalformedException e) {
                break; // more of them than any camera has: those so far will do
            }
        }
        units.removeIf(Bytes::isEmpty);
        return units;
    }

    /** What {@code text} stands for, whatever strays in it or lacks at its end. */
    private static Bytes base64(String text) {
        String digits = text.replaceAll("[^A-Za-z0-9+/]", "");
        int usable = digits.length() % 4 == 1 ? digits.length() - 1 : digits.length();
        return Bytes.of(Base64.getDecoder().decode(digits.substring(0, usable)));
    }
}
