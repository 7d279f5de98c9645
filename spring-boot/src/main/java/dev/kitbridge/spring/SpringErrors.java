package dev.kitbridge.spring;

import dev.kitbridge.services.ErrorMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.MethodValidationException;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ResponseStatus;

/** The status of Spring's exceptions, as in a controller. */
final class SpringErrors implements ErrorMapping {

    private static final boolean VALIDATION = isPresent("jakarta.validation.ConstraintViolationException");
    private static final boolean SECURITY = isPresent("org.springframework.security.access.AccessDeniedException");

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, SpringErrors.class.getClassLoader());
    }

    @Override
    public @Nullable MappedError map(Throwable thrown) {
        if (VALIDATION) {
            MappedError violations = Violations.map(thrown);
            if (violations != null) return violations;
        }
        if (thrown instanceof MethodValidationException invalid) return invalid(invalid);
        if (SECURITY) {
            MappedError denied = Denied.map(thrown);
            if (denied != null) return denied;
        }
        if (thrown instanceof ErrorResponse response) {
            String detail = response.getBody().getDetail();
            String title = response.getBody().getTitle();
            String message = detail != null ? detail : title != null ? title : "Error";
            return error(response.getStatusCode().value(), message, Map.of());
        }
        ResponseStatus status = AnnotatedElementUtils.findMergedAnnotation(thrown.getClass(), ResponseStatus.class);
        if (status == null) return null;
        String own = status.reason().isEmpty() ? thrown.getMessage() : status.reason();
        return error(status.code().value(), own == null ? status.code().getReasonPhrase() : own, Map.of());
    }

    /** Spring's form of constraint violations: {@code spring.validation.method.adapt-constraint-violations}. */
    private static @Nullable MappedError invalid(MethodValidationException invalid) {
        if (invalid.isForReturnValue()) return null;
        List<Map<String, Object>> violations = new ArrayList<>();
        for (ParameterValidationResult result : invalid.getParameterValidationResults()) {
            String parameter = result.getMethodParameter().getParameterName();
            for (MessageSourceResolvable error : result.getResolvableErrors()) {
                String field = error instanceof FieldError found ? found.getField() : parameter;
                violations.add(violation(String.valueOf(field), error.getDefaultMessage()));
            }
        }
        return invalid(violations);
    }

    private static @Nullable MappedError invalid(List<Map<String, Object>> violations) {
        return error(422, "The arguments are not valid", Map.of("violations", violations));
    }

    private static Map<String, Object> violation(String field, @Nullable String message) {
        Map<String, Object> violation = new LinkedHashMap<>();
        violation.put("field", field);
        violation.put("message", message == null ? "not valid" : message);
        return violation;
    }

    private static @Nullable MappedError error(int status, String message, Map<String, Object> body) {
        return status < 400 ? null : new MappedError(status, message, body);
    }

    /** Loaded only if Jakarta Validation is on the class path. */
    private static final class Violations {

        static @Nullable MappedError map(Throwable thrown) {
            if (!(thrown instanceof jakarta.validation.ConstraintViolationException invalid)) return null;
            List<Map<String, Object>> violations = new ArrayList<>();
            for (var each : invalid.getConstraintViolations()) {
                // the service's own fault
                if (isOfReturnValue(each.getPropertyPath())) return null;
                violations.add(violation(field(each.getPropertyPath()), each.getMessage()));
            }
            return invalid(violations);
        }

        private static boolean isOfReturnValue(jakarta.validation.Path path) {
            for (jakarta.validation.Path.Node node : path) {
                if (node.getKind() == jakarta.validation.ElementKind.RETURN_VALUE) return true;
            }
            return false;
        }

        /** Leaves out the method, and the name of a parameter that has properties. */
        private static String field(jakarta.validation.Path path) {
            List<String> names = new ArrayList<>();
            String parameter = "";
            for (jakarta.validation.Path.Node node : path) {
                switch (node.getKind()) {
                    case METHOD, CONSTRUCTOR -> {}
                    case PARAMETER -> parameter = node.getName();
                    default -> names.add(node.toString());
                }
            }
            return names.isEmpty() ? parameter : String.join(".", names);
        }
    }

    /** Loaded only if Spring Security is on the class path. */
    private static final class Denied {

        static @Nullable MappedError map(Throwable thrown) {
            if (thrown instanceof org.springframework.security.access.AccessDeniedException) {
                return isAnonymous() ? error(401, "Unauthorized", Map.of()) : error(403, "Forbidden", Map.of());
            }
            if (thrown instanceof org.springframework.security.core.AuthenticationException) {
                return error(401, "Unauthorized", Map.of());
            }
            return null;
        }

        /** Spring's filter asks an anonymous user to sign in, whose access was denied. */
        private static boolean isAnonymous() {
            var user = org.springframework.security.core.context.SecurityContextHolder.getContext()
                    .getAuthentication();
            return user == null
                    || user instanceof org.springframework.security.authentication.AnonymousAuthenticationToken;
        }
    }
}
