package oriel.webrtc.ice;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Random;

/** Any datagram is a STUN message or malformed, and moves no agent that it does not know the password of. */
class StunMessageFuzzTest {
    @FuzzTest
    void parse(byte[] data) {
        StunMessageTest.readAll(data);
        StunMessage.localUfragOf(data, 0, data.length);
        StunMessage.localUfragOf(
                ByteBuffer.allocateDirect(data.length).put(data).flip());
    }

    @FuzzTest
    void receive(byte[] data) {
        IceNet net = new IceNet(1);
        AgentNode agent = new AgentNode(net, StunVectors.at("192.0.2.1", 8555), IceRole.CONTROLLED, 1);
        agent.agent().remote(IceCredentials.generate(new Random(2)), false, net.now());
        agent.agent().receive(StunVectors.path("192.0.2.2", 1), data, 0, data.length, net.now());
        if (agent.bytesOut() > 0 || agent.agent().pairs() > 0) {
            throw new AssertionError("moved by a stranger");
        }
    }
}
