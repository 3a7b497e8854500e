package oriel.testing.homeassistant;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The messages of two WebSockets (RFC 6455), handed from one to the other as aiohttp does for Home Assistant: whole, without
 * extensions, pings and pongs too, none longer than a hop takes. When one ends both are closed with 1000: the reason is lost.
 */
final class FrameRelay {
    private static final int CONTINUATION = 0;
    private static final int CLOSE = 8;
    private static final int FINAL = 0x80;
    private static final int MASKED = 0x80;
    private static final int NORMAL = 1000;
    private static final int TOO_BIG = 1009;

    private final int maxMessage;

    FrameRelay(int maxMessage) {
        this.maxMessage = maxMessage;
    }

    private record Message(int opcode, byte[] data) {}

    /** Ends when one of them does, and leaves both to be closed. */
    void run(HopWire near, HopWire far) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Thread.ofVirtual().name("ingress up").start(() -> pump(near, far, true, over));
        Thread.ofVirtual().name("ingress down").start(() -> pump(far, near, false, over));
        over.await();
        bye(near, false, NORMAL);
        bye(far, true, NORMAL);
    }

    private void pump(HopWire from, HopWire to, boolean up, CountDownLatch over) {
        try {
            Reader reader = new Reader(from.in());
            for (Optional<Message> next = reader.next(); next.isPresent(); next = reader.next()) {
                write(to, next.get().opcode(), next.get().data(), up);
            }
        } catch (TooBigException e) {
            bye(from, !up, TOO_BIG);
        } catch (IOException e) {
            // This end is gone.
        } finally {
            over.countDown();
        }
    }

    private static void bye(HopWire wire, boolean masked, int code) {
        try {
            write(wire, CLOSE, new byte[] {(byte) (code >> 8), (byte) code}, masked);
        } catch (IOException e) {
            // It is gone already.
        }
    }

    private static void write(HopWire wire, int opcode, byte[] data, boolean masked) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(data.length + 14);
        DataOutputStream frame = new DataOutputStream(bytes);
        int mark = masked ? MASKED : 0;
        frame.write(FINAL | opcode);
        if (data.length < 126) {
            frame.write(mark | data.length);
        } else if (data.length < 65536) {
            frame.write(mark | 126);
            frame.writeShort(data.length);
        } else {
            frame.write(mark | 127);
            frame.writeLong(data.length);
        }
        if (masked) {
            byte[] key = new byte[4];
            ThreadLocalRandom.current().nextBytes(key);
            frame.write(key);
            frame.write(unmasked(data, key));
        } else {
            frame.write(data);
        }
        OutputStream out = wire.out();
        synchronized (wire) {
            out.write(bytes.toByteArray());
            out.flush();
        }
    }

    private static byte[] unmasked(byte[] data, byte[] key) {
        byte[] plain = data.clone();
        for (int i = 0; i < plain.length; i++) {
            plain[i] ^= key[i % 4];
        }
        return plain;
    }

    /** A message is longer than this hop takes. */
    private static final class TooBigException extends IOException {
        private static final long serialVersionUID = 1;
    }

    private final class Reader {
        private final DataInputStream in;
        private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
        private int opcode;

        Reader(DataInputStream in) {
            this.in = in;
        }

        /** The next whole message; empty where the other end closes. */
        Optional<Message> next() throws IOException {
            while (true) {
                int first = in.readUnsignedByte();
                if ((first & 0x70) != 0) {
                    throw new IOException("an extension that nobody asked for");
                }
                byte[] data = data();
                int kind = first & 0x0F;
                if (kind == CLOSE) {
                    return Optional.empty();
                }
                if (kind > CLOSE) {
                    return Optional.of(new Message(kind, data));
                }
                if (kind != CONTINUATION) {
                    opcode = kind;
                }
                begun.write(data);
                if ((first & FINAL) != 0) {
                    Message whole = new Message(opcode, begun.toByteArray());
                    begun.reset();
                    return Optional.of(whole);
                }
            }
        }

        private byte[] data() throws IOException {
            int second = in.readUnsignedByte();
            long length = second & 0x7F;
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = in.readLong();
            }
            if (length < 0 || begun.size() + length > maxMessage) {
                throw new TooBigException();
            }
            byte[] key = in.readNBytes((second & MASKED) != 0 ? 4 : 0);
            byte[] data = in.readNBytes((int) length);
            return key.length == 0 ? data : unmasked(data, key);
        }
    }
}
