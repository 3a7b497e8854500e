package oriel.api;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import oriel.access.Entry;
import oriel.access.HostCheck;
import oriel.access.LoopbackDoor;
import oriel.access.OriginCheck;
import oriel.access.Refusal;

/** Decides on each request before any route sees it: is it from a page that may, from a machine that may, and as whom. */
public final class DoorGuard {
    private final LoopbackDoor door;
    private final HostCheck hosts;
    private final OriginCheck origins;

    public DoorGuard(LoopbackDoor door, HostCheck hosts, OriginCheck origins) {
        this.door = door;
        this.hosts = hosts;
        this.origins = origins;
    }

    /**
     * @param peer the other end of the TCP connection
     * @param headerNames of the request, all of them
     * @param hostHeaders the values of all Host headers
     * @param originHeaders the values of all Origin headers
     */
    Entry enter(
            InetAddress peer, Collection<String> headerNames, List<String> hostHeaders, List<String> originHeaders) {
        Entry entry = door.enter(peer, headerNames);
        if (entry instanceof Entry.Refused) {
            return entry;
        }
        Optional<Refusal> refusal = hosts.check(hostHeaders)
                .or(() -> origins.check(originHeaders, hostHeaders.isEmpty() ? "" : hostHeaders.getFirst()));
        return refusal.isPresent() ? new Entry.Refused(refusal.get()) : entry;
    }
}
