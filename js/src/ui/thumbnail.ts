// One small picture: the photo cropped round a mask, what is outside veiled, the mask outlined.
// Draws on the canvas it is given; knows no candidates and no store.
import type { Shape } from "../gallery";
import type { Mask } from "../masks";
import { css, type Rgb } from "../paint";
import type { Size } from "../viewport";

interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Room round the mask, as a share of its longer side. */
const MARGIN = 0.16;

/** The part of the image (image pixels) that shows the mask with some room, in the shape of `room`. */
export function cropOf(mask: Mask, room: Size): Crop {
  const empty = mask.x1 <= mask.x0 || mask.y1 <= mask.y0;
  const box = empty ? { x0: 0, y0: 0, x1: mask.width, y1: mask.height } : mask;
  const margin = empty ? 0 : MARGIN * Math.max(box.x1 - box.x0, box.y1 - box.y0) + 2;
  const shape = room.width / room.height;
  let width = box.x1 - box.x0 + 2 * margin;
  let height = box.y1 - box.y0 + 2 * margin;
  if (width / height < shape) width = height * shape;
  else height = width / shape;
  const shrink = Math.min(1, mask.width / width, mask.height / height);
  if (shrink < 1) {
    // Larger than the image: as much of the mask as an image-sized crop of this shape can hold.
    width *= shrink;
    height *= shrink;
  }
  const x = (box.x0 + box.x1 - width) / 2;
  const y = (box.y0 + box.y1 - height) / 2;
  return {
    x: Math.min(mask.width - width, Math.max(0, x)),
    y: Math.min(mask.height - height, Math.max(0, y)),
    width,
    height,
  };
}

export function drawThumbnail(
  canvas: HTMLCanvasElement,
  photo: ImageBitmap,
  shape: Pick<Shape, "mask" | "lines">,
  color: Rgb,
  ratio: number,
): void {
  const room = { width: canvas.clientWidth || 76, height: canvas.clientHeight || 62 };
  canvas.width = Math.round(room.width * ratio);
  canvas.height = Math.round(room.height * ratio);
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { mask } = shape;
  const crop = cropOf(mask, room);
  const scale = canvas.width / crop.width;
  const across = photo.width / mask.width; // the photo shown may be smaller than the image
  const down = photo.height / mask.height;
  context.imageSmoothingQuality = "high";
  context.imageSmoothingEnabled = scale < 4;
  context.drawImage(
    photo,
    crop.x * across,
    crop.y * down,
    crop.width * across,
    crop.height * down,
    0,
    0,
    canvas.width,
    canvas.height,
  );
  const there = new DOMMatrix([scale, 0, 0, scale, -crop.x * scale, -crop.y * scale]);
  const [path, bold] = [new Path2D(), new Path2D()];
  const lines = shape.lines(1 / scale);
  path.addPath(lines.path, there);
  bold.addPath(lines.bold, there);
  const outside = new Path2D(path);
  outside.rect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "rgb(12 16 22 / 0.58)";
  context.fill(outside, "evenodd");
  context.lineJoin = "round";
  context.lineWidth = 3 * ratio;
  context.strokeStyle = "rgb(255 255 255 / 0.95)";
  context.stroke(bold);
  context.lineWidth = 1.5 * ratio;
  context.strokeStyle = css(color);
  context.stroke(bold);
}
