package dev.kitbridge.examples.toollibrary;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;

/** A tool that the library owns. */
@Entity
class Tool {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;
    private String category;
    private int deposit;
    private String description;

    /** The member who has the tool; null if it is in the library. */
    private String borrower;

    private boolean photographed;

    /** For JPA. */
    protected Tool() {}

    Tool(NewTool tool) {
        this.name = tool.name();
        this.category = tool.category();
        this.deposit = tool.deposit();
        this.description = tool.description();
    }

    Long getId() {
        return id;
    }

    String getName() {
        return name;
    }

    String getBorrower() {
        return borrower;
    }

    void setPhotographed() {
        this.photographed = true;
    }

    /** Returns the tool as a member sees it, who does not learn who else has borrowed it. */
    ToolView seenBy(String member) {
        return new ToolView(
                id, name, category, deposit, description, borrower == null, member.equals(borrower), photographed);
    }
}
