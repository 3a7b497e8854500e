package oriel.testing.viewer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a viewer offers to take: sections in their order, each with codecs in theirs. Written out by {@link
 * RtpViewer#offer()}, which adds name, password and fingerprint.
 */
public record ViewerOffer(List<Section> sections) {
    /** Codecs that Chromium offers for sound, the lines of an {@code m=audio}. */
    public static final List<Codec> CHROMIUM_SOUND = List.of(
            new Codec(111, "opus/48000/2", "minptime=10;useinbandfec=1"),
            new Codec(63, "red/48000/2", "111/111"),
            new Codec(9, "G722/8000", ""),
            new Codec(0, "PCMU/8000", ""),
            new Codec(8, "PCMA/8000", ""),
            new Codec(13, "CN/8000", ""),
            new Codec(110, "telephone-event/48000", ""));

    /** Codecs that Chromium offers for pictures. */
    public static final List<Codec> CHROMIUM_PICTURE = List.of(
            new Codec(96, "VP8/90000", ""),
            new Codec(97, "rtx/90000", "apt=96"),
            new Codec(98, "VP9/90000", "profile-id=0"),
            new Codec(102, "H264/90000", h264("42001f", 1)),
            new Codec(104, "H264/90000", h264("42001f", 0)),
            new Codec(108, "H264/90000", h264("42e01f", 1)),
            new Codec(114, "H264/90000", h264("42e01f", 0)),
            new Codec(116, "H264/90000", h264("4d001f", 1)),
            new Codec(41, "H264/90000", h264("f4001f", 1)),
            new Codec(45, "AV1/90000", "level-idx=5;profile=0;tier=0"),
            new Codec(118, "red/90000", ""),
            new Codec(120, "ulpfec/90000", ""));

    /** What Chromium says of transport-wide numbers. */
    private static final String TRANSPORT_NUMBERS =
            "3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

    /** H.264 with repetitions in a stream of their own, and feedback of the whole transport. */
    public static final List<Codec> REPEATED_PICTURE =
            List.of(new Codec(108, "H264/90000", h264("42e01f", 1)), new Codec(109, "rtx/90000", "apt=108"));

    /** H.265 alone, as some browsers offer it. */
    public static final Codec H265 = new Codec(121, "H265/90000", "level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST");

    /** Sound, then picture, as Chromium and Home Assistant's frontend ask. */
    public static final ViewerOffer CHROMIUM = of(Section.audio(CHROMIUM_SOUND), Section.video(CHROMIUM_PICTURE));

    /** Picture, then sound, as go2rtc's own pages ask. */
    public static final ViewerOffer PICTURE_FIRST = of(Section.video(CHROMIUM_PICTURE), Section.audio(CHROMIUM_SOUND));

    /** No sound wanted. */
    public static final ViewerOffer PICTURE = of(Section.video(CHROMIUM_PICTURE));

    /** No sound wanted, repetitions and transport-wide feedback spoken. */
    public static final ViewerOffer REPEATED = of(Section.video(REPEATED_PICTURE));

    /** The same with sound. */
    public static final ViewerOffer REPEATED_WITH_SOUND =
            of(Section.audio(CHROMIUM_SOUND), Section.video(REPEATED_PICTURE));

    /** No picture wanted. */
    public static final ViewerOffer SOUND = of(Section.audio(CHROMIUM_SOUND));

    public ViewerOffer {
        sections = List.copyOf(sections);
    }

    public static ViewerOffer of(Section... sections) {
        return new ViewerOffer(List.of(sections));
    }

    /** @param fmtp empty for none */
    public record Codec(int payloadType, String rtpmap, String fmtp) {
        Stream<String> lines() {
            Stream<String> map = Stream.of("a=rtpmap:" + payloadType + " " + rtpmap);
            Stream<String> parameters = fmtp.isEmpty() ? Stream.of() : Stream.of("a=fmtp:" + payloadType + " " + fmtp);
            boolean picture = rtpmap.endsWith("/90000") && !rtpmap.startsWith("r") && !rtpmap.startsWith("u");
            Stream<String> feedback = picture
                    ? Stream.of("ccm fir", "nack", "nack pli").map(word -> "a=rtcp-fb:" + payloadType + " " + word)
                    : Stream.of();
            return Stream.of(map, feedback, parameters).flatMap(lines -> lines);
        }
    }

    /**
     * One {@code m=} section.
     *
     * @param media {@code audio}, {@code video} or {@code application}
     * @param direction {@code recvonly}, {@code sendrecv}, {@code inactive}; empty for a data channel
     */
    public record Section(String media, String direction, List<Codec> codecs) {
        public Section {
            codecs = List.copyOf(codecs);
        }

        public static Section audio(List<Codec> codecs) {
            return new Section("audio", "recvonly", codecs);
        }

        public static Section video(List<Codec> codecs) {
            return new Section("video", "recvonly", codecs);
        }

        public static Section dataChannel() {
            return new Section("application", "", List.of());
        }

        public Section directed(String other) {
            return new Section(media, other, codecs);
        }
    }

    private static String h264(String profile, int packetization) {
        return "level-asymmetry-allowed=1;packetization-mode=" + packetization + ";profile-level-id=" + profile;
    }

    /**
     * @param setup {@code actpass} or {@code active}
     * @param candidates lines without {@code a=}, at the end of the first section
     */
    String sdp(String ufrag, String password, String fingerprint, String setup, List<String> candidates) {
        List<String> lines =
                new ArrayList<>(List.of("v=0", "o=- 4611731400430051336 2 IN IP4 127.0.0.1", "s=-", "t=0 0"));
        StringBuilder mids = new StringBuilder();
        for (int i = 0; i < sections.size(); i++) {
            mids.append(' ').append(i);
        }
        lines.add("a=group:BUNDLE" + mids);
        lines.add("a=msid-semantic: WMS");
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            boolean data = section.media.equals("application");
            String formats = data
                    ? "webrtc-datachannel"
                    : String.join(
                            " ",
                            section.codecs.stream()
                                    .map(codec -> Integer.toString(codec.payloadType))
                                    .toList());
            lines.add("m=" + section.media + " 9 " + (data ? "UDP/DTLS/SCTP " : "UDP/TLS/RTP/SAVPF ") + formats);
            lines.add("c=IN IP4 0.0.0.0");
            lines.add("a=ice-ufrag:" + ufrag);
            lines.add("a=ice-pwd:" + password);
            lines.add("a=ice-options:trickle");
            lines.add("a=fingerprint:" + fingerprint);
            lines.add("a=setup:" + setup);
            lines.add("a=mid:" + i);
            if (data) {
                lines.add("a=sctp-port:5000");
                lines.add("a=max-message-size:262144");
            } else {
                lines.add("a=" + section.direction);
                lines.add("a=rtcp-mux");
                lines.add("a=rtcp-rsize");
                section.codecs.stream().flatMap(Codec::lines).forEach(lines::add);
                if (section.codecs.equals(REPEATED_PICTURE)) {
                    lines.add("a=extmap:" + TRANSPORT_NUMBERS);
                    lines.add("a=rtcp-fb:108 transport-cc");
                }
            }
            if (i == 0) {
                candidates.forEach(candidate -> lines.add("a=" + candidate));
            }
        }
        return String.join("\r\n", lines) + "\r\n";
    }
}
