package oriel.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import oriel.base.MalformedException;
import oriel.base.Secret;

/** What an {@code Authorization} header says: Basic (RFC 7617) or Bearer (RFC 6750). */
sealed interface Authorization {
    record Basic(String name, Secret password) implements Authorization {}

    record Bearer(Secret token) implements Authorization {}

    /** @throws MalformedException if it is neither; the reason holds nothing of it */
    static Authorization parse(String header) throws MalformedException {
        int blank = header.indexOf(' ');
        if (blank < 0) {
            throw new MalformedException("Authorization has a scheme and nothing behind it");
        }
        String scheme = header.substring(0, blank).toLowerCase(Locale.ROOT);
        String rest = header.substring(blank + 1).strip();
        return switch (scheme) {
            case "basic" -> basic(rest);
            case "bearer" -> new Bearer(Secret.of(rest));
            default -> throw new MalformedException("Authorization is neither Basic nor Bearer");
        };
    }

    private static Basic basic(String rest) throws MalformedException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Base64.getDecoder().decode(rest)))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new MalformedException("Basic is not base64 of UTF-8");
        }
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new MalformedException("Basic has no colon between user and password");
        }
        return new Basic(text.substring(0, colon), Secret.of(text.substring(colon + 1)));
    }
}
