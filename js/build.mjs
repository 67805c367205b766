// Builds the front end into sam_widget/widget/static (or --out FOLDER); --serve shows the dev page.
// Made small, since every saved notebook carries it. Nothing here may reach the network.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";
import { pack } from "./pack.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const outFlag = process.argv.indexOf("--out");
const out =
  outFlag > 0 && process.argv[outFlag + 1]
    ? resolve(process.argv[outFlag + 1])
    : join(here, "..", "sam_widget", "widget", "static");

/** Puts a script or a sheet, built by itself, into a bundle as text: `import text from "inline:src/some.ts"`. */
const inline = {
  name: "inline",
  setup(bundle) {
    bundle.onResolve({ filter: /^inline:/ }, ({ path }) => ({
      path: path.slice("inline:".length),
      namespace: "inline",
    }));
    bundle.onLoad({ filter: /.*/, namespace: "inline" }, async ({ path }) => {
      const { banner: _, entryPoints: __, ...plain } = shipped;
      const format = path.endsWith(".css") ? {} : { format: "iife" };
      const built = await build({ ...plain, ...format, entryPoints: [path], write: false });
      return { contents: built.outputFiles[0].text, loader: "text" };
    });
  },
};

/** @type {import("esbuild").BuildOptions} */
const shipped = {
  absWorkingDir: here,
  entryPoints: { channel: "src/channel.ts" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: { js: "// Built from js/ by `npm run build`: read it and change it there." },
  logLevel: "warning",
};

if (process.argv.includes("--serve")) {
  const dev = await context({
    absWorkingDir: here,
    entryPoints: { dev: "dev/dev.ts" },
    outdir: join(here, "dev", "built"),
    bundle: true,
    format: "esm",
    target: "es2022",
    sourcemap: "inline",
    write: false, // served from memory
    logLevel: "info",
  });
  const { port } = await dev.serve({ servedir: here, host: "127.0.0.1" });
  console.log(`http://127.0.0.1:${port}/dev/index.html`);
} else {
  mkdirSync(out, { recursive: true });
  await build(shipped);
  const { banner: _, ...plain } = shipped;
  await build({ ...plain, entryPoints: { widget: "src/style.css" } });
  const code = await build({ ...plain, entryPoints: { widget: "src/index.ts" }, write: false });
  writeFileSync(join(out, "widget.js"), pack(code.outputFiles[0].text));
  const standalone = { standalone: "src/standalone/index.ts" };
  const page = await build({ ...plain, entryPoints: standalone, plugins: [inline], write: false });
  writeFileSync(join(out, "standalone.js"), pack(page.outputFiles[0].text));
}
