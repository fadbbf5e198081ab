package org.medtransformers.imaging.codec;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.util.Optional;
import org.medtransformers.imaging.Image;

/** The system's libturbojpeg (API 2), through JNA. */
final class TurboJpeg {
  private static final int PIXELS_RGB = 0;
  private static final int PIXELS_GREY = 6;
  private static final int ACCURATE_DCT = 4096;
  private static final int COLOURS_GREY = 2;
  private static final int WARNING = 0;

  private static final Optional<Api> API = load();

  /** The functions used, by their C names. */
  interface Api extends Library {
    Pointer tjInitDecompress();

    int tjDecompressHeader3(
        Pointer handle,
        byte[] jpeg,
        NativeLong size,
        IntByReference width,
        IntByReference height,
        IntByReference subsampling,
        IntByReference colourSpace);

    int tjDecompress2(
        Pointer handle,
        byte[] jpeg,
        NativeLong size,
        byte[] pixels,
        int width,
        int pitch,
        int height,
        int format,
        int flags);

    String tjGetErrorStr2(Pointer handle);

    int tjGetErrorCode(Pointer handle);

    int tjDestroy(Pointer handle);
  }

  private TurboJpeg() {}

  static boolean isAvailable() {
    return API.isPresent();
  }

  /** Decodes a JPEG of one or three components to grey or RGB. */
  static Image decode(byte[] jpeg) throws IOException {
    Api api = API.orElseThrow();
    Pointer handle = api.tjInitDecompress();
    try {
      return decode(api, handle, jpeg);
    } finally {
      api.tjDestroy(handle);
    }
  }

  private static Image decode(Api api, Pointer handle, byte[] jpeg) throws IOException {
    IntByReference width = new IntByReference();
    IntByReference height = new IntByReference();
    IntByReference colours = new IntByReference();
    NativeLong size = new NativeLong(jpeg.length);
    check(
        api,
        handle,
        api.tjDecompressHeader3(handle, jpeg, size, width, height, new IntByReference(), colours));
    JpegHeader.of(jpeg).requireSize(width.getValue(), height.getValue());
    int channels = colours.getValue() == COLOURS_GREY ? 1 : 3;
    int format = channels == 1 ? PIXELS_GREY : PIXELS_RGB;
    byte[] pixels =
        new byte[Math.toIntExact((long) width.getValue() * height.getValue() * channels)];
    check(
        api,
        handle,
        api.tjDecompress2(
            handle,
            jpeg,
            size,
            pixels,
            width.getValue(),
            0,
            height.getValue(),
            format,
            ACCURATE_DCT));
    return new Image(pixels, height.getValue(), width.getValue(), channels);
  }

  private static void check(Api api, Pointer handle, int failed) throws IOException {
    if (failed != 0) {
      String message = api.tjGetErrorStr2(handle);
      if (api.tjGetErrorCode(handle) != WARNING) {
        throw new IOException("damaged: " + message);
      }
      JpegWarnings.check(message);
    }
  }

  private static Optional<Api> load() {
    try {
      return Optional.of(Native.load("turbojpeg", Api.class));
    } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
      return Optional.empty();
    }
  }
}
