package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import oriel.metrics.Drops;
import oriel.testing.TestOriel;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.RtpViewerBuilder;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/**
 * Viewers that know the password of their session and abuse its handshake: it ends with the datagram that shows it, no
 * media ever flows, its place is free again, and who watches loses nothing. What it costs is held by DtlsCostTest.
 */
class DtlsAbuseTest extends ViewerScene {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private TestOriel oriel;
    private Drops drops;
    private RtpViewer watching;

    @BeforeEach
    void watch() throws Exception {
        oriel = oriel(camera(SyntheticPictures.of(25).track()).url());
        drops = oriel.gateway().webrtcDrops();
        watching = keep(
                Watch.watch(oriel, "door", RtpViewer.of(ViewerOffer.PICTURE).keepsNothing()));
        watching.await("a picture", () -> watching.track("video").count() > 0);
    }

    private RtpViewer attacker(RtpViewerBuilder builder) throws Exception {
        return keep(Watch.watch(oriel, "door", builder));
    }

    // Its session is gone: what it sends now is a stranger's.
    private void assertEnded(RtpViewer attacker) throws Exception {
        Awaitility.await("the handshake has failed").atMost(PATIENCE).until(() -> drops.of("handshake-failed") == 1);
        long before = drops.of("unknown-address");
        Awaitility.await("the session is gone").atMost(PATIENCE).until(() -> {
            attacker.raw(new byte[] {22, (byte) 0xFE, (byte) 0xFD});
            return drops.of("unknown-address") > before;
        });
        assertThat(oriel.get("/api/oriel/limits").body())
                .contains("\"filled\":0,\"counts\":{\"handshakes-full\":0}")
                .contains("\"filled\":0,\"counts\":{\"unconnected-full\":0}");
        assertThat(attacker.connected()).isFalse();
        assertThat(attacker.track("video").count()).isZero();
        assertThat(attacker.refused() + attacker.strangers()).isZero();
        assertThat(Watch.items(oriel.stream("door"), "consumers").items()).hasSize(1);
        long seen = watching.track("video").count();
        watching.await("the picture goes on", () -> watching.track("video").count() > seen + 10);
        assertThat(watching.track("video").missing()).isZero();
        assertThat(watching.over()).isEmpty();
    }

    // CVE-2021-28681 of pion, and a fault of Jitsi's: the mismatch was told, and media flowed all the same.
    @Test
    void wrongFingerprint_cve2021n28681_isRefused_andSeesNothing() throws Exception {
        RtpViewer attacker = attacker(RtpViewer.of(ViewerOffer.PICTURE).withWrongFingerprint());
        attacker.awaitOver();
        assertThat(attacker.over()).contains("bad_certificate");
        assertEnded(attacker);
    }

    // CVE-2023-51443 of FreeSWITCH, and others: a stranger's hello that came first ended the viewer's session.
    @Test
    void strangersHelloFirst_cve2023n51443_doesTheViewerNoHarm() throws Exception {
        RtpViewer viewer = keep(RtpViewer.of(ViewerOffer.PICTURE).open());
        String answer = ViewerDoors.json(oriel.base(), "door", viewer.offer());
        long before = drops.of("unknown-address");
        InetSocketAddress port = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), oriel.gateway().webrtcPort().orElseThrow());
        try (DatagramSocket stranger = new DatagramSocket()) {
            for (int i = 0; i < 50; i++) {
                byte[] hello = fragment(i, 175, 0, 175);
                stranger.send(new DatagramPacket(hello, hello.length, port));
            }
            Awaitility.await("nobody hears it")
                    .atMost(PATIENCE)
                    .until(() -> drops.of("unknown-address") == before + 50);
            viewer.answer(answer);
            viewer.awaitFrames("video", 2);
        }
        assertThat(drops.of("handshake-failed")).isZero();
        assertThat(viewer.track("video").missing()).isZero();
    }

    @Test
    void noCertificate_isRefused_andSeesNothing() throws Exception {
        RtpViewer attacker = attacker(RtpViewer.of(ViewerOffer.PICTURE).withoutCertificate());
        attacker.awaitOver();
        assertThat(attacker.over()).contains("handshake_failure");
        assertEnded(attacker);
    }

    @Test
    void alternatingSingleBytes_endTheSession() throws Exception {
        RtpViewer attacker = attacker(RtpViewer.of(ViewerOffer.PICTURE).withoutDtls());
        attacker.await("a check", attacker::checked);
        for (int i = 0; i < 100; i++) {
            attacker.raw(fragment(i, 16_000, 2 * i, 1));
        }
        assertEnded(attacker);
    }

    @Test
    void sixteenMebibytesDeclared_endTheSession() throws Exception {
        RtpViewer attacker = attacker(RtpViewer.of(ViewerOffer.PICTURE).withoutDtls());
        attacker.await("a check", attacker::checked);
        for (int i = 0; i < 20; i++) {
            attacker.raw(fragment(i, 0xFFFFFF, 0, 100));
        }
        assertEnded(attacker);
    }

    @Test
    void datagramsWithoutEnd_endTheSession() throws Exception {
        RtpViewer attacker = attacker(RtpViewer.of(ViewerOffer.PICTURE).withoutDtls());
        attacker.await("a check", attacker::checked);
        for (int i = 0; i < 1000 && drops.of("handshake-failed") == 0; i++) {
            attacker.raw(fragment(0, 16_000, 0, 70));
        }
        assertEnded(attacker);
        assertThat(drops.snapshot()).containsKeys("handshake-failed").doesNotContainEntry("handshake-failed", 0L);
    }

    // A handshake record with one fragment of a hello (RFC 6347, 4.1 and 4.2.2).
    private static byte[] fragment(int sequence, int messageBytes, int offset, int count) {
        ByteBuffer out = ByteBuffer.allocate(13 + 12 + count);
        out.put((byte) 22).putShort((short) 0xFEFD).putShort((short) 0);
        out.putShort((short) 0).putInt(sequence).putShort((short) (12 + count));
        out.put((byte) 1).put((byte) (messageBytes >> 16)).putShort((short) messageBytes);
        out.putShort((short) 0).put((byte) (offset >> 16)).putShort((short) offset);
        out.put((byte) 0).putShort((short) count);
        return out.array();
    }
}
