package oriel.base;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads JSON (RFC 8259) into {@link JsonValue}s on Jackson's streaming core: strictly, at most {@value #MAX_DEPTH} levels
 * deep, no name twice in one object, nothing after the value. What is wrong is told by its place, never by its text,
 * which may hold a secret. Safe on any thread.
 */
public final class Json {
    /** Most characters or bytes, unless the caller names another bound: a request's body. */
    public static final int MAX_SIZE = 256 * 1024;

    /** Most objects and arrays around a value. */
    public static final int MAX_DEPTH = 32;

    private static final String MARK = "\uFEFF";

    // No names are kept and no buffers pooled from one text to the next: texts come from strangers and hold secrets.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(JsonNumber.MAX_CHARS)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Json() {}

    /** Reads a text of at most {@value #MAX_SIZE} characters. */
    public static JsonValue parse(String text) throws MalformedException {
        return parse(text, MAX_SIZE);
    }

    /** Reads a text of at most {@code maxChars} characters. */
    public static JsonValue parse(String text, int maxChars) throws MalformedException {
        if (text.length() > maxChars) {
            throw new MalformedException("JSON of " + text.length() + " characters, at most " + maxChars);
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return document(parser, Json::value);
        }
    }

    /** Reads UTF-8 of at most {@value #MAX_SIZE} bytes. */
    public static JsonValue parse(byte[] utf8) throws MalformedException {
        return parse(utf8, MAX_SIZE);
    }

    /** Reads UTF-8 of at most {@code maxBytes} bytes; a byte order mark is passed over. */
    public static JsonValue parse(byte[] utf8, int maxBytes) throws MalformedException {
        if (utf8.length > maxBytes) {
            throw new MalformedException("JSON of " + utf8.length + " bytes, at most " + maxBytes);
        }
        ByteBuffer bytes = ByteBuffer.wrap(utf8);
        CharBuffer chars = CharBuffer.allocate(utf8.length);
        if (decoder().decode(bytes, chars, true).isError()) {
            throw new MalformedException("JSON is not UTF-8 at byte " + bytes.position());
        }
        String text = chars.flip().toString();
        return parse(text.startsWith(MARK) ? text.substring(MARK.length()) : text, maxBytes);
    }

    private static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /**
     * Hands each item of the list that {@code path} leads to, from object to object, to {@code each}, one after the other,
     * and passes over everything else: a file of many megabytes takes the memory of one item. What was handed out before
     * an exception belongs to a text that is not whole.
     *
     * @param utf8 at most {@code maxBytes} bytes; a byte order mark is passed over
     * @return whether there is a list at the end of the path
     */
    public static boolean forEachItem(byte[] utf8, int maxBytes, List<String> path, Consumer<JsonValue> each)
            throws MalformedException {
        if (utf8.length > maxBytes) {
            throw new MalformedException("JSON of " + utf8.length + " bytes, at most " + maxBytes);
        }
        byte[] mark = MARK.getBytes(StandardCharsets.UTF_8);
        int start = utf8.length >= mark.length && Arrays.equals(utf8, 0, mark.length, mark, 0, mark.length)
                ? mark.length
                : 0;
        // Not the bytes themselves: of those Jackson would guess the encoding.
        Reader text = new InputStreamReader(new ByteArrayInputStream(utf8, start, utf8.length - start), decoder());
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return document(parser, (p, first) -> walk(p, first, path, each));
        }
    }

    private static boolean walk(JsonParser parser, JsonToken token, List<String> path, Consumer<JsonValue> each)
            throws MalformedException {
        if (token != (path.isEmpty() ? JsonToken.START_ARRAY : JsonToken.START_OBJECT)) {
            parser.skipChildren();
            return false;
        }
        if (path.isEmpty()) {
            for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
                each.accept(value(parser, item));
            }
            return true;
        }
        boolean found = false;
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean leads = parser.currentName().equals(path.getFirst());
            JsonToken member = parser.nextToken();
            if (leads) {
                found |= walk(parser, member, path.subList(1, path.size()), each);
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }

    /** Reads a document from its first token on. */
    private interface Reading<T> {
        T read(JsonParser parser, JsonToken first) throws MalformedException;
    }

    private static <T> T document(JsonParser parser, Reading<T> reading) throws MalformedException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new MalformedException("JSON without a value");
            }
            T value = reading.read(parser, first);
            if (parser.nextToken() != null) {
                throw malformed("something after the value", parser);
            }
            return value;
        } catch (UnexpectedEndOfInputException e) {
            throw malformed("the end comes too early", parser);
        } catch (StreamConstraintsException e) {
            throw malformed("more than " + MAX_DEPTH + " levels, or an endless number", parser);
        } catch (JacksonException e) {
            throw malformed("not JSON", parser);
        }
    }

    // Jackson bounds the digits before the exponent, and those of it, each by itself.
    private static JsonNumber number(JsonParser parser) throws MalformedException {
        String literal = parser.getString();
        if (literal.length() > JsonNumber.MAX_CHARS) {
            throw malformed("an endless number", parser);
        }
        return new JsonNumber(literal);
    }

    private static JsonValue value(JsonParser parser, JsonToken token) throws MalformedException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonString(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> new JsonBool(true);
            case VALUE_FALSE -> new JsonBool(false);
            case VALUE_NULL -> new JsonNull();
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
                throw malformed("not JSON", parser);
        };
    }

    private static JsonObject object(JsonParser parser) throws MalformedException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (members.containsKey(name)) {
                throw malformed("a name that was there before", parser);
            }
            members.put(name, value(parser, parser.nextToken()));
        }
        return new JsonObject(members);
    }

    private static JsonArray array(JsonParser parser) throws MalformedException {
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(parser, token));
        }
        return new JsonArray(items);
    }

    private static MalformedException malformed(String what, JsonParser parser) {
        TokenStreamLocation where = parser.currentLocation();
        return new MalformedException(
                "JSON: " + what + " at line " + where.getLineNr() + ", column " + where.getColumnNr());
    }
}
