/**
 * What everybody says: secrets and their redaction, why a camera is not live ({@link Failure}), the seams through which
 * time, chance and names come in ({@link Seams}), bytes as values, JSON on Jackson's streaming core, and files that are
 * always whole. Pure facts and small tools; stays small. Imports nothing of ours.
 */
@NullMarked
package oriel.base;

import org.jspecify.annotations.NullMarked;
