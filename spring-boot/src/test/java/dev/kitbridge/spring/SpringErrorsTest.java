package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kitbridge.services.ErrorMapping.MappedError;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.NotBlank;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.validation.beanvalidation.MethodValidationAdapter;
import org.springframework.validation.method.MethodValidationException;
import org.springframework.validation.method.MethodValidationResult;

class SpringErrorsTest {

    record Tool(@NotBlank(message = "is blank") String name) {}

    static class Tools {
        @NotBlank
        public String add(@NotBlank(message = "is blank") String place, @Valid Tool tool) {
            return "";
        }
    }

    private static ValidatorFactory factory;
    private static Validator validator;
    private static Method add;

    @BeforeAll
    static void open() throws Exception {
        factory = Validation.buildDefaultValidatorFactory();
        validator = factory.getValidator();
        add = Tools.class.getMethod("add", String.class, Tool.class);
    }

    @AfterAll
    static void close() {
        factory.close();
    }

    @Test
    void bothFormsOfViolationsAreTheSame() {
        Object[] arguments = {" ", new Tool("")};
        var violations = validator.forExecutables().validateParameters(new Tools(), add, arguments);
        MethodValidationResult result = new MethodValidationAdapter(validator)
                .validateArguments(new Tools(), add, null, arguments, new Class<?>[0]);
        for (Exception thrown :
                List.of(new ConstraintViolationException(violations), new MethodValidationException(result))) {
            MappedError error = Objects.requireNonNull(new SpringErrors().map(thrown));
            assertThat(error.status()).isEqualTo(422);
            assertThat(error.body().get("violations"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                    .containsExactlyInAnyOrder(
                            Map.of("field", "place", "message", "is blank"),
                            Map.of("field", "name", "message", "is blank"));
        }
    }

    @Test
    void aResultThatIsNotValidIsAFaultOfTheService() {
        var violations = validator.forExecutables().validateReturnValue(new Tools(), add, "");
        assertThat(new SpringErrors().map(new ConstraintViolationException(violations)))
                .isNull();
        MethodValidationResult result =
                new MethodValidationAdapter(validator).validateReturnValue(new Tools(), add, null, "", new Class<?>[0]);
        assertThat(new SpringErrors().map(new MethodValidationException(result)))
                .isNull();
    }
}
