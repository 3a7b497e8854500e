/** Tests of reading {@code ffmpeg:} sources. */
@org.jspecify.annotations.NullMarked
package oriel.source.ffmpeg;
