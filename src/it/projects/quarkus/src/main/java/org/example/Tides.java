package org.example;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;

@Path("/tides")
public class Tides {
    @GET
    @Produces("text/html")
    public String tides() {
        return "from the resource";
    }
}
