package oriel.api;

import java.util.Optional;
import oriel.access.ApiDoor;
import oriel.access.HomeUsers;
import oriel.access.HostCheck;
import oriel.access.IngressDoor;
import oriel.access.LinkTokens;
import oriel.access.Logins;
import oriel.access.OriginCheck;
import oriel.access.UserDirectory;
import oriel.access.WrongTries;
import oriel.base.Seams;
import oriel.config.AccessConfig;
import oriel.config.LoadedConfig;
import oriel.config.LoopbackAccess;

/** The doors of a test that builds its routes by itself: programs on this machine are admin. */
final class TestDoors {
    private TestDoors() {}

    static DoorGuard guard(LoadedConfig loaded, LinkTokens links, Seams seams) {
        AccessConfig access = loaded.config().oriel().access();
        ApiDoor.Rules rules = new ApiDoor.Rules(LoopbackAccess.ADMIN, false, access.lan(), access.trustedProxies());
        Logins logins = new Logins(Optional.empty(), access);
        return new DoorGuard(
                new ApiDoor(rules, logins, links, new WrongTries(seams.clock())),
                new IngressDoor(
                        loaded.config().oriel().ingress().peer(),
                        new HomeUsers(UserDirectory.none(), seams.clock()),
                        access.users()),
                new HostCheck(loaded.config().oriel().hosts()),
                new OriginCheck(loaded.config().api().origins()));
    }
}
