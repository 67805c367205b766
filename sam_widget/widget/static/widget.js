// Built from js/ by `npm run build`. Change it there.

// src/channel.ts
function wireOf(model) {
  return {
    send: (content, buffers) => model.send(content, void 0, buffers),
    listen(listener, signal) {
      model.on("msg:custom", listener);
      signal.addEventListener("abort", () => model.off("msg:custom", listener), { once: true });
    }
  };
}

// src/document.ts
var EMPTY = /* @__PURE__ */ new Map();
var CANDIDATES = 3;
function documentOf(records) {
  return new Map(Object.entries(records));
}
function editOf(put, drop = []) {
  return { put: Object.fromEntries(put.map((record) => [record.id, record])), drop, group: null };
}
function apply(document2, edit) {
  const next = new Map(document2);
  for (const id of edit.drop) next.delete(id);
  for (const [id, record] of Object.entries(edit.put)) next.set(id, record);
  return next;
}
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
var scenes = /* @__PURE__ */ new WeakMap();
function sceneOf(document2) {
  let scene = scenes.get(document2);
  if (scene === void 0) {
    scene = read(document2);
    scenes.set(document2, scene);
  }
  return scene;
}
function read(document2) {
  let image = null;
  const objects = [];
  const prompts = /* @__PURE__ */ new Map();
  const answers = /* @__PURE__ */ new Map();
  const blobs = /* @__PURE__ */ new Set();
  for (const record of document2.values()) {
    if (record.type === "image") image = record;
    else if (record.type === "object") objects.push(record);
    else if (record.type === "answer") file(answers, record);
    else file(prompts, record);
    for (const hash of blobsOf(record)) blobs.add(hash);
  }
  objects.sort((a, b) => a.order - b.order);
  const things = objects.map((object, i) => {
    const asked = prompts.get(object.id) ?? NONE;
    const answer = trueTo(asked, answers.get(object.id) ?? NONE);
    return { object, prompts: asked, answer, number: i + 1 };
  });
  const open = things.find(({ object }) => !object.locked) ?? null;
  const last = open && open.prompts.length > 0 ? answers.get(open.object.id)?.at(-1) : null;
  return {
    image,
    objects,
    accepted: things.filter(({ object }) => object.locked),
    open: open?.object ?? null,
    prompts: open?.prompts ?? NONE,
    answer: open?.answer ?? null,
    stale: open?.answer ? null : last ?? null,
    blobs
  };
}
var NONE = [];
function file(drawers, record) {
  const drawer = drawers.get(record.object);
  if (drawer === void 0) drawers.set(record.object, [record]);
  else drawer.push(record);
}
function trueTo(prompts, answers) {
  if (prompts.length === 0) return null;
  const to = ({ of }) => of.length === prompts.length && of.every((id, i) => id === prompts[i]?.id);
  return answers.find(to) ?? null;
}
var AFFIRMS = {
  point: ({ positive }) => positive,
  box: () => true,
  mask: () => true
};
function affirmed(prompts) {
  return prompts.some((prompt) => AFFIRMS[prompt.type](prompt));
}
function chosenOf(object, answer) {
  const choice = object.choice ?? answer.best;
  return Math.min(Math.max(0, choice), answer.candidates.length - 1);
}
var BLOBS = {
  image: ({ source }) => [source],
  object: () => [],
  point: () => [],
  box: () => [],
  mask: ({ blob, logits }) => logits === null ? [blob] : [blob, logits],
  answer: ({ candidates }) => candidates.map(({ blob }) => blob)
};
function blobsOf(record) {
  return BLOBS[record.type](record);
}
function masksOf({ accepted, prompts, answer, stale }) {
  const hashes = new Set(prompts.flatMap(blobsOf));
  for (const { object, answer: answer2 } of accepted) {
    const candidate = answer2?.candidates[chosenOf(object, answer2)];
    if (candidate !== void 0) hashes.add(candidate.blob);
  }
  for (const { blob } of (answer ?? stale)?.candidates ?? NONE) hashes.add(blob);
  return hashes;
}

