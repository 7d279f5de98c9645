package dev.kitbridge.examples.toollibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.validation.ConstraintViolationException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.test.context.support.WithMockUser;

/** The service, called as pages call it: as a bean, with its transactions, constraints and rules. */
@SpringBootTest(properties = "spring.datasource.url=jdbc:h2:mem:${random.uuid}")
class JpaToolsTest {

    @Autowired
    private Tools tools;

    @Autowired
    private Activity activity;

    @Test
    @WithMockUser("alice")
    void constraintsNameTheField() {
        assertThatExceptionOfType(ConstraintViolationException.class)
                .isThrownBy(() -> tools.add(new NewTool("", "wood", 0, "")))
                .satisfies(e -> assertThat(e.getConstraintViolations())
                        .extracting(violation -> violation.getPropertyPath().toString())
                        .containsExactlyInAnyOrder("add.tool.name", "add.tool.deposit"));
    }

    @Test
    @WithMockUser("alice")
    void membersCannotRemoveTools() {
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> tools.remove(1));
    }

    @Test
    @WithMockUser(username = "admin", roles = "ADMIN")
    void administratorsSeeAllLoansAndRemoveTools() {
        tools.borrow(7);
        assertThat(tools.loans()).containsExactly(new Loan(7, "Post-hole digger", "admin"));
        tools.remove(7);
        assertThat(tools.byId(7)).isEmpty();
    }

    @Test
    @WithMockUser("alice")
    void activityTellsOfCommittedChanges() throws InterruptedException {
        List<String> texts = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch two = new CountDownLatch(2);
        activity.follow().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(ToolEvent event) {
                texts.add(event.text());
                two.countDown();
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onComplete() {}
        });
        tools.borrow(6);
        assertThatExceptionOfType(NotAvailable.class).isThrownBy(() -> tools.borrow(6));
        tools.giveBack(6);
        assertThat(two.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(texts).containsExactly("Wheelbarrow is on loan", "Wheelbarrow is back");
    }
}
