/* Proof, taken from the kernel, that the zygote can be forked: its threads, and its mappings that a fork would lose. Called before serving. */
#include "native.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

/* Threads of this process; -1 when /proc can't be read, which counts as "not frozen". */
int count_threads(void) {
  DIR *tasks = opendir("/proc/self/task");
  if (tasks == NULL) return -1;
  int count = 0;
  for (struct dirent *entry; (entry = readdir(tasks)) != NULL;) count += entry->d_name[0] != '.';
  closedir(tasks);
  return count;
}

/* Writable private memory of this process as RLIMIT_DATA counts it, that is, mapped rather than used; -1 when unknown. */
long long data_bytes(void) {
  FILE *status = fopen("/proc/self/status", "re");
  if (status == NULL) return -1;
  long long kib = -1;
  for (char line[256]; fgets(line, sizeof line, status) != NULL;)
    if (sscanf(line, "VmData: %lld kB", &kib) == 1) break;
  fclose(status);
  return kib < 0 ? -1 : kib * 1024;
}

/* Mappings marked MADV_DONTFORK ("dc"): a child that lacks a part of V8's heap dies at once, or later. */
int count_dontfork_mappings(void) {
  FILE *maps = fopen("/proc/self/smaps", "re");
  if (maps == NULL) return -1;
  int count = 0;
  for (char line[4096]; fgets(line, sizeof line, maps) != NULL;)
    count += strncmp(line, "VmFlags:", 8) == 0 && strstr(line, " dc") != NULL;
  bool complete = feof(maps) != 0;
  fclose(maps);
  return complete ? count : -1;
}
