package oriel.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Other machines, as network namespaces of Linux: Home Assistant's Supervisor and a foreign app in the network of apps, whose
 * gateway this machine is, and somebody in the home's network. Needs root, {@code ip} and {@code curl}; {@link #close} takes
 * everything away.
 */
public final class NetworkPeers implements AutoCloseable {
    /** This machine as the Supervisor and apps see it. */
    public static final String HOST_FOR_APPS = "172.30.32.1";

    /** This machine as the home's network sees it. */
    public static final String HOST_FOR_LAN = "192.168.213.1";

    private static final String WHAT = "peers in network namespaces of their own";
    private static final long PATIENCE_SECONDS = 20;

    private final Deque<String[]> undo = new ArrayDeque<>();
    private final String id = Long.toString(ProcessHandle.current().pid() % 100_000);

    /** Who asks. */
    public enum Peer {
        SUPERVISOR,
        APP,
        LAN
    }

    private NetworkPeers() {}

    /** Makes them; skips the test aloud where that cannot be. */
    public static NetworkPeers open() throws IOException, InterruptedException {
        if (!run("ip", "-4", "addr", "show", "to", "172.30.32.0/23").out().isEmpty()) {
            throw Skipped.because(WHAT, "this machine has the network of Home Assistant's apps already");
        }
        NetworkPeers peers = new NetworkPeers();
        try {
            peers.build();
            return peers;
        } catch (IOException e) {
            peers.close();
            throw Skipped.because(WHAT, e.getMessage() + ": root and iproute2 are needed");
        }
    }

    private void build() throws IOException, InterruptedException {
        String bridge = "orb" + id;
        made(List.of("ip", "link", "add", bridge, "type", "bridge"), "ip", "link", "del", bridge);
        must("ip", "addr", "add", HOST_FOR_APPS + "/23", "dev", bridge);
        must("ip", "link", "set", bridge, "up");
        peer(Peer.SUPERVISOR, "172.30.32.2/23");
        must("ip", "link", "set", link(Peer.SUPERVISOR), "master", bridge);
        peer(Peer.APP, "172.30.33.5/23");
        must("ip", "link", "set", link(Peer.APP), "master", bridge);
        peer(Peer.LAN, "192.168.213.2/24");
        must("ip", "addr", "add", HOST_FOR_LAN + "/24", "dev", link(Peer.LAN));
    }

    private void peer(Peer peer, String address) throws IOException, InterruptedException {
        made(List.of("ip", "netns", "add", space(peer)), "ip", "netns", "del", space(peer));
        // Taken away by itself: with its namespace it goes some time after, and the next test finds its name taken.
        made(
                List.of("ip", "link", "add", link(peer), "type", "veth", "peer", "name", "eth0", "netns", space(peer)),
                "ip",
                "link",
                "del",
                link(peer));
        must("ip", "-n", space(peer), "addr", "add", address, "dev", "eth0");
        must("ip", "-n", space(peer), "link", "set", "eth0", "up");
        must("ip", "link", "set", link(peer), "up");
    }

    /**
     * Asks by {@code curl}.
     *
     * @return status and body, as in {@code 200 ok}; {@code 000} if the connection was closed without an answer
     */
    public String ask(Peer peer, String url, String... headers) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "ip", "netns", "exec", space(peer), "curl", "-s", "-m", "10", "--noproxy", "*", "-w", "%{http_code} "));
        for (String header : headers) {
            command.add("-H");
            command.add(header);
        }
        command.addAll(List.of("-o", "-", url));
        return run(command.toArray(String[]::new)).out();
    }

    @Override
    public void close() throws IOException {
        while (!undo.isEmpty()) {
            try {
                run(undo.pop());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String space(Peer peer) {
        return "or" + peer.name().charAt(0) + id;
    }

    private String link(Peer peer) {
        return "orv" + peer.name().charAt(0) + id;
    }

    private void made(List<String> command, String... back) throws IOException, InterruptedException {
        must(command.toArray(String[]::new));
        undo.push(back);
    }

    private static void must(String... command) throws IOException, InterruptedException {
        Ended ended = run(command);
        if (ended.code() != 0) {
            throw new IOException(
                    String.join(" ", command) + " says " + ended.out().strip());
        }
    }

    private record Ended(int code, String out) {}

    private static Ended run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " does not end");
        }
        return new Ended(process.exitValue(), out);
    }
}
