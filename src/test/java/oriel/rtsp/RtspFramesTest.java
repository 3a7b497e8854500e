package oriel.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.MalformedException;
import oriel.testing.Mangled;

class RtspFramesTest {
    private static final String OK = "RTSP/1.0 200 OK\r\nCSeq: 2\r\n\r\n";
    private static final String SDP = "v=0\r\ns=x\r\nm=video 0 RTP/AVP 96\r\na=control:trackID=1\r\n";

    private final List<String> seen = new ArrayList<>();
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final RtspFrames frames = new RtspFrames(new RtspFrames.Output() {
        @Override
        public void interleaved(int channel, ByteBuffer buffer, int offset, int length) {
            byte[] packet = new byte[length];
            buffer.get(offset, packet);
            seen.add(channel + ":" + HexFormat.of().formatHex(packet));
            buffers.add(buffer);
        }

        @Override
        public void message(RtspMessage message) {
            seen.add(
                    switch (message) {
                        case RtspResponse r -> r.line() + (r.body().isEmpty() ? "" : "|" + r.text());
                        case RtspRequest r -> r.method() + " " + r.uri();
                    });
        }

        @Override
        public void stray(int bytes) {
            seen.add("stray " + bytes);
        }
    });

    @Test
    void read_messagesAndPacketsMixed_givesEachInOrder() throws MalformedException {
        read(
                ascii(OK),
                packet(0, "80601234"),
                packet(1, "80c80001"),
                ascii("OPTIONS * RTSP/1.0\r\nCSeq: 7\r\n\r\n"),
                packet(0, ""));

        assertThat(seen).containsExactly("200 OK", "0:80601234", "1:80c80001", "OPTIONS *", "0:");
    }

    @Test
    void read_wholePackets_areHandedOnWhereTheyLie() throws MalformedException {
        ByteBuffer bytes = ByteBuffer.wrap(concat(packet(0, "8060"), packet(2, "8061")));

        frames.read(bytes);

        assertThat(buffers).hasSize(2).allMatch(buffer -> buffer == bytes);
        assertThat(bytes.position()).isZero();
    }

    @Test
    void read_packetCutByARead_copiesOnlyThatOne() throws MalformedException {
        byte[] all = concat(packet(0, "80601234"), packet(0, "80611234"), packet(0, "80621234"));

        ByteBuffer first = ByteBuffer.wrap(all, 0, 10);
        ByteBuffer second = ByteBuffer.wrap(all, 10, all.length - 10);
        frames.read(first);
        frames.read(second);

        assertThat(seen).containsExactly("0:80601234", "0:80611234", "0:80621234");
        assertThat(buffers.get(0)).isSameAs(first);
        assertThat(buffers.get(1)).isNotSameAs(first).isNotSameAs(second);
        assertThat(buffers.get(2)).isSameAs(second);
    }

