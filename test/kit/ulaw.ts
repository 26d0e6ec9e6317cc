const BIAS = 132;
const CLIP = 32_635;

/** ITU-T G.711 µ-law, one byte for each sample. */
export function encodeUlaw(samples: Int16Array): Uint8Array {
  return Uint8Array.from(samples, (sample) => {
    const sign = sample < 0 ? 0x80 : 0;
    const height = Math.min(Math.abs(sample), CLIP) + BIAS;
    const exponent = Math.floor(Math.log2(height)) - 7;
    return ~(sign | (exponent << 4) | ((height >> (exponent + 3)) & 0x0f)) & 0xff;
  });
}

export function decodeUlaw(bytes: Uint8Array): Int16Array {
  return Int16Array.from(bytes, (byte) => {
    const code = ~byte & 0xff;
    const height = ((((code & 0x0f) << 3) + BIAS) << ((code >> 4) & 7)) - BIAS;
    return code & 0x80 ? -height : height;
  });
}
