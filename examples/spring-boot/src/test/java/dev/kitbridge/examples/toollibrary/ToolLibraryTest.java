package dev.kitbridge.examples.toollibrary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.authenticated;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.unauthenticated;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.WebApplicationContext;

/** The controllers and the rules of Spring Security. The tests run before the pages are built. */
@SpringBootTest(properties = "spring.datasource.url=jdbc:h2:mem:${random.uuid}")
@Transactional
class ToolLibraryTest {

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private UserDetailsService members;

    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = MockMvcBuilders.webAppContextSetup(context).apply(springSecurity()).build();
    }

    private RequestPostProcessor member(String name) {
        return user(members.loadUserByUsername(name));
    }

    @Test
    void everyVisitorMaySearch() throws Exception {
        mvc.perform(get("/api/tools").param("q", "SAW"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.length()").value(2))
                .andExpect(jsonPath("$[0].name").value("Coping saw"));
    }

    @Test
    void loginNeedsTheRightPassword() throws Exception {
        mvc.perform(formLogin().user("alice").password("hacksaw"))
                .andExpect(redirectedUrl("/login?error"))
                .andExpect(unauthenticated());
        mvc.perform(formLogin().user("alice").password("spokeshave"))
                .andExpect(redirectedUrl("/"))
                .andExpect(authenticated().withUsername("alice"));
    }

    @Test
    void onlyTheBorrowerLearnsWhoHasATool() throws Exception {
        mvc.perform(post("/api/tools/1/loan").with(member("alice")).with(csrf())).andExpect(status().isNoContent());
        mvc.perform(get("/api/tools/1").with(member("alice"))).andExpect(jsonPath("$.mine").value(true));
        mvc.perform(get("/api/tools/1").with(member("bob")))
                .andExpect(jsonPath("$.mine").value(false))
                .andExpect(jsonPath("$.available").value(false));
    }

    @Test
    void aToolIsLentOnceAndGivenBackByTheBorrower() throws Exception {
        mvc.perform(post("/api/tools/2/loan").with(member("alice")).with(csrf())).andExpect(status().isNoContent());
        mvc.perform(post("/api/tools/2/loan").with(member("bob")).with(csrf())).andExpect(status().isConflict());
        mvc.perform(delete("/api/tools/2/loan").with(member("bob")).with(csrf())).andExpect(status().isNoContent());
        mvc.perform(get("/api/tools/2")).andExpect(jsonPath("$.available").value(false));
        mvc.perform(delete("/api/tools/2/loan").with(member("alice")).with(csrf())).andExpect(status().isNoContent());
        mvc.perform(get("/api/tools/2")).andExpect(jsonPath("$.available").value(true));
    }

    @Test
    void aChangeNeedsATokenAndAMember() throws Exception {
        mvc.perform(post("/api/tools/1/loan").with(member("alice"))).andExpect(status().isForbidden());
        mvc.perform(post("/api/tools/1/loan").with(csrf())).andExpect(status().isUnauthorized());
    }

    @Test
    void aNewToolIsValidated() throws Exception {
        String tool = "{\"name\": \"%s\", \"category\": \"wood\", \"deposit\": 5, \"description\": \"\"}";
        mvc.perform(post("/api/tools").contentType(MediaType.APPLICATION_JSON).content(tool.formatted(" "))
                        .with(member("alice")).with(csrf()))
                .andExpect(status().isBadRequest());
        String location = mvc.perform(post("/api/tools").contentType(MediaType.APPLICATION_JSON)
                        .content(tool.formatted("Adze")).with(member("alice")).with(csrf()))
                .andExpect(status().isCreated())
                .andReturn().getResponse().getHeader("location");
        assertThat(location).startsWith("/api/tools/");
        mvc.perform(get(location)).andExpect(jsonPath("$.name").value("Adze"));
    }

    @Test
    void pagesOfAdministratorsAskForALogin() throws Exception {
        mvc.perform(get("/admin"))
                .andExpect(status().isFound())
                .andExpect(header().string("location", endsWith("/login")));
        mvc.perform(get("/admin").with(member("alice"))).andExpect(status().isForbidden());
        mvc.perform(get("/actuator/metrics").with(member("alice"))).andExpect(status().isForbidden());
    }
}
