package oriel.webrtc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import oriel.base.MalformedException;

/** The offers of {@code src/test/resources/oriel/webrtc/offers}. */
final class Offers {
    static final List<String> ALL = List.of(
            "chromium-156-home-assistant-2024",
            "chromium-156-home-assistant-2026",
            "chromium-156-talk",
            "libwebrtc-138",
            "firefox",
            "aiortc",
            "gstreamer-without-bundle");

    /** A small one for tests that change a line. */
    static final String SMALL = """
            v=0
            o=- 1 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE 0 1
            m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8
            c=IN IP4 0.0.0.0
            a=ice-ufrag:abcd
            a=ice-pwd:0123456789abcdefABCDEF
            a=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF
            a=setup:actpass
            a=mid:0
            a=recvonly
            a=rtcp-mux
            a=rtpmap:111 opus/48000/2
            m=video 9 UDP/TLS/RTP/SAVPF 96 108
            c=IN IP4 0.0.0.0
            a=ice-ufrag:abcd
            a=ice-pwd:0123456789abcdefABCDEF
            a=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF
            a=setup:actpass
            a=mid:1
            a=recvonly
            a=rtcp-mux
            a=rtpmap:96 VP8/90000
            a=rtpmap:108 H264/90000
            a=fmtp:108 packetization-mode=1;profile-level-id=42e01f
            """;

    private Offers() {}

    static String text(String name) {
        String resource = "offers/" + name + ".sdp";
        try (InputStream stream = Objects.requireNonNull(Offers.class.getResourceAsStream(resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\n", "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Offer parsed(String name) throws MalformedException {
        return Offer.parse(text(name));
    }

    /** The small offer with {@code line} in place of each line that begins with {@code beginning}. */
    static String smallWith(String beginning, String line) {
        StringBuilder text = new StringBuilder();
        SMALL.lines().forEach(l -> {
            String kept = l.startsWith(beginning) ? line : l;
            if (!kept.isEmpty()) {
                text.append(kept).append("\r\n");
            }
        });
        return text.toString();
    }
}
