package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadErrorTest {
    @Test
    void library_thatIsMissing_isNamedByItsLinker() {
        LinkageError error = new NoClassDefFoundError("avutil");
        error.initCause(new UnsatisfiedLinkError("libudev.so.1: cannot open shared object file"));
        assertThat(LoadError.text(error, "/n", 5000))
                .isEqualTo("a native library does not load: libudev.so.1: cannot open shared object file");
    }

    @Test
    void folder_thatIsFull_isSaid() {
        assertThat(LoadError.text(new UnsatisfiedLinkError("no such file"), "/n", 12))
                .endsWith("no such file. /n has room for 12 MB, and the libraries need 100");
    }

    @Test
    void folder_thatIsNotThereYet_hasTheRoomOfTheOneAboveIt(@TempDir Path folder) {
        assertThat(LoadError.megabytesLeft(folder.resolve("deep/natives"))).isPositive();
        assertThat(LoadError.megabytesLeft(Path.of(""))).isPositive();
    }

    @Test
    void folder_thatAllowsNoPrograms_isSaid() {
        UnsatisfiedLinkError error = new UnsatisfiedLinkError("x.so: failed to map segment from shared object");
        assertThat(LoadError.text(error, "/n", 5000)).endsWith("object. /n seems to be mounted noexec");
    }
}
