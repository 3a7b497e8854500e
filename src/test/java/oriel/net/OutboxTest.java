package oriel.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.metrics.Drops;

class OutboxTest {
    private static final InetSocketAddress ANNA = new InetSocketAddress("192.0.2.1", 1);
    private static final InetSocketAddress BERT = new InetSocketAddress("192.0.2.2", 2);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Drops drops = new Drops();
    private Outbox outbox = new Outbox(channel, drops, true);
    private final Way way = new Way();
    private int filled;

    /** A send: who gets it, the length of each datagram but the last, and the bytes. */
    private record Sent(InetSocketAddress remote, int segment, byte[] bytes) {
        List<Integer> lengths() {
            List<Integer> lengths = new ArrayList<>();
            for (int at = 0; at < bytes.length; at += segment) {
                lengths.add(Math.min(segment, bytes.length - at));
            }
            return lengths;
        }
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void commit_equalLengthsToOne_areOneTrainWithAShorterEnd() {
        commit(ANNA, 1200, 1200, 1200, 300, 1200);
        outbox.depart();

        List<Sent> sent = sent();
        assertThat(sent).extracting(Sent::lengths).containsExactly(List.of(1200, 1200, 1200, 300), List.of(1200));
        byte[] first = sent.getFirst().bytes();
        assertThat(first).startsWith(1, 1).contains(2, 3, 4).endsWith(4, 4);
    }

    @Test
    void commit_longerThanTheTrain_beginsAnother() {
        commit(ANNA, 40, 1200, 1200);
        outbox.depart();

        assertThat(sent()).extracting(Sent::lengths).containsExactly(List.of(40), List.of(1200, 1200));
    }

    @Test
    void reserve_forAnother_givesTheSameBytesAgain() {
        outbox = new Outbox(channel, Optional.of(way), drops, true);
        commit(ANNA, 500, 500);
        assertThat(outbox.reserve(ANNA, 500)).isEqualTo(1000);
        assertThat(outbox.reserve(BERT, 500)).isZero();
        commit(BERT, 400, 400);
        outbox.flush();

        assertThat(way.trains).extracting(Sent::remote).containsExactly(ANNA, BERT);
        assertThat(way.trains.getFirst().bytes()).startsWith(1, 1).endsWith(2, 2);
        assertThat(way.trains.getLast().bytes()).startsWith(3, 3).endsWith(4, 4);
    }

    @Test
    void commit_withoutAPlace_isRefused() {
        assertThatThrownBy(() -> outbox.commit(500)).hasMessage("nothing was reserved");
    }

    @Test
    void commit_toAnother_beginsAnother() {
        commit(ANNA, 500, 500);
        commit(BERT, 500, 500);
        outbox.depart();

        assertThat(sent()).extracting(Sent::remote).containsExactly(ANNA, BERT);
    }

    @Test
    void commit_moreThanATrainOrThePlaceHolds_departsInOrder() {
        int[] many = new int[200];
        Arrays.fill(many, 1200);
        commit(ANNA, many);
        outbox.depart();

        List<Sent> sent = sent();
        assertThat(sent).allSatisfy(train -> assertThat(train.lengths().size()).isBetween(1, 48));
        assertThat(sent).allSatisfy(train -> assertThat(train.bytes().length).isLessThanOrEqualTo(60_000));
        List<Byte> order = new ArrayList<>();
        sent.forEach(train -> {
            for (int at = 0; at < train.bytes().length; at += 1200) {
                order.add(train.bytes()[at]);
            }
        });
        assertThat(order).hasSize(200).startsWith((byte) 1, (byte) 2).endsWith((byte) 199, (byte) 200);
    }

    @Test
    void commit_socketWithoutTrains_sendsEachAlone() {
        outbox = new Outbox(channel, drops, false);
        commit(ANNA, 1200, 1200, 1200);
        outbox.depart();

        assertThat(sent()).extracting(Sent::lengths).containsOnly(List.of(1200)).hasSize(3);
    }