// src/link.ts
var PATIENCE = 2e3;
var SILENT_AFTER = 2;
var DOUBLINGS = 4;
var Link = class {
  #store;
  #wire;
  #timer = null;
  #unanswered = 0;
  #doubted = false;
  #closed = false;
  /** Says hello at once; ends with the signal. */
  constructor(store, wire, signal) {
    this.#store = store;
    this.#wire = wire;
    wire.listen((content, buffers) => this.#receive(content, buffers), signal);
    store.onSay((said) => this.#send(said), signal);
    signal.addEventListener("abort", () => this.#stop(), { once: true });
    this.ask();
  }
  /** Says hello; the kernel answers with a snapshot, after which what is pending is sent again. */
  ask() {
    if (this.#closed) return;
    this.#say(this.#store.hello());
    this.#watch();
  }
  /** The host says that the kernel's end may be gone: ask, and take silence for a yes. */
  doubt() {
    this.#doubted = true;
    this.ask();
  }
  /** The kernel at the other end is no more: nothing will be sent again. */
  gone() {
    this.#stop();
    this.#store.setContact("gone");
  }
  #stop() {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
  #send(said) {
    if (this.#closed || this.#store.asking && said.type !== "retry") return;
    this.#say(said);
    if (this.#timer === null) this.#watch();
  }
  /** A comm that is dead throws. */
  #say(message) {
    if (this.#closed) return;
    try {
      this.#wire.send(message, this.#store.bytesOf(message));
    } catch {
      this.gone();
    }
  }
  #receive(content, buffers) {
    if (this.#closed || !isMessage(content)) return;
    const bytes = buffers.map(
      (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    );
    const taken = this.#store.receive(content, bytes);
    if (content.type !== "blobs") this.#unanswered = 0;
    this.#doubted = false;
    this.#store.setContact("open");
    if (taken === "gap") {
      if (!this.#store.asking) this.ask();
      return;
    }
    if (taken === "taken") this.#follow(content);
    this.#watch();
  }
  /** What a message that was taken calls for. */
  #follow(message) {
    if (message.type === "snapshot") for (const step of this.#store.pending) this.#say(step);
    if (message.type === "snapshot" || message.type === "patch") this.#need();
  }
  #need() {
    const blobs = this.#store.asking ? [] : this.#store.missing();
    if (blobs.length > 0) this.#say({ type: "need", client: this.#store.client, blobs });
  }
  /** Restarts the clock while anything is unanswered. */
  #watch() {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#closed) return;
    const waits = this.#store.asking || this.#store.pending.length > 0;
    if (!waits && this.#store.missing().length === 0) return;
    const wait = PATIENCE * 2 ** Math.min(this.#unanswered, DOUBLINGS);
    this.#timer = setTimeout(() => {
      this.#unanswered += 1;
      const silent = waits && this.#unanswered >= SILENT_AFTER;
      if (silent && this.#doubted) return this.gone();
      if (silent) this.#store.setContact("silent");
      if (waits) this.ask();
      else this.#need();
      this.#watch();
    }, wait);
  }
};
function isMessage(content) {
  return typeof content === "object" && content !== null && "type" in content;
}

// src/pulse.ts
var BEAT = 1e3;
function isDead(manager) {
  if (typeof manager !== "object" || manager === null || !("kernel" in manager)) return false;
  const { kernel } = manager;
  return !kernel || kernel.isDisposed === true || kernel.status === "dead";
}
function watchPulse(model, died, signal) {
  let lived = false;
  const timer = setInterval(() => {
    if (document.visibilityState === "hidden") return;
    const dead = isDead(model.widget_manager);
    if (!dead) lived = true;
    else if (lived) {
      clearInterval(timer);
      died();
    }
  }, BEAT);
  signal.addEventListener("abort", () => clearInterval(timer), { once: true });
}

// src/saved.ts
var SILENCE = 2e3;
function idOf(model) {
  return String(model.get("channel") ?? "").replace("anywidget:", "");
}
async function isOrphan(model) {
  const manager = model.widget_manager;
  if (manager?.get_model === void 0) return false;
  try {
    const child = await manager.get_model(idOf(model));
    return child.comm_live === false;
  } catch {
    return true;
  }
}
function stillOf(still) {
  if (still === null || still === void 0 || still.byteLength === 0) return null;
  const bytes = new Uint8Array(still.buffer, still.byteOffset, still.byteLength);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:image/webp;base64,${btoa(text)}`;
}
function hideBeside(model, signal) {
  const id = idOf(model);
  if (signal.aborted || !/^\w+$/.test(id)) return;
  const style = document.createElement("style");
  const output = `.jp-OutputArea-child:has(.sam-saved-${id}):not(:has(.jp-OutputArea-child))`;
  style.textContent = `.sam-saved-${id}, ${output} { display: none; }`;
  document.head.append(style);
  signal.addEventListener("abort", () => style.remove(), { once: true });
}

// src/protocol.ts
var PROTOCOL = 3;
var SINGLE = {
  point: false,
  box: true,
  mask: true
};

// src/store.ts
var Store = class {
  client;
  version = -1;
  // none yet
  confirmed = EMPTY;
  canUndo = false;
  canRedo = false;
  status = null;
  contact = "waiting";
  error = null;
  /** The bytes of what the document mentions, by content hash. */
  blobs = /* @__PURE__ */ new Map();
  #pending = [];
  #waiting = [];
  // what is done once an undo under way has shown its effect
  #shown = EMPTY;
  #seq = 0;
  #call = 0;
  #asking = false;
  #changed = /* @__PURE__ */ new Set();
  #said = /* @__PURE__ */ new Set();
  constructor(client) {
    this.client = client;
  }
  /** Confirmed and pending together: what views show. The same value until something changes. */
  get shown() {
    if (this.#shown === null) {
      this.#shown = this.#pending.reduce(
        (document2, step) => step.type === "push" ? apply(document2, step.edit) : document2,
        this.confirmed
      );
    }
    return this.#shown;
  }
  /** Steps that wait for the kernel, oldest first. */
  get pending() {
    return this.#pending;
  }
  /** Makes an edit, with the blobs that its prompts bring along, by their names. */
  push(edit, brought = /* @__PURE__ */ new Map()) {
    const { client, version } = this;
    for (const [hash, bytes] of brought) this.blobs.set(hash, bytes);
    const blobs = [...brought.keys()];
    this.#step({ type: "push", client, seq: ++this.#seq, edit, version, blobs });
  }
  /** The bytes that ride with something this page says, in the order of the blobs that it names. */
  bytesOf(said) {
    if (said.type !== "push") return [];
    return said.blobs.map((hash) => this.blobs.get(hash) ?? new Uint8Array());
  }
  /** Pushes what `make` makes of the shown document: at once, or when an undo under way has shown its effect. */
  act(make) {
    this.#inTurn(this.#unsure, () => {
      const edit = make(this.shown);
      if (edit !== null) this.push(edit);
    });
  }
  undo() {
    this.#inTurn(false, () => this.#step({ type: "undo", client: this.client, seq: ++this.#seq }));
  }
  redo() {
    this.#inTurn(false, () => this.#step({ type: "redo", client: this.client, seq: ++this.#seq }));
  }
  /** Whether something is under way that may leave a step to undo, or to redo. */
  get underWay() {
    return this.#pending.length > 0 || this.#waiting.length > 0;
  }
  /** Whether an undo or redo is under way: what it does, the kernel knows. */
  get #unsure() {
    return this.#pending.some((step) => step.type !== "push");
  }
  /** Asks that the model try again what it failed with. Not a step: nobody waits for it. */
  retry() {
    this.#say({ type: "retry", client: this.client });
  }
  /** Takes a message of the kernel; its buffers are the bytes of the blobs it names, in that order. */
  receive(message, buffers) {
    if ("to" in message && message.to !== null && message.to !== this.client) return "ignored";
    if ("blobs" in message) {
      message.blobs.forEach((hash, i) => {
        const bytes = buffers[i];
        if (bytes !== void 0) this.blobs.set(hash, bytes);
      });
    }
    const taken = this.#take(message);
    if (taken === "taken") {
      if ("blobs" in message) this.#letGo();
      while (this.#waiting.length > 0 && !this.#unsure) this.#waiting.shift()?.();
      this.#tell();
    }
    return taken;
  }
  /** The question for a snapshot; only the one that answers the latest question will be taken. */
  hello() {
    const { client, version } = this;
    this.#asking = true;
    const seq = (this.#pending[0]?.seq ?? this.#seq + 1) - 1;
    return { type: "hello", client, call: ++this.#call, seq, version, protocol: PROTOCOL };
  }
  /** Whether a question is open. */
  get asking() {
    return this.#asking;
  }
  /** Content hashes that the shown document mentions and whose bytes never came. */
  missing() {
    return [...sceneOf(this.shown).blobs].filter((hash) => !this.blobs.has(hash));
  }
  /** Whether no kernel is at the other end: nothing can be done. */
  get ended() {
    return this.contact === "gone" || this.contact === "saved";
  }
  setContact(contact) {
    if (this.contact === contact) return;
    if (this.contact === "saved" && contact === "silent") return;
    this.contact = contact;
    if (this.ended) this.#waiting = [];
    this.#tell();
  }
  setError(error) {
    if (this.error === error) return;
    this.error = error;
    this.#tell();
  }
  /** Calls the listener after every change, until the signal aborts. */
  onChange(listener, signal) {
    listen(this.#changed, listener, signal);
  }
  /** Calls the listener with what this page says, every new step in order, until the signal aborts. */
  onSay(listener, signal) {
    listen(this.#said, listener, signal);
  }
  /** Does it now, or after what waits already. */
  #inTurn(wait, work) {
    if (wait || this.#waiting.length > 0) this.#waiting.push(work);
    else work();
  }
  #step(step) {
    this.#pending = [...this.#pending, step];
    this.#shown = null;
    this.error = null;
    this.#say(step);
    this.#tell();
  }
  #say(said) {
    for (const listener of [...this.#said]) listener(said);
  }
  #take(message) {
    switch (message.type) {
      case "snapshot":
        return this.#takeSnapshot(message);
      case "patch":
        return this.#takePatch(message);
      case "reject":
        this.#settle((step) => step.seq === message.seq);
        this.error = message.why;
        return "taken";
      case "status":
        this.status = message;
        return "taken";
      case "blobs":
        return "taken";
      default:
        return "ignored";
    }
  }
  #takeSnapshot(snapshot) {
    if (!this.#asking || snapshot.call !== this.#call) return "ignored";
    this.#asking = false;
    this.#settle((step) => step.seq <= snapshot.seq);
    this.version = snapshot.version;
    this.confirmed = documentOf(snapshot.document);
    this.canUndo = snapshot.can_undo;
    this.canRedo = snapshot.can_redo;
    this.status = snapshot.status;
    this.#shown = null;
    return "taken";
  }
  #takePatch(patch) {
    if (patch.version <= this.version) return "ignored";
    if (patch.version > this.version + 1 || this.version < 0) return "gap";
    this.version = patch.version;
    this.confirmed = apply(this.confirmed, patch.edit);
    this.canUndo = patch.can_undo;
    this.canRedo = patch.can_redo;
    this.#shown = null;
    const { by } = patch;
    if (by?.client === this.client) this.#settle((step) => step.seq <= by.seq);
    return "taken";
  }
  /** Lets go of the bytes that the document no longer mentions; a patch that puts it back brings them along. */
  #letGo() {
    const sent = this.#pending.flatMap((step) => step.type === "push" ? step.blobs : []);
    const kept = [sceneOf(this.confirmed).blobs, sceneOf(this.shown).blobs, new Set(sent)];
    for (const hash of this.blobs.keys()) {
      if (!kept.some((hashes) => hashes.has(hash))) this.blobs.delete(hash);
    }
  }
  #settle(settled) {
    this.#pending = this.#pending.filter((step) => !settled(step));
    this.#shown = null;
  }
  #tell() {
    for (const listener of [...this.#changed]) listener();
  }
};
function listen(listeners, listener, signal) {
  if (signal.aborted) return;
  listeners.add(listener);
  signal.addEventListener("abort", () => listeners.delete(listener), { once: true });
}

// src/palette.ts
var PALETTE = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [0, 114, 178],
  [213, 94, 0],
  [204, 121, 167]
];

// src/viewport.ts
var FIT = { zoom: 1, x: 0, y: 0 };
var NEAREST = 32;
function contain(image, room, ratio) {
  const scale = Math.min(room.width / image.width, room.height / image.height);
  const device = {
    width: Math.max(1, Math.round(image.width * scale * ratio)),
    height: Math.max(1, Math.round(image.height * scale * ratio))
  };
  const css2 = { width: device.width / ratio, height: device.height / ratio };
  return { image, css: css2, device, ratio, whole: device, left: 0, top: 0 };
}
function look(view, sight) {
  const { image, device } = view;
  const { zoom, x, y } = limited(view, sight);
  const whole = {
    width: Math.round(device.width * zoom),
    height: Math.round(device.height * zoom)
  };
  const offset = (from, of, long, seen) => Math.min(long - seen, Math.max(0, Math.round(from * long / of)));
  return {
    ...view,
    whole,
    left: offset(x, image.width, whole.width, device.width),
    top: offset(y, image.height, whole.height, device.height)
  };
}
function limited(view, { zoom, x, y }) {
  const { image } = view;
  const within2 = Math.min(nearest(view), Math.max(1, zoom));
  const from = (place, side) => Math.min(side - side / within2, Math.max(0, place));
  return { zoom: within2, x: from(x, image.width), y: from(y, image.height) };
}
function nearest({ image, css: css2 }) {
  return Math.max(1, NEAREST * image.width / css2.width);
}
function placeIn({ image, css: css2 }, { zoom, x, y }, place) {
  return {
    x: x + place.x * image.width / (css2.width * zoom),
    y: y + place.y * image.height / (css2.height * zoom)
  };
}
function zoomed(view, sight, factor, at) {
  const { zoom } = limited(view, { ...sight, zoom: sight.zoom * factor });
  const kept = sight.zoom / zoom;
  return limited(view, {
    zoom,
    x: at.x - (at.x - sight.x) * kept,
    y: at.y - (at.y - sight.y) * kept
  });
}
function panned(view, sight, from, to) {
  return limited(view, { ...sight, x: sight.x + from.x - to.x, y: sight.y + from.y - to.y });
}
function middle(view) {
  return toImage(view, { x: view.css.width / 2, y: view.css.height / 2 });
}
function scaleOf({ image, whole }) {
  return { x: whole.width / image.width, y: whole.height / image.height };
}
function toImage(view, place) {
  return {
    x: (place.x * view.ratio + view.left) * view.image.width / view.whole.width,
    y: (place.y * view.ratio + view.top) * view.image.height / view.whole.height
  };
}
function toScreen(view, place) {
  const { x, y } = toDevice(view, place);
  return { x: x / view.ratio, y: y / view.ratio };
}
function toDevice(view, place) {
  return {
    x: place.x * view.whole.width / view.image.width - view.left,
    y: place.y * view.whole.height / view.image.height - view.top
  };
}
function clamp(image, place) {
  return {
    x: Math.min(image.width, Math.max(0, place.x)),
    y: Math.min(image.height, Math.max(0, place.y))
  };
}
function edges(image, whole, start = 0, count = whole) {
  const first = new Uint32Array(image + 1);
  let next = 0;
  for (let d = 0; d < count; d++) {
    const pixel = Math.floor((start + d + 0.5) * image / whole);
    while (next <= pixel) first[next++] = d;
  }
  while (next <= image) first[next++] = count;
  return first;
}

// src/tags.ts
var HEIGHT = 16;
var DIGIT = 6;
var GAP = 2;
var APART = 4;
var HIDDEN = 0.25;
function sizeOf(text) {
  return { width: HEIGHT + DIGIT * (text.length - 1), height: HEIGHT };
}
function placesOf(view, bearers) {
  const scale = scaleOf(view);
  const wearers = bearers.map((bearer, i) => wearerOf(view, bearer, i));
  const most = Math.max(0, ...wearers.map(({ side }) => side.x * side.y));
  const small = wearers.map(({ box: box2 }) => box2).filter((box2) => areaOf(box2) * HIDDEN < most);
  const [objects, numbers] = [new Crowd(view, small), new Crowd(view, [])];
  const free = (tag) => !numbers.some(tag, (other) => shared(tag, other) > 0) && !objects.some(tag, (other) => shared(tag, other) > HIDDEN * areaOf(other));
  const places = bearers.map(() => null);
  for (const { number, tries } of wearers.sort((a, b) => b.area - a.area)) {
    const found = tries.find(free);
    if (found === void 0) continue;
    numbers.add(widened(found, APART * view.ratio));
    const { x, y } = middleOf(found);
    places[number] = { x: x / scale.x, y: y / scale.y };
  }
  return places;
}
function wearerOf(view, { box: box2, area, label, text }, number) {
  const { x, y } = scaleOf(view);
  const { width, height } = sizeOf(text);
  const side = { x: width * view.ratio, y: height * view.ratio };
  const there = { x0: box2.x0 * x, y0: box2.y0 * y, x1: box2.x1 * x, y1: box2.y1 * y };
  const one = { number, area: area * x * y, box: there, side };
  if (label === null) return { ...one, tries: [] };
  const picture = { x0: 0, y0: 0, x1: view.whole.width, y1: view.whole.height };
  if (one.area * HIDDEN >= side.x * side.y) {
    const at = {
      x: inside(label.x * x, side.x, picture.x1),
      y: inside(label.y * y, side.y, picture.y1)
    };
    return { ...one, tries: [around(at, side)] };
  }
  const tries = besides(there, side, GAP * view.ratio);
  return { ...one, tries: tries.filter((tag) => within(tag, picture)) };
}
function inside(middle2, side, end) {
  return Math.max(side / 2, Math.min(end - side / 2, middle2));
}
function middleOf({ x0, y0, x1, y1 }) {
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2 };
}
function around({ x, y }, side) {
  return { x0: x - side.x / 2, y0: y - side.y / 2, x1: x + side.x / 2, y1: y + side.y / 2 };
}
function widened({ x0, y0, x1, y1 }, by) {
  return { x0: x0 - by, y0: y0 - by, x1: x1 + by, y1: y1 + by };
}
function besides(box2, side, gap) {
  const { x0, y0, x1, y1 } = box2;
  const { x, y } = middleOf(box2);
  const [across, down] = [side.x / 2 + gap, side.y / 2 + gap];
  return [
    around({ x, y: y0 - down }, side),
    around({ x: x1 + across, y }, side),
    around({ x, y: y1 + down }, side),
    around({ x: x0 - across, y }, side)
  ];
}
function within(inner, outer) {
  const across = inner.x0 >= outer.x0 && inner.x1 <= outer.x1;
  return across && inner.y0 >= outer.y0 && inner.y1 <= outer.y1;
}
function areaOf({ x0, y0, x1, y1 }) {
  return (x1 - x0) * (y1 - y0);
}
function shared(a, b) {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  return width > 0 && height > 0 ? width * height : 0;
}
var Crowd = class {
  #side;
  #cells = /* @__PURE__ */ new Map();
  constructor({ ratio }, boxes) {
    this.#side = 64 * ratio;
    for (const box2 of boxes) this.add(box2);
  }
  add(box2) {
    for (const cell of this.#of(box2)) {
      const there = this.#cells.get(cell);
      if (there === void 0) this.#cells.set(cell, [box2]);
      else there.push(box2);
    }
  }
  some(near, test) {
    return this.#of(near).some((cell) => this.#cells.get(cell)?.some(test) ?? false);
  }
  #of({ x0, y0, x1, y1 }) {
    const cells = [];
    for (let x = Math.floor(x0 / this.#side); x * this.#side < x1; x++) {
      for (let y = Math.floor(y0 / this.#side); y * this.#side < y1; y++) cells.push(`${x} ${y}`);
    }
    return cells;
  }
};

// src/paint.ts
function colorOf(index) {
  return PALETTE[index % PALETTE.length] ?? [230, 159, 0];
}
var NAMES = ["orange", "sky blue", "green", "yellow", "blue", "vermilion", "pink"];
function colorName(index) {
  const place = index % PALETTE.length;
  return NAMES[place] ?? `colour ${place + 1}`;
}
function css([r, g, b], alpha = 1) {
  return `rgb(${r} ${g} ${b} / ${alpha})`;
}
var SQUARE = 6;
function showsSquares(view) {
  return scaleOf(view).x >= SQUARE * view.ratio;
}
function paintPhoto(context, view, photo) {
  const { device, whole } = view;
  context.clearRect(0, 0, device.width, device.height);
  if (photo === null) return;
  context.imageSmoothingEnabled = !(showsSquares(view) && photo.width >= view.image.width);
  context.imageSmoothingQuality = "high";
  context.drawImage(photo, -view.left, -view.top, whole.width, whole.height);
}
function paintNumbered(stage, lines, tags, { x, y, width, height }) {
  const { context, view } = stage;
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.clearRect(x, y, width, height);
  for (const line of lines) paintLine(context, view, line);
  for (const tag of tags) paintTag(stage, tag);
  context.restore();
}
function paintLines({ context, view }, lines) {
  context.clearRect(0, 0, view.device.width, view.device.height);
  for (const line of lines) paintLine(context, view, line);
}
function pathOf(loops) {
  const path = new Path2D();
  for (const loop of loops) {
    for (let i = 0; i < loop.length; i += 2) {
      if (i === 0) path.moveTo(loop[i] ?? 0, loop[i + 1] ?? 0);
      else path.lineTo(loop[i] ?? 0, loop[i + 1] ?? 0);
    }
    path.closePath();
  }
  return path;
}
function inDevice(view, path) {
  const { x, y } = scaleOf(view);
  const there = new Path2D();
  there.addPath(path, new DOMMatrix([x, 0, 0, y, -view.left, -view.top]));
  return there;
}
function paintLine(context, view, line) {
  const path = inDevice(view, line.path);
  const stroke = (width, style, dash = []) => {
    context.lineWidth = width * view.ratio;
    context.strokeStyle = style;
    context.setLineDash(dash.map((length) => length * view.ratio));
    context.stroke(path);
  };
  context.lineJoin = "round";
  context.lineCap = "butt";
  if (line.stroke === "chosen") {
    stroke(5.5, "rgb(0 0 0 / 0.28)");
    stroke(4, "rgb(255 255 255 / 0.95)");
    stroke(2, css(line.color));
  } else if (line.stroke === "accepted") {
    stroke(2.6, "rgb(255 255 255 / 0.8)");
    stroke(1.4, css(line.color));
  } else {
    stroke(3, "rgb(0 0 0 / 0.5)");
    stroke(1.6, "rgb(255 255 255)", [5, 4]);
  }
  context.setLineDash([]);
}
function paintTag({ context, view }, tag) {
  const { x, y } = toDevice(view, tag);
  const unit = view.ratio;
  const { width, height } = sizeOf(tag.text);
  context.beginPath();
  const corner = { x: x - width / 2 * unit, y: y - height / 2 * unit };
  context.roundRect(corner.x, corner.y, width * unit, height * unit, 5 * unit);
  context.fillStyle = "rgb(15 19 25 / 0.82)";
  context.fill();
  context.lineWidth = 1.5 * unit;
  context.strokeStyle = css(tag.color);
  context.stroke();
  context.fillStyle = "rgb(255 255 255)";
  context.font = `700 ${10.5 * unit}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(tag.text, x, y + 0.5 * unit);
}
var POSITIVE = "rgb(9 80 150)";
var NEGATIVE = "rgb(190 50 15)";
function paintPoint({ context, view }, point2) {
  const { x, y } = toDevice(view, point2);
  const unit = view.ratio;
  const disc = (radius, style) => {
    context.beginPath();
    context.arc(x, y, radius * unit, 0, 2 * Math.PI);
    context.fillStyle = style;
    context.fill();
  };
  disc(8.5, "rgb(0 0 0 / 0.3)");
  disc(7.5, "rgb(255 255 255)");
  disc(6, point2.positive ? POSITIVE : NEGATIVE);
  context.strokeStyle = "rgb(255 255 255)";
  context.lineWidth = 1.7 * unit;
  context.lineCap = "round";
  context.beginPath();
  context.moveTo(x - 3 * unit, y);
  context.lineTo(x + 3 * unit, y);
  if (point2.positive) {
    context.moveTo(x, y - 3 * unit);
    context.lineTo(x, y + 3 * unit);
  }
  context.stroke();
}
function paintBox({ context, view }, box2, drawing) {
  const { x: x0, y: y0 } = toDevice(view, { x: box2.x0, y: box2.y0 });
  const { x: x1, y: y1 } = toDevice(view, { x: box2.x1, y: box2.y1 });
  const unit = view.ratio;
  context.lineJoin = "round";
  context.lineWidth = 3.5 * unit;
  context.strokeStyle = "rgb(255 255 255 / 0.92)";
  context.strokeRect(x0, y0, x1 - x0, y1 - y0);
  context.lineWidth = 1.6 * unit;
  context.strokeStyle = POSITIVE;
  context.setLineDash(drawing ? [6 * unit, 4 * unit] : []);
  context.strokeRect(x0, y0, x1 - x0, y1 - y0);
  context.setLineDash([]);
  for (const [x, y] of [
    [x0, y0],
    [x1, y0],
    [x0, y1],
    [x1, y1]
  ]) {
    context.fillStyle = "rgb(255 255 255)";
    context.fillRect(x - 4 * unit, y - 4 * unit, 8 * unit, 8 * unit);
    context.fillStyle = POSITIVE;
    context.fillRect(x - 2.6 * unit, y - 2.6 * unit, 5.2 * unit, 5.2 * unit);
  }
}
function paintGivenMask({ context, view }, outline2) {
  if (outline2 === null) return;
  const unit = view.ratio;
  const path = inDevice(view, outline2);
  const { width, height } = view.device;
  context.save();
  context.clip(path, "evenodd");
  context.beginPath();
  const step = 14 * unit;
  for (let x = -height; x < width; x += step) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  context.lineWidth = 2 * unit;
  context.strokeStyle = "rgb(9 80 150 / 0.35)";
  context.stroke();
  context.lineWidth = unit;
  context.strokeStyle = "rgb(255 255 255 / 0.6)";
  context.stroke();
  context.restore();
  context.lineJoin = "round";
  context.lineCap = "round";
  context.lineWidth = 3.5 * unit;
  context.strokeStyle = "rgb(255 255 255 / 0.92)";
  context.stroke(path);
  context.lineWidth = 2.2 * unit;
  context.strokeStyle = POSITIVE;
  context.setLineDash([0, 5 * unit]);
  context.stroke(path);
  context.setLineDash([]);
}

// src/tools/acts.ts
function addPrompt(scene, make) {
  if (scene.image === null) return null;
  const { open } = scene;
  if (open !== null) {
    const prompt = make(open.id);
    const kin = SINGLE[prompt.type] ? scene.prompts.filter(({ type }) => type === prompt.type) : [];
    return editOf(
      [...askAgain(open), prompt],
      kin.map(({ id }) => id)
    );
  }
  const last = scene.objects.at(-1);
  const object = {
    type: "object",
    id: newId(),
    image: scene.image.id,
    label: "",
    color: scene.objects.length % PALETTE.length,
    choice: null,
    locked: false,
    order: last === void 0 ? 0 : last.order + 1
  };
  return editOf([object, make(object.id)]);
}
function askAgain(open) {
  return open.choice === null ? [] : [{ ...open, choice: null }];
}
function choose(scene, index) {
  const { open, answer, prompts } = scene;
  if (open === null || prompts.length === 0 || open.choice === index) return null;
  if (index >= (answer?.candidates.length ?? CANDIDATES)) return null;
  return editOf([{ ...open, choice: index }]);
}
function accept(scene) {
  return affirmed(scene.prompts) ? putAway(scene) : null;
}
function putAway({ open, answer, prompts }) {
  if (open === null) return editOf([]);
  if (prompts.length === 0) return editOf([], [open.id]);
  const choice = answer === null ? open.choice : chosenOf(open, answer);
  return editOf([{ ...open, choice, locked: true }], [open.id]);
}
function clear(scene) {
  if (scene.prompts.length === 0) return null;
  return editOf(
    [],
    scene.prompts.map((prompt) => prompt.id)
  );
}
function dropLast(scene) {
  const last = scene.prompts.at(-1);
  if (scene.open === null || last === void 0) return null;
  return editOf(askAgain(scene.open), [last.id]);
}
function reopen(scene, id) {
  const again = scene.accepted.find(({ object }) => object.id === id)?.object;
  if (again === void 0) return null;
  const away = putAway(scene);
  return editOf([...Object.values(away.put), { ...again, locked: false }], away.drop);
}
function rename(scene, id, label) {
  return change(scene, id, { label: label.trim() });
}
function recolor(scene, id, color) {
  return color in PALETTE ? change(scene, id, { color }) : null;
}
function change(scene, id, to) {
  const object = scene.objects.find((one) => one.id === id);
  if (object === void 0) return null;
  const names = Object.keys(to);
  return names.every((name) => object[name] === to[name]) ? null : editOf([{ ...object, ...to }]);
}
function move(scene, id, index) {
  const object = scene.objects.find((one) => one.id === id);
  if (object === void 0 || !(index in scene.objects)) return null;
  const orders = [];
  for (const { order } of scene.objects)
    orders.push(Math.max(order, (orders.at(-1) ?? order - 1) + 1));
  const row = scene.objects.filter((one) => one !== object);
  row.splice(index, 0, object);
  const moved = row.flatMap((one, i) => {
    const order = orders[i] ?? one.order;
    return order === one.order ? [] : [{ ...one, order }];
  });
  return moved.length === 0 ? null : editOf(moved);
}
function deleteObject(scene, id) {
  return scene.objects.some((one) => one.id === id) ? editOf([], [id]) : null;
}

// src/tools/tool.ts
var SLOP = 4;
var TREMBLE = 10;

// src/tools/box.ts
var LEAST = 1;
var box = (press, scene) => {
  let dragged = false;
  return {
    move(to) {
      dragged ||= press.travelled(to) > SLOP;
      const { image } = scene();
      return dragged && image !== null ? between(image, press.at, to) : null;
    },
    release(to) {
      dragged ||= press.travelled(to) > SLOP;
      return dragged ? boxEdit(scene(), press.at, to) : null;
    }
  };
};
function between(image, from, to) {
  const a = clamp(image, from);
  const b = clamp(image, to);
  return {
    type: "box",
    x0: Math.min(a.x, b.x),
    y0: Math.min(a.y, b.y),
    x1: Math.max(a.x, b.x),
    y1: Math.max(a.y, b.y)
  };
}
function boxEdit(scene, from, to) {
  if (scene.image === null) return null;
  const corners = between(scene.image, from, to);
  if (corners.x1 - corners.x0 < LEAST || corners.y1 - corners.y0 < LEAST) return null;
  return addPrompt(scene, (object) => ({ ...corners, id: newId(), object }));
}

// src/tools/point.ts
var point = (press, scene) => {
  const drag = box(press, scene);
  let dragged = false;
  return {
    move(to) {
      dragged ||= press.travelled(to) > SLOP;
      return drag.move(to);
    },
    release(to) {
      dragged ||= press.travelled(to) > SLOP;
      return dragged ? drag.release(to) : pointEdit(scene(), press);
    }
  };
};
var tap = (press, scene) => ({
  move: () => null,
  release: (to) => press.travelled(to) > TREMBLE ? null : pointEdit(scene(), press)
});
function pointEdit(scene, { at, positive }) {
  if (scene.image === null) return null;
  const { x, y } = clamp(scene.image, at);
  return addPrompt(scene, (object) => ({ type: "point", id: newId(), object, x, y, positive }));
}

// src/kinds.ts
var TAP = { tool: tap, action: "pan-x pan-y" };
var KINDS = {
  mask: {
    paint: (stage, { blob }, find) => paintGivenMask(stage, find(blob)?.path ?? null),
    centre: ({ blob, width, height }, find) => find(blob)?.label ?? { x: width / 2, y: height / 2 },
    tool: null,
    finger: null
  },
  box: {
    paint: (stage, prompt, _, drawing) => paintBox(stage, prompt, drawing),
    centre: ({ x0, y0, x1, y1 }) => ({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 }),
    bounds: (prompt) => prompt,
    tool: box,
    finger: { tool: box, action: "none" }
  },
  point: {
    paint: (stage, prompt) => paintPoint(stage, prompt),
    centre: ({ x, y }) => ({ x, y }),
    tool: point,
    finger: TAP
  }
};
var UPWARD = Object.keys(KINDS);
function kindOf(draft) {
  return KINDS[draft.type];
}
function paintPrompts(stage, prompts, draft, find) {
  for (const tag of UPWARD) {
    for (const prompt of prompts) {
      if (prompt.type === tag) kindOf(prompt).paint(stage, prompt, find, false);
    }
    if (draft?.type === tag) kindOf(draft).paint(stage, draft, find, true);
  }
}
function boundsOf(prompts) {
  for (const prompt of prompts) {
    const bounds = kindOf(prompt).bounds?.(prompt);
    if (bounds !== void 0) return bounds;
  }
  return null;
}
function centreOf(prompt, find) {
  return kindOf(prompt).centre(prompt, find);
}
var MODES = {
  point: { kind: "point", negative: false, hint: null },
  negative: {
    kind: "point",
    negative: true,
    hint: "Click what should not be in it · [[X]] back"
  },
  box: { kind: "box", negative: false, hint: "Drag from corner to corner · [[P]] back to points" }
};
function modeOf(kind, negative) {
  const names = Object.keys(MODES);
  const own = names.filter((name) => MODES[name].kind === kind);
  return own.find((name) => MODES[name].negative === negative) ?? own[0] ?? "point";
}
function toolOf(kind) {
  return KINDS[kind].tool ?? point;
}
function fingerOf(kind) {
  return KINDS[kind].finger ?? TAP;
}

// src/masks.ts
var HEADER = 6;
function decode(bytes) {
  if (bytes.byteLength < HEADER * 4 || bytes.byteLength % 4 !== 0) {
    throw new RangeError(`A mask cannot have ${bytes.byteLength} bytes.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const numbers = new Uint32Array(bytes.byteLength / 4);
  for (let i = 0; i < numbers.length; i++) numbers[i] = view.getUint32(i * 4, true);
  const [width = 0, height = 0, x0 = 0, y0 = 0, x1 = 0, y1 = 0] = numbers;
  if (x0 > x1 || y0 > y1 || x1 > width || y1 > height) {
    throw new RangeError("A mask's box must lie on its image.");
  }
  const runs = numbers.subarray(HEADER);
  let total = 0;
  for (const run of runs) total += run;
  if (total > (x1 - x0) * (y1 - y0)) throw new RangeError("A mask's runs leave its box.");
  return { width, height, x0, y0, x1, y1, runs };
}
function spansOf(mask) {
  const wide = mask.x1 - mask.x0;
  const rows = new Uint32Array(mask.y1 - mask.y0 + 1);
  const ends = [];
  let row = 0;
  let place = 0;
  let inside2 = false;
  for (const run of mask.runs) {
    if (inside2) {
      let from = place;
      const to = place + run;
      while (from < to) {
        const at = Math.floor(from / wide);
        const stop = Math.min(to, (at + 1) * wide);
        while (row < at) rows[++row] = ends.length;
        ends.push(mask.x0 + from - at * wide, mask.x0 + stop - at * wide);
        from = stop;
      }
    }
    place += run;
    inside2 = !inside2;
  }
  while (row < rows.length - 1) rows[++row] = ends.length;
  return { rows, ends: Uint32Array.from(ends) };
}
function areaIn({ y0 }, { rows, ends }, box2) {
  const from = Math.ceil(box2.x0 - 0.5);
  const to = Math.floor(box2.x1 + 0.5);
  let area = 0;
  for (let row = 0; row < rows.length - 1; row++) {
    const middle2 = y0 + row + 0.5;
    if (middle2 < box2.y0 || middle2 > box2.y1) continue;
    for (let i = rows[row] ?? 0; i < (rows[row + 1] ?? 0); i += 2) {
      area += Math.max(0, Math.min(to, ends[i + 1] ?? 0) - Math.max(from, ends[i] ?? 0));
    }
  }
  return area;
}
function bits(mask) {
  const wide = mask.x1 - mask.x0;
  const stride = wide + 2;
  const cells = new Uint8Array(stride * (mask.y1 - mask.y0 + 2));
  const { rows, ends } = spansOf(mask);
  for (let row = 0; row < rows.length - 1; row++) {
    const start = (row + 1) * stride + 1 - mask.x0;
    for (let i = rows[row] ?? 0; i < (rows[row + 1] ?? 0); i += 2) {
      cells.fill(1, start + (ends[i] ?? 0), start + (ends[i + 1] ?? 0));
    }
  }
  return cells;
}
var RIGHT = 0;
var DOWN = 1;
var LEFT = 2;
var STEP_X = [1, 0, -1, 0];
var STEP_Y = [0, 1, 0, -1];
function outline(mask, finish = smooth) {
  const wide = mask.x1 - mask.x0;
  const tall = mask.y1 - mask.y0;
  if (wide === 0 || tall === 0) return [];
  const stride = wide + 2;
  const cells = bits(mask);
  const seen = new Uint8Array(cells.length);
  const on = (x, y) => cells[(y + 1) * stride + x + 1] === 1;
  const loops = [];
  for (let y = 0; y < tall; y++) {
    for (let x = 0; x < wide; x++) {
      const cell = (y + 1) * stride + x + 1;
      if (cells[cell] !== 1 || cells[cell - stride] === 1 || seen[cell] === 1) continue;
      loops.push(finish(walk(x, y), mask.x0 + x, mask.y0 + y));
    }
  }
  return loops;
  function walk(startX, startY) {
    const pieces = [];
    let x = startX;
    let y = startY;
    let heading = RIGHT;
    let length = 0;
    do {
      if (heading === RIGHT) seen[(y + 1) * stride + x + 1] = 1;
      x += STEP_X[heading];
      y += STEP_Y[heading];
      length += 1;
      const next = turn(x, y, heading);
      if (next === heading) continue;
      pieces.push(heading, length);
      heading = next;
      length = 0;
    } while (x !== startX || y !== startY || heading !== RIGHT);
    return pieces;
  }
  function turn(x, y, heading) {
    const northWest = on(x - 1, y - 1);
    const northEast = on(x, y - 1);
    const southEast = on(x, y);
    const southWest = on(x - 1, y);
    if (heading === RIGHT) return !southEast ? DOWN : northEast ? 3 : RIGHT;
    if (heading === DOWN) return !southWest ? LEFT : southEast ? RIGHT : DOWN;
    if (heading === LEFT) return !northWest ? 3 : southWest ? DOWN : LEFT;
    return !northEast ? RIGHT : northWest ? LEFT : 3;
  }
}
function square(pieces, startX, startY) {
  const line = [];
  let x = startX;
  let y = startY;
  for (let i = 0; i < pieces.length; i += 2) {
    line.push(x, y);
    const heading = pieces[i] ?? 0;
    x += STEP_X[heading] * (pieces[i + 1] ?? 0);
    y += STEP_Y[heading] * (pieces[i + 1] ?? 0);
  }
  return Float32Array.from(line);
}
function smooth(pieces, startX, startY) {
  const count = pieces.length / 2;
  const heading = (i) => pieces[(i + count) % count * 2] ?? 0;
  const length = (i) => pieces[(i + count) % count * 2 + 1] ?? 0;
  const isStep = (i) => length(i) === 1 && heading(i - 1) === heading(i + 1);
  const line = [];
  let x = startX;
  let y = startY;
  for (let i = 0; i < count; i++) {
    const dx = STEP_X[heading(i)];
    const dy = STEP_Y[heading(i)];
    const long = length(i);
    const first = isStep(i) || isStep(i - 1) ? long / 2 : 0.5;
    const last = isStep(i) || isStep(i + 1) ? long / 2 : long - 0.5;
    line.push(x + dx * first, y + dy * first);
    if (last > first) line.push(x + dx * last, y + dy * last);
    x += dx * long;
    y += dy * long;
  }
  return Float32Array.from(line);
}
function isOn(mask, { rows, ends }, { x, y }) {
  if (x < mask.x0 || x >= mask.x1 || y < mask.y0 || y >= mask.y1) return false;
  const row = Math.floor(y) - mask.y0;
  const column = Math.floor(x);
  for (let i = rows[row] ?? 0; i < (rows[row + 1] ?? 0); i += 2) {
    if (column >= (ends[i] ?? 0) && column < (ends[i + 1] ?? 0)) return true;
  }
  return false;
}
function labelPlace(mask, { rows, ends }) {
  const middle2 = (mask.y1 - mask.y0) / 2;
  let best = null;
  let most = 0;
  for (let row = 0; row < rows.length - 1; row++) {
    for (let i = rows[row] ?? 0; i < (rows[row + 1] ?? 0); i += 2) {
      const [from = 0, to = 0] = [ends[i], ends[i + 1]];
      const worth = (to - from) / (1 + Math.abs(row + 0.5 - middle2) / 8);
      if (worth <= most) continue;
      most = worth;
      best = { x: (from + to) / 2, y: mask.y0 + row + 0.5 };
    }
  }
  return best;
}

// src/parts.ts
function wholeOf({ device }) {
  return { x: 0, y: 0, ...device };
}
function partOf(view, box2, reach) {
  const { device, ratio } = view;
  const first = toDevice(view, { x: box2.x0, y: box2.y0 });
  const last = toDevice(view, { x: box2.x1, y: box2.y1 });
  const within2 = (place, most) => Math.min(most, Math.max(0, place));
  const x = within2(Math.floor(first.x - reach * ratio), device.width);
  const y = within2(Math.floor(first.y - reach * ratio), device.height);
  const right = within2(Math.ceil(last.x + reach * ratio), device.width);
  const bottom = within2(Math.ceil(last.y + reach * ratio), device.height);
  return { x, y, width: right - x, height: bottom - y };
}
function isEmpty({ width, height }) {
  return width === 0 || height === 0;
}
function overlap(a, b) {
  const across = a.x < b.x + b.width && b.x < a.x + a.width;
  return across && a.y < b.y + b.height && b.y < a.y + a.height;
}
function around2(parts) {
  let [x, y, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (const part of parts) {
    if (isEmpty(part)) continue;
    [x, y] = [Math.min(x, part.x), Math.min(y, part.y)];
    [right, bottom] = [
      Math.max(right, part.x + part.width),
      Math.max(bottom, part.y + part.height)
    ];
  }
  return right === 0 ? { x: 0, y: 0, width: 0, height: 0 } : { x, y, width: right - x, height: bottom - y };
}
function between2(some, others, same, partOfOne) {
  const parts = [];
  for (let i = 0; i < Math.max(some.length, others.length); i++) {
    const [one, other] = [some[i], others[i]];
    if (one !== void 0 && other !== void 0 && same(one, other)) continue;
    if (one !== void 0) parts.push(partOfOne(one));
    if (other !== void 0) parts.push(partOfOne(other));
  }
  return around2(parts);
}

// src/overlay.ts
var Overlay = class {
  #context;
  #under = [];
  #over = null;
  #pixels = null;
  // of `#under` alone, the whole canvas; null: nothing is filled
  #view = null;
  constructor(context) {
    this.#context = context;
  }
  /** Each device pixel shows the image pixel under its centre; later fills take the place of earlier ones. */
  paint(view, moved, under, over) {
    const before = this.#view;
    if (before === null || moved === "anew") {
      this.#pixels = null;
      this.#lay(view, under, wholeOf(view));
      this.#put(view, over, wholeOf(view));
    } else if (moved === "panned") {
      this.#move(view, under, before);
      this.#put(view, over, wholeOf(view));
    } else {
      const below = changed(view, under, this.#under);
      this.#lay(view, under, below);
      this.#put(view, over, around2([below, changed(view, listOf(over), listOf(this.#over))]));
    }
    this.#under = under;
    this.#over = over;
    this.#view = view;
  }
  /** Fills a part of what stands still anew. */
  #lay(view, under, part) {
    if (under.length === 0) this.#pixels = null;
    if (under.length === 0 || isEmpty(part)) return;
    const { width, height } = view.device;
    this.#pixels ??= new Uint32Array(width * height);
    for (let line = part.y; line < part.y + part.height; line++) {
      this.#pixels.fill(0, line * width + part.x, line * width + part.x + part.width);
    }
    fill(this.#pixels, wholeOf(view), view, under, part);
  }
  /** What stands still after the view has moved: what both show is moved, the rest filled. */
  #move(view, under, before) {
    const { width, height } = view.device;
    const [right, down] = [before.left - view.left, before.top - view.top];
    const wide = Math.min(width, Math.abs(right));
    const tall = Math.min(height, Math.abs(down));
    const by = down * width + right;
    if (by > 0) this.#pixels?.copyWithin(by, 0);
    else this.#pixels?.copyWithin(0, -by);
    const beside = { x: right > 0 ? 0 : width - wide, y: 0, width: wide, height };
    const above = { x: 0, y: down > 0 ? 0 : height - tall, width, height: tall };
    for (const part of [beside, above, changed(view, under, this.#under)])
      this.#lay(view, under, part);
  }
  /** Shows a part of the canvas: the fills that stand still, and this one over them. */
  #put(view, over, part) {
    if (isEmpty(part)) return;
    const picture = this.#context.createImageData(part.width, part.height);
    const pixels = new Uint32Array(picture.data.buffer);
    for (let line = 0; this.#pixels !== null && line < part.height; line++) {
      const start = (part.y + line) * view.device.width + part.x;
      pixels.set(this.#pixels.subarray(start, start + part.width), line * part.width);
    }
    if (over !== null) fill(pixels, part, view, [over], part);
    this.#context.putImageData(picture, part.x, part.y);
  }
};
function changed(view, some, others) {
  return between2(some, others, alike, ({ mask }) => partOf(view, mask, 0));
}
function listOf(one) {
  return one === null ? [] : [one];
}
function alike(one, other) {
  return one.mask === other.mask && one.color === other.color && one.opacity === other.opacity;
}
function fill(pixels, held, view, fills, part) {
  const { image, whole, left, top } = view;
  const columns = edges(image.width, whole.width, left + part.x, part.width);
  const lines = edges(image.height, whole.height, top + part.y, part.height);
  const corner = (part.y - held.y) * held.width + part.x - held.x;
  for (const { mask, spans, color, opacity } of fills) {
    const seen = columns[mask.x0] !== columns[mask.x1] && lines[mask.y0] !== lines[mask.y1];
    if (!seen) continue;
    const [r, g, b] = color;
    const value = (Math.round(opacity * 255) << 24 | b << 16 | g << 8 | r) >>> 0;
    for (let row = 0; row < spans.rows.length - 1; row++) {
      const first = lines[mask.y0 + row] ?? 0;
      const stop = lines[mask.y0 + row + 1] ?? 0;
      for (let line = first; line < stop; line++) {
        const start = corner + line * held.width;
        for (let i = spans.rows[row] ?? 0; i < (spans.rows[row + 1] ?? 0); i += 2) {
          const from = columns[spans.ends[i] ?? 0] ?? 0;
          const to = columns[spans.ends[i + 1] ?? 0] ?? 0;
          pixels.fill(value, start + from, start + to);
        }
      }
    }
  }
}

// src/easel.ts
var ACCEPTED = 0.55;
var REACH = 34;
var Easel = class {
  #photo;
  #numbered;
  #marks;
  #overlay;
  #gallery;
  #before = null;
  constructor(canvases, gallery) {
    this.#photo = contextOf(canvases.photo);
    this.#overlay = new Overlay(contextOf(canvases.overlay));
    this.#numbered = contextOf(canvases.numbered);
    this.#marks = contextOf(canvases.marks);
    this.#gallery = gallery;
  }
  draw(scene, view, look2) {
    const before = this.#before;
    const moved = before === null ? "anew" : movedFrom(before.view, view);
    const photo = this.#gallery.photo(scene.image?.source ?? null);
    if (photo !== before?.photo || moved !== "still") paintPhoto(this.#photo, view, photo);
    const bare = look2.hidden || photo === null;
    const placed = moved === "anew" ? [] : before?.accepted ?? [];
    const accepted = bare ? [] : numbered(view, this.#accepted(scene, look2.unseen), placed);
    const open = bare ? null : this.#open(scene);
    this.#overlay.paint(
      view,
      moved,
      accepted.map((one) => fillOf(one, look2.opacity * ACCEPTED)),
      open && fillOf(open, look2.opacity)
    );
    const still = before !== null && moved === "still";
    const part = still ? changed2(view, accepted, before.accepted) : wholeOf(view);
    if (!isEmpty(part)) {
      const seen = accepted.filter((one) => overlap(part, partWith(view, one)));
      const lines2 = seen.map((one) => lineOf(view, one, "accepted"));
      const tags = seen.flatMap((one) => tagOf(one, one.place));
      paintNumbered({ context: this.#numbered, view }, lines2, tags, part);
    }
    const strong = accepted.filter(({ id }) => look2.strong.has(id));
    const lines = [
      ...strong.map((one) => lineOf(view, one, "chosen")),
      ...open ? [lineOf(view, open, "chosen"), ...this.#preview(scene, view, look2.hovered)] : []
    ];
    const stage = { context: this.#marks, view };
    const find = (blob) => {
      const shape = this.#gallery.shape(blob);
      return shape && { path: pathOn(view, shape), label: shape.label };
    };
    paintLines(stage, lines);
    for (const tag of strong.flatMap((one) => tagOf(one, one.place ?? one.shape.label)))
      paintTag(stage, tag);
    if (!bare) paintPrompts(stage, scene.prompts, look2.draft, find);
    if (scene !== before?.scene) this.#gallery.keep(masksOf(scene));
    this.#before = { scene, view, photo, accepted };
    return { photo, answer: open === null ? null : scene.answer?.id ?? null };
  }
  /** The accepted object that is seen at a place (image pixels), the uppermost of several. */
  objectAt(place) {
    const here = this.#before?.accepted.findLast(
      ({ shape }) => isOn(shape.mask, shape.spans, place)
    );
    return here?.id ?? null;
  }
  /** The accepted objects whose masks are there and not hidden. */
  #accepted(scene, unseen) {
    return scene.accepted.flatMap(({ object, answer, number }) => {
      const shown = answer && !unseen.has(object.id) && this.#shown(object, answer, number);
      return shown || [];
    });
  }
  /** The last mask stays until the next comes: most answers are there before an eye could see a gap. */
  #open({ open, answer, stale }) {
    const last = answer ?? stale;
    return open && last && this.#shown(open, last, 0);
  }
  #shown(object, answer, number) {
    const index = chosenOf(object, answer);
    const shape = this.#shape(answer, index);
    const area = answer.candidates[index]?.area ?? 0;
    const color = colorOf(object.color);
    return shape && { id: object.id, shape, color, area, number, place: null };
  }
  /** The candidate that is pointed at and not chosen. */
  #preview({ open, answer }, view, hovered) {
    if (open === null || answer === null || hovered === null) return [];
    const shape = hovered === chosenOf(open, answer) ? null : this.#shape(answer, hovered);
    const color = colorOf(open.color);
    return shape === null ? [] : [{ path: pathOn(view, shape), color, stroke: "preview" }];
  }
  #shape(answer, index) {
    const candidate = answer.candidates[index];
    return candidate === void 0 ? null : this.#gallery.shape(candidate.blob);
  }
};
function movedFrom(before, now) {
  const scale = ({ image, device, whole }) => [image, device, whole].map(({ width, height }) => `${width} ${height}`).join();
  if (scale(before) !== scale(now)) return "anew";
  return before.left === now.left && before.top === now.top ? "still" : "panned";
}
function numbered(view, shown, before) {
  const still = shown.length === before.length && shown.every((one, i) => alike2(one, before[i]));
  const places = still ? before.map(({ place }) => place) : placesOf(
    view,
    shown.map(({ shape: { mask, label }, area, number }) => {
      return { box: mask, area, label, text: String(number) };
    })
  );
  return shown.map((one, i) => ({ ...one, place: places[i] ?? null }));
}
function alike2(one, other) {
  return one.shape === other?.shape && one.color === other.color && one.number === other.number;
}
function changed2(view, some, others) {
  const same = (one, other) => alike2(one, other) && one.place?.x === other.place?.x && one.place?.y === other.place?.y;
  return between2(some, others, same, (one) => partWith(view, one));
}
function partWith(view, { shape }) {
  return partOf(view, shape.mask, REACH);
}
function fillOf({ shape, color }, opacity) {
  return { mask: shape.mask, spans: shape.spans, color, opacity };
}
function lineOf(view, { shape, color }, stroke) {
  return { path: pathOn(view, shape), color, stroke };
}
function tagOf({ color, number }, place) {
  return place === null ? [] : [{ ...place, text: String(number), color }];
}
function pathOn(view, shape) {
  return showsSquares(view) ? shape.stairs : shape.path;
}
function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser gives no canvas to draw on.");
  return context;
}

// src/gallery.ts
var Gallery = class {
  #blobs;
  #arrived;
  #failed;
  #shapes = /* @__PURE__ */ new Map();
  #photo = null;
  #source = null;
  #closed = false;
  /** `arrived` is called when the photo can be drawn, `failed` when the browser cannot read it. */
  constructor(blobs, arrived, failed) {
    this.#blobs = blobs;
    this.#arrived = arrived;
    this.#failed = failed;
  }
  /** The picture of this hash, null while it is being decoded or on its way; the one before is let go. */
  photo(source) {
    if (source === this.#source) return this.#photo;
    this.#source = null;
    this.#letGo();
    const bytes = source === null ? void 0 : this.#blobs.get(source);
    if (source !== null && bytes !== void 0) {
      this.#source = source;
      void this.#decode(source, bytes);
    }
    return this.#photo;
  }
  /** The mask of this hash, null while its bytes are on their way. */
  shape(hash) {
    const known = this.#shapes.get(hash);
    if (known !== void 0) return known;
    const bytes = this.#blobs.get(hash);
    if (bytes === void 0) return null;
    const mask = this.#read(bytes);
    if (mask === null) return null;
    let path = null;
    let stairs = null;
    const spans = spansOf(mask);
    const shape = {
      hash,
      mask,
      spans,
      label: labelPlace(mask, spans),
      get path() {
        path ??= pathOf(outline(mask));
        return path;
      },
      get stairs() {
        stairs ??= pathOf(outline(mask, square));
        return stairs;
      }
    };
    this.#shapes.set(hash, shape);
    return shape;
  }
  #read(bytes) {
    try {
      return decode(bytes);
    } catch (error) {
      this.#failed(error instanceof Error ? error.message : String(error));
      return null;
    }
  }
  /** Forgets the shapes that are not among these. */
  keep(hashes) {
    for (const hash of this.#shapes.keys()) if (!hashes.has(hash)) this.#shapes.delete(hash);
  }
  close() {
    this.#closed = true;
    this.#letGo();
    this.#shapes.clear();
  }
  async #decode(source, bytes) {
    try {
      const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
      if (this.#closed || source !== this.#source) {
        picture.close();
        return;
      }
      this.#photo = picture;
      this.#arrived();
    } catch {
      if (!this.#closed) this.#failed("The browser cannot show this picture.");
    }
  }
  #letGo() {
    this.#photo?.close();
    this.#photo = null;
  }
};

// src/gaze.ts
var NEARER = 1.5;
var STEP = 0.2;
var Gaze = class {
  #moved;
  #sight = FIT;
  #image = null;
  // the picture that it belongs to
  #view;
  /** `moved` is called when another part of the picture is to be seen. */
  constructor(view, moved) {
    this.#view = view;
    this.#moved = moved;
  }
  get view() {
    return this.#view;
  }
  get sight() {
    return this.#sight;
  }
  /** The largest zoom there is now. */
  get most() {
    return nearest(this.#view);
  }
  /** Takes the room that there is now (`fit` shows the whole picture); another picture is seen whole. */
  settle(fit, image) {
    this.#sight = image === this.#image ? limited(fit, this.#sight) : FIT;
    this.#image = image;
    this.#view = look(fit, this.#sight);
    return this.#view;
  }
  /** At once, not with the next frame: the next event's place is in image pixels too. */
  look(sight) {
    this.#sight = limited(this.#view, sight);
    this.#view = look(this.#view, this.#sight);
    this.#moved();
  }
  /** One step nearer or farther; what is at the place, or in the middle, stays there. */
  zoom(way, at) {
    const factor = way === "in" ? NEARER : 1 / NEARER;
    if (way === "fit") this.look(FIT);
    else this.look(zoomed(this.#view, this.#sight, factor, at ?? middle(this.#view)));
  }
  /** So many steps to the right and down. */
  pan(x, y) {
    const { width, height } = this.#view.image;
    const step = STEP / this.#sight.zoom;
    const to = { x: -x * step * width, y: -y * step * height };
    this.look(panned(this.#view, this.#sight, { x: 0, y: 0 }, to));
  }
};

// src/leaves.ts
var OUTSIDE = 0.05;
function leavesBounds({ open, answer, prompts }, shapes) {
  const bounds = boundsOf(prompts);
  if (open === null || answer === null || bounds === null) return false;
  const candidate = answer.candidates[chosenOf(open, answer)];
  const shape = candidate === void 0 ? null : shapes.shape(candidate.blob);
  if (candidate === void 0 || shape === null) return false;
  const inside2 = areaIn(shape.mask, shape.spans, bounds);
  return candidate.area - inside2 > OUTSIDE * candidate.area;
}

// src/ui/dom.ts
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children);
  return element;
}
function setAttribute(element, name, value) {
  if (value === null || value === void 0 || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else {
    const text = value === true ? "" : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
function icon(inside2) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "sam-icon");
  svg.innerHTML = inside2;
  return svg;
}
function withKeys(text) {
  return text.split(/\[\[(.+?)\]\]/).map((part, i) => i % 2 === 1 ? h("kbd", {}, part) : document.createTextNode(part));
}

// src/ui/thumbnail.ts
var MARGIN = 0.16;
function cropOf(mask, room) {
  const empty = mask.x1 <= mask.x0 || mask.y1 <= mask.y0;
  const box2 = empty ? { x0: 0, y0: 0, x1: mask.width, y1: mask.height } : mask;
  const margin = empty ? 0 : MARGIN * Math.max(box2.x1 - box2.x0, box2.y1 - box2.y0) + 2;
  const shape = room.width / room.height;
  let width = box2.x1 - box2.x0 + 2 * margin;
  let height = box2.y1 - box2.y0 + 2 * margin;
  if (width / height < shape) width = height * shape;
  else height = width / shape;
  const shrink = Math.min(1, mask.width / width, mask.height / height);
  if (shrink < 1) {
    width *= shrink;
    height *= shrink;
  }
  const x = (box2.x0 + box2.x1 - width) / 2;
  const y = (box2.y0 + box2.y1 - height) / 2;
  return {
    x: Math.min(mask.width - width, Math.max(0, x)),
    y: Math.min(mask.height - height, Math.max(0, y)),
    width,
    height
  };
}
function drawThumbnail(canvas, photo, shape, color, ratio) {
  const room = { width: canvas.clientWidth || 76, height: canvas.clientHeight || 62 };
  canvas.width = Math.round(room.width * ratio);
  canvas.height = Math.round(room.height * ratio);
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { mask } = shape;
  const crop = cropOf(mask, room);
  const scale = canvas.width / crop.width;
  const across = photo.width / mask.width;
  const down = photo.height / mask.height;
  context.imageSmoothingQuality = "high";
  context.imageSmoothingEnabled = scale < 4;
  context.drawImage(
    photo,
    crop.x * across,
    crop.y * down,
    crop.width * across,
    crop.height * down,
    0,
    0,
    canvas.width,
    canvas.height
  );
  const path = new Path2D();
  path.addPath(shape.path, new DOMMatrix([scale, 0, 0, scale, -crop.x * scale, -crop.y * scale]));
  const outside = new Path2D(path);
  outside.rect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "rgb(12 16 22 / 0.58)";
  context.fill(outside, "evenodd");
  context.lineJoin = "round";
  context.lineWidth = 3 * ratio;
  context.strokeStyle = "rgb(255 255 255 / 0.95)";
  context.stroke(path);
  context.lineWidth = 1.5 * ratio;
  context.strokeStyle = css(color);
  context.stroke(path);
}

// src/ui/candidates.ts
var BEST = "best";
var LONG = "alter­na­tive";
var EMPTY_NAMES = ["whole", "part", "subpart"];
function lesson(filled) {
  const on = (i) => i === filled ? "sam-lesson-on" : "sam-lesson-off";
  const drawing = icon(
    `<circle class="${on(0)}" cx="19" cy="16" r="13.5"/><path class="${filled === 0 ? "sam-lesson-with" : on(1)}" d="M27.6 11.6l5-2.6a2 2 0 0 1 1.9 3.5l-5.4 2.9a8.6 8.6 0 1 1-1.5-3.8Z" transform="translate(-2 1)"/><circle class="${filled <= 1 ? "sam-lesson-with" : on(2)}" cx="18" cy="17" r="5.6"/>`
  );
  drawing.setAttribute("viewBox", "0 0 38 32");
  drawing.setAttribute("class", "sam-lesson");
  return drawing;
}
function candidatesPanel(gallery, events, signal) {
  const cards = Array.from({ length: CANDIDATES }, (_, i) => card(i, events, signal));
  const teach = h("p", { class: "sam-teach" });
  teach.textContent = "One click, three answers: the whole thing, a part of it, a part of the part.";
  const list = h("div", {
    class: "sam-candidates",
    role: "group",
    "aria-label": "Candidate masks"
  });
  list.append(...cards.map(({ button }) => button), teach);
  return {
    element: list,
    update(state) {
      const { answer, waiting } = state;
      const look2 = answer === null ? waiting ? "waiting" : "empty" : waiting ? "stale" : "answer";
      setAttribute(list, "data-look", look2);
      setAttribute(list, "aria-busy", waiting ? "true" : null);
      teach.hidden = look2 !== "empty";
      for (const [i, one] of cards.entries()) updateCard(one, i, state, gallery);
    }
  };
}
function card(index, events, signal) {
  const canvas = h("canvas", { class: "sam-thumb-canvas" });
  const key = h("span", { class: "sam-key", "aria-hidden": "true" }, String(index + 1));
  const thumb = h("span", { class: "sam-thumb" }, canvas, lesson(index), key);
  const name = h("span", { class: "sam-name" });
  const score = h("span", { class: "sam-score" });
  const bar = h("span", { class: "sam-bar" }, h("span"));
  const fine = h("span", { class: "sam-fine" });
  const words = h("span", { class: "sam-words" });
  words.append(h("span", { class: "sam-head" }, name, score), bar, fine);
  const button = h("button", {
    type: "button",
    class: "sam-candidate",
    "data-index": index,
    "aria-keyshortcuts": index + 1,
    "aria-pressed": "false"
  });
  button.append(thumb, words);
  button.addEventListener("click", () => events.choose(index), { signal });
  button.addEventListener("pointerenter", () => events.point(index), { signal });
  button.addEventListener("pointerleave", () => events.point(null), { signal });
  button.addEventListener("focus", () => events.point(index), { signal });
  button.addEventListener("blur", () => events.point(null), { signal });
  return { button, canvas, name, score, bar, fine, drawn: "" };
}
function updateCard(one, index, state, gallery) {
  const { button, canvas, name, score, bar, fine } = one;
  const candidate = state.answer?.candidates[index] ?? null;
  const possible = candidate !== null || state.waiting;
  setAttribute(button, "aria-pressed", possible && state.chosen === index ? "true" : "false");
  button.disabled = !possible;
  button.hidden = state.answer !== null && candidate === null;
  if (candidate === null) {
    setText(name, EMPTY_NAMES[index] ?? "");
    setText(score, "");
    fine.replaceChildren();
    setAttribute(button, "aria-label", `Candidate ${index + 1}: none yet`);
    setAttribute(button, "title", null);
    one.drawn = "";
    return;
  }
  const iou = candidate.score.toFixed(2);
  const stability = candidate.stability.toFixed(2);
  const share = shareOf(candidate.area, state.pixels);
  const ranked = isRanked(state.answer, index);
  setText(name, candidate.name.replace("alternative", LONG));
  setText(score, ranked ? iou : "");
  if (fine.textContent !== `stable ${stability}${share}`) {
    fine.replaceChildren(h("span", {}, `stable ${stability}`), h("span", {}, share));
  }
  setAttribute(
    button,
    "aria-label",
    `Candidate ${index + 1}: ${candidate.name}, predicted IoU ${iou}, stability ${stability}, ${share} of the picture`
  );
  setAttribute(
    button,
    "title",
    `${candidate.name}: predicted IoU ${iou}, stability ${stability}, ${candidate.area.toLocaleString("en")} px`
  );
  bar.style.setProperty(
    "--sam-value",
    ranked ? String(Math.min(1, Math.max(0, candidate.score))) : "0"
  );
  button.style.setProperty("--sam-color", css(state.color));
  const shape = gallery.shape(candidate.blob);
  if (shape === null || state.photo === null) return;
  const drawn = [candidate.blob, state.color, state.ratio, state.layout, canvas.clientWidth].join();
  if (drawn === one.drawn) return;
  one.drawn = drawn;
  drawThumbnail(canvas, state.photo, shape, state.color, state.ratio);
}
function isRanked(answer, index) {
  const best = answer?.candidates[answer.best];
  return answer?.best === index || best?.name !== BEST;
}
function shareOf(area, pixels) {
  const percent = 100 * area / Math.max(1, pixels);
  if (area > 0 && percent < 0.1) return "<0.1%";
  return percent < 10 ? `${percent.toFixed(1)}%` : `${Math.round(percent)}%`;
}

// src/ui/icons.ts
var ICONS = {
  point: `<circle cx="8" cy="8" r="5.75"/><path d="M8 5.4v5.2M5.4 8h5.2"/>`,
  negative: `<circle cx="8" cy="8" r="5.75"/><path d="M5.4 8h5.2"/>`,
  box: `<path d="M4.5 3.5h7M4.5 12.5h7M3.5 4.5v7M12.5 4.5v7" stroke-dasharray="2.2 1.4"/><path class="sam-solid" d="M2.2 2.2h2.6v2.6H2.2zM11.2 2.2h2.6v2.6h-2.6zM2.2 11.2h2.6v2.6H2.2zM11.2 11.2h2.6v2.6h-2.6z"/>`,
  undo: `<path d="M5.6 2.9 2.8 5.7l2.8 2.8"/><path d="M3.2 5.7h6.1a3.7 3.7 0 0 1 0 7.4H6"/>`,
  redo: `<path d="m10.4 2.9 2.8 2.8-2.8 2.8"/><path d="M12.8 5.7H6.7a3.7 3.7 0 0 0 0 7.4H10"/>`,
  clear: `<path d="m4 4 8 8M12 4l-8 8"/>`,
  accept: `<path d="m3.2 8.6 3.2 3.2 6.4-7.2"/>`,
  eye: `<path d="M1.6 8S4 3.6 8 3.6 14.4 8 14.4 8 12 12.4 8 12.4 1.6 8 1.6 8Z"/><circle cx="8" cy="8" r="2"/>`,
  unseen: `<path d="M3.6 5.2C2.3 6.4 1.6 8 1.6 8S4 12.4 8 12.4c1 0 1.9-.3 2.7-.7M6.3 3.8A6.2 6.2 0 0 1 8 3.6c4 0 6.4 4.4 6.4 4.4s-.6 1.2-1.7 2.3M3 2.6l10 10.8"/>`,
  reopen: `<path d="m10.9 2.9 2.2 2.2-7.4 7.4-3 .8.8-3ZM9.3 4.5l2.2 2.2"/>`,
  rename: `<path d="M3.5 5.4V3.5h9v1.9M8 3.5v9M6.3 12.5h3.4"/>`,
  color: `<path d="M8 2.2c2.2 2.8 3.9 4.7 3.9 7a3.9 3.9 0 0 1-7.8 0c0-2.3 1.7-4.2 3.9-7Z"/>`,
  trash: `<path d="M2.8 4.4h10.4M6.2 4.4V2.8h3.6v1.6M4.2 4.4l.6 8.8h6.4l.6-8.8M6.7 7v3.8M9.3 7v3.8"/>`,
  minus: `<path d="M4 8h8"/>`,
  plus: `<path d="M8 4v8M4 8h8"/>`,
  ready: `<circle class="sam-solid" cx="8" cy="8" r="4"/>`,
  busy: `<circle cx="8" cy="8" r="5" opacity=".25"/><path d="M8 3a5 5 0 0 1 5 5"/>`,
  error: `<path d="M8 2.6 14 13H2Z"/><path d="M8 6.6v3M8 11.2v.1"/>`,
  broken: `<path d="M6.6 9.4a2.5 2.5 0 0 1 0-3.5l.6-.6M9.4 6.6a2.5 2.5 0 0 1 0 3.5l-.6.6M4 4 2.6 2.6M12 12l1.4 1.4"/>`
};

// src/ui/object-row.ts
var LONGEST = 200;
function rowOf(events, signal) {
  const swatch = h("span", { class: "sam-swatch" });
  const name = h("span", { class: "sam-object-name" });
  const hidden = h("span", { class: "sam-object-unseen", title: "Hidden here" });
  hidden.append(icon(ICONS.unseen));
  const share = h("span", { class: "sam-fine" });
  const element = h("li", { role: "option", tabindex: -1 }, swatch, name, hidden, share);
  let shown = null;
  let field = null;
  const end = (taken) => {
    const [ended, thing] = [field, shown?.thing];
    field = null;
    if (ended === null || thing === void 0) return;
    const held = ended.matches(":focus");
    ended.replaceWith(name);
    if (held) element.focus({ preventScroll: true });
    if (taken) events.called(thing.object.id, ended.value);
  };
  const keydown = (event) => {
    event.stopPropagation();
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    end(event.key === "Enter");
  };
  return {
    element,
    show(state) {
      const { thing, pixels, selected, reached, unseen } = state;
      const { object, answer, number } = thing;
      const before = shown;
      if (before !== null && object.id !== before.thing.object.id) end(false);
      shown = state;
      if (selected !== before?.selected) setAttribute(element, "aria-selected", String(selected));
      if (reached !== before?.reached) element.tabIndex = reached ? 0 : -1;
      const same = object === before?.thing.object && answer === before.thing.answer && number === before.thing.number && unseen === before.unseen;
      if (same) return;
      const candidate = answer?.candidates[chosenOf(object, answer)];
      const part = candidate === void 0 ? null : shareOf(candidate.area, pixels);
      const called2 = object.label || "object";
      swatch.style.setProperty("--sam-color", css(colorOf(object.color)));
      setText(swatch, String(number));
      setText(name, called2);
      setText(share, part ?? "on its way");
      hidden.hidden = !unseen;
      setAttribute(element, "title", object.label || null);
      setAttribute(element, "data-object", object.id);
      const size = part === null ? "its mask is on its way" : `${part} of the photo`;
      const words = [String(number), called2, size, ...unseen ? ["hidden"] : []];
      setAttribute(element, "aria-label", words.join(", "));
    },
    rename() {
      if (shown === null || field !== null) return;
      field = h("input", {
        class: "sam-object-field",
        type: "text",
        maxlength: LONGEST,
        "aria-label": `Name of object ${shown.thing.number}`,
        autocomplete: "off",
        spellcheck: "false"
      });
      field.value = shown.thing.object.label;
      field.addEventListener("keydown", keydown, { signal });
      field.addEventListener("keyup", (event) => event.stopPropagation(), { signal });
      field.addEventListener("dblclick", (event) => event.stopPropagation(), { signal });
      field.addEventListener("blur", () => end(true), { signal });
      name.replaceWith(field);
      field.focus({ preventScroll: true });
      field.select();
    }
  };
}

// src/ui/object-tools.ts
function objectTools(events, signal) {
  let shown = null;
  let choosing = false;
  const element = h("div", {
    class: "sam-object-tools",
    role: "toolbar",
    "aria-label": "Selected object",
    hidden: true
  });
  const button = (action, picture, [name, keys], act) => {
    const one = h("button", {
      type: "button",
      class: "sam-small",
      "data-action": action,
      "aria-label": name,
      title: keys === "" ? name : `${name} (${keys})`
    });
    one.append(icon(ICONS[picture]));
    one.addEventListener("click", act, { signal });
    element.append(one);
    return one;
  };
  const changing = [
    button("reopen", "reopen", ["Reopen", "Enter or double click"], () => events.reopen()),
    button("rename", "rename", ["Rename", "F2"], () => events.rename())
  ];
  const color = button("recolor", "color", ["Colour", ""], () => open(!choosing));
  const eye = button("conceal", "eye", ["Hide here", ""], () => events.hide());
  changing.push(
    color,
    button("delete", "trash", ["Delete", "Delete"], () => events.delete())
  );
  const palette = h("div", { class: "sam-palette", role: "group", "aria-label": "Colour" });
  palette.hidden = true;
  const colors = PALETTE.map((rgb, i) => {
    const one = h("button", {
      type: "button",
      class: "sam-color",
      "aria-label": colorName(i),
      title: colorName(i)
    });
    one.style.setProperty("--sam-color", css(rgb));
    const take = () => {
      if (shown !== null) events.recolor(shown.object.id, i);
      open(false);
    };
    one.addEventListener("click", take, { signal });
    return one;
  });
  palette.append(...colors);
  const open = (yes) => {
    const held = palette.matches(":focus-within");
    choosing = yes;
    palette.hidden = !yes;
    setAttribute(color, "aria-expanded", yes ? "true" : "false");
    if (held) color.focus({ preventScroll: true });
    else if (yes)
      colors[(shown?.object.color ?? 0) % colors.length]?.focus({ preventScroll: true });
  };
  const leave = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    open(false);
  };
  palette.addEventListener("keydown", leave, { signal });
  open(false);
  return {
    element,
    palette,
    update(selected, unseen, alive) {
      if (selected?.object.id !== shown?.object.id) open(false);
      shown = selected;
      element.hidden = selected === null;
      for (const one of changing) one.disabled = !alive;
      setAttribute(eye, "aria-pressed", unseen ? "true" : "false");
      if (selected === null) return;
      const place = selected.object.color % colors.length;
      for (const [i, one] of colors.entries()) {
        setAttribute(one, "aria-pressed", i === place ? "true" : "false");
      }
    }
  };
}

// src/ui/objects.ts
function objectsList(events, signal) {
  const list = h("ol", { class: "sam-object-list", role: "listbox", "aria-label": "Accepted" });
  const tools = objectTools(events, signal);
  const head = h("div", { class: "sam-objects-head" }, h("h3", {}, "Accepted"), tools.element);
  const element = h("section", {
    class: "sam-objects",
    "aria-label": "Accepted objects",
    hidden: true
  });
  element.append(head, tools.palette, list);
  const rows = [];
  const idAt = ({ target }) => {
    const row = target instanceof Element ? target.closest("li") : null;
    return row?.dataset.object ?? null;
  };
  const select = (event) => {
    const id = idAt(event);
    if (id !== null) events.select(id);
  };
  list.addEventListener("pointerover", (event) => events.point(idAt(event)), { signal });
  list.addEventListener("pointerleave", () => events.point(null), { signal });
  list.addEventListener("focusin", select, { signal });
  list.addEventListener("click", select, { signal });
  list.addEventListener("dblclick", (event) => idAt(event) && events.reopen(), { signal });
  const go = (to) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, to))];
    row?.element.focus({ preventScroll: true });
  };
  const KEYS2 = {
    ArrowUp: (at) => go(at - 1),
    ArrowDown: (at) => go(at + 1),
    Home: () => go(0),
    End: () => go(rows.length - 1),
    Enter: () => events.reopen(),
    F2: (at) => rows[at]?.rename(),
    Delete: () => events.delete(),
    Backspace: () => events.delete(),
    "Alt ArrowUp": () => events.move(-1),
    "Alt ArrowDown": () => events.move(1)
  };
  list.addEventListener(
    "keydown",
    (event) => {
      const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
      const act = ctrlKey || metaKey || shiftKey ? void 0 : KEYS2[altKey ? `Alt ${key}` : key];
      const id = idAt(event);
      const at = rows.findIndex(({ element: element2 }) => element2.dataset.object === id);
      if (act === void 0 || at < 0) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat || key.startsWith("Arrow")) act(at);
    },
    { signal }
  );
  const reveal = (row) => {
    const [seen, box2] = [list.getBoundingClientRect(), row.getBoundingClientRect()];
    if (box2.top < seen.top) list.scrollTop -= seen.top - box2.top;
    else if (box2.bottom > seen.bottom) list.scrollTop += box2.bottom - seen.bottom;
  };
  let revealed = null;
  return {
    element,
    rename: (id) => rows.find((row) => row.element.dataset.object === id)?.rename(),
    /** Only the rows whose object, answer or look is another one are touched. */
    update({ accepted, selected: one, unseen, pixels, alive }) {
      const before = rows.length;
      const held = list.matches(":focus-within");
      const used = element.matches(":focus-within");
      for (const row2 of rows.splice(accepted.length)) row2.element.remove();
      while (rows.length < accepted.length) rows.push(rowOf(events, signal));
      const at = one === null ? -1 : accepted.findIndex(({ object }) => object.id === one.object.id);
      for (const [i, thing] of accepted.entries()) {
        const { id } = thing.object;
        const reached = i === Math.max(0, at);
        rows[i]?.show({ thing, pixels, selected: i === at, reached, unseen: unseen.has(id) });
      }
      tools.update(one, one !== null && unseen.has(one.object.id), alive);
      if (rows.length !== before) {
        element.hidden = rows.length === 0;
        list.append(...rows.slice(before).map((row2) => row2.element));
        if (rows.length > before) list.scrollTop = list.scrollHeight;
      }
      const row = rows[at];
      const name = one && `${one.object.id} ${at}`;
      if (row !== void 0 && name !== revealed) reveal(row.element);
      revealed = name;
      if (held && row !== void 0 && !row.element.matches(":focus-within")) {
        row.element.focus({ preventScroll: true });
      } else if (used && (row === void 0 || !element.matches(":focus-within"))) events.leave();
      setAttribute(list, "aria-disabled", !alive ? "true" : null);
    }
  };
}

// src/shelf.ts
var Shelf = class {
  #options;
  #list;
  #selected = null;
  #pointed = null;
  // in the list or on the photo
  #unseen = /* @__PURE__ */ new Set();
  constructor(options, signal) {
    this.#options = options;
    this.#list = objectsList(
      {
        point: (id) => this.point(id),
        select: (id) => this.#select(id),
        called: (id, label) => options.act((scene) => rename(scene, id, label)),
        recolor: (id, color) => options.act((scene) => recolor(scene, id, color)),
        reopen: () => void this.reopen(),
        rename: () => void this.rename(),
        hide: () => this.#hide(),
        delete: () => void this.delete(),
        move: (by) => this.#move(by),
        leave: options.leave
      },
      signal
    );
  }
  get element() {
    return this.#list.element;
  }
  /** Whose outlines stand out on the photo. */
  get strong() {
    return /* @__PURE__ */ new Set([this.#selected, this.#pointed]);
  }
  /** Who is not shown on the photo, here: that is a way of looking, and nothing of the document. */
  get unseen() {
    return this.#unseen;
  }
  /** The selected object; null when there is none, or it is accepted no more. */
  get selected() {
    const { accepted } = this.#options.scene();
    return accepted.find(({ object }) => object.id === this.#selected) ?? null;
  }
  point(id) {
    if (id === this.#pointed) return;
    this.#pointed = id;
    this.#options.changed();
  }
  /**
   * What a click on an accepted object does while no prompts are open: the first selects it, so that nobody makes a
   * double by trying to touch it; a double click opens it again; another click on it prompts for something new there.
   */
  click(id, twice) {
    if (id === null || this.#options.scene().prompts.length > 0) return null;
    if (id !== this.#selected) return () => this.#selectAloud(id);
    return twice ? () => this.#reopened(this.#options.scene(), id) : null;
  }
  /** Opens the selected object again; says whether there is one, as the next ones do. */
  reopen() {
    return this.#change(
      ({ object }) => this.#options.act((scene) => this.#reopened(scene, object.id))
    );
  }
  rename() {
    return this.#change(({ object }) => this.#list.rename(object.id));
  }
  delete() {
    return this.#change(({ object }) => {
      const { accepted } = this.#options.scene();
      const at = accepted.findIndex((one) => one.object.id === object.id);
      const next = accepted[at + 1] ?? accepted[at - 1];
      this.#options.act((scene) => deleteObject(scene, object.id));
      this.#select(next?.object.id ?? null);
    });
  }
  deselect() {
    return this.#with(() => this.#select(null));
  }
  update(scene, pixels, alive) {
    const { selected } = this;
    this.#list.update({ accepted: scene.accepted, selected, unseen: this.#unseen, pixels, alive });
  }
  #with(act) {
    const { selected } = this;
    if (selected !== null) act(selected);
    return selected !== null;
  }
  #change(act) {
    return this.#options.alive() && this.#with(act);
  }
  #select(id) {
    this.#selected = id;
    this.#options.changed();
    return null;
  }
  /** Selects what was touched on the photo, where no row says that it is. */
  #selectAloud(id) {
    this.#select(id);
    this.#with(({ number }) => this.#options.say(`Object ${number} selected`));
    return null;
  }
  #reopened(scene, id) {
    this.#pointed = null;
    this.#unseen = new Set([...this.#unseen].filter((one) => one !== id));
    this.#select(null);
    return reopen(scene, id);
  }
  #hide() {
    this.#with(({ object: { id }, number }) => {
      const unseen = new Set(this.#unseen);
      if (!unseen.delete(id)) unseen.add(id);
      this.#unseen = unseen;
      this.#options.say(`Object ${number} is ${unseen.has(id) ? "hidden" : "shown"}`);
      this.#options.changed();
    });
  }
  /** Changes places with the accepted object that is so many rows on. */
  #move(by) {
    this.#with(
      ({ object: { id } }) => this.#options.act((scene) => {
        const at = scene.accepted.findIndex(({ object }) => object.id === id);
        const other = scene.accepted[at + by];
        return other === void 0 ? null : move(scene, id, other.number - 1);
      })
    );
  }
};

