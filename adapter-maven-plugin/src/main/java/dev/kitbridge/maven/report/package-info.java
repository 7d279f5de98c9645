/** What a build made, for people: the summary in the log and the HTML report. */
@NullMarked
package dev.kitbridge.maven.report;

import org.jspecify.annotations.NullMarked;
