package dev.kitbridge.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kitbridge.platform.PlatformService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

class ServiceBeansTest {

    @PlatformService
    interface Catalog {
        String find();
    }

    /** As the interface of a repository. */
    interface CatalogRepository extends Catalog {}

    static class Stored implements CatalogRepository {
        @Override
        public String find() {
            return "stored";
        }
    }

    static class Cached extends Stored {}

    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

    @Test
    void aServiceMayBeExtendedAtAnyDistance() {
        beans.registerBeanDefinition("catalog", new RootBeanDefinition(CatalogRepository.class, () -> () -> "stored"));
        assertThat(new ServiceBeans(beans).interfaces()).containsExactly(Catalog.class);
        beans.removeBeanDefinition("catalog");
        beans.registerBeanDefinition("cached", new RootBeanDefinition(Cached.class));
        assertThat(new ServiceBeans(beans).interfaces()).containsExactly(Catalog.class);
    }

    @Test
    void twoBeansOfAServiceAreNamed() {
        beans.registerBeanDefinition("stored", new RootBeanDefinition(Stored.class));
        beans.registerBeanDefinition("cached", new RootBeanDefinition(Cached.class));
        assertThatThrownBy(() -> new ServiceBeans(beans).services())
                .hasMessage("Several beans implement the service " + Catalog.class.getName()
                        + ": stored, cached; annotate one with @Primary");
    }
}