// src/sign.ts
var Sign = class {
  #held = false;
  // negative, until another is taken
  #flipped = false;
  // for the next click alone
  #alt = false;
  /** Whether a click has the negative sign, Alt aside: its event says itself whether Alt is down. */
  get negative() {
    return this.#held !== this.#flipped;
  }
  /** The same with Alt as it is now, for what the page shows. */
  get shown() {
    return this.negative !== this.#alt;
  }
  take(negative) {
    this.#held = negative;
    this.#flipped = false;
  }
  flip() {
    this.#flipped = !this.#flipped;
  }
  /** A click has had it. */
  spend() {
    this.#flipped = false;
  }
  /** Alt is down or up; whether that is new. */
  alt(down) {
    const is = down !== this.#alt;
    this.#alt = down;
    return is;
  }
};

// src/told.ts
function toldOf(before, after) {
  if (before === after || before.image?.id !== after.image?.id) return null;
  const said = [...ofObjects(before, after), ...ofPrompts(before, after), ...ofMask(before, after)];
  return said.length === 0 ? null : said.join(". ");
}
function describe({ image, accepted, prompts }) {
  if (image === null) return "No picture";
  const objects = `${accepted.length} accepted object${accepted.length === 1 ? "" : "s"}`;
  const open = prompts.length === 0 ? "" : `, one open`;
  return `Photo, ${image.width} by ${image.height} pixels, ${objects}${open}`;
}
function ofObjects(before, after) {
  if (before.objects === after.objects) return [];
  const [was, now] = [byId(before), byId(after)];
  const told = [];
  const moved = [];
  for (const thing of before.accepted) {
    if (!now.has(thing.object.id)) told.push(`${called(thing.object, thing.number)} deleted`);
  }
  for (const [id, { object, number }] of now) {
    const old = was.get(id);
    const name = called(object, number);
    if (old === void 0) {
      if (object.locked) told.push(`${name} is back`);
      continue;
    }
    if (object === old.object && number === old.number) continue;
    if (object.locked !== old.object.locked) {
      told.push(`${name} ${object.locked ? "accepted" : "reopened"}`);
    }
    if (object.label !== old.object.label) {
      told.push(`Object ${number} ${object.label === "" ? "has no name" : `is ${object.label}`}`);
    }
    if (object.color !== old.object.color) told.push(`${name} is ${colorName(object.color)}`);
    if (object.order !== old.object.order) moved.push(`${name}`);
  }
  if (moved.length === 2) told.push(`In their new order: ${moved.join("; ")}`);
  else if (moved.length > 2) told.push("The objects have another order");
  return told;
}
function byId({ objects }) {
  return new Map(objects.map((object, i) => [object.id, { object, number: i + 1 }]));
}
function called({ label }, number) {
  return label === "" ? `Object ${number}` : `Object ${number}, ${label}`;
}
function ofPrompts(before, after) {
  const gone = before.prompts.length > 0 && after.prompts.length === 0;
  const put = after.objects.find(({ id }) => id === before.open?.id)?.locked;
  return gone && !put ? ["No prompts"] : [];
}
function ofMask(before, after) {
  const { open, answer, image } = after;
  if (open === null || answer === null || image === null) return [];
  const chosen = chosenOf(open, answer);
  const old = before.open && before.answer;
  if (old?.id === answer.id && before.open && chosenOf(before.open, old) === chosen) return [];
  return [maskWords(answer, chosen, image.width * image.height)];
}
function maskWords(answer, chosen, pixels) {
  const candidate = answer.candidates[chosen];
  if (candidate === void 0) return "No mask";
  const share = shareOf(candidate.area, pixels);
  const place = `${chosen + 1} of ${answer.candidates.length}`;
  return `Mask: predicted IoU ${candidate.score.toFixed(2)}, ${share} of the photo, ${place}`;
}

