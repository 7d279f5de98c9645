package dev.kitbridge.examples.toollibrary;

import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The tools as JSON, for pages and for other clients. */
@RestController
@RequestMapping("/api/tools")
class ToolController {

    private final Tools tools;
    private final PhotoRepository photos;

    ToolController(Tools tools, PhotoRepository photos) {
        this.tools = tools;
        this.photos = photos;
    }

    @GetMapping
    List<ToolView> search(@RequestParam(defaultValue = "") String q) {
        return tools.search(q);
    }

    @GetMapping("/{id}")
    ResponseEntity<ToolView> byId(@PathVariable long id) {
        return ResponseEntity.of(tools.byId(id));
    }

    @PostMapping
    ResponseEntity<Void> add(@RequestBody @Valid NewTool tool) {
        return ResponseEntity.created(URI.create("/api/tools/" + tools.add(tool))).build();
    }

    @PostMapping("/{id}/loan")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void borrow(@PathVariable long id) {
        tools.borrow(id);
    }

    @DeleteMapping("/{id}/loan")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveBack(@PathVariable long id) {
        tools.giveBack(id);
    }

    @GetMapping("/{id}/photo")
    ResponseEntity<byte[]> photo(@PathVariable long id) {
        return photos.findById(id)
                .map(photo -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(photo.getContentType()))
                        .body(photo.getContent()))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
