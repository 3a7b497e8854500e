package oriel.stream;

import java.util.Optional;

/**
 * One source of a stream.
 *
 * @param text as its owner wrote it, byte for byte
 * @param hint what the text alone says of it
 * @param live the connection it stands for, unless the hint leads elsewhere
 */
record StreamSource(String text, SourceHint hint, Optional<LiveSource> live) {}