// src/ui/footer.ts
var MOST_ASKED = 1e3;
var UNKNOWN = { decode: null, link: null, draw: null };
var Stopwatch = class {
  timing = UNKNOWN;
  #asked = /* @__PURE__ */ new Map();
  // prompt -> when
  #answer = null;
  ask(edit, now) {
    if (this.#asked.size > MOST_ASKED) this.#asked.clear();
    for (const id of Object.keys(edit.put)) this.#asked.set(id, now);
  }
  /** The answer's mask is on the canvas at `now`, and drawing took `draw`. */
  answered(answer, now, draw) {
    if (answer.id === this.#answer) return;
    this.#answer = answer.id;
    const asked = this.#asked.get(answer.of.at(-1) ?? "");
    this.#asked.clear();
    const decode2 = answer.seconds * 1e3;
    const link = asked === void 0 ? null : Math.max(0, now - asked - draw - decode2);
    this.timing = { decode: decode2, link, draw };
  }
};
var LEAVES = "This mask leaves its box";
function hintOf(state) {
  const { scene, mode, ready, failed, owed, contact, drawing, selected, leaves } = state;
  if (contact === "saved") return "";
  if (contact === "gone") return "What you see is kept until the cell runs again";
  if (scene.image === null) return "";
  if (drawing) return "Let go to ask · [[Esc]] to forget it";
  if ((scene.prompts.length > 0 && scene.answer === null || owed) && !ready) {
    return failed ? "Your prompt is kept, and answered when trying again succeeds" : "Your prompt is kept and answered as soon as the model is ready";
  }
  if (scene.prompts.length > 0 && !affirmed(scene.prompts)) {
    return "First click what you want · [[P]] adds · [[Z]] undo";
  }
  const { hint } = MODES[mode];
  if (hint !== null) return hint;
  if (scene.answer !== null && leaves) return `${LEAVES} · [[1]] [[2]] [[3]] choose another`;
  if (scene.answer !== null) {
    return "[[Enter]] accepts · [[1]] [[2]] [[3]] choose · right-click takes away";
  }
  if (scene.prompts.length > 0) return null;
  if (selected) return "[[Enter]] reopens it · another click starts a new object there";
  if (scene.objects.length > 0) return "Click the next thing · drag a box · [[Z]] undo";
  return "Click what you want · right-click what you don’t · drag a box";
}
function footer(zoom, help, signal) {
  const hint = h("span", { class: "sam-hint" });
  const time = h("span", { class: "sam-time", title: "Where the last answer's time went" });
  const keys = h("button", {
    type: "button",
    class: "sam-help-button",
    "data-action": "help",
    "aria-label": "All keys",
    title: "All keys (?)"
  });
  keys.append(h("kbd", {}, "?"), h("span", {}, "keys"));
  keys.addEventListener("click", help, { signal });
  const element = h("div", { class: "sam-footer" }, hint, time, zoom, keys);
  let shown = null;
  return {
    element,
    update(text, timing) {
      if (text !== null && text !== shown) hint.replaceChildren(...withKeys(text));
      shown = text ?? shown;
      setText(time, timeOf(timing));
    }
  };
}
function timeOf({ decode: decode2, link, draw }) {
  if (decode2 === null) return "";
  const parts = [`decode ${Math.round(decode2)}`];
  if (link !== null) parts.push(`link ${Math.round(link)}`);
  if (draw !== null) parts.push(`draw ${Math.round(draw)}`);
  return `${parts.join(" · ")} ms`;
}

// src/ui/room.ts
var WIDE = 640;
var BESIDE = 400;
var HARDLY = 0.8;
var PANEL = [224, 340];
var TOOLBAR = 520;
var LEAST2 = { width: 200, height: 80 };
var MOST_WISH = 1200;
var BORDER = 2;
function roomOf(image, given, ratio) {
  const width = Math.max(LEAST2.width, given.width);
  const height = Math.max(LEAST2.height, given.height);
  const [least, most] = PANEL;
  const within2 = (room) => contain(image, { width: Math.max(1, room - BORDER), height }, ratio);
  const [above, left] = [within2(width), within2(width - least)];
  const wish = Math.ceil(within2(MOST_WISH - least).css.width) + least + BORDER;
  const beside = width >= WIDE || width >= BESIDE && left.css.width >= HARDLY * above.css.width;
  if (!beside) return { view: above, beside, panel: width - BORDER, frame: width, wish };
  const panel = Math.min(most, Math.max(least, Math.floor(width - BORDER - left.css.width)));
  const frame = Math.min(width, Math.max(TOOLBAR, Math.ceil(left.css.width + panel + BORDER)));
  return { view: left, beside, panel, frame, wish };
}

// src/ui/frame.ts
var PADDING = 6;
var EMPTY2 = { width: 3, height: 2 };
function frameOf(parts) {
  const canvas = (name) => h("canvas", { class: `sam-canvas ${name}`, "aria-hidden": "true" });
  const canvases = {
    photo: canvas("sam-photo"),
    overlay: canvas("sam-overlay"),
    numbered: canvas("sam-numbered"),
    marks: h("canvas", { class: "sam-canvas sam-marks", role: "img" })
    // the uppermost speaks for all
  };
  const pulse = h("span", { class: "sam-pulse", hidden: true });
  const veil = h("div", { class: "sam-veil" });
  const still = h("img", { class: "sam-still", alt: "The photo with its masks", hidden: true });
  const picture = h("div", { class: "sam-picture" }, ...Object.values(canvases), still, pulse);
  const stage = h("div", { class: "sam-stage" }, picture, veil);
  const body = h(
    "div",
    { class: "sam-body" },
    stage,
    h("div", { class: "sam-panel" }, ...parts.panel),
    parts.help
  );
  const card2 = h("div", { class: "sam-frame" }, parts.toolbar, parts.notice, body, parts.footer);
  card2.append(parts.speech);
  const root = h(
    "div",
    {
      class: "sam-widget",
      tabindex: 0,
      role: "application",
      "aria-label": "Segment Anything: click in the photo to get masks",
      "data-lm-suppress-shortcuts": "true",
      "data-version": "-1",
      "data-painted": "0"
    },
    card2
  );
  let last = null;
  return {
    root,
    stage,
    canvases,
    layOut(image, height) {
      if (root.clientWidth === 0 && last !== null) return last;
      const ratio = window.devicePixelRatio || 1;
      const width = root.clientWidth - PADDING;
      const { view, beside, panel, frame, wish } = roomOf(image ?? EMPTY2, { width, height }, ratio);
      setAttribute(root, "data-layout", beside ? "wide" : "narrow");
      root.style.setProperty("--sam-wish", `${wish}px`);
      root.style.setProperty("--sam-panel", `${panel}px`);
      card2.style.maxWidth = `${frame}px`;
      picture.style.width = `${view.css.width}px`;
      picture.style.height = `${view.css.height}px`;
      for (const one of Object.values(canvases)) {
        if (one.width === view.device.width && one.height === view.device.height) continue;
        one.width = view.device.width;
        one.height = view.device.height;
      }
      last = view;
      return view;
    },
    show({ mode, waiting, view, photo: seen, empty, contact, said, over, still: kept }) {
      setAttribute(canvases.marks, "aria-label", said);
      setAttribute(root, "data-over", over);
      setAttribute(root, "data-mode", mode);
      canvases.marks.style.touchAction = fingerOf(MODES[mode].kind).action;
      setAttribute(root, "data-contact", contact);
      setText(
        veil,
        empty ? 'No picture yet. In Python: SamWidget("photo.jpg")' : "Waiting for the picture"
      );
      setAttribute(veil, "data-empty", empty);
      veil.hidden = seen || kept !== null;
      still.hidden = kept === null;
      setAttribute(still, "src", kept);
      pulse.hidden = waiting === null;
      if (waiting === null) return;
      const at = toScreen(view, waiting);
      pulse.style.transform = `translate(${at.x}px, ${at.y}px)`;
    }
  };
}

// src/tools/pick.ts
function picking(tool, pick) {
  return (press, scene) => {
    const own = tool(press, scene);
    let dragged = false;
    return {
      move(to) {
        dragged ||= press.travelled(to) > SLOP;
        return own.move(to);
      },
      release(to) {
        dragged ||= press.travelled(to) > SLOP;
        const picked = dragged ? null : pick(scene());
        return picked === null ? own.release(to) : picked();
      }
    };
  };
}

// src/ui/pointer.ts
var LEFT2 = 0;
var RIGHT2 = 2;
function placeOn(canvas, event) {
  const corner = canvas.getBoundingClientRect();
  return { x: event.clientX - corner.left, y: event.clientY - corner.top };
}
function listenPointer(canvas, options, signal) {
  let running = null;
  let clicks = 0;
  const place = (event) => toImage(options.view(), placeOn(canvas, event));
  const press = (event) => {
    if (running !== null || !options.enabled()) return;
    if (event.button !== LEFT2 && event.button !== RIGHT2) return;
    const at = place(event);
    const travelled = (to) => {
      const view = options.view();
      const [from, now] = [toScreen(view, at), toScreen(view, to)];
      return Math.hypot(now.x - from.x, now.y - from.y);
    };
    const pick = event.shiftKey ? () => null : () => options.pick(at, clicks === 2);
    const tool = picking(options.tool(event), pick);
    const gesture = tool({ at, positive: options.positive(event), travelled }, options.scene);
    clicks = 1;
    running = { id: event.pointerId, gesture };
    canvas.setPointerCapture(event.pointerId);
  };
  const move2 = (event) => {
    if (running?.id === event.pointerId) options.draft(running.gesture.move(place(event)));
    else if (running === null) options.hover(event.shiftKey ? null : place(event));
  };
  const release = (event) => {
    if (running?.id !== event.pointerId) return;
    const { gesture } = running;
    running = null;
    options.draft(null);
    const to = place(event);
    options.done(() => gesture.release(to));
  };
  const cancel = () => {
    if (running === null) return false;
    running = null;
    options.draft(null);
    return true;
  };
  canvas.addEventListener("pointerdown", press, { signal });
  canvas.addEventListener("mousedown", ({ detail }) => clicks = detail, { signal });
  canvas.addEventListener("pointermove", move2, { signal });
  canvas.addEventListener("pointerleave", () => options.hover(null), { signal });
  canvas.addEventListener("pointerup", release, { signal });
  canvas.addEventListener("pointercancel", cancel, { signal });
  canvas.addEventListener(
    "contextmenu",
    (event) => {
      event.preventDefault();
      event.stopPropagation();
    },
    { signal }
  );
  return { cancel };
}

// src/ui/hand.ts
var LEFT3 = 0;
var MIDDLE = 1;
var LEFT_HELD = 1;
var NOTCH = 30;
var LINE = 16;
function factorOf(wheel) {
  const delta = wheel.deltaY * (wheel.deltaMode === 0 ? 1 : LINE);
  return Math.exp(-Math.min(NOTCH, Math.max(-NOTCH, delta)) / 100);
}
function listenHand(elements, options, signal) {
  const { root, stage, canvas } = elements;
  const fingers = /* @__PURE__ */ new Map();
  let pinching = false;
  let space = false;
  let hover = null;
  let drag = null;
  const show = () => setAttribute(root, "data-hand", drag ? "closed" : space ? "open" : null);
  const imageAt = (place) => toImage(options.view(), place);
  const seenAt = (place) => placeIn(options.view(), options.sight(), place);
  const take = (event) => event.stopImmediatePropagation();
  const press = (event) => {
    if (!options.enabled()) return;
    if (event.pointerType === "touch") {
      fingers.set(event.pointerId, placeOn(canvas, event));
      if (fingers.size === 2) {
        pinching = true;
        options.interrupt();
      }
      if (pinching) take(event);
      return;
    }
    if (event.button !== MIDDLE && !(space && event.button === LEFT3)) return;
    take(event);
    if (drag !== null) return;
    drag = { id: event.pointerId, grabbed: imageAt(placeOn(canvas, event)), midway: false };
    canvas.setPointerCapture(event.pointerId);
    show();
  };
  const move2 = (event) => {
    const place = placeOn(canvas, event);
    if (event.pointerType === "touch") {
      if (!fingers.has(event.pointerId)) return;
      const before = [...fingers.values()];
      fingers.set(event.pointerId, place);
      if (!pinching) return;
      take(event);
      pinch(before, [...fingers.values()]);
      return;
    }
    if (drag === null && space && hover !== null && (event.buttons & LEFT_HELD) !== 0) {
      drag = { id: event.pointerId, grabbed: imageAt(hover), midway: true };
      show();
    }
    hover = place;
    if (drag?.id !== event.pointerId) return;
    take(event);
    options.look(panned(options.view(), options.sight(), drag.grabbed, imageAt(place)));
  };
  const pinch = (before, after) => {
    const [was, now] = [between3(before), between3(after)];
    if (was === null || now === null || was.apart === 0 || now.apart === 0) return;
    const view = options.view();
    const grabbed = seenAt(was);
    const nearer = zoomed(view, options.sight(), now.apart / was.apart, grabbed);
    options.look(panned(view, nearer, grabbed, toImage(look(view, nearer), now)));
  };
  const release = (event) => {
    fingers.delete(event.pointerId);
    if (event.pointerType === "touch") {
      if (pinching) take(event);
      if (fingers.size === 0) pinching = false;
    } else if (drag?.id === event.pointerId) {
      if (!drag.midway) take(event);
      drag = null;
      show();
    }
  };
  const touch = (event) => {
    if (event.targetTouches.length > 1 && options.enabled()) event.preventDefault();
  };
  const wheel = (event) => {
    if (!(event.ctrlKey || event.metaKey) || !options.enabled()) return;
    if (!root.matches(":focus-within")) return;
    event.preventDefault();
    event.stopPropagation();
    const at = seenAt(placeOn(canvas, event));
    options.look(zoomed(options.view(), options.sight(), factorOf(event), at));
  };
  const hold = (held) => {
    space = held;
    if (!held && drag?.midway) drag = null;
    show();
  };
  const keydown = (event) => {
    if (event.code !== "Space" || event.ctrlKey || event.metaKey || event.altKey) return;
    const byMouse = root.hasAttribute("data-pointer") && hover !== null;
    if (event.target instanceof HTMLButtonElement && !byMouse) return;
    event.preventDefault();
    if (!space) hold(true);
  };
  const keyup = (event) => {
    if (event.code !== "Space" || !space) return;
    event.preventDefault();
    hold(false);
  };
  const first = { signal, capture: true };
  canvas.addEventListener("pointerdown", press, first);
  canvas.addEventListener("pointermove", move2, first);
  canvas.addEventListener("pointerup", release, first);
  canvas.addEventListener("pointercancel", release, first);
  canvas.addEventListener("pointerleave", () => hover = null, { signal });
  canvas.addEventListener(
    "mousedown",
    (event) => event.button === MIDDLE && event.preventDefault(),
    // no scrolling by itself
    { signal }
  );
  canvas.addEventListener("touchstart", touch, { signal, passive: false });
  canvas.addEventListener("touchmove", touch, { signal, passive: false });
  stage.addEventListener("wheel", wheel, { signal, passive: false });
  root.addEventListener("keydown", keydown, { signal });
  root.addEventListener("keyup", keyup, { signal });
  root.addEventListener("focusout", () => hold(false), { signal });
  return { at: () => hover === null ? null : seenAt(hover) };
}
function between3([a, b]) {
  if (a === void 0 || b === void 0) return null;
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, apart: Math.hypot(a.x - b.x, a.y - b.y) };
}

// src/ui/help.ts
var KEYS = [
  ["click", "add what is under the pointer"],
  ["right-click, [[Alt]] click", "take it away"],
  ["drag", "draw a box"],
  ["dotted, hatched", "a mask that Python gave"],
  ["[[1]] [[2]] [[3]]", "choose a candidate"],
  ["[[Enter]]", "accept; the next click starts another object"],
  ["[[X]]", "turn the next click’s sign"],
  ["[[P]], [[B]]", "points, box"],
  ["[[Z]], [[Shift]] [[Z]]", "undo, redo"],
  ["[[Backspace]]", "drop the last prompt"],
  ["[[H]]", "hide the masks while held"],
  ["[[+]] [[−]] [[0]]", "zoom in, out, the whole photo"],
  ["[[Ctrl]] wheel, pinch", "zoom where you point"],
  ["[[Space]] drag, middle-drag, arrows", "move the photo"],
  ["[[Esc]]", "clear; once more leaves the widget"],
  ["click an accepted object", "select it, while no prompts are open"],
  ["click it again, [[Shift]] click", "start a new object on it"],
  ["[[Enter]], double click", "reopen the selected object"],
  ["[[F2]], [[Delete]]", "rename it, delete it"],
  ["[[↑]] [[↓]] in the list", "select another; with [[Alt]] move it"]
];
function helpSheet() {
  const rows = KEYS.flatMap(([keys, what]) => [
    h("dt", {}, ...withKeys(keys)),
    h("dd", {}, ...withKeys(what))
  ]);
  const element = h("div", { class: "sam-help", role: "note", "aria-label": "Keys", hidden: true });
  element.append(h("dl", {}, ...rows));
  return {
    element,
    update(open) {
      element.hidden = !open;
    }
  };
}

// src/ui/keys.ts
var PLAIN = {
  Digit1: { do: "choose", index: 0 },
  Digit2: { do: "choose", index: 1 },
  Digit3: { do: "choose", index: 2 },
  Numpad1: { do: "choose", index: 0 },
  Numpad2: { do: "choose", index: 1 },
  Numpad3: { do: "choose", index: 2 },
  KeyX: { do: "flip" },
  KeyZ: { do: "undo" },
  KeyP: { do: "point" },
  KeyB: { do: "box" },
  KeyH: { do: "hide" },
  Enter: { do: "accept" },
  NumpadEnter: { do: "accept" },
  Escape: { do: "escape" },
  Backspace: { do: "dropLast" },
  Delete: { do: "dropLast" },
  F2: { do: "rename" },
  Digit0: { do: "zoom", zoom: "fit" },
  Numpad0: { do: "zoom", zoom: "fit" },
  ArrowLeft: { do: "pan", x: -1, y: 0 },
  ArrowRight: { do: "pan", x: 1, y: 0 },
  ArrowUp: { do: "pan", x: 0, y: -1 },
  ArrowDown: { do: "pan", x: 0, y: 1 }
};
var PRINTED = {
  "+": { do: "zoom", zoom: "in" },
  "=": { do: "zoom", zoom: "in" },
  // the plus of most layouts without Shift
  "-": { do: "zoom", zoom: "out" }
};
var REPEATED = /* @__PURE__ */ new Set(["undo", "redo", "zoom", "pan"]);
function commandOf(stroke) {
  const { code, ctrlKey, metaKey, shiftKey, altKey } = stroke;
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (code === "KeyZ") return { do: shiftKey ? "redo" : "undo" };
    return code === "KeyY" ? { do: "redo" } : null;
  }
  if (stroke.key === "?" || shiftKey && code === "Slash") return { do: "help" };
  const printed = PRINTED[stroke.key];
  if (printed !== void 0) return printed;
  if (shiftKey) return code === "KeyZ" ? { do: "redo" } : null;
  return PLAIN[code] ?? null;
}
var HOSTS = /^(F\d+|Page(Up|Down)|Home|End)$/;
var RUN = /^(Numpad)?Enter$/;
function isHosts(stroke) {
  if (commandOf(stroke) !== null) return false;
  const { code, ctrlKey, metaKey, shiftKey, altKey } = stroke;
  return ctrlKey || metaKey || altKey || shiftKey && RUN.test(code) || HOSTS.test(code);
}
var SILENCE2 = "data-lm-suppress-shortcuts";
function listenKeys(root, run, takes, signal) {
  const swallowed = (event) => event.isComposing || event.keyCode === 229;
  let owed = false;
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.composedPath().includes(root))
        setAttribute(root, SILENCE2, isHosts(event) ? null : "true");
    },
    { signal, capture: true }
  );
  root.addEventListener(
    "keydown",
    (event) => {
      if (swallowed(event)) {
        owed = true;
        return;
      }
      owed = false;
      if (isHosts(event)) return;
      const command = commandOf(event);
      event.stopPropagation();
      if (command === null || command.do === "accept" && onButton(event)) return;
      if (!takes(command)) return;
      event.preventDefault();
      if (!event.repeat || REPEATED.has(command.do)) run(command, true);
    },
    { signal }
  );
  root.addEventListener(
    "keyup",
    (event) => {
      const command = commandOf(event);
      if (command === null) return;
      event.stopPropagation();
      if (owed && !swallowed(event)) run(command, true);
      owed = false;
      run(command, false);
    },
    { signal }
  );
}
function onButton(event) {
  return event.target instanceof HTMLButtonElement;
}

