package oriel.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import oriel.base.MalformedException;

/**
 * A browser's end, written message by message and not by our agent: answers checks when told to, sends those that a test asks
 * for, from any number of addresses.
 */
final class ScriptedPeer implements IceNet.Node {
    static final long PRIORITY = 1862270975;

    private final IceNet net;
    private final AgentNode target;
    private final Random random = new Random(77);
    private final IceCredentials credentials = IceCredentials.generate(random);
    private final StunIntegrity ours = new StunIntegrity(credentials.password());
    private final StunIntegrity theirs;
    private final List<StunMessage> answers = new ArrayList<>();
    private final List<StunMessage> requests = new ArrayList<>();
    private final Set<InetSocketAddress> silent = new HashSet<>();
    private boolean answering = true;
    private UnaryOperator<byte[]> answer = this::success;
    private InetSocketAddress seenFrom = StunVectors.at("192.0.2.1", 1);

    ScriptedPeer(IceNet net, AgentNode target, InetSocketAddress... addresses) {
        this.net = net;
        this.target = target;
        this.theirs = new StunIntegrity(target.credentials().password());
        for (InetSocketAddress address : addresses) {
            listen(address);
        }
    }

    void listen(InetSocketAddress address) {
        net.attach(address, new At(address));
    }

    IceCredentials credentials() {
        return credentials;
    }

    /** Is at this address no more. */
    void silentAt(InetSocketAddress address) {
        silent.clear();
        silent.add(address);
    }

    void answering(boolean yes) {
        answering = yes;
    }

    /** Answers every check with what this makes of the request's bytes. */
    void answerWith(UnaryOperator<byte[]> maker) {
        answer = maker;
    }

    List<StunMessage> answers() {
        return answers;
    }

    List<StunMessage> requests() {
        return requests;
    }

    StunIntegrity integrity() {
        return ours;
    }

    StunBuilder request() {
        return new StunBuilder(StunClass.REQUEST, TransactionId.generate(random))
                .username(target.credentials().ufrag() + ":" + credentials.ufrag());
    }

    StunBuilder check() {
        return request().priority(PRIORITY).role(IceRole.CONTROLLING, 1);
    }

    void sendCheck(InetSocketAddress from, boolean nominating) {
        StunBuilder check = check();
        send(from, (nominating ? check.useCandidate() : check).build(theirs));
    }

    void send(InetSocketAddress from, byte[] packet) {
        net.send(from, target.path(), packet);
    }

    /** With the password that the target knows. */
    byte[] sign(StunBuilder request) {
        return request.build(theirs);
    }

    byte[] success(byte[] request) {
        return new StunBuilder(StunClass.SUCCESS, parse(request).transaction())
                .xorMappedAddress(seenFrom)
                .build(ours);
    }

    static StunMessage parse(byte[] packet) {
        try {
            return StunMessage.parse(packet, 0, packet.length);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void receive(IcePath path, byte[] data) {
        throw new AssertionError("not attached itself");
    }

    @Override
    public OptionalLong tick() {
        return OptionalLong.empty();
    }

    private final class At implements IceNet.Node {
        private final InetSocketAddress address;

        At(InetSocketAddress address) {
            this.address = address;
        }

        @Override
        public void receive(IcePath path, byte[] data) {
            StunMessage message = parse(data);
            if (message.messageClass() != StunClass.REQUEST) {
                answers.add(message);
                return;
            }
            requests.add(message);
            if (!ours.verifies(message) || !message.isFingerprintRight()) {
                throw new AssertionError("a check that is not genuine");
            }
            seenFrom = path.remote();
            if (answering && !silent.contains(address)) {
                net.send(address, path, answer.apply(data));
            }
        }

        @Override
        public OptionalLong tick() {
            return OptionalLong.empty();
        }
    }
}
