/** The abuse suite: tables of raw HTTP/1.1 and HTTP/2 requests, each with the outcome that the standards require. */
package dev.kitbridge.standalone.abuse;
