#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "CHarnessConcurrency.h"
#include "private.h"

#if defined(__linux__) && __SIZEOF_POINTER__ == 8

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// The runtime's library calls functions of other libraries by way of a table. These entries are replaced,
// in that one library: no other caller of the functions is touched.
static struct patch {
  const char *name;
  void *replacement;
  void **original;
  void **slot;
  int is_read_only;
} patches[] = {
    {"clock_gettime", (void *)charness_clock_gettime, NULL, NULL, 0},
    {"dispatch_async_f", (void *)charness_dispatch_async, &charness_original_async, NULL, 0},
    {"dispatch_after_f", (void *)charness_dispatch_after, &charness_original_after, NULL, 0},
    {"dispatch_source_set_timer", (void *)charness_dispatch_set_timer,
     &charness_original_set_timer, NULL, 0},
    {"dispatch_activate", (void *)charness_dispatch_activate, &charness_original_activate, NULL, 0},
};
enum { PATCH_COUNT = sizeof patches / sizeof *patches };

// Writes a slot that the loader may have made read-only after it had filled it in.
static void write_slot(const struct patch *patch) {
  if (!patch->slot || __atomic_load_n(patch->slot, __ATOMIC_ACQUIRE) == patch->replacement) return;
  uintptr_t size = (uintptr_t)sysconf(_SC_PAGESIZE);
  void *page = (void *)((uintptr_t)patch->slot & ~(size - 1));
  if (patch->is_read_only && mprotect(page, size, PROT_READ | PROT_WRITE) != 0) return;
  __atomic_store_n(patch->slot, patch->replacement, __ATOMIC_RELEASE);
  if (patch->is_read_only) mprotect(page, size, PROT_READ);
}

static int find_slots(struct dl_phdr_info *info, size_t size, void *unused) {
  (void)size;
  (void)unused;
  if (!info->dlpi_name || !strstr(info->dlpi_name, "libswift_Concurrency.so")) return 0;
  const ElfW(Dyn) *dynamic = NULL;
  uintptr_t relro = 0, relro_end = 0;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *header = &info->dlpi_phdr[i];
    uintptr_t start = info->dlpi_addr + header->p_vaddr;
    if (header->p_type == PT_DYNAMIC) dynamic = (const ElfW(Dyn) *)start;
    if (header->p_type == PT_GNU_RELRO) {
      relro = start;
      relro_end = start + header->p_memsz;
    }
  }
  const char *strings = NULL;
  const ElfW(Sym) *symbols = NULL;
  const ElfW(Rela) *entries = NULL;
  size_t count = 0;
  for (; dynamic && dynamic->d_tag != DT_NULL; dynamic++) {
    uintptr_t value = dynamic->d_un.d_ptr;
    // glibc has made these addresses absolute; musl has not.
    uintptr_t address = value < info->dlpi_addr ? value + info->dlpi_addr : value;
    switch (dynamic->d_tag) {
      case DT_STRTAB: strings = (const char *)address; break;
      case DT_SYMTAB: symbols = (const ElfW(Sym) *)address; break;
      case DT_JMPREL: entries = (const ElfW(Rela) *)address; break;
      case DT_PLTRELSZ: count = value / sizeof(ElfW(Rela)); break;
      case DT_PLTREL: if (value != DT_RELA) return 1; break;
    }
  }
  if (!strings || !symbols || !entries) return 1;
  for (size_t i = 0; i < count; i++) {
    const char *name = strings + symbols[ELF64_R_SYM(entries[i].r_info)].st_name;
    for (size_t k = 0; k < PATCH_COUNT; k++) {
      if (strcmp(name, patches[k].name) != 0) continue;
      uintptr_t slot = info->dlpi_addr + entries[i].r_offset;
      patches[k].slot = (void **)slot;
      patches[k].is_read_only = relro <= slot && slot < relro_end;
    }
  }
  return 1;
}

void charness_patches_install(void) {
  static int has_looked;
  if (!has_looked) {
    has_looked = 1;
    // Called once, an entry is bound: the loader does not write it again, over the patch.
    int64_t seconds, nanoseconds;
    charness_clock_read(1, &seconds, &nanoseconds);
    dl_iterate_phdr(find_slots, NULL);
    __atomic_store_n(&charness_main_queue, dlsym(RTLD_DEFAULT, "_dispatch_main_q"),
                     __ATOMIC_RELEASE);
    for (size_t k = 0; k < PATCH_COUNT; k++) {
      if (!patches[k].original) continue;
      void *original = dlsym(RTLD_DEFAULT, patches[k].name);
      // Read by any thread that comes through the table once its entry is replaced.
      __atomic_store_n(patches[k].original, original, __ATOMIC_RELEASE);
      if (!original) patches[k].slot = NULL;
    }
  }
  // Each time: a first call that was under way while its entry was written may have written it after.
  for (size_t k = 0; k < PATCH_COUNT; k++) write_slot(&patches[k]);
}

#else

void charness_patches_install(void) {}

#endif
