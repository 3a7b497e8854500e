/**
 * The way in: {@link oriel.Main} reads the command line ({@link oriel.Arguments}) and the configuration, sets the log up
 * ({@link oriel.Logs}), and builds and starts the parts. The only package besides {@code oriel.api} that sees Micronaut,
 * and the only one that sees logback. Imports everything.
 */
@NullMarked
package oriel;

import org.jspecify.annotations.NullMarked;
