package oriel.testing.viewer;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** RTCP as a viewer writes and reads it (RFC 3550, 6; RFC 4585, 6). */
final class ViewerRtcp {
    private static final int RECEIVER_REPORT = 201;
    private static final int SENDER_REPORT = 200;
    private static final int TRANSPORT_FEEDBACK = 205;
    private static final int PAYLOAD_FEEDBACK = 206;

    private ViewerRtcp() {}

    /** @param lost 0 to 255, of 256 */
    record Block(int ssrc, int lost, int cumulative, long highest, int lastReport, int delay) {}

    static byte[] receiverReport(int sender, List<Block> blocks) {
        ByteBuffer packet = head(blocks.size(), RECEIVER_REPORT, 8 + 24 * blocks.size(), sender);
        for (Block block : blocks) {
            packet.putInt(block.ssrc)
                    .putInt(block.lost << 24 | block.cumulative & 0xFF_FFFF)
                    .putInt((int) block.highest)
                    .putInt(0)
                    .putInt(block.lastReport)
                    .putInt(block.delay);
        }
        return packet.array();
    }

    static byte[] nack(int sender, int media, Collection<Integer> sequences) {
        TreeSet<Integer> open = new TreeSet<>(sequences);
        ByteBuffer pairs = ByteBuffer.allocate(4 * open.size());
        while (!open.isEmpty()) {
            int first = open.removeFirst();
            int mask = 0;
            for (int i = 0; i < 16; i++) {
                mask |= open.remove(first + i + 1) ? 1 << i : 0;
            }
            pairs.putShort((short) first).putShort((short) mask);
        }
        pairs.flip();
        return head(1, TRANSPORT_FEEDBACK, 12 + pairs.remaining(), sender)
                .putInt(media)
                .put(pairs)
                .array();
    }

    static byte[] pli(int sender, int media) {
        return head(1, PAYLOAD_FEEDBACK, 12, sender).putInt(media).array();
    }

    static byte[] fir(int sender, int media, int number) {
        return head(4, PAYLOAD_FEEDBACK, 20, sender)
                .putInt(0)
                .putInt(media)
                .putInt(number << 24)
                .array();
    }

    static byte[] join(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    /** Gives the sender reports of a compound packet. */
    static void senderReports(byte[] compound, long arrivalNanos, Consumer<SeenSenderReport> each) {
        ByteBuffer view = ByteBuffer.wrap(compound);
        int at = 0;
        while (at + 4 <= compound.length) {
            int length = 4 + 4 * (view.getShort(at + 2) & 0xFFFF);
            if ((compound[at + 1] & 0xFF) == SENDER_REPORT) {
                each.accept(new SeenSenderReport(
                        view.getInt(at + 4),
                        view.getLong(at + 8),
                        view.getInt(at + 16) & 0xFFFF_FFFFL,
                        view.getInt(at + 20) & 0xFFFF_FFFFL,
                        view.getInt(at + 24) & 0xFFFF_FFFFL,
                        arrivalNanos));
            }
            at += length;
        }
    }

    private static ByteBuffer head(int count, int type, int bytes, int sender) {
        return ByteBuffer.allocate(bytes)
                .put((byte) (0x80 | count))
                .put((byte) type)
                .putShort((short) (bytes / 4 - 1))
                .putInt(sender);
    }
}
