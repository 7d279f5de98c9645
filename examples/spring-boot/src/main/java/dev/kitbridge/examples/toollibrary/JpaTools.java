package dev.kitbridge.examples.toollibrary;

import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.validation.annotation.Validated;

/** Tools in the database. */
@Service
@Transactional
@Validated
class JpaTools implements Tools {

    private final ToolRepository tools;
    private final PhotoRepository photos;
    private final ApplicationEventPublisher events;

    JpaTools(ToolRepository tools, PhotoRepository photos, ApplicationEventPublisher events) {
        this.tools = tools;
        this.photos = photos;
        this.events = events;
    }

    @Override
    @Transactional(readOnly = true)
    public List<ToolView> search(String text) {
        String member = member();
        return tools.findByNameContainingIgnoreCaseOrderByName(text.strip()).stream()
                .map(tool -> tool.seenBy(member))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<ToolView> byId(long id) {
        return tools.findById(id).map(tool -> tool.seenBy(member()));
    }

    @Override
    @PreAuthorize("isAuthenticated()")
    public long add(NewTool tool) {
        long id = tools.save(new Tool(tool)).getId();
        events.publishEvent(ToolEvent.now(tool.name() + " is new"));
        return id;
    }

    @Override
    @PreAuthorize("isAuthenticated()")
    public void setPhoto(long id, String contentType, byte[] content) {
        tools.findById(id).orElseThrow(JpaTools::noSuchTool).setPhotographed();
        photos.save(new Photo(id, contentType, content));
    }

    @Override
    @PreAuthorize("isAuthenticated()")
    public void borrow(long id) {
        boolean lent = tools.lend(id, member()) == 1;
        Tool tool = tools.findById(id).orElseThrow(JpaTools::noSuchTool);
        if (!lent) throw new NotAvailable(tool.getName() + " is on loan");
        events.publishEvent(ToolEvent.now(tool.getName() + " is on loan"));
    }

    @Override
    @PreAuthorize("isAuthenticated()")
    public void giveBack(long id) {
        if (tools.takeBack(id, member()) == 0) return;
        tools.findById(id).ifPresent(tool -> events.publishEvent(ToolEvent.now(tool.getName() + " is back")));
    }

    @Override
    @PreAuthorize("hasRole('ADMIN')")
    @Transactional(readOnly = true)
    public List<Loan> loans() {
        return tools.findByBorrowerNotNullOrderByBorrowerAscNameAsc().stream()
                .map(tool -> new Loan(tool.getId(), tool.getName(), tool.getBorrower()))
                .toList();
    }

    @Override
    @PreAuthorize("hasRole('ADMIN')")
    public void remove(long id) {
        tools.findById(id).ifPresent(tool -> {
            photos.deleteById(id);
            tools.delete(tool);
            events.publishEvent(ToolEvent.now(tool.getName() + " has left the library"));
        });
    }

    private static NotAvailable noSuchTool() {
        return new NotAvailable("This tool has left the library");
    }

    /** Returns the name of the user whose request is being answered. */
    private static String member() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication == null ? "" : authentication.getName();
    }
}
