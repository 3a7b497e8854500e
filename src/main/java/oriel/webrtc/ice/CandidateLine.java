package oriel.webrtc.ice;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import oriel.base.MalformedException;

/** Reads one candidate line (RFC 8839, 5.1), word by word. */
final class CandidateLine {
    static final String PREFIX = "candidate:";

    private static final String ATTRIBUTE = "a=";
    private static final int MIN_WORDS = 8;
    private static final int MAX_WORDS = 64;

    private final String[] words;

    private CandidateLine(String[] words) {
        this.words = words;
    }

    static Candidate parse(String line) throws MalformedException {
        if (line.length() > Candidate.MAX_CHARS) {
            throw new MalformedException("candidate of more than " + Candidate.MAX_CHARS + " characters");
        }
        String text = line.strip();
        text = text.startsWith(ATTRIBUTE) ? text.substring(ATTRIBUTE.length()) : text;
        text = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
        String[] words = text.split(" +", MAX_WORDS);
        if (words.length < MIN_WORDS) {
            throw new MalformedException("candidate of less than " + MIN_WORDS + " words");
        }
        return new CandidateLine(words).read();
    }

    private Candidate read() throws MalformedException {
        if (!words[6].equalsIgnoreCase("typ")) {
            throw new MalformedException("candidate without typ");
        }
        Optional<String> tcpWord = extension("tcptype");
        return new Candidate(
                foundation(words[0]),
                (int) number(words[1], 1, Candidate.MAX_COMPONENT, "component"),
                transport(words[2]),
                number(words[3], 0, Candidate.MAX_PRIORITY, "priority"),
                host(words[4]),
                (int) number(words[5], 0, Candidate.MAX_PORT, "port"),
                type(words[7]),
                tcpWord.isPresent() ? Optional.of(tcpType(tcpWord.get())) : Optional.empty(),
                related(),
                ufrag());
    }

    // A word without a value at the end of the line is no extension.
    private Optional<String> extension(String name) {
        for (int i = MIN_WORDS; i + 1 < words.length; i += 2) {
            if (words[i].equalsIgnoreCase(name)) {
                return Optional.of(words[i + 1]);
            }
        }
        return Optional.empty();
    }

    private Optional<Candidate.Related> related() throws MalformedException {
        Optional<String> host = extension("raddr");
        if (host.isEmpty()) {
            return Optional.empty();
        }
        long port = number(extension("rport").orElse("0"), 0, Candidate.MAX_PORT, "rport");
        return Optional.of(new Candidate.Related(host(host.get()), (int) port));
    }

    private Optional<String> ufrag() {
        return extension("ufrag")
                .filter(text -> text.length() <= IceCredentials.MAX_UFRAG_CHARS
                        && text.chars().allMatch(IceCredentials::isIceChar));
    }

    private static String foundation(String word) throws MalformedException {
        if (word.isEmpty()
                || word.length() > Candidate.MAX_FOUNDATION_CHARS
                || !word.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new MalformedException("candidate with an odd foundation");
        }
        return word;
    }

    private static long number(String word, long min, long max, String what) throws MalformedException {
        int digits = word.length();
        if (digits >= 1 && digits <= 10 && word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            long value = Long.parseLong(word);
            if (value >= min && value <= max) {
                return value;
            }
        }
        throw new MalformedException("candidate with an odd " + what);
    }

    private static Transport transport(String word) throws MalformedException {
        for (Transport transport : Transport.values()) {
            if (transport.word().equalsIgnoreCase(word)) {
                return transport;
            }
        }
        throw new MalformedException("candidate of another transport than UDP and TCP");
    }

    private static CandidateType type(String word) throws MalformedException {
        for (CandidateType type : CandidateType.values()) {
            if (type.word().equalsIgnoreCase(word)) {
                return type;
            }
        }
        throw new MalformedException("candidate of an unknown type");
    }

    private static TcpType tcpType(String word) throws MalformedException {
        for (TcpType type : TcpType.values()) {
            if (type.word().equals(word.toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        throw new MalformedException("candidate with an unknown tcptype");
    }

    private static String host(String word) throws MalformedException {
        boolean chars = word.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= ':')
                        || c == '.'
                        || c == '-'
                        || c == '_');
        if (word.isEmpty() || word.length() > Candidate.MAX_HOST_CHARS || !chars) {
            throw new MalformedException("candidate with an odd address");
        }
        if (looksLikeLiteral(word) && literal(word).isEmpty()) {
            throw new MalformedException("candidate with an address that is none");
        }
        return word;
    }

    /** The address that {@code host} writes out; nothing if it is a name. Never resolves. */
    static Optional<InetAddress> literal(String host) {
        if (!looksLikeLiteral(host)
                || (!isIpv6(host) && host.chars().filter(c -> c == '.').count() != 3)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean looksLikeLiteral(String host) {
        return isIpv6(host) || host.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    }

    private static boolean isIpv6(String host) {
        return host.indexOf(':') >= 0;
    }
}
