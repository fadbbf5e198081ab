package org.medtransformers.imaging.prepare;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.medtransformers.contracts.Json;
import org.medtransformers.contracts.erasure.ErasedThing;
import org.medtransformers.contracts.error.ErrorCode;
import org.medtransformers.contracts.error.MedtransException;
import org.medtransformers.files.PreparedFolders;
import org.medtransformers.files.ProcessLock;
import org.medtransformers.files.WholeFile;
import org.medtransformers.imaging.dataset.DatasetListing;
import org.medtransformers.imaging.dataset.Sample;

/**
 * Groups and images that were erased, so that none is prepared again. They are known by their
 * HMAC-SHA-256 under a key of this folder's own, never in the clear. Key and hashes are in one file
 * that only its owner reads: without it nobody can try names, and it lies where prepared images do.
 *
 * <p>A name belongs to a kind of data set: patient 17 of one is another's than patient 17 of the
 * next.
 */
public final class ErasedNames {
  static final String FILE = ".erased.json";
  private static final String LOCK = "erased";
  private static final String LEFT_OUT = "images left out because they were erased";
  private static final String HMAC = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final long POLL_MILLIS = 20;

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path root;

  /**
   * @param root the folder of all prepared sets
   */
  public ErasedNames(Path root) {
    this.root = root;
  }

  /** The file: both in hexadecimal digits. */
  private record Content(String key, Set<String> names) {
    boolean has(String dataset, Sample sample) {
      boolean grouped = !sample.group().isEmpty();
      return (grouped && names.contains(hash(dataset, ErasedThing.GROUP, sample.group())))
          || names.contains(hash(dataset, ErasedThing.IMAGE, sample.id()));
    }

    String hash(String dataset, ErasedThing thing, String name) {
      try {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(key), HMAC));
        mac.update((dataset + '\n' + thing.label() + '\n').getBytes(UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(name.getBytes(UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has " + HMAC, e);
      }
    }
  }

  /**
   * No set of these kinds is prepared with {@code name} from now on; a second time changes nothing.
   */
  public void bar(ErasedThing thing, String name, Collection<String> datasets)
      throws IOException, InterruptedException {
    Files.createDirectories(root);
    try (ProcessLock lock = lock()) {
      lock.touch();
      Content before = Files.exists(file()) ? read() : new Content(newKey(), Set.of());
      Set<String> names = new TreeSet<>(before.names());
      datasets.forEach(dataset -> names.add(before.hash(dataset, thing, name)));
      WholeFile.write(file(), Json.write(new Content(before.key(), names)), OWNER_ONLY);
    }
  }

  /**
   * {@code listing} without what was erased, and with a notice that says how many images that are.
   *
   * @throws MedtransException {@link ErrorCode#IO_FAILED} where it cannot be told what was
   */
  public DatasetListing without(DatasetListing listing) {
    if (Files.notExists(file())) {
      return listing;
    }
    Content erased = read();
    String dataset = listing.description().name();
    return listing.without(sample -> erased.has(dataset, sample), LEFT_OUT);
  }

  private ProcessLock lock() throws IOException, InterruptedException {
    PreparedFolders folders = new PreparedFolders(root);
    while (true) {
      ProcessLock lock = folders.tryLock(LOCK);
      if (lock != null) {
        return lock;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static String newKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }

  private Path file() {
    return root.resolve(FILE);
  }

  /** A file that cannot be understood must not pass for one that names nobody. */
  private Content read() {
    try {
      Content content = Json.read(Files.readString(file()), Content.class);
      if (content.key() != null && content.names() != null) {
        return content;
      }
      throw new IOException("it has no key or no names");
    } catch (IOException | UncheckedIOException e) {
      throw MedtransException.of(
          ErrorCode.IO_FAILED,
          "%s says which images were erased, and cannot be used, so nothing is prepared: restore it from a backup"
              .formatted(file()),
          e);
    }
  }
}
