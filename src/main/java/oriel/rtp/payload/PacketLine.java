package oriel.rtp.payload;

import oriel.rtp.RtpPacket;

/**
 * Numbers the packets of one track and lets them go, always one behind: the last one waits until somebody knows whether
 * it ends its picture.
 */
final class PacketLine {
    /** The most payload bytes of one packet. */
    static final int MAX_PAYLOAD = RtpPacket.MAX_BYTES - RtpPacket.HEADER_BYTES;

    private static final byte[] NONE = {};

    private PacketOutput output = packet -> {};
    private long ptsTicks;
    private long nextSequence;
    private boolean gapTold; // since the last packet

    // The packet that waits; none does if the array is empty.
    private byte[] array = NONE;
    private int length;
    private long sequence;
    private long waitingTicks;
    private boolean keyStart;

    /** The packets added from here on are of this time and go there. */
    void open(long newTicks, PacketOutput newOutput) {
        ptsTicks = newTicks;
        output = newOutput;
    }

    /**
     * Adds a packet, which lets the one before it go.
     *
     * @param newArray room for the header, then the payload; taken over
     * @param newLength both together
     */
    void add(byte[] newArray, int newLength, boolean newKeyStart) {
        release(false);
        array = newArray;
        length = newLength;
        sequence = nextSequence++;
        waitingTicks = ptsTicks;
        keyStart = newKeyStart;
        gapTold = false;
    }

    /**
     * Lets the packet that waits go, if one does; not marked if something behind it was lost.
     *
     * @return whether a packet went marked
     */
    boolean release(boolean marker) {
        if (array.length == 0) {
            return false;
        }
        byte[] released = array;
        array = NONE;
        boolean marked = marker && !gapTold;
        output.packet(RtpPacket.take(released, length, sequence, waitingTicks, marked, keyStart));
        return marked;
    }

    /** Something is missing behind the last packet: the next number is left out, once. */
    void gap() {
        if (!gapTold && nextSequence > 0) {
            gapTold = true;
            nextSequence++;
        }
    }
}
