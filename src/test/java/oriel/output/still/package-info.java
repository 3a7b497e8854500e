/** Tests of stills. */
@org.jspecify.annotations.NullMarked
package oriel.output.still;
