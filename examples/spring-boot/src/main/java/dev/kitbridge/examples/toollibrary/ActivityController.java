package dev.kitbridge.examples.toollibrary;

import java.io.IOException;
import java.util.concurrent.Flow;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The events as a stream, for clients of the API. The page has its own endpoint, {@code src/routes/activity/stream}. */
@RestController
class ActivityController {

    private final Activity activity;

    ActivityController(Activity activity) {
        this.activity = activity;
    }

    @GetMapping("/api/activity")
    SseEmitter follow() throws IOException {
        SseEmitter emitter = new SseEmitter(0L);
        emitter.send(SseEmitter.event().comment("open"));
        activity.follow().subscribe(new Sender(emitter));
        return emitter;
    }

    private static final class Sender implements Flow.Subscriber<ToolEvent> {

        private final SseEmitter emitter;

        private Flow.Subscription subscription;

        Sender(SseEmitter emitter) {
            this.emitter = emitter;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            emitter.onCompletion(subscription::cancel);
            subscription.request(1);
        }

        @Override
        public void onNext(ToolEvent event) {
            try {
                emitter.send(event);
                subscription.request(1);
            } catch (IOException e) {
                // the client has left: the container completes the emitter
                subscription.cancel();
            }
        }

        @Override
        public void onError(Throwable error) {
            emitter.completeWithError(error);
        }

        @Override
        public void onComplete() {
            emitter.complete();
        }
    }
}
