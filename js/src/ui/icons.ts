// The icons: 16 x 16 line drawings, made for this widget. Drawings only.
export const ICONS = {
  point: `<circle cx="8" cy="8" r="5.75"/><path d="M8 5.4v5.2M5.4 8h5.2"/>`,
  negative: `<circle cx="8" cy="8" r="5.75"/><path d="M5.4 8h5.2"/>`,
  box: `<path d="M4.5 3.5h7M4.5 12.5h7M3.5 4.5v7M12.5 4.5v7" stroke-dasharray="2.2 1.4"/><path class="sam-solid" d="M2.2 2.2h2.6v2.6H2.2zM11.2 2.2h2.6v2.6h-2.6zM2.2 11.2h2.6v2.6H2.2zM11.2 11.2h2.6v2.6h-2.6z"/>`,
  undo: `<path d="M5.6 2.9 2.8 5.7l2.8 2.8"/><path d="M3.2 5.7h6.1a3.7 3.7 0 0 1 0 7.4H6"/>`,
  redo: `<path d="m10.4 2.9 2.8 2.8-2.8 2.8"/><path d="M12.8 5.7H6.7a3.7 3.7 0 0 0 0 7.4H10"/>`,
  clear: `<path d="m4 4 8 8M12 4l-8 8"/>`,
  accept: `<path d="m3.2 8.6 3.2 3.2 6.4-7.2"/>`,
  eye: `<path d="M1.6 8S4 3.6 8 3.6 14.4 8 14.4 8 12 12.4 8 12.4 1.6 8 1.6 8Z"/><circle cx="8" cy="8" r="2"/>`,
  minus: `<path d="M4 8h8"/>`,
  plus: `<path d="M8 4v8M4 8h8"/>`,
  ready: `<circle class="sam-solid" cx="8" cy="8" r="4"/>`,
  busy: `<circle cx="8" cy="8" r="5" opacity=".25"/><path d="M8 3a5 5 0 0 1 5 5"/>`,
  error: `<path d="M8 2.6 14 13H2Z"/><path d="M8 6.6v3M8 11.2v.1"/>`,
  broken: `<path d="M6.6 9.4a2.5 2.5 0 0 1 0-3.5l.6-.6M9.4 6.6a2.5 2.5 0 0 1 0 3.5l-.6.6M4 4 2.6 2.6M12 12l1.4 1.4"/>`,
} as const;
