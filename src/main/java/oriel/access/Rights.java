package oriel.access;

import java.util.Optional;

/** What becomes of rights that were given: looks at their grounds again. Any thread. */
public final class Rights {
    private final ApiDoor api;
    private final IngressDoor ingress;

    public Rights(ApiDoor api, IngressDoor ingress) {
        this.api = api;
        this.ingress = ingress;
    }

    /** Who somebody with these grounds is now; empty if they are nobody any more. Asks nobody. */
    public Optional<Principal> now(Grounds grounds) {
        return switch (grounds) {
            case Grounds.Member(String id) -> ingress.now(id);
            case Grounds.Place place -> api.now(place);
            case Grounds.Login login -> api.now(login);
            case Grounds.Link link -> api.now(link);
            case Grounds.Nothing n -> Optional.empty();
        };
    }

    /** Whether what a link's token stands for is still what its maker may see; others stand for themselves. */
    public boolean holds(Principal who) {
        return !who.link()
                || now(who.grounds())
                        .filter(now -> now.role().may(Right.VIEW))
                        .filter(now -> now.streams().covers(who.streams()))
                        .isPresent();
    }

    /** Has Home Assistant's users read again if the list is older than viewing allows. Blocks while Core is asked. */
    void refresh() throws InterruptedException {
        ingress.refresh();
    }
}
