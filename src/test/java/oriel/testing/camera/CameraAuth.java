package oriel.testing.camera;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a simulated camera asks who you are; checks the answer by its own reading of RFC 7616. */
public enum CameraAuth {
    NONE,
    BASIC,
    /** Without qop, as RFC 2069 had it. */
    DIGEST_2069,
    DIGEST_MD5,
    DIGEST_SHA256,
    /** MD5 and SHA-256, each in a header of its own; MD5 is refused if it is chosen. */
    DIGEST_BOTH,
    /** Digest, then Basic. */
    DIGEST_OR_BASIC;

    private static final String REALM = "simulated camera";
    private static final Pattern PARAMETER = Pattern.compile("([a-z]+)=(?:\"([^\"]*)\"|([^,\\s]+))");

    /** The values of {@code WWW-Authenticate}. */
    List<String> challenges(String nonce, boolean stale) {
        String end = ", nonce=\"" + nonce + "\"" + (stale ? ", stale=true" : "");
        String digest = "Digest realm=\"" + REALM + "\"" + end;
        List<String> challenges = new ArrayList<>();
        switch (this) {
            case NONE -> {}
            case BASIC -> challenges.add("Basic realm=\"" + REALM + "\"");
            case DIGEST_2069 -> challenges.add(digest);
            case DIGEST_MD5 -> challenges.add(digest + ", qop=\"auth\", algorithm=MD5, opaque=\"cafe\"");
            case DIGEST_SHA256 -> challenges.add(digest + ", qop=\"auth\", algorithm=SHA-256");
            case DIGEST_BOTH -> {
                challenges.add(digest + ", qop=\"auth\", algorithm=MD5");
                challenges.add(digest + ", qop=\"auth\", algorithm=SHA-256");
            }
            case DIGEST_OR_BASIC -> challenges.add(digest + ", qop=\"auth\", Basic realm=\"" + REALM + "\"");
        }
        return challenges;
    }

    /** Whether {@code authorization} proves user and password for this request. */
    boolean admits(String authorization, CameraRequest request, String user, String password, String nonce) {
        if (authorization.startsWith("Basic ")) {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.substring("Basic ".length())), StandardCharsets.UTF_8);
            return this == BASIC && pair.equals(user + ":" + password);
        }
        if (this == BASIC || !authorization.startsWith("Digest ")) {
            return false;
        }
        Map<String, String> said = new HashMap<>();
        Matcher parameters = PARAMETER.matcher(authorization);
        while (parameters.find()) {
            said.put(parameters.group(1), parameters.group(2) != null ? parameters.group(2) : parameters.group(3));
        }
        boolean sha = this == DIGEST_SHA256 || this == DIGEST_BOTH;
        String hash = sha ? "SHA-256" : "MD5";
        String proof = hex(hash, user + ":" + REALM + ":" + password) + ":" + nonce;
        if (this != DIGEST_2069) {
            proof += ":" + said.get("nc") + ":" + said.get("cnonce") + ":auth";
        }
        proof += ":" + hex(hash, request.method() + ":" + request.uri());
        return user.equals(said.get("username"))
                && nonce.equals(said.get("nonce"))
                && request.uri().equals(said.get("uri"))
                && hex(hash, proof).equals(said.get("response"))
                && (this != DIGEST_MD5 || "cafe".equals(said.get("opaque")));
    }

    private static String hex(String hash, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(hash).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
