package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.process.ChildUser;

@Timeout(30)
class LineDoorTest {
    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void worker_withTheToken_isConnected(boolean unix) throws Exception {
        LineDoor door = unix ? LineDoor.open(temp, new Random(7), Optional.empty()) : LineDoor.openTcp(new Random(7));
        try {
            LineAddress told = LineAddress.read(
                    new BufferedReader(new StringReader(door.address().lines())));
            try (SocketChannel worker = told.connect();
                    SocketChannel gateway = door.worker().get()) {
                door.close(); // the connection stays
                worker.write(ByteBuffer.wrap(new byte[] {42}));
                ByteBuffer read = ByteBuffer.allocate(1);
                gateway.read(read);
                assertThat(read.get(0)).isEqualTo((byte) 42);
            }
        } finally {
            door.close();
        }
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void socket_standsInAFolderOfItsOwn_thatNobodyElseMayEnter() throws Exception {
        try (LineDoor door = LineDoor.open(temp, new Random(7), Optional.empty())) {
            Path socket = ((UnixDomainSocketAddress) door.address().address()).getPath();
            Path folder = socket.getParent();
            assertThat(folder).isNotNull().isNotEqualTo(temp);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void socket_forAnotherUser_isOpenToItsGroupAlone() throws Exception {
        assumeRoot();
        ChildUser guest = new ChildUser(65_534, 65_533, List.of());
        try (LineDoor door = LineDoor.open(temp, new Random(7), Optional.of(guest))) {
            Path socket = ((UnixDomainSocketAddress) door.address().address()).getPath();
            Path folder = Objects.requireNonNull(socket.getParent());
            assertThat(modeAndOwner(folder)).isEqualTo("rwx--x--- 0:65533");
            assertThat(modeAndOwner(socket)).isEqualTo("rw-rw---- 0:65533");
        }
    }

    private static String modeAndOwner(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + " "
                + Files.getAttribute(path, "unix:uid") + ":" + Files.getAttribute(path, "unix:gid");
    }

    private void assumeRoot() throws IOException {
        Path probe = Files.createFile(temp.resolve("probe"));
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(probe, "unix:uid"));
        Files.delete(probe);
        Assumptions.assumeTrue(root, "only root may give a file away");
    }

    @Test
    void pathTooLongForASocket_isServedOnLoopback() throws Exception {
        Path deep = Files.createDirectories(temp.resolve("x".repeat(120)));
        try (LineDoor door = LineDoor.open(deep, new Random(7), Optional.empty())) {
            assertThat(door.address().lines()).startsWith("tcp:");
        }
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void stranger_withoutTheToken_isTurnedAwayAndKeepsNobodyOut() throws Exception {
        try (LineDoor door = LineDoor.openTcp(new Random(7))) {
            LineAddress wrong = new LineAddress(door.address().address(), Bytes.of(new byte[32]));
            try (SocketChannel silent = SocketChannel.open(door.address().address());
                    SocketChannel stranger = wrong.connect()) {
                assertThat(stranger.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                assertThat(door.worker()).isNotDone();
                try (SocketChannel worker = door.address().connect();
                        SocketChannel gateway = door.worker().get()) {
                    assertThat(gateway.isConnected()).isTrue();
                    assertThat(worker.isConnected()).isTrue();
                }
                assertThat(silent.isOpen()).isTrue();
            }
        }
    }

    @Test
    void door_closedBeforeAnybodyCame_endsTheWait() throws Exception {
        LineDoor door = LineDoor.open(temp, new Random(7), Optional.empty());
        door.close();
        assertThatThrownBy(() -> door.worker().get()).isInstanceOf(ExecutionException.class);
    }

    @Test
    void tokens_ofTwoDoors_differ() throws Exception {
        Random random = new Random(7);
        try (LineDoor one = LineDoor.openTcp(random);
                LineDoor other = LineDoor.openTcp(random)) {
            assertThat(one.address().token()).isNotEqualTo(other.address().token());
            assertThat(one.address().token().length()).isEqualTo(32);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unix:/x",
                "unix:/x\n",
                "unix:/x\nabcd\n",
                "unix:/x\nzz00000000000000000000000000000000000000000000000000000000000000\n",
                "ftp:/x\n0000000000000000000000000000000000000000000000000000000000000000\n",
                "tcp:x\n0000000000000000000000000000000000000000000000000000000000000000\n",
                "tcp:70000\n0000000000000000000000000000000000000000000000000000000000000000\n"
            })
    void address_thatIsNone_isRefused(String text) {
        assertThatThrownBy(() -> LineAddress.read(new BufferedReader(new StringReader(text))))
                .isInstanceOf(IOException.class);
    }
}
