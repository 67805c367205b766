// A mask as a PNG: one channel, 255 on the thing and 0 off it, as large as the photo.
import { type Mask, spansOf } from "../masks";

const SIGNATURE = [137, 80, 78, 71, 13, 10, 26, 10];
const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

export async function pngOf(mask: Mask): Promise<Blob> {
  const { width, height, y0 } = mask;
  const lines = new Uint8Array(height * (width + 1)); // each after a 0: as it is
  const { rows, ends } = spansOf(mask);
  for (let row = 0; row < rows.length - 1; row++) {
    const start = (y0 + row) * (width + 1) + 1;
    for (let i = rows[row] ?? 0; i < (rows[row + 1] ?? 0); i += 2) {
      lines.fill(255, start + (ends[i] ?? 0), start + (ends[i + 1] ?? 0));
    }
  }
  const packed = new Blob([lines]).stream().pipeThrough(new CompressionStream("deflate"));
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8; // bits, of one grey channel
  const data = new Uint8Array(await new Response(packed).arrayBuffer());
  const chunks = [chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", new Uint8Array())];
  return new Blob([Uint8Array.from(SIGNATURE), ...chunks], { type: "image/png" });
}

function chunk(name: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(data.length + 12);
  const view = new DataView(made.buffer);
  view.setUint32(0, data.length);
  made.set(new TextEncoder().encode(name), 4);
  made.set(data, 8);
  let crc = 0xffffffff;
  for (const byte of made.subarray(4, -4)) crc = (CRC[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  view.setUint32(data.length + 8, ~crc >>> 0);
  return made;
}
