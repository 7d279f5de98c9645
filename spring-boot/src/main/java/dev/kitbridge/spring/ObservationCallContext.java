package dev.kitbridge.spring;

import dev.kitbridge.server.RequestContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.Callable;

/** The observation of the request, so that its trace contains the calls. */
final class ObservationCallContext implements CallContextSource {

    private final ObservationRegistry registry;

    ObservationCallContext(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public RequestContext of(HttpServletRequest request, HttpServletResponse response) {
        Observation observation = registry.getCurrentObservation();
        return new RequestContext() {
            @Override
            public <T> T call(Callable<T> task) throws Exception {
                if (observation == null) return task.call();
                Observation call = Observation.createNotStarted("kitbridge.call", registry)
                        .parentObservation(observation)
                        .start();
                Observation.Scope scope = call.openScope();
                try {
                    return task.call();
                } catch (Exception e) {
                    call.error(e);
                    throw e;
                } finally {
                    scope.close();
                    call.stop();
                }
            }

            @Override
            public boolean isPersonal() {
                return false;
            }
        };
    }
}
