#ifndef CHARNESS_ZLIB_H
#define CHARNESS_ZLIB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// How a step of compression or decompression ended.
typedef enum __attribute__((enum_extensibility(closed))) CHarnessZlibStatus {
  /// Progress was made: call again with more input, or with room for more output.
  CHarnessZlibStatusContinue = 0,
  /// The compressed stream has ended; input after its end is left untouched.
  CHarnessZlibStatusEnd = 1,
  /// The compressed data is damaged.
  CHarnessZlibStatusDamaged = 2,
  /// Memory ran out.
  CHarnessZlibStatusOutOfMemory = 3,
} CHarnessZlibStatus;

/// How much of what went in must come out of a step of compression.
typedef enum __attribute__((enum_extensibility(closed))) CHarnessZlibFlush {
  /// As much as suits the compressor.
  CHarnessZlibFlushNone = 0,
  /// Everything so far, at a byte boundary: the end of a message (RFC 7692, section 7.2.1).
  CHarnessZlibFlushSync = 1,
  /// Everything, and the stream ends.
  CHarnessZlibFlushFinish = 2,
} CHarnessZlibFlush;

/// What one step did.
typedef struct CHarnessZlibStep {
  CHarnessZlibStatus status;
  /// Bytes of input taken.
  size_t consumed;
  /// Bytes of output written.
  size_t produced;
} CHarnessZlibStep;

/// A raw DEFLATE decompressor (RFC 1951, no zlib or gzip header).
typedef struct CHarnessInflater CHarnessInflater;
/// A raw DEFLATE compressor.
typedef struct CHarnessDeflater CHarnessDeflater;

/// NULL when memory ran out. `windowBits` is the base-2 logarithm of the window, 8 to 15.
CHarnessInflater *_Nullable charness_inflater_create(int windowBits);
CHarnessZlibStep charness_inflater_step(CHarnessInflater *inflater, const uint8_t *_Nullable input,
                                        size_t inputCount, uint8_t *_Nullable output,
                                        size_t outputCount);
void charness_inflater_reset(CHarnessInflater *inflater);
/// Begins another stream that may still refer to what the last one held: what follows a final block within
/// a message (RFC 7692, section 7.2.3.4). False when memory ran out.
bool charness_inflater_restart(CHarnessInflater *inflater);
/// Whether the input so far ended with a whole block, and at the border of a byte.
bool charness_inflater_is_between_blocks(const CHarnessInflater *inflater);
void charness_inflater_destroy(CHarnessInflater *_Nullable inflater);

/// NULL when memory ran out. `level` is 0 to 9, `windowBits` 9 to 15.
CHarnessDeflater *_Nullable charness_deflater_create(int level, int windowBits);
CHarnessZlibStep charness_deflater_step(CHarnessDeflater *deflater, const uint8_t *_Nullable input,
                                        size_t inputCount, uint8_t *_Nullable output,
                                        size_t outputCount, CHarnessZlibFlush flush);
void charness_deflater_reset(CHarnessDeflater *deflater);
void charness_deflater_destroy(CHarnessDeflater *_Nullable deflater);

/// Carries the CRC-32 of a zip entry on over `count` more bytes; it starts at 0.
uint32_t charness_crc32(uint32_t crc, const uint8_t *_Nullable bytes, size_t count);

#pragma clang assume_nonnull end

#endif
