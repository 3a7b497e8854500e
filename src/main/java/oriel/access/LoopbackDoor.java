package oriel.access;

import java.net.InetAddress;
import java.util.Collection;
import oriel.config.LoopbackAccess;

/**
 * The HTTP port as long as there is no login: programs on this machine come in, everybody else is told why not.
 * Immutable.
 */
public final class LoopbackDoor {
    private static final int STATUS = 403;
    private static final String LATER =
            " A login comes in a later version of Oriel. Until then it answers programs on its own"
                    + " machine only; api.listen: \"127.0.0.1:1984\" hides the port from the network.";

    private final LoopbackAccess access;

    public LoopbackDoor(LoopbackAccess access) {
        this.access = access;
    }

    /**
     * @param peer the other end of the TCP connection
     * @param headerNames the names of all headers of the request, in any case
     */
    public Entry enter(InetAddress peer, Collection<String> headerNames) {
        if (AddressClass.of(peer) != AddressClass.LOOPBACK) {
            return refuse("This request comes from another machine." + LATER);
        }
        var proxy = ForwardingHeaders.find(headerNames);
        if (proxy.isPresent()) {
            return refuse("This request came through a proxy: it has the header " + proxy.get() + "." + LATER);
        }
        return switch (access) {
            case ADMIN -> admit(Role.ADMIN);
            case INTEGRATION -> admit(Role.INTEGRATION);
            case LOGIN -> refuse("oriel.access.loopback asks for a login." + LATER);
        };
    }

    private static Entry admit(Role role) {
        return new Entry.Admitted(new Principal("this machine", role, Door.API));
    }

    private static Entry refuse(String sentence) {
        return new Entry.Refused(new Refusal(STATUS, sentence));
    }
}
