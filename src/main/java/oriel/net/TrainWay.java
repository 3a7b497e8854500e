package oriel.net;

import java.net.InetSocketAddress;

/** Sends trains from a Java array where it lies, past Netty. Belongs to the socket's loop. */
interface TrainWay {
    /** What {@link #send} answers when the train has left. */
    int SENT = 0;

    /** EAGAIN: there is no room now. */
    int FULL = 11;

    /** EIO: the way there has a device that cannot cut up. */
    int NOT_CUT_UP = 5;

    /** EINVAL: its packets are smaller than ours. */
    int INVALID = 22;

    /** EMSGSIZE: the same, of newer kernels. */
    int TOO_LARGE = 90;

    /**
     * Sends at once, or not at all.
     *
     * @param segment bytes of each datagram but the last, which may be shorter
     * @return {@link #SENT}, or the number of the error
     */
    int send(byte[] array, int offset, int bytes, int segment, InetSocketAddress to);

    /** What others send by the same socket from now on stays whole. */
    void keepWhole();
}
