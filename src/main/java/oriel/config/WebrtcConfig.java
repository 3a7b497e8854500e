package oriel.config;

import java.util.List;
import java.util.Optional;

/**
 * The WebRTC lane ({@code webrtc}).
 *
 * @param listen one port for all viewers; empty if there is none; default {@code :8555} for UDP and TCP
 * @param candidates further addresses to tell viewers; default none
 * @param iceServers told to viewers, and asked by {@code stun} candidates; default none: go2rtc asks two public servers
 *     unless told otherwise, and Oriel tells nobody on the internet that it is there unless its owner wants it to
 * @param filters which addresses and ways are for viewers; default all
 */
public record WebrtcConfig(
        Optional<Listen> listen, List<Candidate> candidates, List<IceServer> iceServers, WebrtcFilters filters) {
    /** The port when {@code listen} names none. */
    static final int DEFAULT_PORT = 8555;

    public WebrtcConfig {
        candidates = List.copyOf(candidates);
        iceServers = List.copyOf(iceServers);
    }
}
