package oriel.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class BytesTest {
    private final byte[] array = {9, 1, 2, -1, 9};
    private final Bytes part = Bytes.of(array, 1, 3);

    @Test
    void of_partOfAnArray_isAViewOnIt() {
        assertThat(part.length()).isEqualTo(3);
        assertThat(part.offset()).isEqualTo(1);
        assertThat(part.array()).isSameAs(array);
        assertThat(part.isEmpty()).isFalse();
        assertThat(part.at(2)).isEqualTo(255);
        assertThat(part.toArray()).containsExactly(1, 2, -1);
        assertThat(part.toHex()).isEqualTo("0102ff");
    }

    @Test
    void equals_sameContentElsewhere_isEqual() {
        assertThat(part).isEqualTo(Bytes.of(new byte[] {1, 2, -1})).hasSameHashCodeAs(Bytes.of(new byte[] {1, 2, -1}));
        assertThat(part).isNotEqualTo(Bytes.of(new byte[] {1, 2})).isNotEqualTo(Bytes.of(new byte[] {1, 2, 0}));
        assertThat(part).isNotEqualTo("0102ff");
        assertThat(Bytes.empty()).isEqualTo(Bytes.of(new byte[0])).isEqualTo(part.slice(1, 0));
        assertThat(Bytes.empty().isEmpty()).isTrue();
    }

    @Test
    void slice_partOfAPart_staysInside() {
        assertThat(part.slice(1, 2)).isEqualTo(Bytes.ofHex("02ff"));
        assertThatThrownBy(() -> part.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.slice(-1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.slice(2, Integer.MAX_VALUE)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void at_outsideOfThePart_isRefused() {
        assertThatThrownBy(() -> part.at(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void of_outsideOfTheArray_isRefused() {
        assertThatThrownBy(() -> Bytes.of(array, 3, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Bytes.of(array, -1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void ofHex_blanksAndColons_arePassedOver() {
        assertThat(Bytes.ofHex("01:02 fF\n")).isEqualTo(part);
        assertThat(Bytes.ofHex("")).isEqualTo(Bytes.empty());
        assertThatThrownBy(() -> Bytes.ofHex("0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Bytes.ofHex("0g")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void copyTo_target_getsThePartOnly() {
        byte[] target = new byte[5];
        part.copyTo(target, 1);

        assertThat(target).containsExactly(0, 1, 2, -1, 0);
    }

    @Test
    void toBuffer_ofAPart_isReadOnlyAndBeginsAtZero() {
        ByteBuffer buffer = part.toBuffer();

        assertThat(buffer.remaining()).isEqualTo(3);
        assertThat(buffer.get(0)).isEqualTo((byte) 1);
        assertThat(buffer.capacity()).isEqualTo(3);
        assertThatThrownBy(() -> buffer.put((byte) 0)).isInstanceOf(ReadOnlyBufferException.class);
    }

    @Test
    void toString_ofManyBytes_isShort() {
        assertThat(part).hasToString("0102ff");
        assertThat(Bytes.of(new byte[1000])).hasToString("00".repeat(32) + "… (1000 bytes)");
    }
}
