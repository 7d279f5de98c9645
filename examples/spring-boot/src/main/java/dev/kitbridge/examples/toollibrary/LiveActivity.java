package dev.kitbridge.examples.toollibrary;

import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Passes on what committed transactions have published. */
@Component
class LiveActivity implements Activity {

    private final SubmissionPublisher<ToolEvent> publisher = new SubmissionPublisher<>();

    @Override
    public Flow.Publisher<ToolEvent> follow() {
        return publisher;
    }

    /** Does not wait for slow readers: they miss events. */
    @TransactionalEventListener
    void publish(ToolEvent event) {
        publisher.offer(event, null);
    }

    /** Ends all streams, for which the graceful shutdown would wait. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        publisher.close();
    }
}
