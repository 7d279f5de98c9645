package dev.kitbridge.examples.toollibrary;

import dev.kitbridge.platform.PlatformService;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;

/** The tools of the library. Pages call it as {@code platform.services.tools}, controllers as a bean. */
@PlatformService("tools")
public interface Tools {

    /** Tools whose name contains the text, in the order of their names; all tools if it is empty. */
    List<ToolView> search(String text);

    /** The tool with this id. */
    Optional<ToolView> byId(long id);

    /** Adds a tool and returns its id. */
    long add(@Valid NewTool tool);

    /** Replaces the photo of a tool. */
    void setPhoto(
            long id,
            @Pattern(regexp = "image/(jpeg|png|webp)", message = "must be a JPEG, PNG or WebP image") String contentType,
            @Size(min = 1, max = 400_000) byte[] content);

    /**
     * Lends a tool to the member who calls.
     *
     * @throws NotAvailable if a member has it, or if it does not exist
     */
    void borrow(long id);

    /** Takes a tool back from the member who calls. */
    void giveBack(long id);

    /** All loans, for administrators. */
    List<Loan> loans();

    /** Removes a tool, for administrators. */
    void remove(long id);
}
