package dev.kitbridge.examples.toollibrary;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Thrown if a tool cannot be borrowed. Visitors see the message. */
@ResponseStatus(HttpStatus.CONFLICT)
public class NotAvailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotAvailable(String message) {
        super(message);
    }
}