    @Test
    void read_directBufferWithAnOffset_givesTheSame() throws MalformedException {
        byte[] all = concat(packet(0, "80601234"), ascii(OK));
        ByteBuffer direct = ByteBuffer.allocateDirect(all.length + 9);
        direct.position(5);
        direct.put(all).flip().position(5);

        frames.read(direct);

        assertThat(seen).containsExactly("0:80601234", "200 OK");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 16, 61, 1000})
    void read_anyPiecesOfTheStream_giveTheSame(int piece) throws MalformedException {
        byte[] all = concat(
                packet(0, "80601234"),
                ascii("RTSP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc"),
                packet(1, "80c80001"),
                ascii("\r\n\r\n" + OK),
                ascii("GET_PARAMETER rtsp://h/ RTSP/1.0\nCSeq: 1\n\n"),
                packet(0, "80".repeat(300)));

        for (int at = 0; at < all.length; at += piece) {
            frames.read(ByteBuffer.wrap(all, at, Math.min(piece, all.length - at)));
        }

        assertThat(seen)
                .containsExactly(
                        "0:80601234",
                        "200 OK|abc",
                        "1:80c80001",
                        "200 OK",
                        "GET_PARAMETER rtsp://h/",
                        "0:" + "80".repeat(300));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void read_strayBytesBetweenPackets_findsStepAgain(int piece) throws MalformedException {
        frames.expect(0);
        frames.expect(1);
        byte[] all = concat(
                packet(0, "80601234"),
                // Among them a dollar with no channel of ours, and one with no RTP behind it.
                HexFormat.of().parseHex("0102240900042400000100ff24"),
                packet(0, "80611234"),
                ascii("xyz"),
                ascii(OK),
                packet(1, "80c80001"));

        for (int at = 0; at < all.length; at += piece) {
            frames.read(ByteBuffer.wrap(all, at, Math.min(piece, all.length - at)));
        }

        assertThat(seen.stream().filter(s -> !s.startsWith("stray")))
                .containsExactly("0:80601234", "0:80611234", "200 OK", "1:80c80001");
        assertThat(seen.stream()
                        .filter(s -> s.startsWith("stray"))
                        .mapToInt(s -> Integer.parseInt(s.substring(6)))
                        .sum())
                .isEqualTo(13 + 3);
    }

    @Test
    void read_packetOnAChannelNobodyAskedFor_staysInStep() throws MalformedException {
        frames.expect(0);

        read(packet(6, "8060"), packet(0, "8061"));

        assertThat(seen).containsExactly("6:8060", "0:8061");
    }

    @Test
    void read_strayBytesForEver_isMalformed() throws MalformedException {
        byte[] noise = new byte[64 * 1024];

        for (int i = 0; i < RtspFrames.MAX_STRAY_BYTES / noise.length; i++) {
            frames.read(ByteBuffer.wrap(noise));
        }

        assertThatThrownBy(() -> frames.read(ByteBuffer.wrap(noise))).isInstanceOf(MalformedException.class);
    }

    @Test
    void read_bareLineFeedsAndNoReasonPhrase_isUnderstood() throws MalformedException {
        read(ascii("RTSP/1.0 200\ncseq:2\nContent-length: 2\n\nhi"), packet(0, "8060"));

        assertThat(seen).containsExactly("200|hi", "0:8060");
    }

    @Test
    void read_anotherProtocol_isMalformedInPlainWords() {
        assertThatThrownBy(() -> read(ascii("RTSP/2.0 200 OK\r\nCSeq: 1\r\n\r\n")))
                .hasMessageContaining("not 1.0");
        assertThatThrownBy(() -> read(ascii("HTTP/1.1 400 Bad Request\r\n\r\n")))
                .hasMessageContaining("HTTP");
        assertThatThrownBy(() -> read(ascii("RTSP/1.0 OK\r\n\r\n"))).isInstanceOf(MalformedException.class);
    }

    @Test
    void read_headWithoutEnd_isMalformedAtTheBound() {
        byte[] line = ascii("X-Padding: " + "x".repeat(1000) + "\r\n");

        assertThatThrownBy(() -> {
                    read(ascii("RTSP/1.0 200 OK\r\n"));
                    for (int i = 0; i < 70; i++) {
                        read(line);
                    }
                })
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("head");
    }

    @Test
    void read_tooManyHeaders_isMalformed() {
        assertThatThrownBy(() -> read(ascii("RTSP/1.0 200 OK\r\n" + "A: b\r\n".repeat(256) + "\r\n")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("headers");
    }

    @Test
    void read_bodyBeyondTheBound_isMalformed() {
        assertThatThrownBy(() -> read(ascii("RTSP/1.0 200 OK\r\nContent-Length: 131073\r\n\r\n")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("body");
    }

    @Test
    void read_descriptionOfTheRightLength_comesAtOnce() throws MalformedException {
        read(described(SDP.length(), SDP), packet(0, "8060"));

        assertThat(seen).containsExactly("200 OK|" + SDP, "0:8060");
    }

    @Test
    void read_descriptionWithoutItsLastLineEnd_comesAtOnce() throws MalformedException {
        read(described(SDP.length() - 2, SDP));

        assertThat(seen).containsExactly("200 OK|" + SDP.strip());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 44, 45, 50, 66})
    void pause_descriptionLongerThanItSays_isTakenWhole(int length) throws MalformedException {
        byte[] all = described(length, SDP);

        read(all);
        assertThat(seen).isEmpty();
        frames.pause();
        frames.pause();

        assertThat(seen).containsExactly("200 OK|" + SDP);
    }

    @Test
    void pause_descriptionLongerThanItSaysInPieces_isTakenWhole() throws MalformedException {
        byte[] all = described(20, SDP);
        int body = all.length - SDP.length();
        read(Arrays.copyOf(all, body));
        read(Arrays.copyOfRange(all, body, body + 25));
        for (int i = body + 25; i < all.length; i++) {
            read(new byte[] {all[i]});
        }
        frames.pause();
        frames.pause();

        assertThat(seen).containsExactly("200 OK|" + SDP);
    }

    @Test
    void read_descriptionLongerThanItSaysBeforeAPacket_isTakenWholeAtOnce() throws MalformedException {
        read(described(20, SDP), packet(0, "8060"));

        assertThat(seen).containsExactly("200 OK|" + SDP, "0:8060");
    }

    @Test
    void read_descriptionWithoutALength_endsAtTheNextMessage() throws MalformedException {
        read(
                ascii("RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n" + SDP),
                ascii("OPTIONS * RTSP/1.0\r\n\r\n"));

        assertThat(seen).containsExactly("200 OK|" + SDP, "OPTIONS *");
    }

    @Test
    void pause_descriptionShorterThanItSays_isTakenOnceNothingMoreComes() throws MalformedException {
        byte[] all = described(SDP.length() + 50, SDP);

        read(all);
        frames.pause();
        assertThat(seen).isEmpty();
        frames.pause();
        assertThat(seen).containsExactly("200 OK|" + SDP);
        read(ascii(OK));

        assertThat(seen).containsExactly("200 OK|" + SDP, "200 OK");
    }

    @Test
    void pause_descriptionStillGrowing_waits() throws MalformedException {
        byte[] all = described(SDP.length() + 50, SDP);

        read(Arrays.copyOf(all, all.length - 10));
        frames.pause();
        read(Arrays.copyOfRange(all, all.length - 10, all.length));
        frames.pause();
        assertThat(seen).isEmpty();
        frames.pause();

        assertThat(seen).containsExactly("200 OK|" + SDP);
    }

    @Test
    void pause_anythingElseUnfinished_isLeftAlone() throws MalformedException {
        read(ascii("RTSP/1.0 200 OK\r\nContent-Length: 10\r\n\r\nabc"));
        frames.pause();
        frames.pause();
        assertThat(seen).isEmpty();
        read(ascii("defghij"));

        assertThat(seen).containsExactly("200 OK|abcdefghij");
    }

    @Test
    void read_mangledStream_givesValuesOrMalformed() {
        byte[] good = concat(described(SDP.length(), SDP), packet(0, "80601234"), ascii(OK));

        Mangled.truncations(good).forEach(RtspFramesTest::survives);
        Mangled.bitFlips(good).forEach(RtspFramesTest::survives);
    }

    private static void survives(byte[] stream) {
        RtspFramesTest test = new RtspFramesTest();
        try {
            test.frames.read(ByteBuffer.wrap(stream));
            test.frames.pause();
            test.frames.pause();
        } catch (MalformedException e) {
            assertThat(e.reason()).isNotEmpty();
        }
    }

    private void read(byte[]... pieces) throws MalformedException {
        frames.read(ByteBuffer.wrap(concat(pieces)));
    }

    private static byte[] described(int contentLength, String sdp) {
        return ascii("RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\nContent-Length: " + contentLength + "\r\n\r\n"
                + sdp);
    }

    static byte[] packet(int channel, String hex) {
        byte[] packet = HexFormat.of().parseHex(hex);
        // dollar, channel, length
        byte[] frame = {'$', (byte) channel, (byte) (packet.length >> 8), (byte) packet.length};
        return concat(frame, packet);
    }

    static byte[] concat(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
