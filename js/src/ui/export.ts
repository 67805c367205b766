// Export: a button in the footer, the formats behind it, and what came of the last one: where it went, what it lost.
// Shows what it is given and says which format was asked for; nothing is written here.
import type { Export, Exported } from "../protocol";
import { t } from "../words/words";
import { h, icon, setAttribute, setText } from "./dom";
import { ICONS } from "./icons";

export type Format = Export["format"];

export interface ExportState {
  readonly free: boolean; // something can be exported now
  readonly under: Format | null; // the kernel is at it
  readonly done: Exported | null;
}

/** By name, as `w.export` takes it, with who reads it. */
const FORMATS: readonly (readonly [Format, string, string])[] = [
  ["sa1b", "SA-1B", t("JSON as of Segment Anything, exact")],
  ["coco", "COCO", t("one JSON of all, exact")],
  ["labelme", "labelme", t("a JSON a photo, masks")],
  ["geojson", "GeoJSON", t("polygons, for maps")],
  ["yolo", "YOLO", t("polygons, for training")],
  ["voc", "Pascal VOC", t("PNGs of classes and objects")],
  ["label_image", t("label image"), t("a number a pixel, PNG or TIFF")],
  ["npz", "NumPy", t(".npz, exact")],
  ["cutouts", t("cut-outs"), t("a PNG an object, with alpha")],
];

export function exportControl(
  ask: (format: Format) => void,
  signal: AbortSignal,
): { element: HTMLElement; update(state: ExportState): void } {
  const name = t("Export what is accepted");
  const button = h("button", {
    type: "button",
    class: "sam-export-button",
    "data-action": "export",
    "aria-label": name,
    title: name,
    "aria-expanded": "false",
  });
  button.append(icon(ICONS.export), h("span", {}, t("export")));
  const rows = FORMATS.map(([format, called, what]) => {
    const row = h("button", { type: "button", class: "sam-export-row", "data-format": format });
    row.append(h("strong", {}, called), h("span", {}, what));
    row.addEventListener("click", () => state?.free && state.under === null && ask(format), {
      signal,
    });
    return row;
  });
  const list = h("div", { class: "sam-export-list" }, ...rows);
  const said = h("p", { class: "sam-export-said", role: "status" });
  const sheet = h("div", { class: "sam-export-sheet", role: "group", "aria-label": name });
  sheet.append(list, said);
  sheet.hidden = true;
  const element = h("div", { class: "sam-export" }, button, sheet);
  let state: ExportState | null = null;
  const show = (open: boolean): void => {
    sheet.hidden = !open;
    setAttribute(button, "aria-expanded", open ? "true" : "false");
  };
  button.addEventListener("click", () => show(sheet.hidden !== false), { signal });
  sheet.addEventListener(
    "keydown",
    (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const at = rows.indexOf(event.target as HTMLButtonElement);
      if (event.key === "Escape") {
        show(false);
        button.focus();
      } else if (by !== undefined && at >= 0) {
        rows[(at + by + rows.length) % rows.length]?.focus();
      } else return;
      event.preventDefault();
      event.stopPropagation(); // to the photo these mean something else
    },
    { signal },
  );
  element.addEventListener(
    "focusout",
    ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) show(false);
    },
    { signal },
  );
  return {
    element,
    update(now) {
      state = now;
      // Not `disabled`: a button that has the focus would lose it, and the sheet would close.
      for (const row of rows) {
        setAttribute(row, "aria-disabled", !now.free || now.under !== null ? "true" : null);
        setAttribute(row, "aria-busy", row.dataset.format === now.under ? "true" : null);
      }
      setText(said, saidOf(now));
      setAttribute(said, "data-failed", now.under === null && (now.done?.why ?? "") !== "");
    },
  };
}

/** What stands under the formats. */
export function saidOf({ free, under, done }: ExportState): string {
  if (under !== null) return t("Writing…");
  if (done === null)
    return free ? t("Into a new folder where the kernel works.") : t("Accept a mask first.");
  return lossOf(done).join(" ");
}

/** Where it went and what it lost, in sentences. */
export function lossOf(done: Exported): string[] {
  const { where, why, objects, images, changed, unsaid, notes } = done;
  if (why !== "") return [why];
  const counts = { objects, images, changed, iou: done.mean_iou.toFixed(4) };
  return [
    t("Written to {where}.", { where }),
    changed === 0
      ? t("Objects: {objects}, photos: {images}; every mask to the pixel.", counts)
      : t("Objects: {objects}, photos: {images}; changed: {changed}, mean IoU {iou}.", counts),
    ...(unsaid.length > 0 ? [t("It has no room for: {what}.", { what: unsaid.join(", ") })] : []),
    ...notes,
  ];
}
