package org.example.quay.harbour;

import dev.kitbridge.platform.ServiceException;
import java.util.List;

public final class Roads implements Harbour {

    @Override
    public List<String> boats(String name) {
        if (name.equals("dry")) throw new ServiceException(404, "no boats in a dry harbour");
        return List.of("Petrel of " + name, "Skua");
    }
}