// src/ui/listen.ts
function listenView({ root, stage }, heard, signal) {
  listenKeys(root, heard.command, heard.takes, signal);
  const alt = (event) => heard.alt(event.altKey);
  root.addEventListener("keydown", alt, { signal });
  root.addEventListener("keyup", alt, { signal });
  root.addEventListener("pointermove", alt, { signal });
  root.addEventListener("focusout", heard.left, { signal });
  listenFocus(root, stage, signal);
  const observer = new ResizeObserver(heard.resized);
  observer.observe(root);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  listenRatio(heard.resized, signal);
}
function listenFocus(root, stage, signal) {
  const first = { signal, capture: true };
  const byPointer = (yes) => setAttribute(root, "data-pointer", yes);
  root.addEventListener("pointerdown", () => byPointer(true), first);
  root.addEventListener("keydown", (event) => event.key === "Tab" && byPointer(false), first);
  stage.addEventListener("pointerdown", () => root.focus({ preventScroll: true }), first);
}
function listenRatio(changed3, signal) {
  const resolution = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  const next = () => {
    changed3();
    listenRatio(changed3, signal);
  };
  resolution.addEventListener("change", next, { once: true, signal });
}

// src/ui/notice.ts
var GONE = "The kernel has stopped or restarted. Run the cell again.";
var SAVED = "No kernel: this is what was saved. Run the cell to go on.";
var SILENT = "The kernel does not answer; it may be busy. What you do is kept.";
function wordsOf({ contact, error, status }) {
  if (contact === "gone") return GONE;
  if (contact === "saved") return SAVED;
  if (error !== null) return error;
  if (status?.what === "error") return failureOf(status);
  return contact === "silent" ? SILENT : null;
}
function failureOf(status) {
  return status?.text || "The model cannot run.";
}
function notice(dismiss, retry, signal) {
  const words = h("span", { class: "sam-error-words" });
  const again = h("button", { type: "button", class: "sam-retry", "data-action": "retry" });
  again.textContent = "Try again";
  again.addEventListener("click", retry, { signal });
  const close = h("button", {
    type: "button",
    class: "sam-tool",
    "aria-label": "Dismiss this message",
    title: "Dismiss"
  });
  close.append(icon(ICONS.clear));
  close.addEventListener("click", dismiss, { signal });
  const element = h("div", { class: "sam-error", role: "alert", hidden: true });
  element.append(icon(ICONS.error), words, again, close);
  return {
    element,
    update(text, ways) {
      if (words.textContent !== (text ?? "")) words.replaceChildren(...breakable(text ?? ""));
      element.hidden = text === null;
      again.hidden = !ways.retry;
      close.hidden = !ways.dismiss;
    }
  };
}
function breakable(text) {
  const parts = text.split(/(?<=[^/:]\/)(?=[^/])/).map((part) => document.createTextNode(part));
  return parts.flatMap((part, i) => i === 0 ? [part] : [h("wbr"), part]);
}

