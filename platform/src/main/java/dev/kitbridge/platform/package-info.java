/** What a team's services are compiled against: how Java stands behind {@code event.platform}. */
@NullMarked
package dev.kitbridge.platform;

import org.jspecify.annotations.NullMarked;
