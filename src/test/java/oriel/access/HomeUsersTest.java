package oriel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import oriel.access.HomeUsers.Answer;
import oriel.testing.VirtualClock;

final class HomeUsersTest {
    private final VirtualClock clock = new VirtualClock();
    private final ListedUsers core = new ListedUsers().with("anna", HomeUser.Group.OTHER);
    private final HomeUsers users = new HomeUsers(core, clock);

    @Test
    void find_viewing_asksOnceAMinute() throws Exception {
        assertThat(users.find("anna", false)).isInstanceOf(Answer.Known.class);
        clock.advance(Duration.ofSeconds(60));
        assertThat(users.find("anna", false)).isInstanceOf(Answer.Known.class);
        assertThat(core.asked()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(users.find("anna", false)).isInstanceOf(Answer.Known.class);
        assertThat(core.asked()).isEqualTo(2);
    }

    @Test
    void find_changing_wantsAListOfTenSeconds() throws Exception {
        users.find("anna", true);
        clock.advance(Duration.ofSeconds(10));
        users.find("anna", true);
        assertThat(core.asked()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        core.away(true);
        assertThat(users.find("anna", true)).isEqualTo(new Answer.Unavailable());
        assertThat(core.asked()).isEqualTo(2);
    }

    @Test
    void find_coreAway_viewsFifteenMinutesAndNoLonger() throws Exception {
        users.find("anna", false);
        core.away(true);
        clock.advance(Duration.ofSeconds(60));
        assertThat(users.find("anna", false))
                .isInstanceOfSatisfying(
                        Answer.Known.class,
                        known -> assertThat(known.viewOnly()).isFalse());

        clock.advance(Duration.ofMinutes(14));
        assertThat(users.find("anna", false))
                .isInstanceOfSatisfying(
                        Answer.Known.class,
                        known -> assertThat(known.viewOnly()).isTrue());

        clock.advance(Duration.ofSeconds(1));
        assertThat(users.find("anna", false)).isEqualTo(new Answer.Unavailable());
    }

    @Test
    void find_userMadeAfterTheList_isFoundTenSecondsLater() throws Exception {
        users.find("anna", false);
        core.with("ben", HomeUser.Group.OTHER);
        assertThat(users.find("ben", false)).isEqualTo(new Answer.Unknown());
        clock.advance(Duration.ofSeconds(11));
        assertThat(users.find("ben", false)).isInstanceOf(Answer.Known.class);
    }

    @Test
    void find_strangersAgainAndAgain_asksOnceInTenSeconds() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(users.find("stranger" + i, false)).isEqualTo(new Answer.Unknown());
        }
        assertThat(core.asked()).isEqualTo(1);
    }

    @Test
    void find_coreAway_isNotAskedAgainForFiveSeconds() throws Exception {
        core.away(true);
        for (int i = 0; i < 100; i++) {
            assertThat(users.find("anna", false)).isEqualTo(new Answer.Unavailable());
        }
        assertThat(core.asked()).isEqualTo(1);

        core.away(false);
        clock.advance(Duration.ofSeconds(5));
        assertThat(users.find("anna", true)).isInstanceOf(Answer.Known.class);
    }
}
