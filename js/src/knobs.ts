// The traits that a person turns, in Python or in the page, as a view reads them. What carries them is not known here.
import type { Borrowed } from "./borrowed";
import type { ToolName } from "./kinds";
import type { Lent } from "./layer";
import type { Shortcuts } from "./ui/bindings";
import type { Theme } from "./ui/theme";
import type { ColorBy, Overlap } from "./ui/ways";

/** The traits that a view reads; what keys and sliders turn is also set here. */
export interface KnobValues {
  readonly height: number; // CSS pixels, the most that the photo may take
  readonly tool: ToolName;
  readonly theme: Theme;
  readonly opacity: number; // 0 to 1
  readonly feed_back: boolean; // whether an answer's logits go in with the next click
  readonly shortcuts: Shortcuts; // the person's own keys
  readonly hover: boolean; // whether a mask is shown before the click
  readonly turbo: boolean; // whether each click is an object
  readonly overlap: Overlap; // what becomes of an object that is accepted and lies on others
  readonly color_by: ColorBy;
  readonly labels: readonly string[]; // that are offered
  readonly hidden: readonly string[]; // ids of objects that are not shown
  readonly overlay: Lent | null; // another widget's canvas over the photo
  readonly still: DataView | null; // the picture that a saved notebook holds
}

export interface Knobs {
  get<K extends keyof KnobValues>(name: K): KnobValues[K];
  set<K extends keyof KnobValues>(name: K, value: KnobValues[K]): void;
  /** The canvas of another widget's model; null where the host lends none. */
  borrow(id: string): Promise<Borrowed | null>;
  onChange(names: readonly (keyof KnobValues)[], listener: () => void): void;
}
