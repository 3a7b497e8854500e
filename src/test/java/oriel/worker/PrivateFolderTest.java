package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import oriel.process.ChildUser;

/** T29: what somebody put there before us is never used. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class PrivateFolderTest {
    @TempDir
    private Path temp;

    @Test
    void folder_thatIsNotThere_isMadeForUsAlone() throws Exception {
        Path folder = PrivateFolder.open(temp.resolve("natives"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void folder_ofOursAlone_isUsedAgain() throws Exception {
        Path folder = PrivateFolder.open(temp.resolve("natives"));
        Files.createFile(folder.resolve("kept"));
        assertThat(PrivateFolder.open(folder).resolve("kept")).exists();
    }

    @Test
    void link_plantedThere_isRefused() throws Exception {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(temp.resolve("natives"), elsewhere);
        assertThatThrownBy(() -> PrivateFolder.open(link))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is a link or a file");
        Path dangling = Files.createSymbolicLink(temp.resolve("dangling"), temp.resolve("nowhere"));
        assertThatThrownBy(() -> PrivateFolder.open(dangling)).isInstanceOf(IOException.class);
        assertThat(temp.resolve("nowhere")).doesNotExist();
    }

    @Test
    void file_plantedThere_isRefused() throws Exception {
        Path file = Files.createFile(temp.resolve("natives"));
        assertThatThrownBy(() -> PrivateFolder.open(file)).isInstanceOf(IOException.class);
    }

    @Test
    void folder_openToOthers_isRefused() throws Exception {
        Path folder = Files.createDirectory(
                temp.resolve("natives"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        assertThatThrownBy(() -> PrivateFolder.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("open to other users");
    }

    @Test
    void folder_ofAnotherUser_isRefused() throws Exception {
        Path folder = PrivateFolder.open(temp.resolve("natives"));
        giveAway(folder);
        assertThatThrownBy(() -> PrivateFolder.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("belongs to nobody");
    }

    @Test
    void folder_forAChildsUser_isThatUsersAlone() throws Exception {
        ChildUser user = new ChildUser(65_534, 65_533, List.of());
        Path folder = openOrSkip(temp.resolve("natives"), user);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(Files.getAttribute(folder, "unix:uid")).isEqualTo(65_534);
        assertThat(PrivateFolder.open(folder, Optional.of(user))).isEqualTo(folder);
        assertThatThrownBy(() -> PrivateFolder.open(folder)).isInstanceOf(IOException.class);
    }

    @Test
    void folder_forAChildsUser_thatIsOurs_isRefused() throws Exception {
        Path folder = PrivateFolder.open(temp.resolve("natives"));
        ChildUser user = new ChildUser(65_534, 65_533, List.of());
        assertThatThrownBy(() -> PrivateFolder.open(folder, Optional.of(user)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not belong to the user 65534");
    }

    private static Path openOrSkip(Path folder, ChildUser user) {
        try {
            return PrivateFolder.open(folder, Optional.of(user));
        } catch (IOException e) {
            return Assumptions.abort("only root may give a folder away");
        }
    }

    private static void giveAway(Path folder) {
        try {
            UserPrincipal nobody =
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.setOwner(folder, nobody);
        } catch (IOException e) {
            Assumptions.abort("only root may give a folder away");
        }
    }
}
