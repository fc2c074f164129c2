package io.rekindle.job.archive;

/** An archive that cannot be read as what it claims to be; the message names file and place. */
public final class ArchiveException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file path of the file
   * @param place where in the file: a block, a byte offset, a field
   * @param problem what is wrong there
   */
  public ArchiveException(String file, String place, String problem) {
    super(file + ": " + (place.isEmpty() ? "" : place + ": ") + problem);
  }

  public ArchiveException(String file, String place, String problem, Throwable cause) {
    this(file, place, problem);
    initCause(cause);
  }
}
