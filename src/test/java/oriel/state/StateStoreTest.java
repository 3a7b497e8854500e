package oriel.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import oriel.base.Json;
import oriel.base.JsonNumber;
import oriel.base.JsonObject;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.testing.VirtualClock;

@Timeout(60)
class StateStoreTest {
    private static final Seams SEAMS = new Seams(new VirtualClock(), new Random(1), Resolver.system());

    private final Logger logger = (Logger) LoggerFactory.getLogger("state");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path temp;

    private Path folder = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void start() {
        folder = temp.resolve("data");
        file = folder.resolve("state.json");
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    private StateStore open() {
        return StateStore.open(folder, SEAMS);
    }

    private List<String> lines() {
        return log.list.stream()
                .map(e -> e.getLevel() + " " + e.getFormattedMessage())
                .toList();
    }

    @Test
    void open_emptyFolder_hasNothingAndWritesNothing() {
        StateStore store = open();

        assertThat(store.streams()).isEmpty();
        assertThat(store.preloads()).isEmpty();
        assertThat(store.pin("host", 322)).isEmpty();
        assertThat(folder).doesNotExist();
        assertThat(log.list).isEmpty();
    }

    @Test
    void changes_comeBackAfterARestart_inTheirOrder() throws Exception {
        StateStore store = open();
        store.putStream("z", List.of("rtsp://u:p@ss@h/1", "ffmpeg:z#audio=opus"));
        store.putStream("Süd 🌳 \"q\" \\", List.of());
        store.putStream("a", List.of("x"));
        store.putStream("gone", List.of("x"));
        store.putStream("z", List.of("rtsp://h/2"));
        assertThat(store.removeStream("gone")).isTrue();
        assertThat(store.removeStream("gone")).isFalse();
        store.putPreload("z", "video=h264&audio");
        store.putPreload("gone", "video");
        assertThat(store.removePreload("gone")).isTrue();
        assertThat(store.removePreload("gone")).isFalse();
        store.remember("Cam.local", 322, "0a1b");
        store.remember("::1", 322, "2c");

        StateStore again = open();

        assertThat(again.streams().keySet()).containsExactly("z", "Süd 🌳 \"q\" \\", "a");
        assertThat(again.streams()).isEqualTo(store.streams()).containsEntry("z", List.of("rtsp://h/2"));
        assertThat(again.preloads()).isEqualTo(Map.of("z", "video=h264&audio"));
        assertThat(again.pin("cam.local", 322)).contains("0a1b");
        assertThat(again.pin("CAM.local", 322)).contains("0a1b");
        assertThat(again.pin("cam.local", 323)).isEmpty();
        assertThat(again.pin("::1", 322)).contains("2c");
        assertThat(log.list).isEmpty();
    }

    @Test
    void installId_isEightHexDigitsAndStays() {
        StateStore store = open();
        String id = store.installId();

        assertThat(id).matches("[0-9a-f]{8}");
        assertThat(store.installId()).isEqualTo(id);
        assertThat(open().installId()).isEqualTo(id);
    }

    @Test
    void unknownMembers_areKept() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(file, "{\"future\": {\"a\": [1]}, \"install\": \"0a1b2c3d\", \"n\": 5}");

        StateStore store = open();
        store.putStream("a", List.of("x"));

        JsonObject json = (JsonObject) Json.parse(Files.readString(file));
        assertThat(json.member("future")).contains(Json.parse("{\"a\": [1]}"));
        assertThat(json.member("n")).contains(JsonNumber.of(5));
        assertThat(open().installId()).isEqualTo("0a1b2c3d");
        assertThat(log.list).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fileAndFolder_areTheOwnersAlone() throws Exception {
        open().putStream("a", List.of("x"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void leftoverOfAKilledWriter_isNotFollowed() throws Exception {
        Files.createDirectories(folder);
        Path victim = Files.writeString(temp.resolve("victim"), "untouched");
        Files.createSymbolicLink(folder.resolve("state.json.tmp"), victim);

        open().putStream("a", List.of("x"));

        assertThat(victim).hasContent("untouched");
        assertThat(open().streams()).containsKey("a");
        assertThat(folder.resolve("state.json.tmp")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "5", "{\"streams\":{\"a\":[\"x\"]}", "{\"a\":1,\"a\":2}", "\0\0\0\0"})
    void brokenFile_isPutAsideAndAFreshOneBegun(String content) throws Exception {
        Files.createDirectories(folder);
        Files.writeString(file, content);

        StateStore store = open();

        assertThat(store.streams()).isEmpty();
        assertThat(folder.resolve("state.json.broken-20260101-000000")).hasContent(content);
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).startsWith("WARN " + file + " is broken: ");
        assertThat(lines().get(1)).isEqualTo("WARN " + file + " is kept as state.json.broken-20260101-000000");
        store.putStream("a", List.of("x"));
        assertThat(open().streams()).containsKey("a");
        assertThat(open().installId()).isEqualTo(store.installId());

        Files.writeString(file, content);
        open();
        assertThat(folder.resolve("state.json.broken-20260101-000000-2")).hasContent(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"install\":\"0a1b2c3d\",\"streams\":{\"good\":[\"x\"],\"bad\":5}}",
                "{\"install\":\"0a1b2c3d\",\"streams\":{\"good\":[\"x\"],\"bad\":[\"x\",5]}}",
                "{\"install\":\"0a1b2c3d\",\"streams\":{\"good\":[\"x\"],\"b\\u0000\":[\"x\"]}}",
                "{\"install\":\"0a1b2c3d\",\"streams\":{\"good\":[\"x\"]},\"preload\":[]}",
                "{\"install\":\"0a1b2c3d\",\"streams\":{\"good\":[\"x\"]},\"pins\":{\"h:1\":1}}",
                "{\"install\":\"0a1b2c3d\",\"streams\":{\"good\":[\"x\"]},\"slugs\":{\"a\":1}}",
                "{\"install\":\"0a1b2c3d\",\"streams\":{\"good\":[\"x\"]},\"preload\":{\"a\":null}}"
            })
    void partlyBrokenFile_isPutAsideAndTheGoodPartGoesOn(String content) throws Exception {
        Files.createDirectories(folder);
        Files.writeString(file, content);

        StateStore store = open();

        assertThat(store.streams()).isEqualTo(Map.of("good", List.of("x")));
        assertThat(folder.resolve("state.json.broken-20260101-000000")).hasContent(content);
        assertThat(open().streams()).containsKey("good");
        assertThat(open().installId()).isEqualTo("0a1b2c3d");
    }

    @Test
    void slugs_areThereAfterARestart() {
        open().rememberSlug("front-door", "front_door_2");

        assertThat(open().slugs()).isEqualTo(Map.of("front-door", "front_door_2"));
    }

    @Test
    void tooLargeFile_isPutAside() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(file, "{}" + " ".repeat(StateStore.MAX_BYTES));

        assertThat(open().streams()).isEmpty();
        assertThat(folder.resolve("state.json.broken-20260101-000000")).exists();
    }

    @Test
    void folderThatCantBeWritten_keepsChangesAndTriesAgain() throws Exception {
        Files.writeString(folder, "a file where the folder should be");
        StateStore store = open();

        store.putStream("a", List.of("x"));
        store.putStream("b", List.of("x"));

        assertThat(store.streams()).containsKeys("a", "b");
        assertThat(lines().stream().filter(l -> l.contains("can't be saved"))).hasSize(1);

        Files.delete(folder);
        store.putStream("b", List.of("x"));

        assertThat(open().streams()).containsKeys("a", "b");
        assertThat(lines().getLast()).isEqualTo("INFO " + file + " is saved again");
    }

    @Test
    void failedReplacement_leavesTheOldFileWhole() throws Exception {
        StateStore store = open();
        store.putStream("a", List.of("x"));
        Path blocker = Files.createDirectories(folder.resolve("state.json.tmp").resolve("full"));

        store.putStream("b", List.of("x"));

        assertThat(open().streams()).containsOnlyKeys("a");
        Files.delete(blocker);
        Files.delete(blocker.resolveSibling("").normalize());
        store.removeStream("a");
        assertThat(open().streams()).containsOnlyKeys("b");
    }

    @Test
    void unreadableFile_isNeverOverwritten() throws Exception {
        Files.createDirectories(file.resolve("a folder where the file should be"));

        StateStore store = open();
        store.putStream("a", List.of("x"));

        assertThat(folder.resolve("state.json.broken-20260101-000000").resolve("a folder where the file should be"))
                .exists();
        assertThat(open().streams()).containsKey("a");
    }

    @Test
    void bounds_areKept() throws Exception {
        Files.createDirectories(folder);
        JsonObject.Builder streams = JsonObject.builder();
        for (int i = 0; i < StateStore.MAX_STREAMS; i++) {
            streams.put("s" + i, Json.parse("[\"x\"]"));
        }
        Files.writeString(
                file,
                JsonObject.builder().put("streams", streams.build()).build().toJson());
        StateStore store = open();

        assertThat(store.streams()).hasSize(StateStore.MAX_STREAMS);
        store.putStream("s5", List.of("y"));
        assertThatThrownBy(() -> store.putStream("more", List.of("x"))).isInstanceOf(StateFullException.class);
        assertThatThrownBy(() -> store.putStream("s5", Collections.nCopies(17, "x")))
                .isInstanceOf(StateFullException.class);
        assertThatThrownBy(() -> store.putStream("s6", List.of("x".repeat(StateStore.MAX_BYTES))))
                .isInstanceOf(StateFullException.class);
        assertThat(store.streams()).hasSize(StateStore.MAX_STREAMS).containsEntry("s6", List.of("x"));
        assertThatThrownBy(() -> store.putStream("\n", List.of("x"))).isInstanceOf(IllegalArgumentException.class);
        store.removeStream("s5");
        store.putStream("more", List.of("x"));
        assertThat(open().streams()).containsKey("more").doesNotContainKey("s5");
    }

    @Test
    void twentyFourAddsAtOnce_areAllOnTheDisk() throws Exception {
        StateStore store = open();
        CyclicBarrier together = new CyclicBarrier(24);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String name = "camera " + i;
            tasks.add(() -> {
                together.await();
                store.putStream(name, List.of("rtsp://h/" + name));
                return Json.parse(Files.readString(file)) instanceof JsonObject json
                        && json.object("streams").orElseThrow().member(name).isPresent();
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> task : threads.invokeAll(tasks)) {
                assertThat(task.get()).as("on the disk when the method returns").isTrue();
            }
        }

        assertThat(open().streams()).hasSize(24).isEqualTo(store.streams());
    }

    @Test
    void killedWriter_leavesAFileThatParses() throws Exception {
        for (int round = 0; round < 20; round++) {
            int changesBeforeTheKill = 1 + round * 7;
            List<String> command = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    StateWriterMain.class.getName(),
                    folder.toString());
            Process writer = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int seen = 0;
            while (seen < changesBeforeTheKill && writer.getInputStream().read() >= 0) {
                seen++;
            }
            writer.destroyForcibly().waitFor();

            assertThat(seen).isEqualTo(changesBeforeTheKill);
            assertThat(Json.parse(Files.readAllBytes(file), StateStore.MAX_BYTES))
                    .isInstanceOf(JsonObject.class);
            assertThat(open().streams()).isNotEmpty();
        }
        assertThat(log.list).noneMatch(e -> e.getLevel().isGreaterOrEqual(Level.WARN));
    }

    @Test
    void everyTruncationAndBitFlip_isReadOrPutAside() throws Exception {
        Files.createDirectories(folder);
        byte[] bytes =
                "{\"install\":\"0a1b2c3d\",\"streams\":{\"ä\":[\"x\"]},\"preload\":{\"a\":\"b\"},\"pins\":{\"h:1\":\"0\"}}"
                        .getBytes(UTF_8);
        logger.setLevel(Level.ERROR);
        try {
            for (int length = 0; length < bytes.length; length++) {
                keepsEverything(Arrays.copyOf(bytes, length));
            }
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                byte[] flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                keepsEverything(flipped);
            }
        } finally {
            logger.setLevel(null);
        }
    }

    private void keepsEverything(byte[] content) throws IOException {
        Files.write(file, content);
        open();
        boolean kept = Arrays.equals(Files.readAllBytes(file), content);
        Path aside = folder.resolve("state.json.broken-20260101-000000");
        assertThat(kept || Arrays.equals(Files.readAllBytes(aside), content)).isTrue();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : files.toList()) {
                Files.delete(path);
            }
        }
    }
}
