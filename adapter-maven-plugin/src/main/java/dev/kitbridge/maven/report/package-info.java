/** The report of a build: the summary in the log and the HTML page. */
@NullMarked
package dev.kitbridge.maven.report;

import org.jspecify.annotations.NullMarked;
