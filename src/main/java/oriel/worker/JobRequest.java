package oriel.worker;

import oriel.base.JsonObject;

/** What the worker is asked to do; crosses the line as JSON whose {@code kind} tells the requests apart. */
public sealed interface JobRequest permits DemoRequest, StillRequest {
    JsonObject toJson();

    /** What holds the units on their way to the job. */
    default UnitFlight flight() {
        return new UnitFlight();
    }
}
