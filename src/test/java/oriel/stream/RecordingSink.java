package oriel.stream;

import java.util.ArrayList;
import java.util.List;
import oriel.media.Track;
import oriel.rtp.RtpPacket;

/** A sink that remembers. */
class RecordingSink implements Sink {
    final List<String> events = new ArrayList<>();
    final List<RtpPacket> packets = new ArrayList<>();
    final List<RtpPacket> gop = new ArrayList<>();
    final List<TrackFacts> facts = new ArrayList<>();
    final List<RecentPackets> recent = new ArrayList<>();

    @Override
    public void onStart(
            int slot, Track track, TrackClock clock, RecentPackets kept, List<RtpPacket> start, boolean complete) {
        events.add("start " + slot + " " + track.codec().name() + " " + start.size() + (complete ? "" : " incomplete"));
        recent.add(kept);
        if (slot == 0) {
            gop.clear();
            gop.addAll(start);
        }
    }

    @Override
    public void onBurst(int slot, Burst burst) {
        events.add("burst " + slot + " " + burst.packets().size());
        packets.addAll(burst.packets());
    }

    @Override
    public void onFacts(int slot, TrackFacts news) {
        events.add("facts " + slot);
        facts.add(news);
    }

    @Override
    public void onEnd(EndReason reason) {
        events.add("end " + reason);
    }
}
