package io.rekindle.job.archive;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * States that blocks start from, apart from the blocks: a folder a block, named by its number, with
 * {@code prestate.json} and maybe {@code block_hashes.json}, or files {@code <number>.json}; each
 * may be gzipped.
 */
public final class PrestateFolder {
  private static final Pattern FILE = Pattern.compile("([0-9]{1,18})\\.json(\\.gz)?");
  private static final Pattern FOLDER = Pattern.compile("[0-9]{1,18}");

  private final SortedMap<Long, Companions> blocks;

  private PrestateFolder(SortedMap<Long, Companions> blocks) {
    this.blocks = blocks;
  }

  /**
   * @throws ArchiveException where the folder has no such files
   */
  public static PrestateFolder open(String path, Configuration configuration) {
    HadoopSettings settings = new HadoopSettings(configuration);
    TreeMap<Long, Companions> blocks = new TreeMap<>();
    try {
      Path folder = new Path(path);
      FileSystem fileSystem = folder.getFileSystem(configuration);
      for (FileStatus entry : fileSystem.listStatus(folder)) {
        String name = entry.getPath().getName();
        Matcher file = FILE.matcher(name);
        if (entry.isFile() && file.matches()) {
          ArchiveFile prestate = new ArchiveFile(entry.getPath().toString(), settings);
          blocks.put(Long.parseLong(file.group(1)), new Companions(prestate, null));
        } else if (entry.isDirectory() && FOLDER.matcher(name).matches()) {
          Companions found = companions(fileSystem.listStatus(entry.getPath()), settings);
          if (found.prestate() != null) {
            blocks.put(Long.parseLong(name), found);
          }
        }
      }
    } catch (FileNotFoundException e) {
      throw new ArchiveException(path, "", "there is no such file or folder", e);
    } catch (IOException e) {
      throw new ArchiveException(path, "", String.valueOf(e.getMessage()), e);
    }
    if (blocks.isEmpty()) {
      throw new ArchiveException(
          path, "", "no state: neither a state store nor prestates of blocks are in the folder");
    }
    return new PrestateFolder(blocks);
  }

  private static Companions companions(FileStatus[] entries, HadoopSettings settings) {
    Map<String, ArchiveFile> files = new HashMap<>();
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName().replaceFirst("\\.gz$", "");
      files.put(name, new ArchiveFile(entry.getPath().toString(), settings));
    }
    return new Companions(files.get("prestate.json"), files.get("block_hashes.json"));
  }

  /** Blocks of an archive, each with the state that this folder has for it. */
  public BlockSource join(BlockSource archive) {
    return new Joined(archive, blocks);
  }

  private record Joined(BlockSource archive, SortedMap<Long, Companions> states)
      implements BlockSource {
    @Override
    public String kind() {
      return archive.kind();
    }

    @Override
    public List<FileFacts> facts() {
      return archive.facts();
    }

    @Override
    public List<BlockRange> ranges() {
      return archive.ranges();
    }

    @Override
    public List<BlockSplit> splits(BlockRange range, int blocksPerSplit) {
      return archive.splits(range, blocksPerSplit).stream()
          .map(split -> split(split, blocksPerSplit))
          .toList();
    }

    /** A split has consecutive blocks or gaps, but never more blocks than that. */
    private BlockSplit split(BlockSplit split, int blocksPerSplit) {
      TreeMap<Long, Companions> own = new TreeMap<>();
      states.tailMap(split.first()).entrySet().stream()
          .limit(blocksPerSplit)
          .forEach(entry -> own.put(entry.getKey(), entry.getValue()));
      return new JoinedSplit(split, own);
    }
  }

  private record JoinedSplit(BlockSplit split, TreeMap<Long, Companions> states)
      implements BlockSplit, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public long first() {
      return split.first();
    }

    @Override
    public Iterator<ArchivedBlock> read() {
      Iterator<ArchivedBlock> blocks = split.read();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return blocks.hasNext();
        }

        @Override
        public ArchivedBlock next() {
          ArchivedBlock block = blocks.next();
          return block.withCompanions(states.get(block.number()));
        }
      };
    }
  }
}