// src/ui/speech.ts
function speech() {
  const element = h("div", { class: "sam-speech", role: "status", "aria-live": "polite" });
  return {
    element,
    /** Null: nothing new, and the last word stands. */
    say(words) {
      if (words !== null) setText(element, words);
    }
  };
}

// src/ui/status.ts
var WORDS = {
  waiting: "connecting",
  loading: "loading",
  downloading: "downloading",
  encoding: "reading",
  ready: "ready",
  error: "error",
  silent: "no answer",
  gone: "disconnected",
  saved: "no kernel"
};
var PICTURES = {
  waiting: "busy",
  loading: "busy",
  encoding: "busy",
  ready: "ready",
  error: "error",
  silent: "error",
  gone: "broken",
  saved: "broken"
};
function statusPill() {
  const pictures = h("span", { class: "sam-status-picture" });
  const model = h("span", { class: "sam-status-model" });
  const words = h("span", { class: "sam-status-words" });
  const more = h("span", { class: "sam-status-more" });
  const share = h("span", { class: "sam-status-share", "aria-hidden": "true" });
  const bar = h("span", {
    class: "sam-status-bar",
    role: "progressbar",
    "aria-label": "Download",
    hidden: true
  });
  const element = h("div", { class: "sam-status", role: "status", "aria-live": "polite" });
  element.append(pictures, model, words, more, share, bar);
  let shown = "";
  return {
    element,
    update(status, contact) {
      const what = contact === "open" ? status?.what ?? "loading" : contact;
      setAttribute(element, "data-what", what);
      if (shown !== PICTURES[what]) {
        shown = PICTURES[what];
        pictures.replaceChildren(icon(ICONS[PICTURES[what]]));
      }
      setText(model, shortOf(status?.model ?? ""));
      const progress = contact === "open" ? status?.progress ?? null : null;
      const percent = progress === null ? null : Math.floor(progress * 100);
      setText(words, WORDS[what === "loading" && percent !== null ? "downloading" : what]);
      setText(more, what === "encoding" ? "the photo" : "");
      setText(share, percent === null ? "" : `${percent}%`);
      setAttribute(element, "title", status?.text || null);
      bar.hidden = percent === null;
      setAttribute(bar, "aria-valuenow", percent);
      bar.style.setProperty("--sam-progress", String(progress ?? 0));
    }
  };
}
function shortOf(model) {
  return model.split(/[\\/]/).findLast((part) => part !== "") ?? "";
}

