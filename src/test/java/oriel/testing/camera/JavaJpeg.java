package oriel.testing.camera;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** JPEG as Java's own codec writes and reads it, to hold ours against. */
public final class JavaJpeg {
    private JavaJpeg() {}

    /** A picture of one colour: 4:2:0, the standard's tables at quality 75. */
    public static byte[] plain(int width, int height, int rgb) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }

    public static BufferedImage read(byte[] jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    /** The number that the demo burns into its pictures. */
    public static int stamp(BufferedImage image) {
        long bits = 0;
        for (int block = 0; block < 32; block++) {
            int rgb = image.getRGB((2 * block + 1) * image.getWidth() / 64, image.getWidth() / 80);
            bits = bits << 1 | ((rgb >> 8 & 0xFF) > 120 ? 1 : 0);
        }
        return (int) (bits >> 8);
    }
}
