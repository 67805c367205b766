// What `build.mjs` puts into the bundle as text: a script or a sheet, built by itself.
declare module "inline:*" {
  const text: string;
  export default text;
}
