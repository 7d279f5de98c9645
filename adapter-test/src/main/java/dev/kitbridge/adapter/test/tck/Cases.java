package dev.kitbridge.adapter.test.tck;

import java.util.ArrayList;
import java.util.List;

/** Collects cases. Each belongs to the demand that was named last. */
final class Cases {

    private final List<TckCase> all = new ArrayList<>();
    private Demand demand;

    /** Begins with a demand. */
    Cases(String id, String text, String source) {
        demand = new Demand(id, text, source);
    }

    /**
     * Names the demand of the next cases.
     *
     * @param id its group and its name, with a slash between them
     * @param text what a server has to do
     * @param source the section of a standard, or the part of SvelteKit, that says so
     */
    void demand(String id, String text, String source) {
        demand = new Demand(id, text, source);
    }

    void add(RawRequest.Draft draft) {
        add(draft.build());
    }

    void add(RawRequest request) {
        all.add(new TckCase(demand, request));
    }

    void addAll(List<TckCase> cases) {
        all.addAll(cases);
    }

    List<TckCase> all() {
        return all;
    }
}
