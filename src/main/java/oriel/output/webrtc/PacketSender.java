package oriel.output.webrtc;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import oriel.net.Datagrams;
import oriel.rtp.RtpPacket;
import oriel.webrtc.srtp.PacketProtector;

/**
 * Writes a viewer's packets where they leave from: header, and the payload by the cipher, on the socket's own array. Nothing of
 * ours is allocated for a packet. Belongs to the viewer's loop.
 */
final class PacketSender implements ViewerTransport {
    private static final int ORIGINAL_BYTES = 2;
    private static final int MAX_DATAGRAM =
            RtpPacket.MAX_BYTES - RtpHeader.BYTES + RtpHeader.NUMBERED_BYTES + ORIGINAL_BYTES;

    /** What has left. Any thread reads; only the viewer's loop writes, so that a packet costs no barrier. */
    static final class Totals {
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicLong repeated = new AtomicLong();

        long bytes() {
            return bytes.get();
        }

        /** Packets that were sent again. */
        long repeated() {
            return repeated.get();
        }

        private void left(int length) {
            bytes.setRelease(bytes.getPlain() + length);
        }

        private void leftAgain() {
            repeated.setRelease(repeated.getPlain() + 1);
        }
    }

    private final Supplier<Datagrams> socket;
    private final Supplier<Optional<InetSocketAddress>> remote;
    private final PacketProtector keys;
    private final ReceptionQuality quality;
    private final Totals totals;

    /**
     * @param socket what packets leave by now: viewers move
     * @param remote where they go now; while there is nowhere, they are lost
     * @param quality gives transport-wide numbers
     */
    PacketSender(
            Supplier<Datagrams> socket,
            Supplier<Optional<InetSocketAddress>> remote,
            PacketProtector keys,
            ReceptionQuality quality,
            Totals totals) {
        this.socket = socket;
        this.remote = remote;
        this.keys = keys;
        this.quality = quality;
        this.totals = totals;
    }

    @Override
    public void send(TrackPlan plan, RtpPacket packet, long index, int timestamp, boolean again, long nowNanos) {
        Optional<InetSocketAddress> to = remote.get();
        if (to.isEmpty()) {
            return;
        }
        Datagrams out = socket.get();
        byte[] bytes = out.staging();
        int at = out.reserve(to.get(), MAX_DATAGRAM + keys.overheadBytes());
        RtpHeader.write(bytes, at, packet.marker(), plan.payloadType(), (int) index, timestamp, plan.ssrc());
        int header = numbered(plan, bytes, at, nowNanos);
        int payload = packet.payloadLength();
        int length;
        if (again) {
            length = keys.resend(packet.array(), RtpPacket.HEADER_BYTES, payload, bytes, at, header, index);
            totals.leftAgain();
        } else {
            length = keys.protect(packet.array(), RtpPacket.HEADER_BYTES, payload, bytes, at, header, index);
        }
        out.commit(length);
        totals.left(length);
    }

    @Override
    public void repeat(TrackPlan plan, RtpPacket packet, long index, int timestamp, int original, long nowNanos) {
        Optional<InetSocketAddress> to = remote.get();
        if (to.isEmpty()) {
            return;
        }
        TrackPlan.Repetition repetition = plan.repetition().orElseThrow();
        Datagrams out = socket.get();
        byte[] bytes = out.staging();
        int at = out.reserve(to.get(), MAX_DATAGRAM + keys.overheadBytes());
        RtpHeader.write(
                bytes, at, packet.marker(), repetition.payloadType(), (int) index, timestamp, repetition.ssrc());
        int header = numbered(plan, bytes, at, nowNanos);
        int body = at + header;
        // The number that it first had stands before the payload (RFC 4588, 4).
        bytes[body] = (byte) (original >> 8);
        bytes[body + 1] = (byte) original;
        int payload = packet.payloadLength();
        System.arraycopy(packet.array(), RtpPacket.HEADER_BYTES, bytes, body + ORIGINAL_BYTES, payload);
        int length = keys.protect(bytes, body, ORIGINAL_BYTES + payload, bytes, at, header, index);
        out.commit(length);
        totals.leftAgain();
        totals.left(length);
    }

    private int numbered(TrackPlan plan, byte[] out, int at, long nowNanos) {
        if (plan.sequenceId() == 0) {
            return RtpHeader.BYTES;
        }
        RtpHeader.number(out, at, plan.sequenceId(), quality.number(nowNanos));
        return RtpHeader.NUMBERED_BYTES;
    }

    @Override
    public boolean writable() {
        return socket.get().writable();
    }

    @Override
    public boolean open() {
        return socket.get().open();
    }
}
