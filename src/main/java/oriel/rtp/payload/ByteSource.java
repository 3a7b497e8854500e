package oriel.rtp.payload;

import oriel.base.Bytes;
import oriel.rtp.RtpView;

/** Bytes lent for the time of a call: a packet just read, or a unit. The reader has checked its indexes. */
sealed interface ByteSource {
    /** The byte at {@code index}, 0 to 255. */
    int at(int index);

    /** Copies {@code length} bytes from {@code index}. */
    void copy(int index, byte[] target, int targetOffset, int length);

    /** The payload of a packet; one object for all packets of a track. */
    final class Packet implements ByteSource {
        private RtpView view = new RtpView();

        void look(RtpView packet) {
            view = packet;
        }

        @Override
        public int at(int index) {
            return view.payload(index);
        }

        @Override
        public void copy(int index, byte[] target, int targetOffset, int length) {
            view.copyPayload(index, target, targetOffset, length);
        }
    }

    /** A part of an array; one object for all parts. */
    final class Part implements ByteSource {
        private byte[] array = {};
        private int offset;

        void look(Bytes bytes) {
            look(bytes.array(), bytes.offset());
        }

        void look(byte[] newArray, int newOffset) {
            array = newArray;
            offset = newOffset;
        }

        @Override
        public int at(int index) {
            return array[offset + index] & 0xFF;
        }

        @Override
        public void copy(int index, byte[] target, int targetOffset, int length) {
            System.arraycopy(array, offset + index, target, targetOffset, length);
        }
    }
}
