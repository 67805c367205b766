// One WebAssembly module, written byte by byte: the inner loops of a matrix product on four rows at once. No compiler
// is needed for so little, and none is shipped. Nothing here knows what is multiplied.

const I32 = 0x7f;
const V128 = 0x7b;
const EMPTY = 0x40;

const op = { loop: 0x03, end: 0x0b, brIf: 0x0d, get: 0x20, set: 0x21, tee: 0x22 } as const;
const i32 = { const: 0x41, add: 0x6a, sub: 0x6b, shl: 0x74 } as const;
const simd = (code: number): number[] => [0xfd, ...unsigned(code)];
const LOAD = 0x00;
const LOAD_SPLAT = 0x09;
const STORE = 0x0b;
const ADD = 0xe4;
const MUL = 0xe6;
const MADD = 0x105; // relaxed: rounded once or twice, as the processor likes

/** Rows that a group of a strip has. */
export const ROWS = 4;

/** What `strips` exports: `strip2` for eight columns, `strip1` for four. */
export type Strip = (
  groups: number, // of four rows each, at least one
  depth: number, // length of the sums, at least one
  a: number, // addresses and strides in bytes
  aRow: number,
  aStep: number,
  b: number,
  bStep: number,
  c: number,
  cRow: number,
) => void;

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value & 0x7f;
    value >>>= 7;
    bytes.push(value === 0 ? low : low | 0x80);
  } while (value !== 0);
  return bytes;
}

const vector = (parts: readonly (readonly number[])[]): number[] => [
  ...unsigned(parts.length),
  ...parts.flat(),
];
const section = (id: number, content: readonly number[]): number[] => [
  id,
  ...unsigned(content.length),
  ...content,
];
const text = (name: string): number[] => [
  ...unsigned(name.length),
  ...new TextEncoder().encode(name),
];
const get = (local: number): number[] => [op.get, ...unsigned(local)];
const set = (local: number): number[] => [op.set, ...unsigned(local)];
const move = (local: number, by: readonly number[]): number[] => [
  ...get(local),
  ...by,
  i32.add,
  ...set(local),
];

/** The module; `fused` where a product and its sum are one instruction. */
export function strips(fused: boolean): Uint8Array<ArrayBuffer> {
  const type = [0x60, ...vector(Array.from({ length: 9 }, () => [I32])), 0];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, vector([type])),
    ...section(2, vector([[...text("heap"), ...text("memory"), 0x02, 0x00, 1]])),
    ...section(3, vector([[0], [0]])),
    ...section(
      7,
      vector([
        [...text("strip1"), 0x00, 0],
        [...text("strip2"), 0x00, 1],
      ]),
    ),
    ...section(10, vector([body(1, fused), body(2, fused)])),
  ]);
}

/** For each group of rows: c += a @ b, on so many columns of four. */
function body(wide: number, fused: boolean): number[] {
  const [groups, depth, a, aRow, aStep, b, bStep, c, cRow] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
  const left = 9;
  const atB = 10;
  const atA = 11; // of each row
  const atC = atA + ROWS;
  const sums = atC + ROWS; // of each row, one a vector
  const ofB = sums + ROWS * wide;
  const ofA = ofB + wide;
  const rows = Array.from({ length: ROWS }, (_, row) => row);
  const columns = Array.from({ length: wide }, (_, column) => column);
  const sum = (row: number, column: number): number => sums + row * wide + column;
  const align = 2; // of 4 bytes: nobody promises more
  const load = (column: number): number[] => [...simd(LOAD), align, ...unsigned(16 * column)];

  const addresses = rows.flatMap((row) =>
    row === 0
      ? [...get(a), ...set(atA), ...get(c), ...set(atC)]
      : [
          ...[...get(atA + row - 1), ...get(aRow), i32.add, ...set(atA + row)],
          ...[...get(atC + row - 1), ...get(cRow), i32.add, ...set(atC + row)],
        ],
  );
  const cells = rows.flatMap((row) => columns.map((column) => [row, column] as const));
  const begin = cells.flatMap(([row, column]) => [
    ...get(atC + row),
    ...load(column),
    ...set(sum(row, column)),
  ]);
  const step = [
    ...columns.flatMap((column) => [...get(atB), ...load(column), ...set(ofB + column)]),
    ...rows.flatMap((row) => [
      ...[...get(atA + row), ...simd(LOAD_SPLAT), align, 0, ...set(ofA)],
      ...columns.flatMap((column) => [
        ...(fused
          ? [...get(ofA), ...get(ofB + column), ...get(sum(row, column)), ...simd(MADD)]
          : [
              ...[...get(ofA), ...get(ofB + column), ...simd(MUL)],
              ...[...get(sum(row, column)), ...simd(ADD)],
            ]),
        ...set(sum(row, column)),
      ]),
      ...move(atA + row, get(aStep)),
    ]),
    ...move(atB, get(bStep)),
  ];
  const finish = cells.flatMap(([row, column]) => [
    ...get(atC + row),
    ...get(sum(row, column)),
    ...[...simd(STORE), align, ...unsigned(16 * column)],
  ]);
  const again = (counter: number): number[] => [
    ...[...get(counter), i32.const, 1, i32.sub, op.tee, ...unsigned(counter)],
    ...[op.brIf, 0],
  ];
  const group = (stride: number): number[] => [...get(stride), i32.const, 2, i32.shl]; // four rows
  const code = [
    ...vector([
      [...unsigned(2 + 2 * ROWS), I32],
      [...unsigned(ROWS * wide + wide + 1), V128],
    ]),
    ...[op.loop, EMPTY, ...addresses, ...begin],
    ...[...get(b), ...set(atB), ...get(depth), ...set(left)],
    ...[op.loop, EMPTY, ...step, ...again(left), op.end],
    ...[...finish, ...move(a, group(aRow)), ...move(c, group(cRow))],
    ...[...again(groups), op.end, op.end],
  ];
  return [...unsigned(code.length), ...code];
}
