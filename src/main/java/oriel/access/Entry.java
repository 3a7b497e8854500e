package oriel.access;

/** What a door answers. */
public sealed interface Entry {
    /** Come in, as this. */
    record Admitted(Principal principal) implements Entry {}

    /** Stay out. */
    record Refused(Refusal refusal) implements Entry {}
}
