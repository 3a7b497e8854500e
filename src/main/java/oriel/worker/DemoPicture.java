package oriel.worker;

import java.time.Instant;
import java.time.ZoneId;
import oriel.worker.DemoRequest.Stamp;
import oriel.worker.YuvImage.Colour;

/**
 * The demo's moving picture: a sun that rises and sets behind the window, the time of day, our name, and the
 * {@link FrameStamp}. Only what moves is drawn again. For one thread.
 */
final class DemoPicture {
    private static final Colour SUN = Colour.of(0xFFE9B0);
    private static final Colour INK = Colour.of(0xFFFFFF);
    private static final Colour NAME = Colour.of(0xF3B183);
    private static final String TITLE = "Oriel demo";
    private static final String CLOCK = "00:00:00.000";
    private static final double DAY_SECONDS = 10; // of our small sun
    private static final int MILLIS_A_DAY = 86_400_000;

    private final DemoRequest request;
    private final ZoneId zone;
    private final YuvImage still;
    private final YuvImage picture;
    private final DemoScene scene;
    private final Mask sun;
    private final Mask[] digits = new Mask[10];
    private final int[] cells = new int[CLOCK.length() + 1];
    private final int clockTop;
    private final int clockHeight;
    private final char[] shown = new char[CLOCK.length()];
    private int shownBits;
    private int sunX;
    private int sunY;
    private boolean complete;

    /** @param zone whose time of day the picture shows */
    DemoPicture(DemoRequest request, ZoneId zone) {
        this.request = request;
        this.zone = zone;
        this.scene = new DemoScene(request.width(), request.height());
        this.still = scene.picture();
        this.picture = new YuvImage(request.width(), request.height());
        this.clockHeight = even(request.height() * 13 / 100);
        this.clockTop = even(request.height() * 83 / 100);
        this.sun = Mask.disc(even(Math.min(request.width() * 9, request.height() * 16) / 100));
        for (int i = 0; i < digits.length; i++) {
            digits[i] = Mask.letter((char) ('0' + i), clockHeight);
        }
        paintStill();
    }

    private void paintStill() {
        // The stamp's blocks may be odd pixels wide: their grey is painted once, for all.
        still.fill(0, 0, request.width(), FrameStamp.height(request.width()), Colour.grey(FrameStamp.DARK));
        int margin = request.width() / 16;
        int x = request.width() - margin;
        for (int i = 0; i < CLOCK.length(); i++) {
            x -= cellWidth(CLOCK.charAt(i));
        }
        for (int i = 0; i < CLOCK.length(); i++) {
            cells[i] = even(x);
            x += cellWidth(CLOCK.charAt(i));
            if (CLOCK.charAt(i) != '0') {
                still.blend(cells[i], clockTop, Mask.letter(CLOCK.charAt(i), clockHeight), INK);
            }
        }
        cells[CLOCK.length()] = even(x);
        int titleHeight = clockHeight / 2;
        int left = margin;
        for (int i = 0; i < TITLE.length(); i++) {
            Mask mask = Mask.letter(TITLE.charAt(i), titleHeight);
            still.blend(left, clockTop + clockHeight - titleHeight, mask, NAME);
            left += mask.width();
        }
    }

    private int cellWidth(char letter) {
        return even((int) Math.round(StrokeFont.width(letter) * clockHeight) + 1);
    }

    /**
     * Draws the picture with this place since the start into the encoder's planes.
     *
     * @param now the time of day that it shows
     */
    void draw(long index, Instant now, PictureEncoder encoder) {
        int millis = millisOfDay(now);
        if (!complete) {
            picture.copy(still, 0, 0, request.width(), request.height());
        }
        eraseSun(encoder);
        paintSun(index, encoder);
        paintClock(millis, encoder);
        paintStamp(FrameStamp.bits(request.stamp() == Stamp.FRAME ? index : now.toEpochMilli()), encoder);
        if (!complete) {
            picture.write(encoder, 0, 0, request.width(), request.height());
            complete = true;
        }
    }

    private void eraseSun(PictureEncoder encoder) {
        picture.copy(still, sunX, sunY, sun.width(), sun.height());
        picture.write(encoder, sunX, sunY, sun.width(), sun.height());
    }

    private void paintSun(long index, PictureEncoder encoder) {
        double angle = 2 * Math.PI * (index / (double) request.fps() % DAY_SECONDS) / DAY_SECONDS;
        sunX = even((int) (request.width() * (0.5 - 0.31 * Math.cos(angle))) - sun.width() / 2);
        int wanted = (int) (request.height() * (0.5 - 0.3 * Math.sin(angle))) - sun.height() / 2;
        // Where it went it is erased: it must not pass over the clock or the stamp, not even behind the hills.
        sunY = even(Math.clamp(wanted, FrameStamp.height(request.width()), clockTop - sun.height()));
        for (int y = 0; y < sun.height(); y++) {
            for (int x = 0; x < sun.width(); x++) {
                int alpha = sun.at(x, y) * scene.sky(sunX + x, sunY + y) / 255;
                if (alpha != 0) {
                    picture.blend(sunX + x, sunY + y, SUN, alpha);
                }
            }
        }
        picture.write(encoder, sunX, sunY, sun.width(), sun.height());
    }

    private void paintClock(int millis, PictureEncoder encoder) {
        int[] fields = {millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60, millis % 1000};
        String text = "%02d:%02d:%02d.%03d".formatted(fields[0], fields[1], fields[2], fields[3]);
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter != shown[i] && Character.isDigit(letter)) {
                shown[i] = letter;
                int width = cells[i + 1] - cells[i];
                picture.copy(still, cells[i], clockTop, width, clockHeight);
                picture.blend(cells[i], clockTop, digits[letter - '0'], INK);
                picture.write(encoder, cells[i], clockTop, width, clockHeight);
            }
        }
    }

    private void paintStamp(int bits, PictureEncoder encoder) {
        int width = request.width() / FrameStamp.BLOCKS;
        int height = FrameStamp.height(request.width());
        for (int block = 0; block < FrameStamp.BLOCKS; block++) {
            boolean white = FrameStamp.white(bits, block);
            if (!complete || white != FrameStamp.white(shownBits, block)) {
                picture.fillLuma(block * width, 0, width, height, white ? FrameStamp.WHITE : FrameStamp.DARK);
            }
        }
        shownBits = bits;
        picture.write(encoder, 0, 0, request.width(), height);
    }

    private int millisOfDay(Instant now) {
        long offset = zone.getRules().getOffset(now).getTotalSeconds() * 1000L;
        return (int) Math.floorMod(now.toEpochMilli() + offset, (long) MILLIS_A_DAY);
    }

    private static int even(int value) {
        return value & ~1;
    }
}