// src/ui/theme.ts
function followTheme(root, theme, signal) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const refresh = () => {
    const wanted = theme();
    const host = wanted === "auto" ? hostOf(document.body) : null;
    root.dataset.host = host?.name ?? "none";
    root.dataset.theme = host?.theme ?? (wanted === "auto" ? system.matches ? "dark" : "light" : wanted);
  };
  system.addEventListener("change", refresh, { signal });
  const watcher = new MutationObserver(refresh);
  watcher.observe(document.body, {
    attributes: true,
    attributeFilter: ["class", "data-jp-theme-light", "data-vscode-theme-kind"]
  });
  signal.addEventListener("abort", () => watcher.disconnect(), { once: true });
  refresh();
  return refresh;
}
function hostOf(body) {
  const jupyter = body.dataset.jpThemeLight;
  if (jupyter !== void 0) {
    return { name: "jupyter", theme: jupyter === "false" ? "dark" : "light" };
  }
  const kind = body.dataset.vscodeThemeKind;
  if (kind !== void 0) {
    return { name: "vscode", theme: kind.includes("light") ? "light" : "dark" };
  }
  return null;
}

// src/ui/toolbar.ts
function enabledOf({ image, prompts }, store) {
  const alive = !store.ended;
  return {
    point: alive,
    negative: alive,
    box: alive,
    undo: alive && (store.canUndo || store.underWay),
    redo: alive && store.canRedo,
    clear: alive && prompts.length > 0,
    hide: image !== null,
    accept: alive && affirmed(prompts)
  };
}
var BUTTONS = [
  ["point", "point", "Add what I click", "P"],
  ["negative", "negative", "Take away what I click", "right-click, Alt-click or X"],
  ["box", "box", "Draw a box", "B, or drag at any time"],
  ["undo", "undo", "Undo", "Z"],
  ["redo", "redo", "Redo", "Shift+Z"],
  ["clear", "clear", "Clear the prompts", "Esc"],
  ["hide", "eye", "Hide the masks", "hold H"]
];
var AFTER_GAP = /* @__PURE__ */ new Set(["undo", "hide"]);
var TOGGLES = /* @__PURE__ */ new Set([...Object.keys(MODES), "hide"]);
function toolbar(act, status, signal) {
  const buttons = /* @__PURE__ */ new Map();
  const element = h("div", {
    class: "sam-toolbar",
    role: "toolbar",
    "aria-label": "Segmentation tools"
  });
  for (const [action, picture, name, keys] of BUTTONS) {
    if (AFTER_GAP.has(action)) element.append(h("span", { class: "sam-gap" }));
    const button = h("button", {
      type: "button",
      class: "sam-tool",
      "data-action": action,
      "aria-label": name,
      title: `${name} (${keys})`
    });
    button.append(icon(ICONS[picture]));
    buttons.set(action, button);
    element.append(button);
  }
  const accept2 = h("button", {
    type: "button",
    class: "sam-accept",
    "data-action": "accept",
    "aria-label": "Accept the chosen mask",
    title: "Accept the chosen mask; the next click starts another object (Enter)"
  });
  accept2.append(icon(ICONS.accept), h("span", {}, "Accept"));
  buttons.set("accept", accept2);
  element.append(accept2, h("span", { class: "sam-space" }), status);
  for (const [action, button] of buttons) {
    button.addEventListener("click", () => act(action), { signal });
  }
  return {
    element,
    update({ mode, hidden, enabled }) {
      for (const [action, button] of buttons) {
        button.disabled = !enabled[action];
        if (!TOGGLES.has(action)) continue;
        const pressed = action === "hide" ? hidden : action === mode;
        setAttribute(button, "aria-pressed", pressed ? "true" : "false");
      }
    }
  };
}

