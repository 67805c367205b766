// How the photo and the panel share the room of a cell, in numbers: beside or under each other, and how wide. No
// element is known here.
import { contain, type Size, type Viewport } from "../viewport";

export interface Room {
  readonly view: Viewport; // of the whole photo
  readonly beside: boolean; // the panel is at the photo's side, else under it
  readonly panel: number; // widths in CSS pixels
  readonly frame: number;
  readonly wish: number; // of the frame where nothing limits it: what a row of widgets shares its room by
}

/** From this width on the panel is beside any photo, and from that on beside one that it makes hardly smaller. */
const WIDE = 640;
const BESIDE = 400;
const HARDLY = 0.8;
/** The panel takes what a photo leaves that is high and not wide, up to here: pictures and names grow with it. */
const PANEL: readonly [number, number] = [224, 340];
/** What the toolbar takes; and what no cell is taken to be narrower than. */
const TOOLBAR = 520;
const LEAST: Size = { width: 200, height: 80 };
/** A panorama is no reason to press what stands beside the widget. */
const MOST_WISH = 1200;
const BORDER = 2;

/** Shares out the width that a cell has, and the height that a photo may take (CSS pixels). */
export function roomOf(image: Size, given: Size, ratio: number): Room {
  const width = Math.max(LEAST.width, given.width);
  const height = Math.max(LEAST.height, given.height);
  const [least, most] = PANEL;
  const within = (room: number): Viewport =>
    contain(image, { width: Math.max(1, room - BORDER), height }, ratio);
  const [above, left] = [within(width), within(width - least)];
  const wish = Math.ceil(within(MOST_WISH - least).css.width) + least + BORDER;
  const beside = width >= WIDE || (width >= BESIDE && left.css.width >= HARDLY * above.css.width);
  if (!beside) return { view: above, beside, panel: width - BORDER, frame: width, wish };
  const panel = Math.min(most, Math.max(least, Math.floor(width - BORDER - left.css.width)));
  const frame = Math.min(width, Math.max(TOOLBAR, Math.ceil(left.css.width + panel + BORDER)));
  return { view: left, beside, panel, frame, wish };
}
