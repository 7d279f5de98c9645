/** Where a request comes from and what it asks for, as far as its headers are believed. */
@NullMarked
package dev.kitbridge.standalone.origin;

import org.jspecify.annotations.NullMarked;
