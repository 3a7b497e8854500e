package oriel.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import oriel.base.MalformedException;

/**
 * What a peer learnt of its ways after its offer: {@code application/trickle-ice-sdpfrag} (RFC 8840, 9), as WHIP and WHEP
 * carry it (RFC 9725, 4.3). Read for one transport that all sections share, so where a line stands makes no difference.
 *
 * @param ufrag of the generation that the candidates belong to; empty if the fragment does not say
 * @param password goes with it; empty if the fragment does not say. Not for logs
 * @param candidates in their order, each {@code candidate:...}, none twice; at most {@value #MAX_CANDIDATES}
 * @param complete whether no further ones will come
 * @param mid the name of its first section, which an answer to it repeats; empty if there is none
 */
public record SdpFragment(String ufrag, String password, List<String> candidates, boolean complete, String mid) {
    /** The media type. */
    public static final String TYPE = "application/trickle-ice-sdpfrag";

    /** Most candidates of one fragment. */
    public static final int MAX_CANDIDATES = 64;

    private static final int MAX_CANDIDATE_CHARS = 512;
    private static final int MAX_CREDENTIAL_CHARS = 256;
    private static final int MAX_MID_CHARS = 64;

    public SdpFragment {
        candidates = List.copyOf(candidates);
    }

    /**
     * Reads {@code text}.
     *
     * @throws MalformedException if it says nothing of ICE, says two things of whose it is, or is beyond the bounds
     */
    public static SdpFragment parse(String text) throws MalformedException {
        SessionDescription lines = SessionDescription.parse(text);
        String ufrag = only(lines, "ice-ufrag");
        String password = only(lines, "ice-pwd");
        if (ufrag.isEmpty() != password.isEmpty()) {
            throw new MalformedException("an SDP fragment with one of ice-ufrag and ice-pwd alone");
        }
        List<String> candidates = candidates(lines);
        boolean complete = lines.has("end-of-candidates")
                || lines.media().stream().anyMatch(section -> section.has("end-of-candidates"));
        if (ufrag.isEmpty() && candidates.isEmpty() && !complete) {
            throw new MalformedException("an SDP fragment without a word of ICE");
        }
        String mid = lines.media().stream()
                .flatMap(section -> section.values("mid"))
                .filter(name -> name.length() <= MAX_MID_CHARS)
                .findFirst()
                .orElse("");
        return new SdpFragment(ufrag, password, candidates, complete, mid);
    }

    /** The text, with {@code \r\n} line ends. */
    public String text() {
        StringBuilder text = new StringBuilder(512);
        if (!ufrag.isEmpty()) {
            text.append("a=ice-ufrag:")
                    .append(ufrag)
                    .append("\r\na=ice-pwd:")
                    .append(password)
                    .append("\r\n");
        }
        text.append("m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n");
        if (!mid.isEmpty()) {
            text.append("a=mid:").append(mid).append("\r\n");
        }
        candidates.forEach(candidate -> text.append("a=").append(candidate).append("\r\n"));
        return complete ? text.append("a=end-of-candidates\r\n").toString() : text.toString();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "SdpFragment[" + ufrag + ", " + candidates.size() + " candidates, complete " + complete + "]";
    }

    private static List<String> candidates(SessionDescription lines) throws MalformedException {
        Set<String> seen = new HashSet<>();
        List<String> candidates = new ArrayList<>();
        for (String value : (Iterable<String>) all(lines, "candidate")::iterator) {
            if (value.length() > MAX_CANDIDATE_CHARS) {
                throw new MalformedException("a candidate of more than " + MAX_CANDIDATE_CHARS + " characters");
            }
            if (!value.isEmpty() && seen.add(value)) {
                if (candidates.size() == MAX_CANDIDATES) {
                    throw new MalformedException("an SDP fragment of more than " + MAX_CANDIDATES + " candidates");
                }
                candidates.add("candidate:" + value);
            }
        }
        return candidates;
    }

    // Browsers repeat it in each section.
    private static String only(SessionDescription lines, String name) throws MalformedException {
        List<String> values = all(lines, name).distinct().limit(2).toList();
        if (values.size() > 1) {
            throw new MalformedException("an SDP fragment with two " + name);
        }
        Optional<String> value = values.stream().findFirst();
        if (value.isPresent() && (value.get().isEmpty() || value.get().length() > MAX_CREDENTIAL_CHARS)) {
            throw new MalformedException("an SDP fragment with an " + name + " of no use");
        }
        return value.orElse("");
    }

    private static Stream<String> all(SessionDescription lines, String name) {
        return Stream.concat(lines.values(name), lines.media().stream().flatMap(section -> section.values(name)));
    }
}