// src/ui/zoom.ts
function zoomControl(act, signal) {
  const button = (action, name, keys) => {
    const one = h("button", {
      type: "button",
      class: `sam-zoom-${action}`,
      "data-action": `zoom-${action}`,
      "aria-label": name,
      title: `${name} (${keys})`
    });
    one.addEventListener("click", () => act(action), { signal });
    return one;
  };
  const out = button("out", "Zoom out", "−");
  const fit = button("fit", "Show the whole photo", "0");
  const closer = button("in", "Zoom in", "+, Ctrl+wheel or pinch");
  out.append(icon(ICONS.minus));
  closer.append(icon(ICONS.plus));
  const element = h("div", { class: "sam-zoom", role: "group", "aria-label": "Zoom" });
  element.append(out, fit, closer);
  return {
    element,
    update(zoom, most) {
      const times = timesOf(zoom);
      setText(fit, times ?? "Fit");
      setAttribute(element, "data-zoomed", times !== null);
      const name = "whole photo shown";
      setAttribute(fit, "aria-label", times === null ? name : `${times}, show the whole photo`);
      setAttribute(out, "aria-disabled", times === null ? "true" : null);
      setAttribute(fit, "aria-disabled", times === null ? "true" : null);
      setAttribute(closer, "aria-disabled", zoom >= most ? "true" : null);
    }
  };
}
function timesOf(zoom) {
  if (zoom === 1) return null;
  return `${zoom < 9.95 ? Number(zoom.toFixed(1)) : Math.round(zoom)}×`;
}

// src/view.ts
var View = class {
  #store;
  #knobs;
  #frame;
  #gallery;
  #easel;
  #end = new AbortController();
  #toolbar;
  #status = statusPill();
  #notice;
  #candidates;
  #shelf;
  #speech = speech();
  #footer;
  #help = helpSheet();
  #zoom;
  #pointer;
  #hand;
  #gaze;
  #sign = new Sign();
  #hidden = false;
  // masks hidden by the button
  #held = false;
  // masks hidden while a key is down
  #helping = false;
  #hovered = null;
  #over = null;
  // the accepted object under the pointer
  #draft = null;
  #dismissed = null;
  #told = sceneOf(EMPTY);
  // the scene of which was spoken last
  #answer = null;
  // whose mask is on the canvas
  #painted = 0;
  #raf = 0;
  #watch = new Stopwatch();
  constructor(el, store, knobs, signal) {
    this.#store = store;
    this.#knobs = knobs;
    const end = this.#end.signal;
    this.#gallery = new Gallery(
      store.blobs,
      () => this.#schedule(),
      (why) => store.setError(why)
    );
    this.#toolbar = toolbar((action) => this.#act(action), this.#status.element, end);
    this.#notice = notice(
      () => this.#dismiss(),
      () => this.#retry(),
      end
    );
    this.#candidates = candidatesPanel(
      this.#gallery,
      {
        choose: (index) => this.#do((scene) => choose(scene, index)),
        point: (index) => this.#set(() => this.#hovered = index)
      },
      end
    );
    this.#shelf = new Shelf(
      {
        scene: () => this.#scene,
        act: (act) => this.#do(act),
        alive: () => !store.ended,
        changed: () => this.#schedule(),
        say: (words) => this.#speech.say(words),
        leave: () => this.#frame.root.focus({ preventScroll: true })
      },
      end
    );
    this.#zoom = zoomControl((zoom) => this.#gaze.zoom(zoom, null), end);
    this.#footer = footer(
      this.#zoom.element,
      () => this.#set(() => this.#helping = !this.#helping),
      end
    );
    this.#frame = frameOf({
      toolbar: this.#toolbar.element,
      notice: this.#notice.element,
      panel: [this.#candidates.element, this.#shelf.element],
      help: this.#help.element,
      footer: this.#footer.element,
      speech: this.#speech.element
    });
    const { root, canvases } = this.#frame;
    const { marks } = canvases;
    this.#easel = new Easel(canvases, this.#gallery);
    el.append(root);
    this.#gaze = new Gaze(this.#frame.layOut(null, knobs.get("height")), () => this.#schedule());
    this.#pointer = listenPointer(
      marks,
      {
        view: () => this.#gaze.view,
        scene: () => this.#scene,
        tool: ({ pointerType }) => {
          const kind = knobs.get("tool");
          return pointerType === "touch" ? fingerOf(kind).tool : toolOf(kind);
        },
        pick: (at, twice) => this.#shelf.click(this.#easel.objectAt(at), twice),
        hover: (at) => this.#hover(at),
        positive: (event) => (event.button === 2 || event.altKey || event.ctrlKey) === this.#sign.negative,
        enabled: () => this.#scene.image !== null && !store.ended,
        draft: (draft) => this.#set(() => this.#draft = draft),
        done: (make) => this.#prompted(make)
      },
      end
    );
    this.#hand = listenHand(
      { root, stage: this.#frame.stage, canvas: marks },
      {
        view: () => this.#gaze.view,
        sight: () => this.#gaze.sight,
        enabled: () => this.#scene.image !== null,
        look: (sight) => this.#gaze.look(sight),
        interrupt: () => void this.#pointer.cancel()
      },
      end
    );
    listenView(
      this.#frame,
      {
        command: (command, down) => this.#command(command, down),
        takes: (command) => this.#takes(command),
        alt: (held) => this.#sign.alt(held) && this.#schedule(),
        left: () => this.#set(() => this.#held = false),
        resized: () => this.#schedule()
      },
      end
    );
    const retheme = followTheme(root, () => knobs.get("theme"), end);
    knobs.onChange(["theme"], retheme);
    knobs.onChange(["height", "tool", "opacity"], () => this.#schedule());
    store.onChange(() => this.#follow(), end);
    signal.addEventListener("abort", () => this.close(), { once: true });
    this.#schedule();
  }
  /** Takes everything back: listeners, observers, pictures, elements. */
  close() {
    this.#end.abort();
    cancelAnimationFrame(this.#raf);
    this.#gallery.close();
    this.#frame.root.remove();
  }
  get #scene() {
    return sceneOf(this.#store.shown);
  }
  #takes(command) {
    if (command.do === "rename") return this.#shelf.selected !== null;
    return command.do !== "pan" || this.#gaze.sight.zoom > 1;
  }
  /** The pointer moves over the photo: what a click would select stands out. */
  #hover(at) {
    const over = at !== null && this.#idle && !this.#store.ended ? this.#easel.objectAt(at) : null;
    if (over === this.#over) return;
    this.#over = over;
    this.#shelf.point(over);
  }
  #set(change2) {
    change2();
    this.#schedule();
  }
  #do(act) {
    if (!this.#store.ended) this.#store.act((shown) => act(sceneOf(shown)));
  }
  #prompted(make) {
    this.#do(() => {
      const edit = make();
      if (edit === null) return null;
      this.#sign.spend();
      this.#hover(null);
      this.#shelf.deselect();
      this.#hidden = false;
      if (this.#ready) this.#watch.ask(edit, performance.now());
      return edit;
    });
  }
  /** No prompts are open: what keys do, they do to the selected object. */
  get #idle() {
    return this.#scene.prompts.length === 0;
  }
  #dismiss() {
    this.#dismissed = wordsOf(this.#store);
    this.#store.setError(null);
    this.#schedule();
    this.#frame.root.focus({ preventScroll: true });
  }
  #retry() {
    this.#store.retry();
    this.#frame.root.focus({ preventScroll: true });
  }
  #act(action) {
    const store = this.#store;
    if (store.ended && action !== "hide") return;
    if (action === "undo") (store.canUndo || store.underWay) && store.undo();
    else if (action === "redo") (store.canRedo || store.underWay) && store.redo();
    else if (action === "clear") this.#do(clear);
    else if (action === "accept") this.#do(accept);
    else if (action === "hide") this.#set(() => this.#hidden = !this.#hidden);
    else this.#take(action);
  }
  /** What the next press does. */
  get #mode() {
    return modeOf(this.#knobs.get("tool"), this.#sign.shown);
  }
  get #ready() {
    return this.#store.contact === "open" && this.#store.status?.what === "ready";
  }
  /** The model is not at work, and will not be until somebody asks it. */
  get #failed() {
    return !this.#store.ended && this.#store.status?.what === "error";
  }
  #take(mode) {
    const { kind, negative } = MODES[mode];
    this.#sign.take(negative);
    this.#knobs.set("tool", kind);
    this.#schedule();
  }
  #command(command, down) {
    if (command.do === "hide") this.#set(() => this.#held = down);
    else if (!down) return;
    else if (command.do === "choose") this.#do((scene) => choose(scene, command.index));
    else if (command.do === "rename") this.#shelf.rename();
    else if (this.#idle && command.do === "accept" && this.#shelf.reopen()) return;
    else if (this.#idle && command.do === "dropLast" && this.#shelf.delete()) return;
    else if (command.do === "dropLast") this.#do(dropLast);
    else if (command.do === "flip") this.#set(() => this.#sign.flip());
    else if (command.do === "help") this.#set(() => this.#helping = !this.#helping);
    else if (command.do === "escape") this.#escape();
    else if (command.do === "zoom") this.#gaze.zoom(command.zoom, this.#hand.at());
    else if (command.do === "pan") this.#gaze.pan(command.x, command.y);
    else this.#act(command.do);
  }
  /** One step out of whatever is nearest: the sheet, the drawing, the prompts, the widget. */
  #escape() {
    if (this.#helping) this.#set(() => this.#helping = false);
    else if (this.#pointer.cancel()) return;
    else if (!this.#idle || this.#store.underWay) this.#do(clear);
    else if (this.#shelf.deselect()) return;
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }
  /** A mask that has come is painted at once, all else with the next frame. */
  #follow() {
    const answer = this.#scene.answer?.id ?? null;
    if (answer === null || answer === this.#answer) this.#schedule();
    else this.#paint();
  }
  #schedule() {
    if (this.#raf !== 0 || this.#end.signal.aborted) return;
    this.#raf = requestAnimationFrame(() => this.#paint());
  }
  #paint() {
    cancelAnimationFrame(this.#raf);
    this.#raf = 0;
    const began = performance.now();
    const scene = this.#scene;
    const fit = this.#frame.layOut(scene.image, this.#knobs.get("height"));
    const view = this.#gaze.settle(fit, scene.image?.id ?? null);
    const drawn = this.#easel.draw(scene, view, {
      opacity: Math.min(1, Math.max(0, this.#knobs.get("opacity"))),
      hidden: this.#hidden || this.#held,
      hovered: this.#hovered,
      strong: this.#shelf.strong,
      unseen: this.#shelf.unseen,
      draft: this.#draft
    });
    this.#answer = drawn.answer;
    const now = performance.now();
    if (drawn.answer !== null && scene.answer !== null)
      this.#watch.answered(scene.answer, now, now - began);
    this.#updateParts(scene, drawn);
    this.#painted += 1;
    const { root } = this.#frame;
    root.dataset.version = String(this.#store.version);
    root.dataset.painted = String(this.#painted);
    const { whole, left, top } = view;
    root.dataset.sees = [left, top, whole.width, whole.height].join(" ");
    root.dispatchEvent(
      new CustomEvent("sam:painted", {
        bubbles: true,
        detail: { version: this.#store.version, answer: drawn.answer }
      })
    );
  }
  #updateParts(scene, { photo }) {
    const store = this.#store;
    const { open, answer, stale, image, prompts } = scene;
    const alive = !store.ended;
    const mode = this.#mode;
    const unanswered = alive && prompts.length > 0 && answer === null;
    const waiting = unanswered && !this.#failed;
    const owed = scene.accepted.find((one) => one.answer === null) ?? null;
    const asked = prompts.at(-1) ?? owed?.prompts.at(-1) ?? null;
    const shown = answer ?? stale;
    const pixels = image === null ? 1 : image.width * image.height;
    this.#toolbar.update({
      mode,
      hidden: this.#hidden,
      enabled: enabledOf(scene, store)
    });
    this.#status.update(store.status, store.contact);
    const words = wordsOf(store);
    if (words === null) this.#dismissed = null;
    const retry = this.#failed && words === failureOf(store.status);
    this.#notice.update(words === this.#dismissed ? null : words, { dismiss: alive, retry });
    this.#candidates.update({
      answer: shown,
      waiting: stale === null ? waiting : unanswered,
      // what is out of date looks so
      chosen: open !== null && shown !== null ? chosenOf(open, shown) : open?.choice ?? null,
      photo,
      pixels,
      color: colorOf(open?.color ?? 0),
      ratio: this.#gaze.view.ratio,
      layout: this.#frame.root.dataset.layout ?? ""
    });
    this.#shelf.update(scene, pixels, alive);
    this.#zoom.update(this.#gaze.sight.zoom, this.#gaze.most);
    this.#help.update(this.#helping);
    const state = {
      scene,
      mode,
      ready: this.#ready,
      failed: this.#failed,
      owed: owed !== null,
      contact: store.contact,
      drawing: this.#draft !== null,
      selected: this.#shelf.selected !== null,
      leaves: leavesBounds(scene, this.#gallery)
    };
    this.#footer.update(hintOf(state), this.#watch.timing);
    const unheard = store.version < 0 && (store.ended || store.contact === "silent");
    const pending = waiting || alive && owed !== null && !this.#failed;
    this.#frame.show({
      mode,
      waiting: asked && pending ? centreOf(asked, (blob) => this.#gallery.shape(blob)) : null,
      view: this.#gaze.view,
      photo: photo !== null,
      empty: store.version >= 0 && image === null,
      contact: store.contact,
      said: describe(scene),
      over: this.#over !== null,
      still: unheard ? stillOf(this.#knobs.get("still")) : null
    });
    this.#speech.say(toldOf(this.#told, scene));
    this.#told = scene;
  }
};

// src/index.ts
var CHANNEL_PATIENCE = 5e3;
function widget() {
  const shared2 = /* @__PURE__ */ new Map();
  const keyOf = (model) => model.get("channel") ?? "";
  return {
    initialize({ model, signal }) {
      const one = { store: new Store(newId()), signal, link: null };
      const key = keyOf(model);
      shared2.set(key, one);
      signal.addEventListener("abort", () => shared2.delete(key), { once: true });
      const doubt = () => void one.link?.then((link) => link.doubt());
      model.on("comm_live_update", doubt);
      signal.addEventListener("abort", () => model.off("comm_live_update", doubt), { once: true });
      watchPulse(model, () => void one.link?.then((link) => link.gone()), signal);
    },
    render({ model, el, signal, host }) {
      const one = shared2.get(keyOf(model));
      if (one === void 0) throw new Error("sam_widget: this view came before its model.");
      one.link ??= wireTo(model, host).then((wire) => new Link(one.store, wire, one.signal));
      hideBeside(model, signal);
      if (one.store.contact === "waiting") listenInVain(model, one.store, signal);
      const view = new View(el, one.store, knobsOf(model, signal), signal);
      return () => view.close();
    }
  };
}
function listenInVain(model, store, signal) {
  const timer = setTimeout(async () => {
    if (store.contact !== "open" && await isOrphan(model)) store.setContact("saved");
  }, SILENCE);
  signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
}
async function wireTo(model, host) {
  const channel = model.get("channel");
  if (typeof channel === "string" && host !== void 0) {
    try {
      const found = await Promise.race([
        host.getWidget(channel),
        new Promise((resolve) => setTimeout(() => resolve(null), CHANNEL_PATIENCE))
      ]);
      const wire = found?.exports;
      if (wire?.send !== void 0 && wire.listen !== void 0) return wire;
    } catch {
    }
  }
  return wireOf(model);
}
function knobsOf(model, signal) {
  return {
    get: (name) => model.get(name),
    set(name, value) {
      model.set(name, value);
      model.save_changes();
    },
    onChange(names, listener) {
      for (const name of names) {
        model.on(`change:${name}`, listener);
        signal.addEventListener("abort", () => model.off(`change:${name}`, listener), {
          once: true
        });
      }
    }
  };
}
export {
  widget as default
};
