package io.rekindle.job.archive;

import io.rekindle.evm.crypto.Sha2;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/**
 * The {@code checksums.txt} that lies beside era files: a SHA-256 a line, as geth writes them,
 * without names, or with a name behind it, as sha256sum does. A file must have the checksum of its
 * name; where there are no names, one of those listed.
 */
final class Checksums {
  private static final String NAME = "checksums.txt";

  private Checksums() {}

  private record Line(String digest, String name) {}

  /** The file of checksums beside an archive, or null. */
  static ArchiveFile beside(ArchiveFile archive) {
    Path path = new Path(new Path(archive.path()).getParent(), NAME);
    try {
      return archive.fileSystem().exists(path)
          ? new ArchiveFile(path.toString(), archive.settings())
          : null;
    } catch (IOException e) {
      throw archive.failure(NAME, e);
    }
  }

  /**
   * @throws ArchiveException where the archive is not what its checksum says; an archive that the
   *     names in the list do not mention passes
   */
  static void check(ArchiveFile archive, ArchiveFile checksums) {
    List<Line> lines = lines(checksums);
    List<Line> named = lines.stream().filter(line -> archive.name().equals(line.name())).toList();
    List<Line> candidates =
        named.isEmpty() ? lines.stream().filter(line -> line.name() == null).toList() : named;
    if (candidates.isEmpty()) {
      return;
    }
    String digest = digest(archive);
    if (candidates.stream().noneMatch(line -> line.digest().equals(digest))) {
      String expected =
          candidates.size() == 1
              ? candidates.get(0).digest()
              : "one of " + candidates.size() + " others";
      throw archive.failure(
          "checksum", "the file's SHA-256 is " + digest + ", " + NAME + " says " + expected);
    }
  }

  private static List<Line> lines(ArchiveFile checksums) {
    List<Line> lines = new ArrayList<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(checksums.open(), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        number++;
        if (!text.isBlank()) {
          lines.add(line(checksums, number, text.strip().split("\\s+", 2)));
        }
      }
    } catch (IOException e) {
      throw checksums.failure("", e);
    }
    return lines;
  }

  private static Line line(ArchiveFile checksums, int number, String[] parts) {
    String digest = parts[0].toLowerCase(Locale.ROOT);
    digest = digest.startsWith("0x") ? digest.substring(2) : digest;
    if (!digest.matches("[0-9a-f]{64}")) {
      throw checksums.failure("line " + number, "no SHA-256: " + parts[0]);
    }
    // sha256sum marks binary files with an asterisk.
    String name = parts.length < 2 ? null : new Path(parts[1].replaceFirst("^\\*", "")).getName();
    return new Line(digest, name);
  }

  private static String digest(ArchiveFile archive) {
    MessageDigest sha256 = Sha2.newSha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = archive.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw archive.failure("checksum", e);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
