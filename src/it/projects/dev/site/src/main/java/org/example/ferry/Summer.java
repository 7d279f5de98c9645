package org.example.ferry;

import dev.kitbridge.platform.CallContext;
import dev.kitbridge.platform.ServiceException;
import java.util.List;

public final class Summer implements Timetable {

    @Override
    public List<Crossing> from(String harbour) {
        if (harbour.isEmpty()) throw new ServiceException(404, "no ferry goes from there");
        if (harbour.equals("storm")) throw new IllegalStateException("no ferry leaves in a storm");
        String language = CallContext.current().locale().getLanguage();
        return List.of(new Crossing("Seaholm via " + harbour + (language.isEmpty() ? "" : " in " + language), 40));
    }
}
