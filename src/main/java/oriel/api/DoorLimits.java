package oriel.api;

import java.util.ArrayList;
import java.util.List;
import oriel.access.LinkTokens;
import oriel.access.WrongTries;
import oriel.metrics.Drops;
import oriel.metrics.Limit;
import oriel.state.StateStore;

/** The bounds of the doors, for the page. */
final class DoorLimits {
    private DoorLimits() {}

    /** @param drops what the doors threw away */
    static List<Limit> of(ConnectionLimit connections, Drops drops) {
        List<Limit> all = new ArrayList<>(connections.limits());
        all.addAll(List.of(
                Limit.of(
                                "http.request-time",
                                RequestDeadline.HEAD.toSeconds(),
                                "seconds for a request's head, and 30 for its body",
                                "The connection is closed.")
                        .countedBy(drops, "http-slow"),
                Limit.of("http.head", ApiServer.MAX_HEADER, "bytes of a request's headers", "Refused with 431.")
                        .countedBy(drops, "http-head-full"),
                Limit.of("http.body", ApiServer.MAX_BODY, "bytes of a request's body", "Refused with 413.")
                        .countedBy(drops, "http-body-full"),
                Limit.of(
                                "login.addresses",
                                WrongTries.MAX_ADDRESSES,
                                "addresses whose wrong logins are remembered",
                                "The one that was quiet longest is forgotten.")
                        .countedBy(drops, "login-wrong", "login-slowed"),
                Limit.of(
                        "links.share",
                        StateStore.MAX_LINKS,
                        "share links that have not ended",
                        "A further one is refused in words."),
                Limit.of(
                        "links.once",
                        LinkTokens.MAX_ONCE_EACH,
                        "tokens of one user that wait to be used",
                        "A further one is refused with 429."),
                Limit.of(
                                "websocket.message",
                                SignalingSession.MAX_MESSAGE,
                                "characters of a message",
                                "The socket is closed.")
                        .countedBy(drops, "websocket-message-full"),
                Limit.of(
                                "websocket.outgoing",
                                SocketWriter.MAX_WAITING,
                                "messages waiting for one socket",
                                "A socket whose other end does not read is closed.")
                        .countedBy(drops, "websocket-slow"),
                Limit.of(
                                "websocket.events",
                                EventFeed.MAX_LISTENERS,
                                "pages that listen for events, " + EventFeed.MAX_EACH + " of one user or address",
                                "Further ones are sent away, and ask for the list instead.")
                        .countedBy(drops, "events-full"),
                Limit.of(
                                "websocket.candidates",
                                SignalingSession.MAX_EARLY_CANDIDATES,
                                "candidates that come before their offer",
                                "Further ones are passed over.")
                        .countedBy(drops, "early-candidates-full")));
        return all;
    }
}
