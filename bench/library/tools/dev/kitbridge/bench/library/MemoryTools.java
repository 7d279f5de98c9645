package dev.kitbridge.bench.library;

import dev.kitbridge.examples.toollibrary.ToolView;
import java.util.List;
import java.util.Locale;

/** Tools without a database: its cost is the same in all servers, and would hide that of the page. */
public class MemoryTools implements Tools {

    private static final List<ToolView> TOOLS = List.of(
            tool(1, "Bench vice", "metal", 90, "Heavy: come with a friend or a cart."),
            tool(2, "Coping saw", "wood", 15, "For curves. Bring your own blades."),
            tool(3, "Dovetail saw", "wood", 40, "Fine teeth, for joints."),
            tool(4, "Jack plane", "wood", 60, "Takes a board from rough to flat."),
            tool(5, "Post-hole digger", "garden", 50, "For fences and trees."),
            tool(6, "Tap and die set", "metal", 75, "Cuts threads from M3 to M12."),
            tool(7, "Wheelbarrow", "garden", 30, "Its tyre is new."));

    private static ToolView tool(long id, String name, String category, int deposit, String description) {
        return new ToolView(id, name, category, deposit, description, id != 3, false, false);
    }

    @Override
    public List<ToolView> search(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return TOOLS.stream()
                .filter(tool -> tool.name().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
    }
}
