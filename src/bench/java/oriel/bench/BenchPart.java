package oriel.bench;

/** One thing that is measured. */
interface BenchPart {
    /** Its place in the template. */
    String id();

    /** Measures; blocks as long as that takes. */
    Section measure(Effort effort) throws Exception;
}
