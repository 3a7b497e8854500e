package oriel.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import oriel.base.MalformedException;

/** Bodies of {@code application/x-www-form-urlencoded}, with base64 of texts in them. */
final class Forms {
    private static final int MAX_FIELDS = 64;

    private Forms() {}

    /**
     * The value of a field.
     *
     * @throws MalformedException if the form has none of this name, or is no form
     */
    static String field(byte[] body, String name) throws MalformedException {
        String[] pairs = Requests.text(body).split("&", MAX_FIELDS);
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decode(pair.substring(0, equals)).equals(name)) {
                return decode(pair.substring(equals + 1));
            }
        }
        throw new MalformedException("The form has no field " + name + ".");
    }

    /** The text that {@code value} encodes. */
    static String base64(String value) throws MalformedException {
        try {
            // A plus that was sent bare arrives as a blank.
            return Requests.text(Base64.getMimeDecoder().decode(value.replace(' ', '+')));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("The field is not base64.");
        }
    }

    private static String decode(String text) throws MalformedException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("The form is not percent-encoded as it should be.");
        }
    }
}
