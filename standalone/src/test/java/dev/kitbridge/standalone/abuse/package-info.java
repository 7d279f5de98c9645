/**
 * The suite of abuse: raw requests of HTTP/1.1 and HTTP/2 in tables, each with the outcome that the standards ask for.
 */
package dev.kitbridge.standalone.abuse;
