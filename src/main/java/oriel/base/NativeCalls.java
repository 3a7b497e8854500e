package oriel.base;

/** Calls of native functions, whose method handles declare that they throw anything, though a function throws nothing. */
public final class NativeCalls {
    private NativeCalls() {}

    /** What to throw for {@code thrown}: itself, or an {@link IllegalStateException} about what nobody could foresee. */
    public static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(thrown);
        };
    }
}
