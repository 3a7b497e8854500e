/** Tests of peers over sockets. */
@org.jspecify.annotations.NullMarked
package oriel.peer;
