package oriel.source.rtsp;

import java.util.Locale;
import java.util.Optional;
import oriel.base.MalformedException;

/**
 * Where a camera will send a track's packets, from the {@code Transport} header of its answer to SETUP (RFC 2326, 12.39).
 *
 * @param rtp interleaved channel of the packets, 0 to 255
 * @param rtcp interleaved channel of the reports; the same if the camera mixes them
 */
record TransportAnswer(int rtp, int rtcp) {
    private static final int MAX_CHANNEL = 255;

    TransportAnswer {
        if (rtp < 0 || rtp > MAX_CHANNEL || rtcp < 0 || rtcp > MAX_CHANNEL) {
            throw new IllegalArgumentException("no interleaved channels: " + rtp + "-" + rtcp);
        }
    }

    /** The header that asks for these channels. */
    String request() {
        return "RTP/AVP/TCP;unicast;interleaved=" + rtp + "-" + rtcp;
    }

    /**
     * Reads an answer to {@link #request}.
     *
     * @param header one transport, or several with commas
     * @return the channels, those asked for if it names none; empty if it is not interleaved at all
     * @throws MalformedException if the channels make no sense
     */
    Optional<TransportAnswer> answered(String header) throws MalformedException {
        for (String transport : header.toLowerCase(Locale.ROOT).split(",", 16)) {
            String[] parts = transport.split(";", 64);
            for (String part : parts) {
                String parameter = part.strip();
                if (parameter.startsWith("interleaved=")) {
                    return Optional.of(channels(parameter.substring("interleaved=".length())));
                }
            }
            if (parts[0].contains("tcp")) {
                return Optional.of(this);
            }
        }
        return Optional.empty();
    }

    private static TransportAnswer channels(String range) throws MalformedException {
        String[] ends = range.replace("\"", "").strip().split("-", 2);
        int rtp = channel(ends[0]);
        int rtcp = ends.length < 2 || ends[1].isBlank() ? Math.min(rtp + 1, MAX_CHANNEL) : channel(ends[1]);
        return new TransportAnswer(rtp, rtcp);
    }

    private static int channel(String text) throws MalformedException {
        String digits = text.strip();
        if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > MAX_CHANNEL) {
            throw new MalformedException("interleaved channel is not 0 to " + MAX_CHANNEL);
        }
        return Integer.parseInt(digits);
    }
}
