// How a fill lies on the photo, so that fur and grain under it stay readable, on a black cat and on snow: most of it
// changes the hue and not the light (CSS `mix-blend-mode: color` on the overlay), a thin veil of it is seen where there
// is no light to colour. `widget/stills.py` paints the same. Numbers only.

export interface Blend {
  readonly hue: number; // of the fill that leaves the light as it is, 0 to 1
  readonly veil: number; // of the fill that covers
}

/** What a person's opacity comes to: 1 covers all, as it says. */
export function blendOf(opacity: number): Blend {
  return { hue: Math.min(1, 1.6 * opacity), veil: opacity ** 2.5 };
}
