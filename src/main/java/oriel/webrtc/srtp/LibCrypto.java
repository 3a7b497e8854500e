package oriel.webrtc.srtp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import oriel.base.NativeCalls;

/**
 * OpenSSL's libcrypto as the system has it: of its EVP interface (EVP_EncryptInit(3)) what AES-128-GCM takes. Arguments may
 * be Java's own arrays. Any thread; a context is one thread's at a time.
 */
@SuppressWarnings("restricted") // The launcher allows native access.
final class LibCrypto {
    private static final String NAME = "libcrypto.so.3";
    private static final long LONGEST_VERSION = 256;

    // Critical, so that arrays need not be copied: the thread cannot be stopped for a collection meanwhile. No call
    // works on more than one packet.
    private static final Linker.Option ON_ARRAYS = Linker.Option.critical(true);

    // Constants, or the compiler could not call straight through them.
    private static final Optional<SymbolLookup> LIBRARY = open();
    private static final MethodHandle NEW = function("EVP_CIPHER_CTX_new", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle FREE = function("EVP_CIPHER_CTX_free", FunctionDescriptor.ofVoid(ADDRESS));
    private static final MethodHandle AES_128_GCM = function("EVP_aes_128_gcm", FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle INIT = function(
            "EVP_CipherInit_ex",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT),
            ON_ARRAYS);
    private static final MethodHandle UPDATE = function(
            "EVP_CipherUpdate",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT),
            ON_ARRAYS);
    private static final MethodHandle FINAL =
            function("EVP_CipherFinal_ex", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS), ON_ARRAYS);
    private static final MethodHandle CONTROL = function(
            "EVP_CIPHER_CTX_ctrl", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS), ON_ARRAYS);
    private static final MethodHandle VERSION = function("OpenSSL_version", FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private static final int EVP_CTRL_AEAD_GET_TAG = 0x10;
    private static final int EVP_CTRL_AEAD_SET_TAG = 0x11;
    private static final int OPEN = 0;
    private static final int SEAL = 1;

    private LibCrypto() {}

    private static Optional<SymbolLookup> open() {
        try {
            return Optional.of(SymbolLookup.libraryLookup(NAME, Arena.global()));
        } catch (IllegalArgumentException | IllegalCallerException e) {
            return Optional.empty(); // Not there, or native calls are forbidden by the owner.
        }
    }

    // What is not there gives nothing: no context, no success.
    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        return LIBRARY.flatMap(library -> library.find(name))
                .map(address -> Linker.nativeLinker().downcallHandle(address, type, options))
                .orElseGet(() -> MethodHandles.empty(type.toMethodType()));
    }

    /** What OpenSSL calls itself; empty if there is none. */
    static Optional<String> version() {
        try {
            MemorySegment text = (MemorySegment) VERSION.invokeExact(0);
            return text == null
                    ? Optional.empty()
                    : Optional.of(text.reinterpret(LONGEST_VERSION).getString(0));
        } catch (Throwable e) {
            throw NativeCalls.unexpected(e);
        }
    }

    /**
     * A context for AES-128-GCM under {@code key}, either way; it is freed, and the key in it wiped, when nobody refers to it any more.
     *
     * @throws IllegalStateException if there is no library, or no memory
     */
    static MemorySegment context(byte[] key) {
        try {
            MemorySegment made = (MemorySegment) NEW.invokeExact();
            if (made == null || made.address() == 0) {
                throw new IllegalStateException("no " + NAME + ", or no memory for it");
            }
            MemorySegment context = made.reinterpret(Arena.ofAuto(), LibCrypto::free);
            MemorySegment cipher = (MemorySegment) AES_128_GCM.invokeExact();
            int done = (int) INIT.invokeExact(
                    context, cipher, MemorySegment.NULL, MemorySegment.ofArray(key), MemorySegment.NULL, SEAL);
            if (done != 1) {
                throw new IllegalStateException(NAME + " refuses a key");
            }
            return context;
        } catch (Throwable e) {
            throw NativeCalls.unexpected(e);
        }
    }

    private static void free(MemorySegment context) {
        try {
            FREE.invokeExact(context);
        } catch (Throwable e) {
            throw NativeCalls.unexpected(e);
        }
    }

    /**
     * Encrypts {@code length} bytes. The launcher forbids the compiler to inline this: inside one of our long ways of a
     * packet its budget runs out before these calls are inlined themselves, and each view of an array becomes an object.
     *
     * @param count native memory for an int, the caller's to lend
     * @param headerBytes that stand in {@code target} at {@code at} and are authenticated; text and tag follow them
     * @param word authenticated besides, if it is not empty
     * @return whether the library did it
     */
    static boolean seal(
            MemorySegment context,
            MemorySegment count,
            MemorySegment iv,
            MemorySegment word,
            byte[] source,
            int sourceOffset,
            int length,
            MemorySegment target,
            int at,
            int headerBytes) {
        MemorySegment text = target.asSlice(at + headerBytes);
        try {
            int done = (int)
                    INIT.invokeExact(context, MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL, iv, SEAL);
            done &= (int) UPDATE.invokeExact(context, MemorySegment.NULL, count, target.asSlice(at), headerBytes);
            if (word.byteSize() > 0) {
                done &= (int) UPDATE.invokeExact(context, MemorySegment.NULL, count, word, (int) word.byteSize());
            }
            done &= (int) UPDATE.invokeExact(
                    context, text, count, MemorySegment.ofArray(source).asSlice(sourceOffset), length);
            done &= (int) FINAL.invokeExact(context, text, count);
            done &= (int) CONTROL.invokeExact(
                    context,
                    EVP_CTRL_AEAD_GET_TAG,
                    AesGcm.TAG_BYTES,
                    target.asSlice(at + headerBytes + length, AesGcm.TAG_BYTES));
            return done == 1;
        } catch (Throwable e) {
            throw NativeCalls.unexpected(e);
        }
    }

    /**
     * Decrypts {@code length} bytes into {@code target}, which holds something else than the text if the tag is wrong. Not
     * inlined, as {@link #seal}.
     *
     * @param headerBytes that stand in {@code source} at {@code at} and are authenticated; text and tag follow them
     * @param word authenticated besides, if it is not empty
     * @return whether the tag is right
     */
    static boolean open(
            MemorySegment context,
            MemorySegment count,
            MemorySegment iv,
            MemorySegment word,
            byte[] source,
            int at,
            int headerBytes,
            int length,
            byte[] target,
            int targetOffset) {
        MemorySegment packet = MemorySegment.ofArray(source).asSlice(at);
        MemorySegment text = MemorySegment.ofArray(target).asSlice(targetOffset);
        try {
            int done = (int)
                    INIT.invokeExact(context, MemorySegment.NULL, MemorySegment.NULL, MemorySegment.NULL, iv, OPEN);
            // Before the text, which may be written over it.
            done &= (int) CONTROL.invokeExact(
                    context,
                    EVP_CTRL_AEAD_SET_TAG,
                    AesGcm.TAG_BYTES,
                    packet.asSlice(headerBytes + length, AesGcm.TAG_BYTES));
            done &= (int) UPDATE.invokeExact(context, MemorySegment.NULL, count, packet, headerBytes);
            if (word.byteSize() > 0) {
                done &= (int) UPDATE.invokeExact(context, MemorySegment.NULL, count, word, (int) word.byteSize());
            }
            done &= (int) UPDATE.invokeExact(context, text, count, packet.asSlice(headerBytes), length);
            done &= (int) FINAL.invokeExact(context, text, count);
            return done == 1;
        } catch (Throwable e) {
            throw NativeCalls.unexpected(e);
        }
    }
}
