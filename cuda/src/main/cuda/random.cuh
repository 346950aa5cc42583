// Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011) and the keyed permutation of
// org.noisescape.random.Permutation; the same integers as there.
#ifndef NOISESCAPE_RANDOM_CUH
#define NOISESCAPE_RANDOM_CUH

struct Words {
  uint32 word[4];
};

__device__ __forceinline__ Words philox(uint64 key, uint64 low, uint64 high) {
  uint32 c0 = (uint32)low;
  uint32 c1 = (uint32)(low >> 32);
  uint32 c2 = (uint32)high;
  uint32 c3 = (uint32)(high >> 32);
  uint32 k0 = (uint32)key;
  uint32 k1 = (uint32)(key >> 32);
#pragma unroll
  for (int round = 0; round < 10; round++) {
    uint64 p0 = (uint64)0xD2511F53u * c0;
    uint64 p1 = (uint64)0xCD9E8D57u * c2;
    uint32 n0 = (uint32)(p1 >> 32) ^ c1 ^ k0;
    uint32 n2 = (uint32)(p0 >> 32) ^ c3 ^ k1;
    c1 = (uint32)p1;
    c3 = (uint32)p0;
    c0 = n0;
    c2 = n2;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  Words words = {{c0, c1, c2, c3}};
  return words;
}

// A 64-bit number in two 32-bit words, low word first: keys and step counters.
__device__ __forceinline__ uint64 join(const int* words) {
  return (uint64)(uint32)words[0] | ((uint64)(uint32)words[1] << 32);
}

// A step counter whose words are so many elements apart.
__device__ __forceinline__ uint64 at_step(const int* step, int64 step_stride) {
  return (uint64)(uint32)step[0] | ((uint64)(uint32)step[step_stride] << 32);
}

__device__ __forceinline__ void set_step(int* step, int64 step_stride, uint64 value) {
  step[0] = (int)(uint32)value;
  step[step_stride] = (int)(uint32)(value >> 32);
}

// One of four words, chosen without local memory.
__device__ __forceinline__ uint32 chosen(const Words& words, int place) {
  uint32 low = place % 2 ? words.word[1] : words.word[0];
  uint32 high = place % 2 ? words.word[3] : words.word[2];
  return place < 2 ? low : high;
}

// A number from 0 to size - 1.
__device__ __forceinline__ int below(int size, uint32 word) {
  return (int)(((uint64)(uint32)size * word) >> 32);
}

#define PERMUTATION_ROUNDS 6

struct Permutation {
  uint32 keys[2 * PERMUTATION_ROUNDS];
  int half_bits;
  uint32 size;
};

// Bits of one half of the Feistel network for so many elements.
__device__ __forceinline__ int permutation_half_bits(int size) {
  int bits = size <= 1 ? 0 : 32 - __clz(size - 1);
  bits = bits < 8 ? 8 : bits;
  return (bits + 1) / 2;
}

__device__ __forceinline__ Permutation permutation(uint64 key, uint64 epoch, int size) {
  Permutation chosen;
  chosen.size = (uint32)size;
  chosen.half_bits = permutation_half_bits(size);
#pragma unroll
  for (int block = 0; block < PERMUTATION_ROUNDS / 2; block++) {
    Words words = philox(key, (uint64)block, epoch);
#pragma unroll
    for (int i = 0; i < 4; i++) {
      chosen.keys[4 * block + i] = words.word[i];
    }
  }
  return chosen;
}

// Murmur3's finaliser (Appleby 2011) between two key additions.
__device__ __forceinline__ uint32 permutation_mix(uint32 value, uint32 key) {
  uint32 h = value + key;
  h ^= h >> 16;
  h *= 0x85EBCA6Bu;
  h ^= h >> 13;
  h *= 0xC2B2AE35u;
  h ^= h >> 16;
  return h;
}

// Image of an index; cycle walking keeps it below the size.
__device__ __forceinline__ int permute(const Permutation& chosen, int index) {
  uint32 mask = (1u << chosen.half_bits) - 1;
  uint32 value = (uint32)index;
  do {
    uint32 left = value >> chosen.half_bits;
    uint32 right = value & mask;
#pragma unroll
    for (int round = 0; round < PERMUTATION_ROUNDS; round++) {
      uint32 mixed =
          permutation_mix(right ^ chosen.keys[2 * round], chosen.keys[2 * round + 1]);
      uint32 next = left ^ (mixed & mask);
      left = right;
      right = next;
    }
    value = (left << chosen.half_bits) | right;
  } while (value >= chosen.size);
  return (int)value;
}

#endif
