package oriel.access;

/** What a door answers. */
public sealed interface Entry {
    /**
     * Come in, as this.
     *
     * @param login whether they showed who they are; who was let in by where they are did not
     */
    record Admitted(Principal principal, boolean login) implements Entry {}

    /** Stay out. */
    record Refused(Refusal refusal) implements Entry {}
}
