/** Tests of which streams exist. */
@org.jspecify.annotations.NullMarked
package oriel.catalog;
