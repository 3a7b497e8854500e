package oriel.metrics;

import java.util.Map;

/** What the log says of each reason of {@link Drops}; a reason that is not here is somebody's malformed bytes. */
final class DropWords {
    private static final Map<String, Words> KNOWN = Map.ofEntries(
            notable("log-full", "lines of this log lost, for whoever takes them does not keep up"),
            // Sockets and peers
            notable("udp-length", "datagrams that were empty or larger than 2048 bytes dropped"),
            usual("udp-error", "errors on the UDP port, such as viewers that are gone"),
            usual("udp-train", "trains of datagrams refused on the way, sent singly from now on"),
            notable("unknown-address", "datagrams from unknown addresses dropped"),
            notable("stun-unknown", "STUN answers to nothing we asked dropped"),
            notable("unconnected-full", "offers refused, for too many viewers were connecting"),
            notable("joins-too-fast", "offers refused, for more viewers came than can be greeted in a second"),
            notable("handshakes-full", "DTLS hellos put off, for too many handshakes were under way"),
            notable("handshake-failed", "DTLS handshakes refused"),
            notable("dtls-overflow", "DTLS datagrams dropped, for too many came at once"),
            notable("dtls-refused", "DTLS datagrams dropped that no honest viewer sends"),
            usual("dtls-application", "DTLS messages to nobody dropped"),
            notable("not-authenticated", "datagrams dropped from addresses that have not shown who they are"),
            notable("first-byte", "datagrams of no known kind dropped"),
            notable("unasked-media", "media packets dropped that nobody asked for"),
            usual("rtcp-before-keys", "reports dropped that came before the keys"),
            notable("ice-candidate-limit", "candidates beyond the 64 of a viewer passed over"),
            notable("ice-malformed", "malformed STUN messages dropped"),
            notable("ice-fingerprint", "STUN messages with a wrong fingerprint dropped"),
            notable("ice-not-a-check", "STUN messages that are no checks dropped"),
            notable("ice-username", "STUN checks for somebody else dropped"),
            notable("ice-no-integrity", "STUN checks without a signature dropped"),
            notable("ice-bad-integrity", "STUN messages signed by another password dropped"),
            notable("ice-bad-request", "STUN checks that lack something refused"),
            usual("ice-role-conflict", "STUN checks in our own role refused"),
            usual("ice-unknown-transaction", "STUN answers to nothing we asked dropped"),
            usual("ice-asymmetric", "STUN answers from elsewhere than we asked dropped"),
            notable("ice-bad-answer", "STUN answers that say no or mean nothing dropped"),
            notable("candidate-malformed", "unreadable candidates passed over"),
            usual("ice-restart", "restarts of ICE given up"),
            usual("viewer-unreached", "viewers given up that no way was found to in 30 s"),
            usual("viewer-silent", "viewers let go that had not answered for 15 s"),
            notable("udp-filtered", "datagrams dropped that came to an address which webrtc.filters closes"),
            // TCP connections to the WebRTC port
            notable("tcp-filtered", "TCP connections closed that came to an address which webrtc.filters closes"),
            notable("tcp-full", "TCP connections closed, for too many were open, or too many of one address"),
            notable("tcp-crowded", "TCP connections closed that had shown nothing, to let others in"),
            notable("tcp-silent", "TCP connections closed that did not show who they are in 5 s"),
            notable("tcp-not-a-check", "TCP connections closed that began with anything but a STUN check"),
            notable("tcp-unknown-name", "TCP connections closed that are nobody's we know"),
            notable("tcp-integrity", "TCP connections closed whose STUN check was signed by another password"),
            notable("tcp-frame", "TCP connections closed whose frames are too long or empty"),
            notable("tcp-unread", "TCP connections closed whose other end does not read"),
            usual("tcp-error", "errors on TCP connections, such as viewers that are gone"),
            usual("tcp-gone", "packets dropped for TCP connections that are gone"),
            // Loops
            notable("loop-tasks-full", "tasks refused by a loop that does not keep up"),
            // MQTT
            notable("topics-full", "values not told to the broker, for there is no more room for them"),
            usual("event-away", "events not told, for the broker was away"),
            notable("mqtt-events-full", "events not told, for the broker does not keep up"),
            notable("received-full", "messages of the broker's dropped, for too many came at once"),
            notable("received-large", "messages of the broker's dropped that were too large"),
            usual("publish-refused", "messages that the broker did not take"),
            // Doors
            notable("http-connections-full", "connections refused, for too many were open"),
            notable("http-address-full", "connections refused, for their address had too many"),
            notable("http-user-full", "requests refused, for their user had too many under way"),
            notable("accept-failed", "times no connection could be accepted, for the system has no descriptor left"),
            notable("ingress-peer", "connections to the ingress door refused that were not the Supervisor's"),
            notable("login-wrong", "wrong logins"),
            notable("login-slowed", "logins that have to wait, after too many wrong ones from their address"),
            notable("http-slow", "connections closed that took too long over a request"),
            notable("http-head-full", "requests refused whose headers are too large"),
            notable("http-body-full", "requests refused whose body is too large"),
            notable("websocket-message-full", "WebSocket messages refused that are too large"),
            notable("events-full", "pages sent away, for too many listen for events"),
            notable("websocket-slow", "WebSockets closed whose other end does not read"),
            notable("early-candidates-full", "candidates before their offer passed over"),
            // Viewers
            notable("socket-full", "packets not sent, for the socket was full; the picture goes on at a key frame"),
            usual("way-closed", "packets not sent, for the viewer's connection has closed"),
            usual("nack-too-old", "packets asked for again that are no longer kept"),
            usual("nack-too-soon", "packets asked for again that are on their way"),
            notable("nack-too-many", "packets asked for again beyond what a viewer may"),
            notable("slow-link", "packets not sent, for the way to the viewer carries too little"),
            usual("key-request-slow-link", "requests for a key frame passed over, for the way carries too little"),
            usual("key-request-too-soon", "requests for a key frame passed over, for one was asked for just now"),
            // Stills
            notable("stills-busy", "stills refused, for too many were asked for at once"),
            notable("stills-full", "stills refused, for too many pictures waited to be decoded"),
            // Sources and the hub
            notable("late-packet", "packets dropped that came late or twice"),
            usual("before-key-frame", "packets dropped before the first key frame"),
            notable("loop-full", "packets dropped, for a loop did not keep up; the picture goes on at a key frame"),
            notable("gop-full", "groups of pictures too large to keep, new viewers see the key frame and wait"),
            notable("sources-full", "streams refused that have too many sources"),
            notable("streams-full", "streams refused, for there are too many"),
            notable("viewers-full", "viewers refused, for the stream had too many"));

    private DropWords() {}

    /**
     * @param text what happened, to stand behind a number
     * @param usual whether honest viewers and cameras cause it every day
     */
    record Words(String text, boolean usual) {}

    static Words of(String reason) {
        Words words = KNOWN.get(reason);
        return words == null ? new Words("packets malformed (" + reason + ")", false) : words;
    }

    static boolean knows(String reason) {
        return KNOWN.containsKey(reason);
    }

    private static Map.Entry<String, Words> notable(String reason, String text) {
        return Map.entry(reason, new Words(text, false));
    }

    private static Map.Entry<String, Words> usual(String reason, String text) {
        return Map.entry(reason, new Words(text, true));
    }
}
