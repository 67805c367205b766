// A safetensors file's tensors by name, as float32, and its notes. https://github.com/huggingface/safetensors has the
// layout. No network in here.

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Tensors {
  readonly notes: { readonly [name: string]: string };
  names(): readonly string[];
  /** A tensor of floats. Throws where there is none of this name. */
  floats(name: string): Tensor;
  /** The same, or null. */
  maybe(name: string): Tensor | null;
  /** A tensor of bytes. */
  bytes(name: string): Uint8Array<ArrayBuffer>;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

export function read(file: ArrayBuffer): Tensors {
  const length = Number(new DataView(file).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 8, length)));
  const { __metadata__: notes = {}, ...entries } = header as { [name: string]: Entry } & {
    __metadata__?: { [name: string]: string };
  };
  const begin = 8 + length;
  const entry = (name: string): Entry => {
    const found = (entries as { [name: string]: Entry })[name];
    if (found === undefined) throw new RangeError(`The file has no ${name}.`);
    return found;
  };
  const bytes = (name: string): Uint8Array<ArrayBuffer> => {
    const [from, to] = entry(name).data_offsets;
    return new Uint8Array(file.slice(begin + from, begin + to)); // a copy: aligned
  };
  const floats = (name: string): Tensor => {
    const { dtype, shape } = entry(name);
    const { buffer } = bytes(name);
    if (dtype === "F32") return { shape, data: new Float32Array(buffer) };
    if (dtype === "F16") return { shape, data: halves(new Uint16Array(buffer)) };
    throw new RangeError(`${name} is of ${dtype}, and F16 and F32 are known.`);
  };
  return {
    notes,
    bytes,
    floats,
    names: () => Object.keys(entries),
    maybe: (name) => (name in entries ? floats(name) : null),
  };
}

let table: Float32Array | null = null; // what each of the 65,536 halves is

function halves(given: Uint16Array): Float32Array {
  table ??= Float32Array.from({ length: 1 << 16 }, (_, half) => floatOf(half));
  const known = table;
  const out = new Float32Array(given.length);
  for (let i = 0; i < out.length; i++) out[i] = known[given[i] as number] as number;
  return out;
}

/** A float16's value. */
export function floatOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
