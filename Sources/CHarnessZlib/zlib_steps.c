#include "CHarnessZlib.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

struct CHarnessInflater {
  z_stream stream;
  bool isBetweenBlocks;
};

struct CHarnessDeflater {
  z_stream stream;
};

// zlib counts in unsigned int; a longer buffer is simply not taken whole in one step.
static uInt clamped(size_t count) { return count > UINT_MAX ? UINT_MAX : (uInt)count; }

// zlib wants a pointer even where there is nothing to read or write.
static Bytef nothing[1];

static void point(z_stream *stream, const uint8_t *input, size_t inputCount, uint8_t *output,
                  size_t outputCount) {
  // zlib never writes through next_in; the cast serves builds without ZLIB_CONST.
  stream->next_in = input ? (Bytef *)(uintptr_t)input : nothing;
  stream->avail_in = input ? clamped(inputCount) : 0;
  stream->next_out = output ? output : nothing;
  stream->avail_out = output ? clamped(outputCount) : 0;
}

static CHarnessZlibStep outcome(const z_stream *stream, uInt availableIn, uInt availableOut,
                                int code) {
  CHarnessZlibStep step;
  step.consumed = availableIn - stream->avail_in;
  step.produced = availableOut - stream->avail_out;
  switch (code) {
  case Z_OK:
  // No progress was possible: more input or more room is needed, which is no damage.
  case Z_BUF_ERROR:
    step.status = CHarnessZlibStatusContinue;
    break;
  case Z_STREAM_END:
    step.status = CHarnessZlibStatusEnd;
    break;
  case Z_MEM_ERROR:
    step.status = CHarnessZlibStatusOutOfMemory;
    break;
  default:
    step.status = CHarnessZlibStatusDamaged;
    break;
  }
  return step;
}

CHarnessInflater *charness_inflater_create(int windowBits) {
  CHarnessInflater *inflater = calloc(1, sizeof *inflater);
  if (!inflater) return NULL;
  if (inflateInit2(&inflater->stream, -windowBits) != Z_OK) {
    free(inflater);
    return NULL;
  }
  return inflater;
}

CHarnessZlibStep charness_inflater_step(CHarnessInflater *inflater, const uint8_t *input,
                                        size_t inputCount, uint8_t *output, size_t outputCount) {
  point(&inflater->stream, input, inputCount, output, outputCount);
  uInt availableIn = inflater->stream.avail_in;
  uInt availableOut = inflater->stream.avail_out;
  int code = inflate(&inflater->stream, Z_NO_FLUSH);
  CHarnessZlibStep step = outcome(&inflater->stream, availableIn, availableOut, code);
  // zlib.h: 128 right after an end-of-block code, and the number of unused bits in the lowest three. A step
  // that finds nothing to do forgets it.
  if (step.consumed || step.produced) {
    inflater->isBetweenBlocks =
        (inflater->stream.data_type & 128) && (inflater->stream.data_type & 7) == 0;
  }
  return step;
}

void charness_inflater_reset(CHarnessInflater *inflater) { inflateReset(&inflater->stream); }

bool charness_inflater_restart(CHarnessInflater *inflater) {
  // The longest window of DEFLATE.
  Bytef *window = malloc(32768);
  if (!window) return false;
  uInt length = 0;
  bool isDone = inflateGetDictionary(&inflater->stream, window, &length) == Z_OK &&
                inflateReset(&inflater->stream) == Z_OK &&
                inflateSetDictionary(&inflater->stream, window, length) == Z_OK;
  free(window);
  return isDone;
}

bool charness_inflater_is_between_blocks(const CHarnessInflater *inflater) {
  return inflater->isBetweenBlocks;
}

void charness_inflater_destroy(CHarnessInflater *inflater) {
  if (!inflater) return;
  inflateEnd(&inflater->stream);
  free(inflater);
}

CHarnessDeflater *charness_deflater_create(int level, int windowBits) {
  CHarnessDeflater *deflater = calloc(1, sizeof *deflater);
  if (!deflater) return NULL;
  if (deflateInit2(&deflater->stream, level, Z_DEFLATED, -windowBits, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    free(deflater);
    return NULL;
  }
  return deflater;
}

CHarnessZlibStep charness_deflater_step(CHarnessDeflater *deflater, const uint8_t *input,
                                        size_t inputCount, uint8_t *output, size_t outputCount,
                                        CHarnessZlibFlush flush) {
  static const int flushes[] = {Z_NO_FLUSH, Z_SYNC_FLUSH, Z_FINISH};
  point(&deflater->stream, input, inputCount, output, outputCount);
  uInt availableIn = deflater->stream.avail_in;
  uInt availableOut = deflater->stream.avail_out;
  int code = deflate(&deflater->stream, flushes[flush]);
  return outcome(&deflater->stream, availableIn, availableOut, code);
}

void charness_deflater_reset(CHarnessDeflater *deflater) { deflateReset(&deflater->stream); }

void charness_deflater_destroy(CHarnessDeflater *deflater) {
  if (!deflater) return;
  deflateEnd(&deflater->stream);
  free(deflater);
}

uint32_t charness_crc32(uint32_t crc, const uint8_t *bytes, size_t count) {
  uLong sum = crc;
  while (count > 0) {
    uInt part = clamped(count);
    sum = crc32(sum, bytes, part);
    bytes += part;
    count -= part;
  }
  return (uint32_t)sum;
}
