package oriel.access;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a door sees of a request.
 *
 * @param peer the other end of the TCP connection
 * @param headerNames the names of all headers, in any case
 * @param forwardedFor the lines of {@code X-Forwarded-For}
 * @param authorization the lines of {@code Authorization}
 * @param token what stands behind {@code token=} in the query
 * @param use what a link's token would be used for here
 */
public record Knock(
        InetAddress peer,
        Collection<String> headerNames,
        List<String> forwardedFor,
        List<String> authorization,
        Optional<String> token,
        TokenUse use) {
    public Knock {
        headerNames = Set.copyOf(headerNames);
        forwardedFor = List.copyOf(forwardedFor);
        authorization = List.copyOf(authorization);
    }
}
