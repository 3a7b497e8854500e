package oriel.webrtc.ice;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/** An {@link IceAgent} at an address of an {@link IceNet}, which may move; notes what the agent says. */
final class AgentNode implements IceNet.Node, IceListener {
    private final IceNet net;
    private final IceCredentials credentials;
    private final IceAgent agent;
    private final List<Event> events = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Map<IceDrop, Long> drops = new EnumMap<>(IceDrop.class);
    private InetSocketAddress address;
    private long bytesIn;
    private long bytesOut;

    /** Something the agent said, and when, since the net's start. */
    record Event(Duration at, String what, Object subject) {
        @Override
        public String toString() {
            return what + " " + subject;
        }
    }

    /** A packet that left, and when. */
    record Sent(Duration at, IcePath path, byte[] packet) {}

    AgentNode(IceNet net, InetSocketAddress address, IceRole role, long seed) {
        this.net = net;
        this.address = address;
        Random random = new Random(seed);
        this.credentials = IceCredentials.generate(random);
        this.agent = new IceAgent(role, credentials, random, this, net.now());
        net.attach(address, this);
    }

    IceAgent agent() {
        return agent;
    }

    IceCredentials credentials() {
        return credentials;
    }

    InetSocketAddress address() {
        return address;
    }

    IcePath path() {
        return IcePath.udp(address);
    }

    List<Event> events() {
        return events;
    }

    /** The moments of events of this kind. */
    List<Duration> moments(String what) {
        return events.stream().filter(e -> e.what().equals(what)).map(Event::at).toList();
    }

    List<Sent> sent() {
        return sent;
    }

    long bytesIn() {
        return bytesIn;
    }

    long bytesOut() {
        return bytesOut;
    }

    Candidate candidate() {
        return LocalCandidates.host(address, Transport.UDP, 0);
    }

    void knows(AgentNode peer) {
        agent.remote(peer.credentials, false, net.now());
    }

    /** Another network: what was sent to the old address is lost. */
    void move(InetSocketAddress to) {
        net.detach(address);
        address = to;
        net.attach(to, this);
    }

    @Override
    public void receive(IcePath path, byte[] data) {
        bytesIn += data.length;
        agent.receive(path, data, 0, data.length, net.now());
    }

    @Override
    public OptionalLong tick() {
        agent.tick(net.now());
        return agent.nextDeadline();
    }

    @Override
    public void send(IcePath path, byte[] packet) {
        bytesOut += packet.length;
        sent.add(new Sent(net.elapsed(), path, packet));
        net.send(address, path, packet);
    }

    @Override
    public void dropped(IceDrop reason) {
        drops.merge(reason, 1L, Long::sum);
    }

    /** How often the agent dropped something for this reason. */
    long drops(IceDrop reason) {
        return drops.getOrDefault(reason, 0L);
    }

    @Override
    public void authenticated(IcePath path) {
        note("authenticated", path);
    }

    @Override
    public void selected(IcePath path) {
        note("selected", path);
    }

    @Override
    public void forgotten(IcePath path) {
        note("forgotten", path);
    }

    @Override
    public void lost(IceLoss reason) {
        note("lost", reason);
    }

    private void note(String what, Object subject) {
        events.add(new Event(net.elapsed(), what, subject));
    }
}
