package oriel.config;

/**
 * One thing that is wrong in the configuration, for its owner.
 *
 * @param file as {@link Place#file()}
 * @param line from 1; 0 if the whole file is meant
 * @param key with dots: {@code webrtc.ice_servers[0].urls}; empty if there is none
 * @param value as it was written, bounded, without secrets and control characters; empty if there is none
 * @param rule what holds, as the end of a sentence: {@code is no address: host:port}
 * @param nextStep what to do, as a sentence without its full stop; may be empty
 */
public record ConfigProblem(String file, int line, String key, String value, String rule, String nextStep) {
    /** One line of text: {@code go2rtc.yaml:3: api.listen: "1984" has no port: an address is host:port. Write ":1984".} */
    @Override
    public String toString() {
        return file
                + (line > 0 ? ":" + line : "")
                + ": "
                + (key.isEmpty() ? "" : key + ": ")
                + (value.isEmpty() ? "" : "\"" + value + "\" ")
                + rule
                + "."
                + (nextStep.isEmpty() ? "" : " " + nextStep + ".");
    }
}
