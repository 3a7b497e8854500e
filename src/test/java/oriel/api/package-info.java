/** Tests of the HTTP doors. */
@org.jspecify.annotations.NullMarked
package oriel.api;
