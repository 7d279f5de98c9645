/** The executable jar: its manifest, its classes, its class data archive, and the services in its nested jars. */
@NullMarked
package dev.kitbridge.standalone.product;

import org.jspecify.annotations.NullMarked;
