// Generated from sam_widget/widget/palette.py by `python js/typegen.py`; do not edit.

/** Okabe and Ito's: red, green, blue, 0 to 255; `Object.color` counts in it, round and round. */
export const PALETTE: readonly (readonly [number, number, number])[] = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [0, 114, 178],
  [213, 94, 0],
  [204, 121, 167],
];
