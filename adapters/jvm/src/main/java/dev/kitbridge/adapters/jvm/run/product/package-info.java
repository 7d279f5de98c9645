/** The jar that runs: its files unpacked, its JavaScript runtime, its module's services, its class archive. */
@NullMarked
package dev.kitbridge.adapters.jvm.run.product;

import org.jspecify.annotations.NullMarked;
