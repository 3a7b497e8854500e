package oriel.access;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import oriel.base.StreamName;

class AccessFuzzTest {
    private static final Set<String> SCHEMES =
            Set.of("rtsp", "rtsps", "rtspx", "rtmp", "rtmps", "rtmpx", "http", "https", "httpx", "onvif");

    @FuzzTest
    void source(byte[] data) {
        String source = new String(data, StandardCharsets.UTF_8);
        Principal integration = new Principal("ha", Role.INTEGRATION, Door.API);
        if (new SourcePolicy(List.of("oriel"))
                .check(integration, source, "front"::equals)
                .isPresent()) {
            return;
        }
        boolean prefixed = source.startsWith("ffmpeg:") || source.startsWith("webrtc:");
        String inner = prefixed ? source.substring(7) : source;
        int colon = inner.indexOf("://");
        boolean stream = inner.equals("front") || (source.startsWith("ffmpeg:") && inner.startsWith("front#"));
        if (!stream && (colon < 0 || !SCHEMES.contains(inner.substring(0, colon)))) {
            throw new AssertionError("let in: " + source);
        }
        if (inner.matches("(?s)http[sx]?://([^\\[]*@)?(127\\.0\\.0\\.1|localhost)(:\\d*)?([/?#].*)?")) {
            throw new AssertionError("let in: " + source);
        }
    }

    @FuzzTest
    void name(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        StreamName.problem(text);
        StreamName.fromSource(text).ifPresent(name -> {
            if (StreamName.problem(name).isPresent() || name.contains("?") || name.contains("#")) {
                throw new AssertionError("no name: " + name);
            }
        });
    }

    @FuzzTest
    void host(byte[] data) {
        String host = new String(data, StandardCharsets.ISO_8859_1);
        boolean passes =
                new HostCheck(List.of("a.example")).check(List.of(host)).isEmpty();
        if (passes && !host.matches("[A-Za-z0-9._:\\[\\]-]+")) {
            throw new AssertionError("let in: " + host);
        }
        new OriginCheck(List.of("http://a.example"))
                .check(List.of(host), "localhost")
                .ifPresent(Refusal::sentence);
        if (new OriginCheck(List.of()).check(List.of("http://" + host), host).isEmpty() && host.contains("@")) {
            throw new AssertionError("let in: " + host);
        }
    }
}
