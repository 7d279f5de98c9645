package dev.kitbridge.examples.toollibrary;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** The photo of a tool. */
@Entity
class Photo {

    @Id
    private Long toolId;

    private String contentType;
    private byte[] content;

    /** For JPA. */
    protected Photo() {}

    Photo(long toolId, String contentType, byte[] content) {
        this.toolId = toolId;
        this.contentType = contentType;
        this.content = content;
    }

    String getContentType() {
        return contentType;
    }

    byte[] getContent() {
        return content;
    }
}
