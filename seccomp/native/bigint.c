/*
 * `native.bigint`: long integers by divisors of one word, for which V8 takes one hardware division a word, each waiting for the one
 * before (7 ns). Here products with powers of 2^64 modulo the divisor take their place, which don't wait for each other.
 * Called by the runtime of Python guests, with integers of theirs: what doesn't fit the buffer is left to V8.
 */
#include "js.h"

#include <string.h>

typedef unsigned __int128 wide;

/* Integers of at most so many words: their copy counts as the child's memory. And words that are looked at between two remainders. */
enum { MOST_WORDS = 8192, BLOCK = 16, LANES = 4, BLOCKS = MOST_WORDS / BLOCK + LANES };

/* The words, lowest first, with room for what shifting pushes out and for zeros up to the end of the last block. */
static uint64_t words[BLOCKS * BLOCK];

/*
 * A divisor shifted so that its highest bit is set, its reciprocal (floor((2^128 - 1) / d) - 2^64), and what 2^(64 i) leaves when it
 * is divided by d, or by the divisor as it was.
 */
struct divisor {
  uint64_t d, reciprocal, powers[BLOCK + 1];
  int shift;
};

/* Quotient and remainder of high * 2^64 + low, high < d, without a division (Moeller and Granlund, "Improved division by invariant integers"). */
static inline uint64_t divide(uint64_t high, uint64_t low, uint64_t d, uint64_t reciprocal, uint64_t *remainder) {
  wide estimate = (wide)reciprocal * high + (((wide)high << 64) | low);
  uint64_t quotient = (uint64_t)(estimate >> 64) + 1, rest = low - quotient * d;
  /* True every other time: a branch would be guessed wrong as often. */
  uint64_t once = -(uint64_t)(rest > (uint64_t)estimate);
  quotient += once;
  rest += once & d;
  if (__builtin_expect(rest >= d, 0)) quotient++, rest -= d;
  *remainder = rest;
  return quotient;
}

static uint64_t remainder_of(uint64_t high, uint64_t low, const struct divisor *by) {
  uint64_t rest;
  divide(high, low, by->d, by->reciprocal, &rest);
  return rest;
}

static void prepare(struct divisor *by, uint64_t size) {
  by->shift = __builtin_clzll(size);
  by->d = size << by->shift;
  by->reciprocal = (uint64_t)((((wide)~by->d << 64) | ~UINT64_C(0)) / by->d);
}

/* With shift 0, powers modulo d; with the divisor's own shift, modulo the divisor as it was, since (r 2^s) mod (n 2^s) is (r mod n) 2^s. */
static void make_powers(struct divisor *by, int shift) {
  by->powers[0] = 1;
  for (int i = 1; i <= BLOCK; i++) by->powers[i] = remainder_of(by->powers[i - 1] << shift, 0, by) >> shift;
}

/* What is left of a block with the remainder of all above it in front. The sum of products has three words; its highest is below 2^5. */
static uint64_t block_remainder(const uint64_t *block, uint64_t above, const struct divisor *by) {
  wide low = 0, high = 0;
  for (int i = 0; i < BLOCK; i++) {
    wide product = (wide)block[i] * by->powers[i];
    low += (uint64_t)product;
    high += product >> 64;
  }
  /* Last, so that a block's products are under way before it is known what those above leave. */
  wide last = (wide)above * by->powers[BLOCK];
  low += (uint64_t)last;
  high += (last >> 64) + (low >> 64);
  uint64_t rest = remainder_of((uint64_t)(high >> 64), (uint64_t)high, by);
  return remainder_of(rest, (uint64_t)low, by);
}

/*
 * The same where the powers are below 2^NARROW: the sum is below (BLOCK + 1) 2^122 < 2^127, so it has two words, of which the higher is
 * below every d. That takes half of the additions, and one reduction. What it returns is right modulo the divisor as it was, not modulo d.
 */
enum { NARROW = 58 };
static uint64_t narrow_block_remainder(const uint64_t *block, uint64_t above, const struct divisor *by) {
  wide sum = 0;
  for (int i = 0; i < BLOCK; i++) sum += (wide)block[i] * by->powers[i];
  sum += (wide)above * by->powers[BLOCK];
  return remainder_of((uint64_t)(sum >> 64), (uint64_t)sum, by);
}

/* Of `blocks` blocks of words. */
static uint64_t words_remainder(size_t blocks, struct divisor *by) {
  bool narrow = by->shift >= 64 - NARROW;
  uint64_t rest = 0;
  make_powers(by, narrow ? by->shift : 0);
  for (size_t i = blocks; i > 0; i--) {
    const uint64_t *block = words + (i - 1) * BLOCK;
    rest = narrow ? narrow_block_remainder(block, rest, by) : block_remainder(block, rest, by);
  }
  return rest;
}

