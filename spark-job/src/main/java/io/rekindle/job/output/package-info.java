/**
 * What a run leaves behind: groups of files, a folder a table, each group visible only through its
 * manifest, and so are rows that had to wait for the ranges before. Start with {@link
 * io.rekindle.job.output.TableWriter}; what lies in a folder is read with {@link
 * io.rekindle.job.output.OutputFolder}.
 */
package io.rekindle.job.output;
