/** Tests of the hub, in virtual time on loops turned by hand. */
@org.jspecify.annotations.NullMarked
package oriel.stream;