/* The words times 2^shift, in place, and one word more: their quotient by the shifted divisor is the same. */
static void shift_words(size_t count, int shift) {
  if (shift == 0) return;
  for (size_t i = count; i > 0; i--) words[i] = words[i] << shift | words[i - 1] >> (64 - shift);
  words[0] <<= shift;
}

/*
 * The words become their quotient; returns the remainder. The divisions of a block wait for each other, so that several blocks go at
 * once, each from what those above it leave; beyond the last there may be up to LANES - 1 more, which don't matter.
 */
static uint64_t divide_words(size_t blocks, struct divisor *by) {
  static uint64_t above[BLOCKS];
  uint64_t rest = 0;
  make_powers(by, 0);
  for (size_t i = blocks; i > 0; i--) {
    above[i - 1] = rest;
    rest = block_remainder(words + (i - 1) * BLOCK, rest, by);
  }
  for (size_t done = 0; done < blocks; done += LANES) {
    uint64_t rests[LANES];
    memcpy(rests, above + done, sizeof rests);
    for (int i = BLOCK - 1; i >= 0; i--)
      for (int lane = 0; lane < LANES; lane++) {
        uint64_t *word = words + (done + lane) * BLOCK + i;
        *word = divide(rests[lane], *word, by->d, by->reciprocal, rests + lane);
      }
  }
  return rest >> by->shift;
}

/* What the arguments say beside `words`: the divisor's type decides whether a remainder is a number or a bigint. */
struct operands {
  size_t count;
  bool negative, by_negative, by_number;
  uint64_t size;
  struct divisor by;
};

/* A safe integer as a number, or a bigint of one word; not 0. False for anything else. */
static bool take_divisor(napi_env env, napi_value value, struct operands *into) {
  double number;
  int negative;
  size_t count = 1;
  into->by_number = napi_get_value_double(env, value, &number) == napi_ok;
  if (into->by_number) {
    into->by_negative = number < 0;
    if (into->by_negative) number = -number;
    if (!(number >= 1 && number <= 9007199254740991.0)) return false;
    into->size = (uint64_t)number;
    if ((double)into->size != number) return false;
  } else {
    if (napi_get_value_bigint_words(env, value, &negative, &count, &into->size) != napi_ok || count != 1) return false;
    into->by_negative = negative;
  }
  prepare(&into->by, into->size);
  return true;
}

/* False when the result is to be `undefined`: V8 has to do it. Node-API fills the room that there is, and tells how much is needed. */
static bool take_operands(napi_env env, napi_callback_info info, struct operands *into) {
  napi_value values[2];
  int negative;
  into->count = MOST_WORDS;
  if (!js_arguments(env, info, values, 2)) return false;
  if (napi_get_value_bigint_words(env, values[0], &negative, &into->count, words) != napi_ok) return false;
  if (into->count > MOST_WORDS) return false;
  into->negative = negative;
  return take_divisor(env, values[1], into);
}

/* Blocks for so many words, of which those from `given` on become 0, up to the end of the last lane. */
static size_t fill_blocks(size_t given, size_t count) {
  size_t blocks = (count + BLOCK - 1) / BLOCK;
  memset(words + given, 0, ((blocks + LANES - 1) * BLOCK - given) * sizeof *words);
  return blocks;
}

/* Floored: the remainder has the divisor's sign. */
static napi_value remainder_by_word(napi_env env, napi_callback_info info) {
  struct operands given;
  napi_value result;
  if (!take_operands(env, info, &given)) return NULL;
  uint64_t rest = words_remainder(fill_blocks(given.count, given.count), &given.by) % given.size;
  if (rest != 0 && given.negative != given.by_negative) rest = given.size - rest;
  bool negative = given.by_negative && rest != 0;
  if (given.by_number) return js_double(env, negative ? -(double)rest : (double)rest);
  return napi_create_bigint_words(env, negative, 1, &rest, &result) == napi_ok ? result : NULL;
}

/* Floored: a negative quotient that leaves a remainder is one more in size. */
static napi_value quotient_by_word(napi_env env, napi_callback_info info) {
  struct operands given;
  napi_value result;
  if (!take_operands(env, info, &given)) return NULL;
  size_t count = given.count + 1, blocks = fill_blocks(given.count, count);
  shift_words(given.count, given.by.shift);
  uint64_t rest = divide_words(blocks, &given.by);
  bool negative = given.negative != given.by_negative;
  if (negative && rest != 0)
    for (size_t i = 0; ++words[i] == 0;) i++;
  while (count > 0 && words[count - 1] == 0) count--;
  return napi_create_bigint_words(env, negative && count > 0, count, words, &result) == napi_ok ? result : NULL;
}

napi_value bigint_functions(napi_env env) {
  static const struct js_function functions[] = {{"remainder", remainder_by_word}, {"quotient", quotient_by_word}};
  return js_object(env, functions, sizeof functions / sizeof *functions);
}
