// The page's code as small as every saved notebook may carry it: deflated, with a few lines that unpack it in the
// browser and load what they hold, nothing else. No bundler in here.
import { deflateRawSync } from "node:zlib";

const HEAD = "// Built from js/ by `npm run build`: read it and change it there.\n";
const BEGIN = 'const packed="';

/** Code of an ES module with a default export -> one of the same that unpacks itself. */
export function pack(code) {
  const data = deflateRawSync(Buffer.from(code, "utf8"), { level: 9 }).toString("base64");
  // As anywidget loads a module: from a blob; where a host forbids that, from a data: address.
  return `${HEAD}${BEGIN}${data}";
const bytes=Uint8Array.from(atob(packed),(c)=>c.charCodeAt(0));
const stream=new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
const code=await new Response(stream).text();
const url=URL.createObjectURL(new Blob([code],{type:"text/javascript"}));
const load=(from)=>import(from);
const module=await load(url).catch(()=>load("data:text/javascript,"+encodeURIComponent(code)));
URL.revokeObjectURL(url);
export default module.default;
`;
}
