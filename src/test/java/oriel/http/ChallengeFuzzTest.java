package oriel.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import oriel.base.MalformedException;
import oriel.base.Secret;

class ChallengeFuzzTest {
    @FuzzTest
    void answer(byte[] data) {
        String headers = new String(data, StandardCharsets.UTF_8);
        Authenticator authenticator =
                new Authenticator(Optional.of(new Credentials("user", Secret.of("password"))), new Random(1));
        try {
            authenticator.onUnauthorized(List.of(headers.split("\n", -1)), false);
            String authorization =
                    authenticator.authorization("DESCRIBE", "rtsp://h/").orElse("");
            if (authorization.chars().anyMatch(c -> c < ' ')) {
                throw new AssertionError("a control character in " + authorization);
            }
            authenticator.onAccepted(List.of(headers));
            authenticator.authorization("PLAY", "rtsp://h/");
        } catch (MalformedException e) {
            // What the parser may say.
        }
    }
}
