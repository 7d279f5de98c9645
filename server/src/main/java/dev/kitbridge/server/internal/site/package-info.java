/** The site manifest: what the build half of an adapter hands to its run half. */
@NullMarked
package dev.kitbridge.server.internal.site;

import org.jspecify.annotations.NullMarked;