    @Test
    void depart_routeThatTakesNoTrains_getsSinglesFromThenOn_othersGoOn() {
        channel.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
                if (message instanceof SegmentedDatagramPacket train
                        && train.recipient().equals(ANNA)) {
                    ReferenceCountUtil.release(message);
                    promise.setFailure(new IOException("Input/output error"));
                } else {
                    super.write(context, message, promise);
                }
            }
        });
        commit(ANNA, 1200, 1200);
        outbox.depart();
        channel.runPendingTasks();
        commit(ANNA, 1200, 1200);
        commit(BERT, 1200, 1200);
        outbox.depart();

        assertThat(sent()).extracting(Sent::lengths).containsExactly(List.of(1200), List.of(1200), List.of(1200, 1200));
        assertThat(drops.snapshot()).containsEntry("udp-train", 1L);
    }

    @Test
    void depart_nothingThere_sendsNothing() {
        outbox.depart();

        assertThat(sent()).isEmpty();
    }

    @Test
    void depart_wayPastTheChannel_takesTrains_singlesWaitInTheChannel() {
        outbox = new Outbox(channel, Optional.of(way), drops, true);
        commit(ANNA, 1200, 1200, 300);
        commit(BERT, 500);
        outbox.flush();

        assertThat(way.trains).extracting(Sent::lengths).containsExactly(List.of(1200, 1200, 300));
        assertThat(way.trains.getFirst().bytes()).startsWith(1, 1).endsWith(3, 3);
        assertThat(way.cut).isFalse();
        assertThat(sent()).extracting(Sent::remote, Sent::lengths).containsExactly(tuple(BERT, List.of(500)));
    }

    @Test
    void depart_trainBehindASingle_leavesAfterIt() {
        outbox = new Outbox(channel, Optional.of(way), drops, true);
        commit(ANNA, 500);
        commit(BERT, 1200, 1200);
        outbox.depart();

        assertThat(way.trains).hasSize(1);
        assertThat(way.sentBefore).containsExactly(1);
    }

    @Test
    void depart_noRoomInTheKernel_waitsInTheChannel() {
        outbox = new Outbox(channel, Optional.of(way), drops, true);
        way.answer = TrainWay.FULL;
        commit(ANNA, 1200, 1200);
        outbox.flush();
        commit(ANNA, 900, 900);
        outbox.flush();

        assertThat(sent()).extracting(Sent::lengths).containsExactly(List.of(1200, 1200), List.of(900, 900));
        assertThat(drops.snapshot()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {TrainWay.NOT_CUT_UP, TrainWay.INVALID, TrainWay.TOO_LARGE})
    void depart_wayThatTakesNoTrains_sendsThemOneByOne_andLosesNothing(int error) {
        outbox = new Outbox(channel, Optional.of(way), drops, true);
        way.answer = error;
        commit(ANNA, 1200, 1200, 300);
        outbox.flush();
        commit(ANNA, 1200, 1200);
        outbox.flush();
        way.answer = TrainWay.SENT;
        commit(BERT, 800, 800);
        outbox.flush();

        assertThat(way.trains).extracting(Sent::remote).containsExactly(BERT);
        assertThat(sent())
                .extracting(Sent::lengths)
                .containsExactly(List.of(1200), List.of(1200), List.of(300), List.of(1200), List.of(1200));
        assertThat(drops.snapshot()).isEmpty();
    }

    @Test
    void depart_otherErrors_areCounted_andTheNextIsTriedAgain() {
        outbox = new Outbox(channel, Optional.of(way), drops, true);
        way.answer = 101; // ENETUNREACH
        commit(ANNA, 1200, 1200);
        outbox.flush();
        way.answer = TrainWay.SENT;
        commit(ANNA, 1200, 1200);
        outbox.flush();

        assertThat(drops.snapshot()).containsEntry("udp-error", 2L);
        assertThat(way.trains).hasSize(1);
        assertThat(sent()).isEmpty();
    }

    /** A way past the channel that remembers. */
    private final class Way implements TrainWay {
        private final List<Sent> trains = new ArrayList<>();
        private final List<Integer> sentBefore = new ArrayList<>();
        private int answer = SENT;
        private boolean cut;

        @Override
        public int send(byte[] array, int offset, int bytes, int segment, InetSocketAddress to) {
            cut = true;
            if (answer == SENT) {
                sentBefore.add(channel.outboundMessages().size());
                trains.add(new Sent(to, segment, Arrays.copyOfRange(array, offset, offset + bytes)));
            }
            return answer;
        }

        @Override
        public void keepWhole() {
            cut = false;
        }
    }

    private void commit(InetSocketAddress remote, int... lengths) {
        for (int length : lengths) {
            int at = outbox.reserve(remote, 1300);
            filled++;
            Arrays.fill(outbox.staging(), at, at + length, (byte) filled);
            outbox.commit(length);
        }
    }

    private List<Sent> sent() {
        channel.flush();
        List<Sent> all = new ArrayList<>();
        for (Object message = channel.readOutbound(); message != null; message = channel.readOutbound()) {
            DatagramPacket packet = (DatagramPacket) message;
            ByteBuf content = packet.content();
            int whole = content.readableBytes();
            int segment = message instanceof SegmentedDatagramPacket train ? train.segmentSize() : whole;
            byte[] bytes = new byte[whole];
            content.readBytes(bytes);
            all.add(new Sent(packet.recipient(), segment, bytes));
            packet.release();
        }
        return all;
    }
}
