// Light or dark: what the trait says, else what the host shows, else what the system prefers.

export type Theme = "auto" | "light" | "dark";

/** Keeps `data-theme` and `data-host` of the root right until the signal aborts. Returns the refresher. */
export function followTheme(
  root: HTMLElement,
  theme: () => Theme,
  signal: AbortSignal,
): () => void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const refresh = (): void => {
    const wanted = theme();
    const host = wanted === "auto" ? hostOf(document.body) : null;
    root.dataset.host = host?.name ?? "none";
    root.dataset.theme =
      host?.theme ?? (wanted === "auto" ? (system.matches ? "dark" : "light") : wanted);
  };
  system.addEventListener("change", refresh, { signal });
  const watcher = new MutationObserver(refresh);
  watcher.observe(document.body, {
    attributes: true,
    attributeFilter: ["class", "data-jp-theme-light", "data-vscode-theme-kind"],
  });
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
  signal.addEventListener("abort", () => watcher.disconnect(), { once: true });
  refresh();
  return refresh;
}

function hostOf(body: HTMLElement): { name: string; theme: "light" | "dark" } | null {
  const jupyter = body.dataset.jpThemeLight;
  if (jupyter !== undefined) {
    return { name: "jupyter", theme: jupyter === "false" ? "dark" : "light" };
  }
  const kind = body.dataset.vscodeThemeKind;
  if (kind !== undefined) {
    return { name: "vscode", theme: kind.includes("light") ? "light" : "dark" };
  }
  // Sites of MyST and many others say it on the page as a whole.
  const theme = (["dark", "light"] as const).find((each) =>
    body.ownerDocument.documentElement.classList.contains(each),
  );
  return theme === undefined ? null : { name: "site", theme };
}
