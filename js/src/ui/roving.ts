// Arrow keys in a row of buttons, as ARIA's toolbar pattern has it: Tab reaches one of them, arrows lead to the others.
// What the buttons do is not known here.

/** Where a key leads from a place among so many; null where the key is none of the row's. */
export function stepOf(key: string, at: number, count: number): number | null {
  const steps: { readonly [key: string]: number } = {
    ArrowRight: (at + 1) % count,
    ArrowLeft: (at - 1 + count) % count,
    Home: 0,
    End: count - 1,
  };
  return count === 0 ? null : (steps[key] ?? null);
}

/** Listens until the signal aborts; what it returns keeps Tab right after buttons were hidden or disabled. */
export function roving(row: HTMLElement, signal: AbortSignal): () => void {
  const buttons = (): HTMLButtonElement[] =>
    [...row.querySelectorAll("button")].filter((one) => !one.disabled && !one.hidden);
  let reached: HTMLButtonElement | null = null;
  const refresh = (): void => {
    const free = buttons();
    if (reached === null || !free.includes(reached)) reached = free[0] ?? null;
    for (const one of row.querySelectorAll("button")) {
      const index = one === reached ? 0 : -1;
      if (one.tabIndex !== index) one.tabIndex = index;
    }
  };
  row.addEventListener(
    "focusin",
    ({ target }) => {
      if (target instanceof HTMLButtonElement) reached = target;
      refresh();
    },
    { signal },
  );
  row.addEventListener(
    "keydown",
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const free = buttons();
      const at = free.indexOf(event.target as HTMLButtonElement);
      const to = at < 0 ? null : stepOf(event.key, at, free.length);
      if (to === null) return;
      event.preventDefault();
      event.stopPropagation(); // to the photo it means something else
      free[to]?.focus({ preventScroll: true });
    },
    { signal },
  );
  return refresh;
}
