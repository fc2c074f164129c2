package io.rekindle.job.output;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.rekindle.job.output.GroupManifest.TableFiles;
import java.util.Map;

/**
 * Rows of a group that could be made only once the ranges before the group's own had ended. They
 * exist once this lies in the output folder; the group is there without them before.
 *
 * @param group that they belong to, by the number that it was written under
 * @param openReads the file of the group's reads for which they are the answer
 * @param tables by name
 */
public record SeamManifest(
    @JsonProperty("group") int group,
    @JsonProperty("open_reads") String openReads,
    @JsonProperty("tables") Map<String, TableFiles> tables) {}
