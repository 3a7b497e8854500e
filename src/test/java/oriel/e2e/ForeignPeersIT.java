package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.access.HomeUser;
import oriel.access.ListedUsers;
import oriel.testing.NetworkPeers;
import oriel.testing.NetworkPeers.Peer;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerDoors;
import oriel.testing.viewer.ViewerOffer;

/** Who stands in another network than this machine: the Supervisor, another app, somebody at home. */
@Timeout(120)
class ForeignPeersIT {
    private static final String[] FORGED = {
        "X-Remote-User-Id: owner",
        "X-Remote-User-Name: owner",
        "X-Ingress-Path: /api/hassio_ingress/t0ken",
        "X-Forwarded-For: 127.0.0.1",
        "X-Hass-Source: core.ingress"
    };

    private static final String LOGIN =
            "Authorization: Basic " + Base64.getEncoder().encodeToString("home:word".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path folder = Path.of("");

    /** As the integration on another host does it: the server's address, and a login in it. */
    @Test
    @Proves("S-114")
    void rtspToWebRtc_byTheServersAddress_playsForWhoLogsIn() throws Exception {
        try (NetworkPeers peers = NetworkPeers.open();
                SimulatedCamera camera = SimulatedCamera.of(
                                CameraMedia.of(SyntheticPictures.of(25).track()))
                        .start();
                TestOriel oriel = TestOriel.start(
                        folder,
                        Watch.stream("door", camera.url()),
                        "api: {listen: \":0\", username: home, password: word}");
                RtpViewer viewer = RtpViewer.of(ViewerOffer.CHROMIUM).open()) {
            String server = "http://" + NetworkPeers.HOST_FOR_LAN + ":" + oriel.port();
            assertThat(peers.ask(Peer.LAN, server + "/static", LOGIN)).endsWith("200 ");
            assertThat(offer(server, viewer.offer(), "").statusCode()).isEqualTo(401);
            HttpResponse<String> answer = offer(server, viewer.offer(), LOGIN);
            assertThat(answer.statusCode()).isEqualTo(200);
            viewer.answer(ViewerDoors.unbase64(ViewerDoors.field(answer.body(), "sdp64")));
            viewer.awaitFrames("video", 3);
        }
    }

    private static HttpResponse<String> offer(String server, String sdp, String login) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + "/stream"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "url=door&sdp64=" + ViewerDoors.encoded(ViewerDoors.base64(sdp))));
        if (!login.isEmpty()) {
            request.header("Authorization", login.substring(login.indexOf(' ') + 1));
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void peers_hearWhatTheyMay_andNobodyBelievesTheirHeaders() throws Exception {
        ListedUsers users = new ListedUsers().with("owner", HomeUser.Group.OWNER);
        try (NetworkPeers peers = NetworkPeers.open();
                TestOriel oriel = TestOriel.start(
                        folder,
                        users,
                        "api: {listen: \":0\", username: home, password: word}",
                        "oriel: {ingress: {listen: \":0\"}}")) {
            String apps = "http://" + NetworkPeers.HOST_FOR_APPS + ":";
            String lan = "http://" + NetworkPeers.HOST_FOR_LAN + ":";
            String me = "/api/oriel/me";

            assertThat(peers.ask(Peer.SUPERVISOR, apps + oriel.ingressPort() + me, FORGED))
                    .contains("200", "\"role\":\"admin\"", "\"door\":\"ingress\"");
            // By a foreign address of ours too: what it is bound to says nothing of who asks.
            assertThat(peers.ask(Peer.APP, apps + oriel.ingressPort() + me, FORGED))
                    .isEqualTo("000 ");
            assertThat(peers.ask(Peer.LAN, lan + oriel.ingressPort() + me, FORGED))
                    .isEqualTo("000 ");

            for (String[] headers : new String[][] {{}, FORGED}) {
                assertThat(peers.ask(Peer.SUPERVISOR, apps + oriel.port() + me, headers))
                        .contains("401 ", "sign-in");
                assertThat(peers.ask(Peer.APP, apps + oriel.port() + me, headers))
                        .contains("401 ", "sign-in");
                assertThat(peers.ask(Peer.LAN, lan + oriel.port() + me, headers))
                        .contains("401 ", "sign-in")
                        .doesNotContain("hassio_ingress");
            }
            assertThat(peers.ask(Peer.LAN, lan + oriel.port() + me, LOGIN)).contains("200", "\"role\":\"admin\"");
            assertThat(oriel.get("/api/oriel/limits").body()).contains("\"ingress-peer\":2");
        }
    }

    @Test
    void lanOpen_letsTheHomeIn_butNotByAProxyOrIngress() throws Exception {
        try (NetworkPeers peers = NetworkPeers.open();
                TestOriel oriel = TestOriel.start(
                        folder, "api: {listen: \":0\"}", "oriel: {access: {lan: open}, ingress: {listen: \":0\"}}")) {
            String lan = "http://" + NetworkPeers.HOST_FOR_LAN + ":";
            assertThat(peers.ask(Peer.LAN, lan + oriel.port() + "/api/oriel/me"))
                    .contains("200", "admin");
            assertThat(peers.ask(Peer.LAN, lan + oriel.port() + "/api/oriel/me", "Host: evil.example"))
                    .contains("421");
            assertThat(peers.ask(Peer.LAN, lan + oriel.port() + "/api/oriel/me", "X-Forwarded-For: 192.168.213.2"))
                    .contains("401");
            assertThat(peers.ask(Peer.LAN, lan + oriel.ingressPort() + "/", "X-Remote-User-Id: x"))
                    .isEqualTo("000 ");
        }
    }
}
