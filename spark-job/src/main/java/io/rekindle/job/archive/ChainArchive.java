package io.rekindle.job.archive;

import io.rekindle.job.archive.ChainFile.FileCheck;
import io.rekindle.job.archive.ChainFile.HashSource;
import io.rekindle.job.archive.ChainFile.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Files of one kind, in the order of their blocks. */
final class ChainArchive implements BlockSource {
  private final String kind;
  private final List<ChainFile> files;

  /**
   * @throws ArchiveException where two files hold the same block
   */
  ChainArchive(String kind, List<? extends ChainFile> files) {
    this.kind = kind;
    List<ChainFile> sorted = new ArrayList<>(files);
    sorted.sort(Comparator.comparingLong(ChainFile::first));
    this.files = List.copyOf(sorted);
    for (int i = 1; i < sorted.size(); i++) {
      ChainFile before = sorted.get(i - 1);
      ChainFile file = sorted.get(i);
      if (file.first() <= before.last()) {
        throw file.file()
            .failure(
                "block " + file.first(), "it is also in " + before.file().path() + "; name one");
      }
    }
  }

  @Override
  public String kind() {
    return kind;
  }

  List<ChainFile> files() {
    return files;
  }

  @Override
  public List<FileFacts> facts() {
    return files.stream().map(ChainFile::facts).toList();
  }

  @Override
  public List<BlockRange> ranges() {
    List<BlockRange> ranges = new ArrayList<>();
    for (ChainFile file : files) {
      int last = ranges.size() - 1;
      if (last >= 0 && ranges.get(last).last() + 1 == file.first()) {
        ranges.set(last, new BlockRange(ranges.get(last).first(), file.last()));
      } else {
        ranges.add(new BlockRange(file.first(), file.last()));
      }
    }
    return ranges;
  }

  @Override
  public List<BlockSplit> splits(BlockRange range, int blocksPerSplit) {
    if (blocksPerSplit < 1) {
      throw new IllegalArgumentException("blocks per split: " + blocksPerSplit);
    }
    List<BlockSplit> splits = new ArrayList<>();
    List<Part> parts = new ArrayList<>();
    List<FileCheck> checks = new ArrayList<>();
    long splitFirst = range.first();
    long room = blocksPerSplit;
    for (ChainFile file : files) {
      long from = Math.max(range.first(), file.first());
      long to = Math.min(range.last(), file.last());
      if (from <= to && file.check() != null) {
        checks.add(file.check());
      }
      while (from <= to) {
        if (parts.isEmpty()) {
          splitFirst = from;
        }
        long end = Math.min(to, from + room - 1);
        parts.add(file.part(from, end));
        room -= end - from + 1;
        from = end + 1;
        if (room == 0) {
          splits.add(split(splitFirst, parts, checks));
          room = blocksPerSplit;
          parts.clear();
          checks.clear();
        }
      }
    }
    if (!parts.isEmpty()) {
      splits.add(split(splitFirst, parts, checks));
    }
    return splits;
  }

  private BlockSplit split(long first, List<Part> parts, List<FileCheck> checks) {
    return new ChainSplit(first, List.copyOf(parts), hashOf(first - 1), List.copyOf(checks));
  }

  private HashSource hashOf(long number) {
    int low = 0;
    int high = files.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      ChainFile file = files.get(middle);
      if (number < file.first()) {
        high = middle - 1;
      } else if (number > file.last()) {
        low = middle + 1;
      } else {
        return file.hashOf(number);
      }
    }
    return null;
  }
}
