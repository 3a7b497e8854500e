package oriel.stream;

import java.util.Optional;

/**
 * One source of a stream, for the API.
 *
 * @param text as its owner wrote it, with its secrets
 * @param source how the connection is; empty for one that points elsewhere or is not spoken by this version
 * @param hint what its text says
 */
public record ProducerStatus(String text, Optional<SourceStatus> source, SourceHint hint) {}
