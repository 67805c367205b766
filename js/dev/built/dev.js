// src/channel.ts
function wireOf(model2) {
  return {
    send: (content) => model2.send(content),
    listen(listener, signal2) {
      model2.on("msg:custom", listener);
      signal2.addEventListener("abort", () => model2.off("msg:custom", listener), { once: true });
    }
  };
}

// src/document.ts
var EMPTY = /* @__PURE__ */ new Map();
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
function invert(document2, edit) {
  const touched = /* @__PURE__ */ new Set([...edit.drop, ...Object.keys(edit.put)]);
  const put = {};
  for (const [id, record] of document2) if (touched.has(id)) put[id] = record;
  const drop = Object.keys(edit.put).filter((id) => !document2.has(id));
  return { put, drop, group: edit.group };
}
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
function sceneOf(document2) {
  let image = null;
  let open = null;
  const objects = [];
  for (const record of document2.values()) {
    if (record.type === "image") image = record;
    if (record.type !== "object") continue;
    objects.push(record);
    if (!record.locked) open = record;
  }
  objects.sort((a, b) => a.order - b.order);
  const prompts = open === null ? [] : promptsOf(document2, open.id);
  const answer = open === null ? null : answerOf(document2, open.id);
  const stale = open && !answer && prompts.length > 0 ? lastAnswerOf(document2, open.id) : null;
  return { image, objects, open, prompts, answer, stale };
}
function acceptedOf(scene) {
  return scene.objects.filter((object) => object.locked);
}
function promptsOf(document2, object) {
  const prompts = [];
  for (const record of document2.values()) {
    if ((record.type === "point" || record.type === "box") && record.object === object) {
      prompts.push(record);
    }
  }
  return prompts;
}
function answerOf(document2, object) {
  const prompts = promptsOf(document2, object);
  if (prompts.length === 0) return null;
  for (const record of document2.values()) {
    if (record.type !== "answer" || record.object !== object) continue;
    if (record.of.length !== prompts.length) continue;
    if (record.of.every((id, i) => id === prompts[i]?.id)) return record;
  }
  return null;
}
function lastAnswerOf(document2, object) {
  let last = null;
  for (const record of document2.values()) {
    if (record.type === "answer" && record.object === object) last = record;
  }
  return last;
}
function chosenOf(object, answer) {
  const choice = object.choice ?? answer.best;
  return Math.min(Math.max(0, choice), answer.candidates.length - 1);
}
function blobsOf(document2) {
  const hashes = /* @__PURE__ */ new Set();
  for (const record of document2.values()) {
    if (record.type === "image") hashes.add(record.source);
    if (record.type === "answer") for (const { blob } of record.candidates) hashes.add(blob);
  }
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
  constructor(store, wire, signal2) {
    this.#store = store;
    this.#wire = wire;
    wire.listen((content, buffers) => this.#receive(content, buffers), signal2);
    store.onStep((step) => this.#send(step), signal2);
    signal2.addEventListener("abort", () => this.#stop(), { once: true });
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
  #send(step) {
    if (this.#closed || this.#store.asking) return;
    this.#say(step);
    if (this.#timer === null) this.#watch();
  }
  /** A comm that is dead throws. */
  #say(message) {
    if (this.#closed) return;
    try {
      this.#wire.send(message);
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

// src/protocol.ts
var PROTOCOL = 1;

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
  blobs = /* @__PURE__ */ new Map();
  #pending = [];
  #shown = EMPTY;
  #seq = 0;
  #call = 0;
  #asking = false;
  #changed = /* @__PURE__ */ new Set();
  #stepped = /* @__PURE__ */ new Set();
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
  push(edit) {
    this.#step({ type: "push", client: this.client, seq: ++this.#seq, edit });
  }
  undo() {
    this.#step({ type: "undo", client: this.client, seq: ++this.#seq });
  }
  redo() {
    this.#step({ type: "redo", client: this.client, seq: ++this.#seq });
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
    if (taken === "taken") this.#tell();
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
    return [...blobsOf(this.shown)].filter((hash) => !this.blobs.has(hash));
  }
  setContact(contact) {
    if (this.contact === contact) return;
    this.contact = contact;
    this.#tell();
  }
  setError(error) {
    if (this.error === error) return;
    this.error = error;
    this.#tell();
  }
  /** Calls the listener after every change, until the signal aborts. */
  onChange(listener, signal2) {
    listen(this.#changed, listener, signal2);
  }
  /** Calls the listener with every new step of this page, in order, until the signal aborts. */
  onStep(listener, signal2) {
    listen(this.#stepped, listener, signal2);
  }
  #step(step) {
    this.#pending = [...this.#pending, step];
    this.#shown = null;
    this.error = null;
    for (const listener of [...this.#stepped]) listener(step);
    this.#tell();
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
  #settle(settled) {
    this.#pending = this.#pending.filter((step) => !settled(step));
    this.#shown = null;
  }
  #tell() {
    for (const listener of [...this.#changed]) listener();
  }
};
function listen(listeners, listener, signal2) {
  if (signal2.aborted) return;
  listeners.add(listener);
  signal2.addEventListener("abort", () => listeners.delete(listener), { once: true });
}

// src/viewport.ts
function contain(image, room, ratio) {
  const scale = Math.min(room.width / image.width, room.height / image.height);
  const device = {
    width: Math.max(1, Math.round(image.width * scale * ratio)),
    height: Math.max(1, Math.round(image.height * scale * ratio))
  };
  const css2 = { width: device.width / ratio, height: device.height / ratio };
  return { image, css: css2, device, ratio };
}
function toImage(view, place) {
  return {
    x: place.x * view.image.width / view.css.width,
    y: place.y * view.image.height / view.css.height
  };
}
function toScreen(view, place) {
  return {
    x: place.x * view.css.width / view.image.width,
    y: place.y * view.css.height / view.image.height
  };
}
function clamp(image, place) {
  return {
    x: Math.min(image.width, Math.max(0, place.x)),
    y: Math.min(image.height, Math.max(0, place.y))
  };
}
function edges(image, device) {
  const first = new Uint32Array(image + 1);
  let next = 0;
  for (let d = 0; d < device; d++) {
    const pixel = Math.floor((d + 0.5) * image / device);
    while (next <= pixel) first[next++] = d;
  }
  while (next <= image) first[next++] = device;
  return first;
}

// src/paint.ts
var PALETTE = [
  [230, 159, 0],
  [86, 180, 233],
  [0, 158, 115],
  [240, 228, 66],
  [0, 114, 178],
  [213, 94, 0],
  [204, 121, 167]
];
function colorOf(index) {
  return PALETTE[index % PALETTE.length] ?? [230, 159, 0];
}
function css([r, g, b], alpha = 1) {
  return `rgb(${r} ${g} ${b} / ${alpha})`;
}
function paintPhoto(context, view, photo2) {
  const { width, height } = view.device;
  context.imageSmoothingEnabled = view.device.width < view.image.width * 4;
  context.imageSmoothingQuality = "high";
  context.clearRect(0, 0, width, height);
  context.drawImage(photo2, 0, 0, width, height);
}
function paintOverlay(context, view, fills) {
  const { width, height } = view.device;
  context.clearRect(0, 0, width, height);
  if (fills.length === 0) return;
  const picture = context.createImageData(width, height);
  const pixels = new Uint32Array(picture.data.buffer);
  const columns = edges(view.image.width, width);
  const lines = edges(view.image.height, height);
  for (const { mask, spans, color, opacity } of fills) {
    const [r, g, b] = color;
    const value = (Math.round(opacity * 255) << 24 | b << 16 | g << 8 | r) >>> 0;
    for (let row = 0; row < spans.rows.length - 1; row++) {
      const first = lines[mask.y0 + row] ?? 0;
      const stop = lines[mask.y0 + row + 1] ?? 0;
      for (let line = first; line < stop; line++) {
        const start = line * width;
        for (let i = spans.rows[row] ?? 0; i < (spans.rows[row + 1] ?? 0); i += 2) {
          const from = columns[spans.ends[i] ?? 0] ?? 0;
          const to = columns[spans.ends[i + 1] ?? 0] ?? 0;
          pixels.fill(value, start + from, start + to);
        }
      }
    }
  }
  context.putImageData(picture, 0, 0);
}
function paintMarks(context, view, lines, tags, prompts, draft) {
  context.clearRect(0, 0, view.device.width, view.device.height);
  for (const line of lines) paintLine(context, view, line);
  for (const tag of tags) paintTag(context, view, tag);
  for (const prompt of prompts) if (prompt.type === "box") paintBox(context, view, prompt, false);
  if (draft !== null) paintBox(context, view, draft, true);
  for (const prompt of prompts) if (prompt.type === "point") paintPoint(context, view, prompt);
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
function paintLine(context, view, line) {
  const path = new Path2D();
  path.addPath(
    line.path,
    new DOMMatrix([
      view.device.width / view.image.width,
      0,
      0,
      view.device.height / view.image.height,
      0,
      0
    ])
  );
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
function paintTag(context, view, tag) {
  const [x, y] = at(view, tag.x, tag.y);
  const unit = view.ratio;
  const half = (tag.text.length > 1 ? 10 : 8) * unit;
  context.beginPath();
  context.roundRect(x - half, y - 8 * unit, 2 * half, 16 * unit, 5 * unit);
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
function paintPoint(context, view, point2) {
  const [x, y] = at(view, point2.x, point2.y);
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
function paintBox(context, view, box2, drawing) {
  const [x0, y0] = at(view, box2.x0, box2.y0);
  const [x1, y1] = at(view, box2.x1, box2.y1);
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
function at(view, x, y) {
  return [x * view.device.width / view.image.width, y * view.device.height / view.image.height];
}

// src/easel.ts
var ACCEPTED = 0.55;
var Easel = class {
  #contexts;
  #gallery;
  #photo = null;
  #key = "";
  #place = "";
  /** Canvases from the bottom up: photo, overlay, marks. */
  constructor(canvases, gallery) {
    this.#contexts = canvases.map((canvas) => canvas.getContext("2d"));
    this.#gallery = gallery;
  }
  draw(document2, scene, view, look) {
    const [onPhoto, onOverlay, onMarks] = this.#contexts;
    if (!onPhoto || !onOverlay || !onMarks) return { photo: null, answer: null };
    const { width, height } = view.device;
    const place = [width, height, view.image.width, view.image.height].join();
    const photo2 = scene.image === null ? null : this.#gallery.photo(scene.image.source);
    if (photo2 !== this.#photo || place !== this.#place) {
      if (photo2 === null) onPhoto.clearRect(0, 0, width, height);
      else paintPhoto(onPhoto, view, photo2);
    }
    const masks = new Masks(this.#gallery);
    if (photo2 !== null && !look.hidden) this.#gather(masks, document2, scene, look);
    if (masks.key !== this.#key || place !== this.#place) {
      paintOverlay(onOverlay, view, masks.fills);
    }
    const bare = look.hidden || photo2 === null;
    paintMarks(
      onMarks,
      view,
      masks.lines,
      masks.tags,
      bare ? [] : scene.prompts,
      bare ? null : look.draft
    );
    this.#gallery.keep(blobsOf(document2));
    this.#photo = photo2;
    this.#key = masks.key;
    this.#place = place;
    const shown = scene.answer !== null && masks.answers.has(scene.answer.id);
    return { photo: photo2, answer: shown ? scene.answer?.id ?? null : null };
  }
  #gather(masks, document2, scene, look) {
    for (const [i, object] of acceptedOf(scene).entries()) {
      const stroke = object.id === look.pointed ? "chosen" : "accepted";
      const answer2 = answerOf(document2, object.id);
      masks.add(object, answer2, look.opacity * ACCEPTED, stroke);
      masks.tag(object, answer2, String(i + 1));
    }
    const { open } = scene;
    if (open === null) return;
    const answer = scene.answer ?? scene.stale;
    masks.add(open, answer, look.opacity, "chosen");
    if (answer === null || look.hovered === null || scene.answer === null) return;
    if (look.hovered !== chosenOf(open, answer)) masks.preview(open, answer, look.hovered);
  }
};
var Masks = class {
  fills = [];
  lines = [];
  tags = [];
  answers = /* @__PURE__ */ new Set();
  #gallery;
  #keys = [];
  constructor(gallery) {
    this.#gallery = gallery;
  }
  get key() {
    return this.#keys.join(" ");
  }
  add(object, answer, opacity, stroke) {
    const shape = answer && this.#shape(answer, chosenOf(object, answer));
    if (answer === null || shape === null) return;
    const color = colorOf(object.color);
    this.fills.push({ mask: shape.mask, spans: shape.spans, color, opacity });
    this.lines.push({ path: shape.path, color, stroke });
    this.answers.add(answer.id);
    this.#keys.push(`${shape.hash}/${object.color}/${opacity}`);
  }
  tag(object, answer, text) {
    const place = answer && this.#shape(answer, chosenOf(object, answer))?.label;
    if (place) this.tags.push({ ...place, text, color: colorOf(object.color) });
  }
  preview(object, answer, index) {
    const shape = this.#shape(answer, index);
    if (shape === null) return;
    this.lines.push({ path: shape.path, color: colorOf(object.color), stroke: "preview" });
  }
  #shape(answer, index) {
    const candidate = answer.candidates[index];
    return candidate === void 0 ? null : this.#gallery.shape(candidate.blob);
  }
};

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
  let inside = false;
  for (const run of mask.runs) {
    if (inside) {
      let from = place;
      const to = place + run;
      while (from < to) {
        const at2 = Math.floor(from / wide);
        const stop = Math.min(to, (at2 + 1) * wide);
        while (row < at2) rows[++row] = ends.length;
        ends.push(mask.x0 + from - at2 * wide, mask.x0 + stop - at2 * wide);
        from = stop;
      }
    }
    place += run;
    inside = !inside;
  }
  while (row < rows.length - 1) rows[++row] = ends.length;
  return { rows, ends: Uint32Array.from(ends) };
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
function outline(mask) {
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
      const cell2 = (y + 1) * stride + x + 1;
      if (cells[cell2] !== 1 || cells[cell2 - stride] === 1 || seen[cell2] === 1) continue;
      loops.push(smooth(walk(x, y), mask.x0 + x, mask.y0 + y));
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
function labelPlace(mask, { rows, ends }) {
  const middle = (mask.y1 - mask.y0) / 2;
  let best = null;
  let most = 0;
  for (let row = 0; row < rows.length - 1; row++) {
    for (let i = rows[row] ?? 0; i < (rows[row + 1] ?? 0); i += 2) {
      const [from = 0, to = 0] = [ends[i], ends[i + 1]];
      const worth = (to - from) / (1 + Math.abs(row + 0.5 - middle) / 8);
      if (worth <= most) continue;
      most = worth;
      best = { x: (from + to) / 2, y: mask.y0 + row + 0.5 };
    }
  }
  return best;
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
  /** The picture of this hash, null while it is being decoded or on its way. */
  photo(source) {
    if (source !== this.#source) {
      const bytes = this.#blobs.get(source);
      if (bytes === void 0) return null;
      this.#source = source;
      this.#letGo();
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
    const spans = spansOf(mask);
    const shape = {
      hash,
      mask,
      spans,
      label: labelPlace(mask, spans),
      get path() {
        path ??= pathOf(outline(mask));
        return path;
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

// src/tools/acts.ts
var COLORS = 7;
function addPrompt(scene, make, drop = []) {
  if (scene.image === null) return null;
  const { open } = scene;
  if (open !== null) return editOf([...askAgain(open), make(open.id)], drop);
  const last = scene.objects.at(-1);
  const object = {
    type: "object",
    id: newId(),
    image: scene.image.id,
    label: "",
    color: scene.objects.length % COLORS,
    choice: null,
    locked: false,
    order: last === void 0 ? 0 : last.order + 1
  };
  return editOf([object, make(object.id)], drop);
}
function askAgain(open) {
  return open.choice === null ? [] : [{ ...open, choice: null }];
}
function choose(scene, index) {
  const { open, answer } = scene;
  if (open === null || answer === null || index >= answer.candidates.length) return null;
  if (chosenOf(open, answer) === index && open.choice !== null) return null;
  return editOf([{ ...open, choice: index }]);
}
function accept(scene) {
  const { open, answer } = scene;
  if (open === null || answer === null) return null;
  return editOf([{ ...open, choice: chosenOf(open, answer), locked: true }]);
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

// src/tools/tool.ts
var SLOP = 4;

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
  const before = scene.prompts.filter((prompt) => prompt.type === "box").map(({ id }) => id);
  return addPrompt(scene, (object) => ({ type: "box", id: newId(), object, ...corners }), before);
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
      if (dragged) return drag.release(to);
      const now = scene();
      if (now.image === null) return null;
      const { x, y } = clamp(now.image, press.at);
      const { positive } = press;
      return addPrompt(now, (object) => ({ type: "point", id: newId(), object, x, y, positive }));
    }
  };
};

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
function icon(inside) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "sam-icon");
  svg.innerHTML = inside;
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
function drawThumbnail(canvas, photo2, shape, color, ratio) {
  const room = { width: canvas.clientWidth || 76, height: canvas.clientHeight || 62 };
  canvas.width = Math.round(room.width * ratio);
  canvas.height = Math.round(room.height * ratio);
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { mask } = shape;
  const crop = cropOf(mask, room);
  const scale = canvas.width / crop.width;
  const across = photo2.width / mask.width;
  const down = photo2.height / mask.height;
  context.imageSmoothingQuality = "high";
  context.imageSmoothingEnabled = scale < 4;
  context.drawImage(
    photo2,
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
var COUNT = 3;
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
function candidatesPanel(gallery, events, signal2) {
  const cards = Array.from({ length: COUNT }, (_, i) => card(i, events, signal2));
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
      const look = answer === null ? waiting ? "waiting" : "empty" : waiting ? "stale" : "answer";
      setAttribute(list, "data-look", look);
      setAttribute(list, "aria-busy", waiting ? "true" : null);
      teach.hidden = look !== "empty";
      for (const [i, one] of cards.entries()) updateCard(one, i, state, gallery);
    }
  };
}
function card(index, events, signal2) {
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
  button.addEventListener("click", () => events.choose(index), { signal: signal2 });
  button.addEventListener("pointerenter", () => events.point(index), { signal: signal2 });
  button.addEventListener("pointerleave", () => events.point(null), { signal: signal2 });
  button.addEventListener("focus", () => events.point(index), { signal: signal2 });
  button.addEventListener("blur", () => events.point(null), { signal: signal2 });
  return { button, canvas, name, score, bar, fine, drawn: "" };
}
function updateCard(one, index, state, gallery) {
  const { button, canvas, name, score, bar, fine } = one;
  const candidate = state.answer?.candidates[index] ?? null;
  const pressed = candidate !== null && state.chosen === index;
  setAttribute(button, "aria-pressed", pressed ? "true" : "false");
  button.disabled = candidate === null;
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
  setText(name, candidate.name);
  setText(score, iou);
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
  bar.style.setProperty("--sam-value", String(Math.min(1, Math.max(0, candidate.score))));
  button.style.setProperty("--sam-color", css(state.color));
  const shape = gallery.shape(candidate.blob);
  if (shape === null || state.photo === null) return;
  const drawn = [candidate.blob, state.color, state.ratio, state.layout, canvas.clientWidth].join();
  if (drawn === one.drawn) return;
  one.drawn = drawn;
  drawThumbnail(canvas, state.photo, shape, state.color, state.ratio);
}
function shareOf(area, pixels) {
  const percent = 100 * area / Math.max(1, pixels);
  if (area > 0 && percent < 0.1) return "<0.1%";
  return percent < 10 ? `${percent.toFixed(1)}%` : `${Math.round(percent)}%`;
}

// src/ui/footer.ts
var UNKNOWN = { decode: null, link: null, draw: null };
var Stopwatch = class {
  timing = UNKNOWN;
  #asked = /* @__PURE__ */ new Map();
  // prompt -> when
  #answer = null;
  ask(edit, now) {
    for (const id of Object.keys(edit.put)) this.#asked.set(id, now);
  }
  /** The answer's mask is on the canvas at `now`, and drawing took `draw`. */
  answered(answer, now, draw) {
    if (answer.id === this.#answer) return;
    this.#answer = answer.id;
    const asked2 = this.#asked.get(answer.of.at(-1) ?? "");
    this.#asked.clear();
    const decode2 = answer.seconds * 1e3;
    const link = asked2 === void 0 ? null : Math.max(0, now - asked2 - draw - decode2);
    this.timing = { decode: decode2, link, draw };
  }
};
function hintOf({ scene, mode, ready, contact, drawing }) {
  if (contact === "gone") return "What you see is kept until the cell runs again";
  if (scene.image === null) return "";
  if (drawing) return "Let go to ask \xB7 [[Esc]] to forget it";
  if (scene.prompts.length > 0 && scene.answer === null && !ready) {
    return "Your prompt is kept and answered as soon as the model is ready";
  }
  if (mode === "box") return "Drag from corner to corner \xB7 [[P]] back to points";
  if (mode === "negative") return "Click what should not be in it \xB7 [[X]] back";
  if (scene.answer !== null) {
    return "[[1]] [[2]] [[3]] choose \xB7 right-click takes away \xB7 [[Enter]] accepts";
  }
  if (scene.prompts.length > 0) return null;
  if (scene.objects.length > 0) return "Click the next thing \xB7 drag a box \xB7 [[Z]] undo";
  return "Click what you want \xB7 right-click what you don\u2019t \xB7 drag a box";
}
function footer(help, signal2) {
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
  keys.addEventListener("click", help, { signal: signal2 });
  const element = h("div", { class: "sam-footer" }, hint, time, keys);
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
  return `${parts.join(" \xB7 ")} ms`;
}

// src/ui/frame.ts
var NARROW = 560;
var PANEL = 224;
var LEAST_FRAME = 520;
var BORDER = 2;
var EMPTY2 = { width: 3, height: 2 };
function frameOf(parts) {
  const canvas = (name) => h("canvas", { class: `sam-canvas ${name}`, "aria-hidden": "true" });
  const photo2 = canvas("sam-photo");
  const overlay = canvas("sam-overlay");
  const marks = canvas("sam-marks");
  const pulse = h("span", { class: "sam-pulse", hidden: true });
  const veil = h("div", { class: "sam-veil" });
  const picture = h("div", { class: "sam-picture" }, photo2, overlay, marks, pulse);
  const stage = h("div", { class: "sam-stage" }, picture, veil, parts.help);
  const body = h(
    "div",
    { class: "sam-body" },
    stage,
    h("div", { class: "sam-panel" }, ...parts.panel)
  );
  const card2 = h("div", { class: "sam-frame" }, parts.toolbar, parts.notice, body, parts.footer);
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
    photo: photo2,
    overlay,
    marks,
    layOut(image, height) {
      if (root.clientWidth === 0 && last !== null) return last;
      const available = Math.max(240, root.clientWidth);
      const wide = available >= NARROW;
      setAttribute(root, "data-layout", wide ? "wide" : "narrow");
      const room = { width: available - BORDER - (wide ? PANEL : 0), height: Math.max(80, height) };
      const ratio = window.devicePixelRatio || 1;
      const view = contain(image ?? EMPTY2, room, ratio);
      const hug = Math.max(LEAST_FRAME, view.css.width + PANEL + BORDER);
      card2.style.width = wide ? `${Math.min(available, Math.ceil(hug))}px` : "";
      picture.style.width = `${view.css.width}px`;
      picture.style.height = `${view.css.height}px`;
      for (const one of [photo2, overlay, marks]) {
        if (one.width === view.device.width && one.height === view.device.height) continue;
        one.width = view.device.width;
        one.height = view.device.height;
      }
      last = view;
      return view;
    },
    show({ mode, waiting, view, photo: seen, empty, contact }) {
      setAttribute(root, "data-mode", mode);
      setAttribute(root, "data-contact", contact);
      setText(
        veil,
        empty ? 'No picture yet. In Python: SamWidget("photo.jpg")' : "Waiting for the picture"
      );
      setAttribute(veil, "data-empty", empty);
      veil.hidden = seen;
      pulse.hidden = waiting === null;
      if (waiting === null) return;
      const box2 = waiting.type === "box";
      const [x, y] = box2 ? [(waiting.x0 + waiting.x1) / 2, (waiting.y0 + waiting.y1) / 2] : [waiting.x, waiting.y];
      const at2 = toScreen(view, { x, y });
      pulse.style.transform = `translate(${at2.x}px, ${at2.y}px)`;
    }
  };
}

// src/ui/help.ts
var KEYS = [
  ["click", "add what is under the pointer"],
  ["right-click, [[Alt]] click", "take it away"],
  ["drag", "draw a box"],
  ["[[1]] [[2]] [[3]]", "choose a candidate"],
  ["[[Enter]]", "accept; the next click starts another object"],
  ["[[X]]", "turn the next click\u2019s sign"],
  ["[[P]], [[B]]", "points, box"],
  ["[[Z]], [[Shift]] [[Z]]", "undo, redo"],
  ["[[Backspace]]", "drop the last prompt"],
  ["[[H]]", "hide the masks while held"],
  ["[[Esc]]", "clear; once more leaves the widget"]
];
function helpSheet() {
  const rows = KEYS.flatMap(([keys, what2]) => [h("dt", {}, ...withKeys(keys)), h("dd", {}, what2)]);
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
  Delete: { do: "dropLast" }
};
function commandOf(stroke) {
  const { code, ctrlKey, metaKey, shiftKey, altKey } = stroke;
  if (altKey) return null;
  if (ctrlKey || metaKey) {
    if (code === "KeyZ") return { do: shiftKey ? "redo" : "undo" };
    return code === "KeyY" ? { do: "redo" } : null;
  }
  if (stroke.key === "?" || shiftKey && code === "Slash") return { do: "help" };
  if (shiftKey) return code === "KeyZ" ? { do: "redo" } : null;
  return PLAIN[code] ?? null;
}
function listenKeys(root, run, signal2) {
  const swallowed = (event) => event.isComposing || event.keyCode === 229;
  let owed = false;
  root.addEventListener(
    "keydown",
    (event) => {
      if (swallowed(event)) {
        owed = true;
        return;
      }
      owed = false;
      const command = commandOf(event);
      event.stopPropagation();
      if (command === null || command.do === "accept" && onButton(event)) return;
      event.preventDefault();
      if (!event.repeat || command.do === "undo" || command.do === "redo") run(command, true);
    },
    { signal: signal2 }
  );
  root.addEventListener(
    "keyup",
    (event) => {
      const command = commandOf(event);
      event.stopPropagation();
      if (command === null) return;
      if (owed && !swallowed(event)) run(command, true);
      owed = false;
      run(command, false);
    },
    { signal: signal2 }
  );
}
function onButton(event) {
  return event.target instanceof HTMLButtonElement;
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
  ready: `<circle class="sam-solid" cx="8" cy="8" r="4"/>`,
  busy: `<circle cx="8" cy="8" r="5" opacity=".25"/><path d="M8 3a5 5 0 0 1 5 5"/>`,
  error: `<path d="M8 2.6 14 13H2Z"/><path d="M8 6.6v3M8 11.2v.1"/>`,
  broken: `<path d="M6.6 9.4a2.5 2.5 0 0 1 0-3.5l.6-.6M9.4 6.6a2.5 2.5 0 0 1 0 3.5l-.6.6M4 4 2.6 2.6M12 12l1.4 1.4"/>`
};

// src/ui/notice.ts
function notice(dismiss, signal2) {
  const words = h("span", { class: "sam-error-words" });
  const close = h("button", {
    type: "button",
    class: "sam-tool",
    "aria-label": "Dismiss this message",
    title: "Dismiss"
  });
  close.append(icon(ICONS.clear));
  close.addEventListener("click", dismiss, { signal: signal2 });
  const element = h("div", { class: "sam-error", role: "alert", hidden: true });
  element.append(icon(ICONS.error), words, close);
  return {
    element,
    update(text, dismissible) {
      if (words.textContent !== (text ?? "")) words.textContent = text ?? "";
      element.hidden = text === null;
      close.hidden = !dismissible;
    }
  };
}

// src/ui/objects.ts
function objectsList(point2, signal2) {
  const list = h("ol", { class: "sam-object-list" });
  const element = h("section", { class: "sam-objects", "aria-label": "Accepted objects" });
  element.append(h("h3", {}, "Accepted"), list);
  const pointed = (event) => {
    const row = event.target instanceof Element ? event.target.closest("li") : null;
    point2(row?.dataset.object ?? null);
  };
  list.addEventListener("pointerover", pointed, { signal: signal2 });
  list.addEventListener("pointerleave", () => point2(null), { signal: signal2 });
  let shown = "";
  return {
    element,
    update(accepted, pixels) {
      element.hidden = accepted.length === 0;
      const rows = accepted.map(({ object, answer }) => {
        const candidate = answer?.candidates[chosenOf(object, answer)];
        const share = candidate === void 0 ? "" : shareOf(candidate.area, pixels);
        return { object, name: object.label || "object", share };
      });
      const now = JSON.stringify(rows.map(({ object, name, share }) => [object.id, name, share]));
      if (now === shown) return;
      shown = now;
      list.replaceChildren(
        ...rows.map(({ object, name, share }, i) => {
          const swatch = h("span", { class: "sam-swatch" }, String(i + 1));
          swatch.style.setProperty("--sam-color", css(colorOf(object.color)));
          const row = h(
            "li",
            {},
            swatch,
            h("span", {}, name),
            h("span", { class: "sam-fine" }, share)
          );
          setAttribute(row, "data-object", object.id);
          return row;
        })
      );
    }
  };
}

// src/ui/pointer.ts
var LEFT2 = 0;
var RIGHT2 = 2;
function listenPointer(canvas, options, signal2) {
  let running = null;
  const place = (event) => {
    const corner = canvas.getBoundingClientRect();
    return toImage(options.view(), {
      x: event.clientX - corner.left,
      y: event.clientY - corner.top
    });
  };
  const press = (event) => {
    if (running !== null || !options.enabled()) return;
    if (event.button !== LEFT2 && event.button !== RIGHT2) return;
    const at2 = place(event);
    const from = toScreen(options.view(), at2);
    const travelled = (to) => {
      const now = toScreen(options.view(), to);
      return Math.hypot(now.x - from.x, now.y - from.y);
    };
    const gesture = options.tool()(
      { at: at2, positive: options.positive(event), travelled },
      options.scene
    );
    running = { id: event.pointerId, gesture };
    canvas.setPointerCapture(event.pointerId);
  };
  const move = (event) => {
    if (running?.id === event.pointerId) options.draft(running.gesture.move(place(event)));
  };
  const release = (event) => {
    if (running?.id !== event.pointerId) return;
    const { gesture } = running;
    running = null;
    options.draft(null);
    options.done(gesture.release(place(event)));
  };
  const cancel = () => {
    if (running === null) return false;
    running = null;
    options.draft(null);
    return true;
  };
  canvas.addEventListener("pointerdown", press, { signal: signal2 });
  canvas.addEventListener("pointermove", move, { signal: signal2 });
  canvas.addEventListener("pointerup", release, { signal: signal2 });
  canvas.addEventListener("pointercancel", cancel, { signal: signal2 });
  canvas.addEventListener(
    "contextmenu",
    (event) => {
      event.preventDefault();
      event.stopPropagation();
    },
    { signal: signal2 }
  );
  return { cancel };
}

// src/ui/status.ts
var WORDS = {
  waiting: "connecting",
  loading: "loading",
  encoding: "reading the photo",
  ready: "ready",
  error: "error",
  silent: "no answer",
  gone: "disconnected"
};
var PICTURES = {
  waiting: "busy",
  loading: "busy",
  encoding: "busy",
  ready: "ready",
  error: "error",
  silent: "error",
  gone: "broken"
};
function statusPill() {
  const pictures = h("span", { class: "sam-status-picture" });
  const model2 = h("span", { class: "sam-status-model" });
  const words = h("span", { class: "sam-status-words" });
  const share = h("span", { class: "sam-status-share" });
  const bar = h("span", { class: "sam-status-bar", hidden: true });
  const element = h("div", { class: "sam-status", role: "status", "aria-live": "polite" });
  element.append(pictures, model2, words, share, bar);
  let shown = "";
  return {
    element,
    update(status, contact) {
      const what2 = contact === "open" ? status?.what ?? "loading" : contact;
      setAttribute(element, "data-what", what2);
      if (shown !== PICTURES[what2]) {
        shown = PICTURES[what2];
        pictures.replaceChildren(icon(ICONS[PICTURES[what2]]));
      }
      setText(model2, status?.model ?? "");
      const progress = contact === "open" ? status?.progress ?? null : null;
      setText(words, WORDS[what2]);
      setText(share, progress === null ? "" : `${Math.round(progress * 100)} %`);
      setAttribute(element, "title", status?.text || null);
      bar.hidden = progress === null || what2 === "ready";
      bar.style.setProperty("--sam-progress", String(progress ?? 0));
    }
  };
}

// src/ui/theme.ts
function followTheme(root, theme, signal2) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const refresh = () => {
    const wanted = theme();
    const host = wanted === "auto" ? hostOf(document.body) : null;
    root.dataset.host = host?.name ?? "none";
    root.dataset.theme = host?.theme ?? (wanted === "auto" ? system.matches ? "dark" : "light" : wanted);
  };
  system.addEventListener("change", refresh, { signal: signal2 });
  const watcher = new MutationObserver(refresh);
  watcher.observe(document.body, {
    attributes: true,
    attributeFilter: ["class", "data-jp-theme-light", "data-vscode-theme-kind"]
  });
  signal2.addEventListener("abort", () => watcher.disconnect(), { once: true });
  refresh();
  return refresh;
}
function hostOf(body) {
  const jupyter2 = body.dataset.jpThemeLight;
  if (jupyter2 !== void 0) {
    return { name: "jupyter", theme: jupyter2 === "false" ? "dark" : "light" };
  }
  const kind = body.dataset.vscodeThemeKind;
  if (kind !== void 0) {
    return { name: "vscode", theme: kind.includes("light") ? "light" : "dark" };
  }
  return null;
}

// src/ui/toolbar.ts
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
var TOGGLES = /* @__PURE__ */ new Set(["point", "negative", "box", "hide"]);
function toolbar(act, status, signal2) {
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
    button.addEventListener("click", () => act(action), { signal: signal2 });
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

// src/view.ts
var GONE = "The kernel has restarted. Run the cell again.";
var SILENT = "The kernel does not answer; it may be busy. What you do is kept.";
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
  #objects;
  #footer;
  #help = helpSheet();
  #pointer;
  #negative = false;
  // the sign that the toolbar holds
  #flipped = false;
  // the next click alone has the other sign
  #alt = false;
  #hidden = false;
  // masks hidden by the button
  #held = false;
  // masks hidden while a key is down
  #helping = false;
  #hovered = null;
  #pointed = null;
  // an accepted object
  #draft = null;
  #dismissed = null;
  #viewport;
  #answer = null;
  // whose mask is on the canvas
  #painted = 0;
  #raf = 0;
  #watch = new Stopwatch();
  constructor(el, store, knobs, signal2) {
    this.#store = store;
    this.#knobs = knobs;
    const end2 = this.#end.signal;
    this.#gallery = new Gallery(
      store.blobs,
      () => this.#schedule(),
      (why) => store.setError(why)
    );
    this.#toolbar = toolbar((action) => this.#act(action), this.#status.element, end2);
    this.#notice = notice(() => this.#dismiss(), end2);
    this.#candidates = candidatesPanel(
      this.#gallery,
      {
        choose: (index) => this.#push(choose(this.#scene, index)),
        point: (index) => this.#set(() => this.#hovered = index)
      },
      end2
    );
    this.#objects = objectsList((object) => this.#set(() => this.#pointed = object), end2);
    this.#footer = footer(() => this.#set(() => this.#helping = !this.#helping), end2);
    this.#frame = frameOf({
      toolbar: this.#toolbar.element,
      notice: this.#notice.element,
      panel: [this.#candidates.element, this.#objects.element],
      help: this.#help.element,
      footer: this.#footer.element
    });
    const { root, photo: photo2, overlay, marks } = this.#frame;
    this.#easel = new Easel([photo2, overlay, marks], this.#gallery);
    el.append(root);
    this.#viewport = this.#frame.layOut(null, knobs.get("height"));
    this.#pointer = listenPointer(
      marks,
      {
        view: () => this.#viewport,
        scene: () => this.#scene,
        tool: () => knobs.get("tool") === "box" ? box : point,
        positive: (event) => (event.button === 2 || event.altKey || event.ctrlKey) === this.#nextIsNegative,
        enabled: () => this.#scene.image !== null && store.contact !== "gone",
        draft: (draft) => this.#set(() => this.#draft = draft),
        done: (edit) => this.#prompted(edit)
      },
      end2
    );
    this.#listen(root, end2);
    const retheme = followTheme(root, () => knobs.get("theme"), end2);
    knobs.onChange(["theme"], retheme);
    knobs.onChange(["height", "tool", "opacity"], () => this.#schedule());
    store.onChange(() => this.#follow(), end2);
    signal2.addEventListener("abort", () => this.close(), { once: true });
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
  get #nextIsNegative() {
    return this.#negative !== this.#flipped;
  }
  #listen(root, end2) {
    listenKeys(root, (command, down) => this.#command(command, down), end2);
    const alt = (event) => {
      if (event.altKey !== this.#alt) this.#set(() => this.#alt = event.altKey);
    };
    root.addEventListener("keydown", alt, { signal: end2 });
    root.addEventListener("keyup", alt, { signal: end2 });
    root.addEventListener("pointermove", alt, { signal: end2 });
    root.addEventListener("focusout", () => this.#set(() => this.#held = false), { signal: end2 });
    const byPointer = (yes) => setAttribute(root, "data-pointer", yes);
    root.addEventListener("pointerdown", () => byPointer(true), { signal: end2, capture: true });
    root.addEventListener("keydown", (event) => event.key === "Tab" && byPointer(false), {
      signal: end2,
      capture: true
    });
    this.#frame.stage.addEventListener("pointerdown", () => root.focus({ preventScroll: true }), {
      signal: end2
    });
    const resized = new ResizeObserver(() => this.#schedule());
    resized.observe(root);
    end2.addEventListener("abort", () => resized.disconnect(), { once: true });
    const followRatio = () => {
      this.#schedule();
      matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`).addEventListener(
        "change",
        followRatio,
        { once: true, signal: end2 }
      );
    };
    followRatio();
  }
  #set(change) {
    change();
    this.#schedule();
  }
  #push(edit) {
    if (edit !== null && this.#store.contact !== "gone") this.#store.push(edit);
  }
  #prompted(edit) {
    if (edit === null) return;
    this.#flipped = false;
    if (this.#ready) this.#watch.ask(edit, performance.now());
    this.#push(edit);
  }
  #undo() {
    if (this.#store.canUndo || this.#store.pending.length > 0) this.#store.undo();
  }
  #redo() {
    if (this.#store.canRedo) this.#store.redo();
  }
  #dismiss() {
    this.#dismissed = this.#words;
    this.#store.setError(null);
    this.#schedule();
    this.#frame.root.focus({ preventScroll: true });
  }
  #act(action) {
    if (this.#store.contact === "gone" && action !== "hide") return;
    if (action === "undo") this.#undo();
    else if (action === "redo") this.#redo();
    else if (action === "clear") this.#push(clear(this.#scene));
    else if (action === "accept") this.#push(accept(this.#scene));
    else if (action === "hide") this.#set(() => this.#hidden = !this.#hidden);
    else this.#take(action);
  }
  /** What the next press does. */
  get #mode() {
    if (this.#knobs.get("tool") === "box") return "box";
    return this.#nextIsNegative !== this.#alt ? "negative" : "point";
  }
  get #ready() {
    return this.#store.contact === "open" && this.#store.status?.what === "ready";
  }
  #take(mode) {
    this.#negative = mode === "negative";
    this.#flipped = false;
    this.#knobs.set("tool", mode === "box" ? "box" : "point");
    this.#schedule();
  }
  #command(command, down) {
    if (command.do === "hide") this.#set(() => this.#held = down);
    else if (!down) return;
    else if (command.do === "choose") this.#push(choose(this.#scene, command.index));
    else if (command.do === "dropLast") this.#push(dropLast(this.#scene));
    else if (command.do === "flip") this.#set(() => this.#flipped = !this.#flipped);
    else if (command.do === "help") this.#set(() => this.#helping = !this.#helping);
    else if (command.do === "escape") this.#escape();
    else this.#act(command.do);
  }
  /** One step out of whatever is nearest: the sheet, the drawing, the prompts, the widget. */
  #escape() {
    const edit = clear(this.#scene);
    if (this.#helping) this.#set(() => this.#helping = false);
    else if (this.#pointer.cancel()) return;
    else if (edit !== null) this.#push(edit);
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
  /** What must be said in words now, if anything. */
  get #words() {
    const { contact, error, status } = this.#store;
    if (contact === "gone") return GONE;
    if (error !== null) return error;
    if (status?.what === "error") return status.text || "The model cannot run.";
    return contact === "silent" ? SILENT : null;
  }
  #paint() {
    cancelAnimationFrame(this.#raf);
    this.#raf = 0;
    const began = performance.now();
    const document2 = this.#store.shown;
    const scene = this.#scene;
    this.#viewport = this.#frame.layOut(scene.image, this.#knobs.get("height"));
    const drawn = this.#easel.draw(document2, scene, this.#viewport, {
      opacity: Math.min(1, Math.max(0, this.#knobs.get("opacity"))),
      hidden: this.#hidden || this.#held,
      hovered: this.#hovered,
      pointed: this.#pointed,
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
    root.dispatchEvent(
      new CustomEvent("sam:painted", {
        bubbles: true,
        detail: { version: this.#store.version, answer: drawn.answer }
      })
    );
  }
  #updateParts(scene, { photo: photo2 }) {
    const store = this.#store;
    const { open, answer, stale, image, prompts } = scene;
    const alive = store.contact !== "gone";
    const mode = this.#mode;
    const waiting = alive && prompts.length > 0 && answer === null;
    const shown = answer ?? stale;
    const pixels = image === null ? 1 : image.width * image.height;
    this.#toolbar.update({
      mode,
      hidden: this.#hidden,
      enabled: {
        point: alive,
        negative: alive,
        box: alive,
        undo: alive && (store.canUndo || store.pending.length > 0),
        redo: alive && store.canRedo,
        clear: alive && prompts.length > 0,
        hide: image !== null,
        accept: alive && answer !== null
      }
    });
    this.#status.update(store.status, store.contact);
    const words = this.#words;
    if (words === null) this.#dismissed = null;
    this.#notice.update(words === this.#dismissed ? null : words, alive);
    this.#candidates.update({
      answer: shown,
      waiting,
      chosen: open !== null && shown !== null ? chosenOf(open, shown) : null,
      photo: photo2,
      pixels,
      color: colorOf(open?.color ?? 0),
      ratio: this.#viewport.ratio,
      layout: this.#frame.root.dataset.layout ?? ""
    });
    const accepted = acceptedOf(scene).map((object) => ({
      object,
      answer: answerOf(store.shown, object.id)
    }));
    this.#objects.update(accepted, pixels);
    this.#help.update(this.#helping);
    const state = {
      scene,
      mode,
      ready: this.#ready,
      contact: store.contact,
      drawing: this.#draft !== null
    };
    this.#footer.update(hintOf(state), this.#watch.timing);
    this.#frame.show({
      mode,
      waiting: waiting ? prompts.at(-1) ?? null : null,
      view: this.#viewport,
      photo: photo2 !== null,
      empty: store.version >= 0 && image === null,
      contact: store.contact
    });
  }
};

// src/index.ts
var CHANNEL_PATIENCE = 5e3;
function widget() {
  const shared = /* @__PURE__ */ new Map();
  const keyOf = (model2) => model2.get("channel") ?? "";
  return {
    initialize({ model: model2, signal: signal2 }) {
      const one = { store: new Store(newId()), signal: signal2, link: null };
      const key = keyOf(model2);
      shared.set(key, one);
      signal2.addEventListener("abort", () => shared.delete(key), { once: true });
      const doubt = () => void one.link?.then((link) => link.doubt());
      model2.on("comm_live_update", doubt);
      signal2.addEventListener("abort", () => model2.off("comm_live_update", doubt), { once: true });
    },
    render({ model: model2, el, signal: signal2, host }) {
      const one = shared.get(keyOf(model2));
      if (one === void 0) throw new Error("sam_widget: this view came before its model.");
      one.link ??= wireTo(model2, host).then((wire) => new Link(one.store, wire, one.signal));
      const view = new View(el, one.store, knobsOf(model2, signal2), signal2);
      return () => view.close();
    }
  };
}
async function wireTo(model2, host) {
  const channel = model2.get("channel");
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
  return wireOf(model2);
}
function knobsOf(model2, signal2) {
  return {
    get: (name) => model2.get(name),
    set(name, value) {
      model2.set(name, value);
      model2.save_changes();
    },
    onChange(names, listener) {
      for (const name of names) {
        model2.on(`change:${name}`, listener);
        signal2.addEventListener("abort", () => model2.off(`change:${name}`, listener), {
          once: true
        });
      }
    }
  };
}

// dev/kernel.ts
var FakeKernel = class {
  behaviour;
  listeners = /* @__PURE__ */ new Set();
  #document = EMPTY;
  #version = 0;
  #undo = [];
  #redo = [];
  #taken = /* @__PURE__ */ new Map();
  #blobs = /* @__PURE__ */ new Map();
  #answers = /* @__PURE__ */ new Map();
  constructor(behaviour) {
    this.behaviour = behaviour;
    if (behaviour.photo.length === 0) return;
    this.#blobs.set("photo", behaviour.photo);
    const { width, height } = behaviour;
    this.#document = apply(
      EMPTY,
      editOf([{ type: "image", id: "image", source: "photo", width, height }])
    );
  }
  receive(message) {
    if (this.behaviour.mute) return;
    if (message.type === "hello") this.#snapshot(message.client, message.call);
    if (message.type === "hello" || message.type === "need") return;
    const { client, seq } = message;
    if (seq <= (this.#taken.get(client) ?? 0)) return;
    this.#taken.set(client, seq);
    const by = { client, seq };
    if (message.type === "push") {
      this.#undo.push(invert(this.#document, message.edit));
      this.#redo = [];
      this.#publish(message.edit, by);
    } else {
      const [from, to] = message.type === "undo" ? [this.#undo, this.#redo] : [this.#redo, this.#undo];
      const edit = from.pop();
      if (edit === void 0) {
        this.#send({ type: "reject", to: client, seq, why: "There is nothing to undo." });
        return;
      }
      to.push(invert(this.#document, edit));
      this.#publish(edit, by);
    }
    this.#think();
  }
  tell(status) {
    this.#send(status);
  }
  reject(why) {
    this.#send({ type: "reject", to: null, seq: null, why });
  }
  #snapshot(to, call) {
    const blobs = [...this.#blobs.keys()];
    const message = {
      type: "snapshot",
      to,
      call,
      seq: this.#taken.get(to) ?? 0,
      version: this.#version,
      document: Object.fromEntries(this.#document),
      blobs,
      can_undo: this.#undo.length > 0,
      can_redo: this.#redo.length > 0,
      status: this.behaviour.status
    };
    this.#send(message, blobs);
  }
  #publish(edit, by, blobs = []) {
    this.#document = apply(this.#document, edit);
    this.#version += 1;
    const can = { can_undo: this.#undo.length > 0, can_redo: this.#redo.length > 0 };
    this.#send({ type: "patch", version: this.#version, edit, by, blobs, ...can }, blobs);
  }
  #send(message, blobs = []) {
    const buffers = blobs.map((hash) => {
      const bytes = this.#blobs.get(hash) ?? new Uint8Array();
      return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    });
    setTimeout(() => {
      for (const listener of [...this.listeners]) listener(structuredClone(message), buffers);
    }, 3);
  }
  #think() {
    if (!Number.isFinite(this.behaviour.delay)) return;
    const open = [...this.#document.values()].find((one) => one.type === "object" && !one.locked);
    if (open === void 0) return;
    const prompts = [...this.#document.values()].filter(
      (one) => (one.type === "point" || one.type === "box") && one.object === open.id
    );
    const of = prompts.map((prompt) => prompt.id);
    if (of.length === 0) return;
    const key = of.join();
    setTimeout(() => {
      const known = this.#answers.get(key) ?? this.#answer(open.id, of, prompts);
      this.#answers.set(key, known);
      const hashes = known.candidates.map((candidate) => candidate.blob);
      this.#publish(editOf([known]), null, hashes);
    }, this.behaviour.delay);
  }
  #answer(object, of, prompts) {
    const { width, height, shapes, delay: delay2 } = this.behaviour;
    const first = prompts[0];
    const [px, py] = first?.type === "point" ? [first.x, first.y] : first?.type === "box" ? [(first.x0 + first.x1) / 2, (first.y0 + first.y1) / 2] : [0, 0];
    const near = (shape) => Math.hypot(px - shape[0], py - shape[1]) + (shape[2] + shape[3]) / 20;
    const three = [...shapes].sort((a, b) => near(a) - near(b)).slice(0, 3);
    three.sort((a, b) => b[2] * b[3] - a[2] * a[3]);
    const names = ["whole", "part", "subpart"];
    const scores = [0.942, 0.913, 0.834];
    const stabilities = [0.97, 0.95, 0.96];
    const candidates = three.map((shape, i) => {
      const { bytes, area } = ellipse(width, height, shape, prompts);
      const blob = newId();
      this.#blobs.set(blob, bytes);
      return {
        name: names[i] ?? "other",
        blob,
        score: scores[i] ?? 0.5,
        stability: stabilities[i] ?? 0.5,
        area
      };
    });
    const seconds = Math.min(delay2, 18.4) / 1e3;
    return { type: "answer", id: newId(), object, of, candidates, best: 1, seconds };
  }
};
function ellipse(width, height, [cx, cy, rx, ry, turn], prompts) {
  const bites = prompts.filter((one) => one.type === "point" && !one.positive);
  const on = (x, y) => {
    const dx = (x - cx) * Math.cos(turn) + (y - cy) * Math.sin(turn);
    const dy = (y - cy) * Math.cos(turn) - (x - cx) * Math.sin(turn);
    const angle = Math.atan2(dy, dx);
    const wave = 1 + 0.02 * Math.sin(angle * 7);
    if ((dx / rx) ** 2 + (dy / ry) ** 2 > wave) return false;
    return !bites.some((bite) => bite.type === "point" && Math.hypot(x - bite.x, y - bite.y) < 34);
  };
  const reach = Math.max(rx, ry) * 1.1;
  const x0 = Math.max(0, Math.floor(cx - reach));
  const x1 = Math.min(width, Math.ceil(cx + reach));
  const y0 = Math.max(0, Math.floor(cy - reach));
  const y1 = Math.min(height, Math.ceil(cy + reach));
  const runs = [];
  let value = false;
  let run = 0;
  let area = 0;
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) {
      const now = on(x + 0.5, y + 0.5);
      if (now) area += 1;
      if (now !== value) {
        runs.push(run);
        run = 0;
        value = now;
      }
      run += 1;
    }
  }
  runs.push(run);
  return {
    bytes: new Uint8Array(Uint32Array.of(width, height, x0, y0, x1, y1, ...runs).buffer),
    area
  };
}

// dev/dev.ts
var asked = new URLSearchParams(location.search);
var what = asked.get("status") ?? "ready";
var TEXTS = {
  loading: "Loading the model mini",
  encoding: "Encoding the photo",
  ready: "mini is ready",
  error: asked.get("text") ?? "The weights file is broken: it ends after 120 of 21,434 bytes."
};
var COFFEE = [
  [282, 232, 196, 186, 0],
  [288, 128, 117, 120, 0.2],
  [290, 158, 84, 48, 0],
  [366, 290, 44, 34, -1.2],
  [366, 290, 30, 24, -1.2],
  [404, 112, 60, 18, -1],
  [90, 70, 80, 60, 0.3],
  [90, 70, 60, 40, 0.3],
  [90, 70, 30, 20, 0.3]
];
async function photoOf(url) {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const picture = await createImageBitmap(new Blob([bytes]));
  return { bytes, width: picture.width, height: picture.height };
}
var none = { bytes: new Uint8Array(), width: 1, height: 1 };
var photoUrl = asked.get("photo");
var photo = photoUrl === null ? none : await photoOf(photoUrl);
var delay = asked.get("delay");
var kernel = new FakeKernel({
  width: photo.width,
  height: photo.height,
  photo: photo.bytes,
  delay: delay === "never" ? Number.POSITIVE_INFINITY : Number(delay ?? 18),
  mute: asked.has("mute"),
  shapes: COFFEE.map(([x, y, rx, ry, turn]) => {
    const k = photo.width / 600;
    return [x * k, y * k, rx * k, ry * k, turn];
  }),
  status: {
    type: "status",
    what,
    progress: what === "encoding" ? 0.45 : null,
    text: TEXTS[what] ?? "",
    model: "mini"
  }
});
function fakeModel() {
  const traits = /* @__PURE__ */ new Map([
    ["height", Number(asked.get("height") ?? 480)],
    ["tool", asked.get("tool") ?? "point"],
    ["theme", asked.get("theme") ?? "auto"],
    ["opacity", Number(asked.get("opacity") ?? 0.5)],
    ["channel", null]
  ]);
  const handlers = /* @__PURE__ */ new Map();
  kernel.listeners.add((content, buffers) => {
    for (const handler of handlers.get("msg:custom") ?? []) handler(content, buffers);
  });
  return {
    get: (name) => traits.get(name),
    set(name, value) {
      traits.set(name, value);
      for (const handler of handlers.get(`change:${name}`) ?? []) handler();
    },
    save_changes() {
    },
    send: (content) => kernel.receive(structuredClone(content)),
    on(name, handler) {
      const known = handlers.get(name) ?? /* @__PURE__ */ new Set();
      handlers.set(name, known.add(handler));
    },
    off(name, handler) {
      handlers.get(name)?.delete(handler);
    },
    fire(name) {
      for (const handler of handlers.get(name) ?? []) handler();
    },
    widget_manager: void 0
  };
}
var jupyter = asked.get("jupyter");
if (jupyter !== null) document.body.dataset.jpThemeLight = jupyter === "light" ? "true" : "false";
var cell = document.querySelector("#cell");
var model = fakeModel();
var end = new AbortController();
var factory = widget();
var definition = typeof factory === "function" ? await factory() : factory;
var signal = end.signal;
await definition.initialize?.({ model, signal });
for (let i = 0; i < Number(asked.get("views") ?? 1); i++) {
  const el = document.createElement("div");
  if (asked.has("width")) el.style.width = `${asked.get("width")}px`;
  el.style.marginBottom = "16px";
  cell?.append(el);
  await definition.render?.({ model, el, signal });
}
Object.assign(window, { kernel, model, end });
//# sourceMappingURL=data:application/json;base64,ewogICJ2ZXJzaW9uIjogMywKICAic291cmNlcyI6IFsiLi4vLi4vc3JjL2NoYW5uZWwudHMiLCAiLi4vLi4vc3JjL2RvY3VtZW50LnRzIiwgIi4uLy4uL3NyYy9saW5rLnRzIiwgIi4uLy4uL3NyYy9wcm90b2NvbC50cyIsICIuLi8uLi9zcmMvc3RvcmUudHMiLCAiLi4vLi4vc3JjL3ZpZXdwb3J0LnRzIiwgIi4uLy4uL3NyYy9wYWludC50cyIsICIuLi8uLi9zcmMvZWFzZWwudHMiLCAiLi4vLi4vc3JjL21hc2tzLnRzIiwgIi4uLy4uL3NyYy9nYWxsZXJ5LnRzIiwgIi4uLy4uL3NyYy90b29scy9hY3RzLnRzIiwgIi4uLy4uL3NyYy90b29scy90b29sLnRzIiwgIi4uLy4uL3NyYy90b29scy9ib3gudHMiLCAiLi4vLi4vc3JjL3Rvb2xzL3BvaW50LnRzIiwgIi4uLy4uL3NyYy91aS9kb20udHMiLCAiLi4vLi4vc3JjL3VpL3RodW1ibmFpbC50cyIsICIuLi8uLi9zcmMvdWkvY2FuZGlkYXRlcy50cyIsICIuLi8uLi9zcmMvdWkvZm9vdGVyLnRzIiwgIi4uLy4uL3NyYy91aS9mcmFtZS50cyIsICIuLi8uLi9zcmMvdWkvaGVscC50cyIsICIuLi8uLi9zcmMvdWkva2V5cy50cyIsICIuLi8uLi9zcmMvdWkvaWNvbnMudHMiLCAiLi4vLi4vc3JjL3VpL25vdGljZS50cyIsICIuLi8uLi9zcmMvdWkvb2JqZWN0cy50cyIsICIuLi8uLi9zcmMvdWkvcG9pbnRlci50cyIsICIuLi8uLi9zcmMvdWkvc3RhdHVzLnRzIiwgIi4uLy4uL3NyYy91aS90aGVtZS50cyIsICIuLi8uLi9zcmMvdWkvdG9vbGJhci50cyIsICIuLi8uLi9zcmMvdmlldy50cyIsICIuLi8uLi9zcmMvaW5kZXgudHMiLCAiLi4va2VybmVsLnRzIiwgIi4uL2Rldi50cyJdLAogICJzb3VyY2VzQ29udGVudCI6IFsiLy8gVGhlIGhpZGRlbiBjaGlsZCB3aWRnZXQgb2YgZXZlcnkgU2FtV2lkZ2V0OiBpdCBoYXMgbm8gdmlldywgb25seSBhIGNvbW0gb2YgaXRzIG93biBmb3IgdGhlIHByb3RvY29sLCBzbyB0aGF0IGNlbGxzXG4vLyB3aGljaCBzZXQgdGhlIHZpc2libGUgd2lkZ2V0J3MgdHJhaXRzIGRvIG5vdCBob2xkIHVwIHRoZSBjbGlja3MuIEl0cyBleHBvcnRzIHJlYWNoIHRoZSB3aWRnZXQgYnkgaG9zdC5nZXRXaWRnZXQuXG5pbXBvcnQgdHlwZSB7IEFueU1vZGVsLCBJbml0aWFsaXplUHJvcHMgfSBmcm9tIFwiQGFueXdpZGdldC90eXBlc1wiO1xuaW1wb3J0IHR5cGUgeyBXaXJlIH0gZnJvbSBcIi4vbGlua1wiO1xuXG4vKiogQSBtb2RlbCdzIGN1c3RvbSBtZXNzYWdlcyBhcyBhIHdpcmUuICovXG5leHBvcnQgZnVuY3Rpb24gd2lyZU9mKG1vZGVsOiBBbnlNb2RlbCk6IFdpcmUge1xuICByZXR1cm4ge1xuICAgIHNlbmQ6IChjb250ZW50KSA9PiBtb2RlbC5zZW5kKGNvbnRlbnQpLFxuICAgIGxpc3RlbihsaXN0ZW5lciwgc2lnbmFsKSB7XG4gICAgICBtb2RlbC5vbihcIm1zZzpjdXN0b21cIiwgbGlzdGVuZXIpO1xuICAgICAgc2lnbmFsLmFkZEV2ZW50TGlzdGVuZXIoXCJhYm9ydFwiLCAoKSA9PiBtb2RlbC5vZmYoXCJtc2c6Y3VzdG9tXCIsIGxpc3RlbmVyKSwgeyBvbmNlOiB0cnVlIH0pO1xuICAgIH0sXG4gIH07XG59XG5cbmV4cG9ydCBkZWZhdWx0IHtcbiAgaW5pdGlhbGl6ZTogKHsgbW9kZWwgfTogSW5pdGlhbGl6ZVByb3BzKTogV2lyZSA9PiB3aXJlT2YobW9kZWwpLFxufTtcbiIsICIvLyBUaGUgZG9jdW1lbnQgYXMgdGhlIHBhZ2Ugc2VlcyBpdDogcmVjb3JkcyBieSBpZCwgZWRpdHMsIGFuZCB3aGF0IGNhbiBiZSByZWFkIG91dCBvZiB0aGVtLlxuLy8gRnJvemVuIHZhbHVlcyBhbmQgcHVyZSBmdW5jdGlvbnM7IG5vdGhpbmcgYWJvdXQgdGhlIHNjcmVlbiwgdGhlIHdpcmUgb3Igd2hhdCBpcyBzdGlsbCB1bmNvbmZpcm1lZC5cbmltcG9ydCB0eXBlIHtcbiAgQW5zd2VyLFxuICBBbnlSZWNvcmQsXG4gIEJveCxcbiAgRWRpdCxcbiAgSW1hZ2UgYXMgSW1hZ2VSZWNvcmQsXG4gIE9iamVjdCBhcyBPYmplY3RSZWNvcmQsXG4gIFBvaW50LFxufSBmcm9tIFwiLi9wcm90b2NvbFwiO1xuXG5leHBvcnQgdHlwZSB7IEFuc3dlciwgQW55UmVjb3JkLCBCb3gsIEVkaXQsIEltYWdlUmVjb3JkLCBPYmplY3RSZWNvcmQsIFBvaW50IH07XG5leHBvcnQgdHlwZSBQcm9tcHQgPSBQb2ludCB8IEJveDtcblxuLyoqIFJlY29yZHMgYnkgaWQsIGluIHRoZSBvcmRlciBpbiB3aGljaCB0aGV5IHdlcmUgZmlyc3QgcHV0LiBOZXZlciBjaGFuZ2VkLCBvbmx5IHJlcGxhY2VkLiAqL1xuZXhwb3J0IHR5cGUgRG9jdW1lbnQgPSBSZWFkb25seU1hcDxzdHJpbmcsIEFueVJlY29yZD47XG5cbmV4cG9ydCBjb25zdCBFTVBUWTogRG9jdW1lbnQgPSBuZXcgTWFwKCk7XG5cbmV4cG9ydCBmdW5jdGlvbiBkb2N1bWVudE9mKHJlY29yZHM6IHsgcmVhZG9ubHkgW2lkOiBzdHJpbmddOiBBbnlSZWNvcmQgfSk6IERvY3VtZW50IHtcbiAgcmV0dXJuIG5ldyBNYXAoT2JqZWN0LmVudHJpZXMocmVjb3JkcykpO1xufVxuXG4vKiogQW4gZWRpdCBmcm9tIHdoYXQgaXQgcHV0cyBhbmQgZHJvcHMuICovXG5leHBvcnQgZnVuY3Rpb24gZWRpdE9mKHB1dDogcmVhZG9ubHkgQW55UmVjb3JkW10sIGRyb3A6IHJlYWRvbmx5IHN0cmluZ1tdID0gW10pOiBFZGl0IHtcbiAgcmV0dXJuIHsgcHV0OiBPYmplY3QuZnJvbUVudHJpZXMocHV0Lm1hcCgocmVjb3JkKSA9PiBbcmVjb3JkLmlkLCByZWNvcmRdKSksIGRyb3AsIGdyb3VwOiBudWxsIH07XG59XG5cbi8qKiBUaGUgZG9jdW1lbnQgYWZ0ZXIgdGhlIGVkaXQ6IGZpcnN0IHRoZSBkcm9wcywgdGhlbiB0aGUgcHV0czsgYSByZXBsYWNlZCByZWNvcmQga2VlcHMgaXRzIHBsYWNlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGFwcGx5KGRvY3VtZW50OiBEb2N1bWVudCwgZWRpdDogRWRpdCk6IERvY3VtZW50IHtcbiAgY29uc3QgbmV4dCA9IG5ldyBNYXAoZG9jdW1lbnQpO1xuICBmb3IgKGNvbnN0IGlkIG9mIGVkaXQuZHJvcCkgbmV4dC5kZWxldGUoaWQpO1xuICBmb3IgKGNvbnN0IFtpZCwgcmVjb3JkXSBvZiBPYmplY3QuZW50cmllcyhlZGl0LnB1dCkpIG5leHQuc2V0KGlkLCByZWNvcmQpO1xuICByZXR1cm4gbmV4dDtcbn1cblxuLyoqIFRoZSBlZGl0IHRoYXQgbGVhZHMgYmFjazogYGFwcGx5KGFwcGx5KGQsIGUpLCBpbnZlcnQoZCwgZSkpYCBob2xkcyB0aGUgcmVjb3JkcyBvZiBgZGAuICovXG5leHBvcnQgZnVuY3Rpb24gaW52ZXJ0KGRvY3VtZW50OiBEb2N1bWVudCwgZWRpdDogRWRpdCk6IEVkaXQge1xuICBjb25zdCB0b3VjaGVkID0gbmV3IFNldChbLi4uZWRpdC5kcm9wLCAuLi5PYmplY3Qua2V5cyhlZGl0LnB1dCldKTtcbiAgY29uc3QgcHV0OiB7IFtpZDogc3RyaW5nXTogQW55UmVjb3JkIH0gPSB7fTtcbiAgZm9yIChjb25zdCBbaWQsIHJlY29yZF0gb2YgZG9jdW1lbnQpIGlmICh0b3VjaGVkLmhhcyhpZCkpIHB1dFtpZF0gPSByZWNvcmQ7XG4gIGNvbnN0IGRyb3AgPSBPYmplY3Qua2V5cyhlZGl0LnB1dCkuZmlsdGVyKChpZCkgPT4gIWRvY3VtZW50LmhhcyhpZCkpO1xuICByZXR1cm4geyBwdXQsIGRyb3AsIGdyb3VwOiBlZGl0Lmdyb3VwIH07XG59XG5cbi8qKiBPbmUgZWRpdCB0aGF0IGRvZXMgd2hhdCB0aGUgZmlyc3QgYW5kIHRoZW4gdGhlIHNlY29uZCBkby4gKi9cbmV4cG9ydCBmdW5jdGlvbiBzcXVhc2goZmlyc3Q6IEVkaXQsIHNlY29uZDogRWRpdCk6IEVkaXQge1xuICBjb25zdCBwdXQ6IHsgW2lkOiBzdHJpbmddOiBBbnlSZWNvcmQgfSA9IHsgLi4uZmlyc3QucHV0IH07XG4gIGZvciAoY29uc3QgaWQgb2Ygc2Vjb25kLmRyb3ApIGRlbGV0ZSBwdXRbaWRdO1xuICBjb25zdCBkcm9wID0gWy4uLm5ldyBTZXQoWy4uLmZpcnN0LmRyb3AsIC4uLnNlY29uZC5kcm9wXSldO1xuICBjb25zdCBncm91cCA9IGZpcnN0Lmdyb3VwID09PSBzZWNvbmQuZ3JvdXAgPyBmaXJzdC5ncm91cCA6IG51bGw7XG4gIHJldHVybiB7IHB1dDogeyAuLi5wdXQsIC4uLnNlY29uZC5wdXQgfSwgZHJvcCwgZ3JvdXAgfTtcbn1cblxuLyoqIEEgc2hvcnQgcmFuZG9tIGlkLCBhcyB0aGUga2VybmVsIG1ha2VzIHRoZW06IDEyIGhleGFkZWNpbWFsIGRpZ2l0cy4gKi9cbmV4cG9ydCBmdW5jdGlvbiBuZXdJZCgpOiBzdHJpbmcge1xuICBjb25zdCBieXRlcyA9IGNyeXB0by5nZXRSYW5kb21WYWx1ZXMobmV3IFVpbnQ4QXJyYXkoNikpO1xuICByZXR1cm4gQXJyYXkuZnJvbShieXRlcywgKGJ5dGUpID0+IGJ5dGUudG9TdHJpbmcoMTYpLnBhZFN0YXJ0KDIsIFwiMFwiKSkuam9pbihcIlwiKTtcbn1cblxuLyoqIFdoYXQgdGhlIHBlcnNvbiBsb29rcyBhdDogdGhlIGRvY3VtZW50LCByZWFkIG9uY2UgZm9yIGEgZnJhbWUuICovXG5leHBvcnQgaW50ZXJmYWNlIFNjZW5lIHtcbiAgcmVhZG9ubHkgaW1hZ2U6IEltYWdlUmVjb3JkIHwgbnVsbDtcbiAgcmVhZG9ubHkgb2JqZWN0czogcmVhZG9ubHkgT2JqZWN0UmVjb3JkW107IC8vIGluIGRyYXdpbmcgb3JkZXJcbiAgcmVhZG9ubHkgb3BlbjogT2JqZWN0UmVjb3JkIHwgbnVsbDsgLy8gdGhlIG9uZSB0aGF0IGNsaWNrcyBnbyB0b1xuICByZWFkb25seSBwcm9tcHRzOiByZWFkb25seSBQcm9tcHRbXTsgLy8gb2YgdGhlIG9wZW4gb2JqZWN0XG4gIHJlYWRvbmx5IGFuc3dlcjogQW5zd2VyIHwgbnVsbDsgLy8gdHJ1ZSB0byB0aGVzZSBwcm9tcHRzXG4gIHJlYWRvbmx5IHN0YWxlOiBBbnN3ZXIgfCBudWxsOyAvLyB0aGUgbGFzdCBhbnN3ZXIgdGhhdCBubyBsb25nZXIgaXNcbn1cblxuZXhwb3J0IGZ1bmN0aW9uIHNjZW5lT2YoZG9jdW1lbnQ6IERvY3VtZW50KTogU2NlbmUge1xuICBsZXQgaW1hZ2U6IEltYWdlUmVjb3JkIHwgbnVsbCA9IG51bGw7XG4gIGxldCBvcGVuOiBPYmplY3RSZWNvcmQgfCBudWxsID0gbnVsbDtcbiAgY29uc3Qgb2JqZWN0czogT2JqZWN0UmVjb3JkW10gPSBbXTtcbiAgZm9yIChjb25zdCByZWNvcmQgb2YgZG9jdW1lbnQudmFsdWVzKCkpIHtcbiAgICBpZiAocmVjb3JkLnR5cGUgPT09IFwiaW1hZ2VcIikgaW1hZ2UgPSByZWNvcmQ7XG4gICAgaWYgKHJlY29yZC50eXBlICE9PSBcIm9iamVjdFwiKSBjb250aW51ZTtcbiAgICBvYmplY3RzLnB1c2gocmVjb3JkKTtcbiAgICBpZiAoIXJlY29yZC5sb2NrZWQpIG9wZW4gPSByZWNvcmQ7XG4gIH1cbiAgb2JqZWN0cy5zb3J0KChhLCBiKSA9PiBhLm9yZGVyIC0gYi5vcmRlcik7XG4gIGNvbnN0IHByb21wdHMgPSBvcGVuID09PSBudWxsID8gW10gOiBwcm9tcHRzT2YoZG9jdW1lbnQsIG9wZW4uaWQpO1xuICBjb25zdCBhbnN3ZXIgPSBvcGVuID09PSBudWxsID8gbnVsbCA6IGFuc3dlck9mKGRvY3VtZW50LCBvcGVuLmlkKTtcbiAgY29uc3Qgc3RhbGUgPSBvcGVuICYmICFhbnN3ZXIgJiYgcHJvbXB0cy5sZW5ndGggPiAwID8gbGFzdEFuc3dlck9mKGRvY3VtZW50LCBvcGVuLmlkKSA6IG51bGw7XG4gIHJldHVybiB7IGltYWdlLCBvYmplY3RzLCBvcGVuLCBwcm9tcHRzLCBhbnN3ZXIsIHN0YWxlIH07XG59XG5cbi8qKiBUaGUgb2JqZWN0cyB0aGF0IGFyZSBkb25lLCBpbiB0aGUgb3JkZXIgb2YgdGhlaXIgbnVtYmVyczogdGhlIGZpcnN0IGlzIDEuICovXG5leHBvcnQgZnVuY3Rpb24gYWNjZXB0ZWRPZihzY2VuZTogU2NlbmUpOiBPYmplY3RSZWNvcmRbXSB7XG4gIHJldHVybiBzY2VuZS5vYmplY3RzLmZpbHRlcigob2JqZWN0KSA9PiBvYmplY3QubG9ja2VkKTtcbn1cblxuZXhwb3J0IGZ1bmN0aW9uIHByb21wdHNPZihkb2N1bWVudDogRG9jdW1lbnQsIG9iamVjdDogc3RyaW5nKTogUHJvbXB0W10ge1xuICBjb25zdCBwcm9tcHRzOiBQcm9tcHRbXSA9IFtdO1xuICBmb3IgKGNvbnN0IHJlY29yZCBvZiBkb2N1bWVudC52YWx1ZXMoKSkge1xuICAgIGlmICgocmVjb3JkLnR5cGUgPT09IFwicG9pbnRcIiB8fCByZWNvcmQudHlwZSA9PT0gXCJib3hcIikgJiYgcmVjb3JkLm9iamVjdCA9PT0gb2JqZWN0KSB7XG4gICAgICBwcm9tcHRzLnB1c2gocmVjb3JkKTtcbiAgICB9XG4gIH1cbiAgcmV0dXJuIHByb21wdHM7XG59XG5cbi8qKiBUaGUgYW5zd2VyIHRoYXQgaXMgdHJ1ZSB0byB0aGUgb2JqZWN0J3MgcHJvbXB0cyBhcyB0aGV5IHN0YW5kLCBpZiB0aGUgbW9kZWwgaGFzIGdpdmVuIGl0LiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGFuc3dlck9mKGRvY3VtZW50OiBEb2N1bWVudCwgb2JqZWN0OiBzdHJpbmcpOiBBbnN3ZXIgfCBudWxsIHtcbiAgY29uc3QgcHJvbXB0cyA9IHByb21wdHNPZihkb2N1bWVudCwgb2JqZWN0KTtcbiAgaWYgKHByb21wdHMubGVuZ3RoID09PSAwKSByZXR1cm4gbnVsbDtcbiAgZm9yIChjb25zdCByZWNvcmQgb2YgZG9jdW1lbnQudmFsdWVzKCkpIHtcbiAgICBpZiAocmVjb3JkLnR5cGUgIT09IFwiYW5zd2VyXCIgfHwgcmVjb3JkLm9iamVjdCAhPT0gb2JqZWN0KSBjb250aW51ZTtcbiAgICBpZiAocmVjb3JkLm9mLmxlbmd0aCAhPT0gcHJvbXB0cy5sZW5ndGgpIGNvbnRpbnVlO1xuICAgIGlmIChyZWNvcmQub2YuZXZlcnkoKGlkLCBpKSA9PiBpZCA9PT0gcHJvbXB0c1tpXT8uaWQpKSByZXR1cm4gcmVjb3JkO1xuICB9XG4gIHJldHVybiBudWxsO1xufVxuXG5mdW5jdGlvbiBsYXN0QW5zd2VyT2YoZG9jdW1lbnQ6IERvY3VtZW50LCBvYmplY3Q6IHN0cmluZyk6IEFuc3dlciB8IG51bGwge1xuICBsZXQgbGFzdDogQW5zd2VyIHwgbnVsbCA9IG51bGw7XG4gIGZvciAoY29uc3QgcmVjb3JkIG9mIGRvY3VtZW50LnZhbHVlcygpKSB7XG4gICAgaWYgKHJlY29yZC50eXBlID09PSBcImFuc3dlclwiICYmIHJlY29yZC5vYmplY3QgPT09IG9iamVjdCkgbGFzdCA9IHJlY29yZDtcbiAgfVxuICByZXR1cm4gbGFzdDtcbn1cblxuLyoqIFdoaWNoIGNhbmRpZGF0ZSBjb3VudHM6IHRoZSBwZXJzb24ncyBjaG9pY2UsIGVsc2UgdGhlIG1vZGVsJ3MgYmVzdC4gKi9cbmV4cG9ydCBmdW5jdGlvbiBjaG9zZW5PZihvYmplY3Q6IE9iamVjdFJlY29yZCwgYW5zd2VyOiBBbnN3ZXIpOiBudW1iZXIge1xuICBjb25zdCBjaG9pY2UgPSBvYmplY3QuY2hvaWNlID8/IGFuc3dlci5iZXN0O1xuICByZXR1cm4gTWF0aC5taW4oTWF0aC5tYXgoMCwgY2hvaWNlKSwgYW5zd2VyLmNhbmRpZGF0ZXMubGVuZ3RoIC0gMSk7XG59XG5cbi8qKiBUaGUgY29udGVudCBoYXNoZXMgdGhhdCBhIGRvY3VtZW50IG1lbnRpb25zLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGJsb2JzT2YoZG9jdW1lbnQ6IERvY3VtZW50KTogU2V0PHN0cmluZz4ge1xuICBjb25zdCBoYXNoZXMgPSBuZXcgU2V0PHN0cmluZz4oKTtcbiAgZm9yIChjb25zdCByZWNvcmQgb2YgZG9jdW1lbnQudmFsdWVzKCkpIHtcbiAgICBpZiAocmVjb3JkLnR5cGUgPT09IFwiaW1hZ2VcIikgaGFzaGVzLmFkZChyZWNvcmQuc291cmNlKTtcbiAgICBpZiAocmVjb3JkLnR5cGUgPT09IFwiYW5zd2VyXCIpIGZvciAoY29uc3QgeyBibG9iIH0gb2YgcmVjb3JkLmNhbmRpZGF0ZXMpIGhhc2hlcy5hZGQoYmxvYik7XG4gIH1cbiAgcmV0dXJuIGhhc2hlcztcbn1cbiIsICIvLyBPbmUgcGFnZSdzIGVuZCBvZiB0aGUgd2lyZTogc2VuZHMgdGhlIHN0b3JlJ3Mgc3RlcHMsIGZlZWRzIGl0IHdoYXQgY29tZXMsIGFuZCBhc2tzIGFnYWluIHdoZW4gbm90aGluZyBjb21lcy5cbi8vIE5vIERPTSwgbm8gZG9jdW1lbnQgbG9naWM6IHdoYXQgYSBtZXNzYWdlIG1lYW5zIGlzIHRoZSBzdG9yZSdzIGJ1c2luZXNzLlxuaW1wb3J0IHR5cGUgeyBGcm9tS2VybmVsLCBGcm9tUGFnZSB9IGZyb20gXCIuL3Byb3RvY29sXCI7XG5pbXBvcnQgdHlwZSB7IFN0ZXAsIFN0b3JlIH0gZnJvbSBcIi4vc3RvcmVcIjtcblxuLyoqIFdoYXRldmVyIGNhcnJpZXMgSlNPTiBib3RoIHdheXMsIHdpdGggYnl0ZXMgYmVzaWRlIGl0IG9uIHRoZSB3YXkgdG8gdGhlIHBhZ2UuICovXG5leHBvcnQgaW50ZXJmYWNlIFdpcmUge1xuICBzZW5kKGNvbnRlbnQ6IEZyb21QYWdlKTogdm9pZDtcbiAgbGlzdGVuKFxuICAgIGxpc3RlbmVyOiAoY29udGVudDogdW5rbm93biwgYnVmZmVyczogcmVhZG9ubHkgQXJyYXlCdWZmZXJWaWV3W10pID0+IHZvaWQsXG4gICAgc2lnbmFsOiBBYm9ydFNpZ25hbCxcbiAgKTogdm9pZDtcbn1cblxuLyoqIE1pbGxpc2Vjb25kcyB0aGF0IGFuIHVuYW5zd2VyZWQgc3RlcCBtYXkgd2FpdCBiZWZvcmUgdGhlIHBhZ2UgYXNrcyBob3cgdGhpbmdzIHN0YW5kLiAqL1xuZXhwb3J0IGNvbnN0IFBBVElFTkNFID0gMjAwMDtcbi8qKiBVbmFuc3dlcmVkIHF1ZXN0aW9ucyBhZnRlciB3aGljaCB0aGUgcGFnZSBzYXlzIHRoYXQgdGhlIGtlcm5lbCBkb2VzIG5vdCBhbnN3ZXIuICovXG5jb25zdCBTSUxFTlRfQUZURVIgPSAyO1xuLyoqIEVhY2ggdW5hbnN3ZXJlZCBxdWVzdGlvbiBkb3VibGVzIHRoZSB3YWl0LCB0aGlzIG1hbnkgdGltZXMgYXQgbW9zdDogYSBidXN5IGtlcm5lbCBpcyBub3QgaGVscGVkIGJ5IG1vcmUuICovXG5jb25zdCBET1VCTElOR1MgPSA0O1xuXG5leHBvcnQgY2xhc3MgTGluayB7XG4gIHJlYWRvbmx5ICNzdG9yZTogU3RvcmU7XG4gIHJlYWRvbmx5ICN3aXJlOiBXaXJlO1xuICAjdGltZXI6IFJldHVyblR5cGU8dHlwZW9mIHNldFRpbWVvdXQ+IHwgbnVsbCA9IG51bGw7XG4gICN1bmFuc3dlcmVkID0gMDtcbiAgI2RvdWJ0ZWQgPSBmYWxzZTtcbiAgI2Nsb3NlZCA9IGZhbHNlO1xuXG4gIC8qKiBTYXlzIGhlbGxvIGF0IG9uY2U7IGVuZHMgd2l0aCB0aGUgc2lnbmFsLiAqL1xuICBjb25zdHJ1Y3RvcihzdG9yZTogU3RvcmUsIHdpcmU6IFdpcmUsIHNpZ25hbDogQWJvcnRTaWduYWwpIHtcbiAgICB0aGlzLiNzdG9yZSA9IHN0b3JlO1xuICAgIHRoaXMuI3dpcmUgPSB3aXJlO1xuICAgIHdpcmUubGlzdGVuKChjb250ZW50LCBidWZmZXJzKSA9PiB0aGlzLiNyZWNlaXZlKGNvbnRlbnQsIGJ1ZmZlcnMpLCBzaWduYWwpO1xuICAgIHN0b3JlLm9uU3RlcCgoc3RlcCkgPT4gdGhpcy4jc2VuZChzdGVwKSwgc2lnbmFsKTtcbiAgICBzaWduYWwuYWRkRXZlbnRMaXN0ZW5lcihcImFib3J0XCIsICgpID0+IHRoaXMuI3N0b3AoKSwgeyBvbmNlOiB0cnVlIH0pO1xuICAgIHRoaXMuYXNrKCk7XG4gIH1cblxuICAvKiogU2F5cyBoZWxsbzsgdGhlIGtlcm5lbCBhbnN3ZXJzIHdpdGggYSBzbmFwc2hvdCwgYWZ0ZXIgd2hpY2ggd2hhdCBpcyBwZW5kaW5nIGlzIHNlbnQgYWdhaW4uICovXG4gIGFzaygpOiB2b2lkIHtcbiAgICBpZiAodGhpcy4jY2xvc2VkKSByZXR1cm47XG4gICAgdGhpcy4jc2F5KHRoaXMuI3N0b3JlLmhlbGxvKCkpO1xuICAgIHRoaXMuI3dhdGNoKCk7XG4gIH1cblxuICAvKiogVGhlIGhvc3Qgc2F5cyB0aGF0IHRoZSBrZXJuZWwncyBlbmQgbWF5IGJlIGdvbmU6IGFzaywgYW5kIHRha2Ugc2lsZW5jZSBmb3IgYSB5ZXMuICovXG4gIGRvdWJ0KCk6IHZvaWQge1xuICAgIHRoaXMuI2RvdWJ0ZWQgPSB0cnVlO1xuICAgIHRoaXMuYXNrKCk7XG4gIH1cblxuICAvKiogVGhlIGtlcm5lbCBhdCB0aGUgb3RoZXIgZW5kIGlzIG5vIG1vcmU6IG5vdGhpbmcgd2lsbCBiZSBzZW50IGFnYWluLiAqL1xuICBnb25lKCk6IHZvaWQge1xuICAgIHRoaXMuI3N0b3AoKTtcbiAgICB0aGlzLiNzdG9yZS5zZXRDb250YWN0KFwiZ29uZVwiKTtcbiAgfVxuXG4gICNzdG9wKCk6IHZvaWQge1xuICAgIHRoaXMuI2Nsb3NlZCA9IHRydWU7XG4gICAgaWYgKHRoaXMuI3RpbWVyICE9PSBudWxsKSBjbGVhclRpbWVvdXQodGhpcy4jdGltZXIpO1xuICAgIHRoaXMuI3RpbWVyID0gbnVsbDtcbiAgfVxuXG4gICNzZW5kKHN0ZXA6IFN0ZXApOiB2b2lkIHtcbiAgICAvLyBXaGlsZSBhIHF1ZXN0aW9uIGlzIG9wZW4sIHN0ZXBzIHdhaXQ6IHRoZSBzbmFwc2hvdCdzIGFuc3dlciBzZW5kcyBhbGwgdGhhdCBpcyBwZW5kaW5nLCBpbiBvcmRlci5cbiAgICBpZiAodGhpcy4jY2xvc2VkIHx8IHRoaXMuI3N0b3JlLmFza2luZykgcmV0dXJuO1xuICAgIHRoaXMuI3NheShzdGVwKTtcbiAgICBpZiAodGhpcy4jdGltZXIgPT09IG51bGwpIHRoaXMuI3dhdGNoKCk7XG4gIH1cblxuICAvKiogQSBjb21tIHRoYXQgaXMgZGVhZCB0aHJvd3MuICovXG4gICNzYXkobWVzc2FnZTogRnJvbVBhZ2UpOiB2b2lkIHtcbiAgICBpZiAodGhpcy4jY2xvc2VkKSByZXR1cm47XG4gICAgdHJ5IHtcbiAgICAgIHRoaXMuI3dpcmUuc2VuZChtZXNzYWdlKTtcbiAgICB9IGNhdGNoIHtcbiAgICAgIHRoaXMuZ29uZSgpO1xuICAgIH1cbiAgfVxuXG4gICNyZWNlaXZlKGNvbnRlbnQ6IHVua25vd24sIGJ1ZmZlcnM6IHJlYWRvbmx5IEFycmF5QnVmZmVyVmlld1tdKTogdm9pZCB7XG4gICAgaWYgKHRoaXMuI2Nsb3NlZCB8fCAhaXNNZXNzYWdlKGNvbnRlbnQpKSByZXR1cm47XG4gICAgY29uc3QgYnl0ZXMgPSBidWZmZXJzLm1hcChcbiAgICAgICh2aWV3KSA9PiBuZXcgVWludDhBcnJheSh2aWV3LmJ1ZmZlciwgdmlldy5ieXRlT2Zmc2V0LCB2aWV3LmJ5dGVMZW5ndGgpLFxuICAgICk7XG4gICAgY29uc3QgdGFrZW4gPSB0aGlzLiNzdG9yZS5yZWNlaXZlKGNvbnRlbnQsIGJ5dGVzKTtcbiAgICAvLyBCeXRlcyB0aGF0IHRoZSBrZXJuZWwgbGFja3MgYXMgd2VsbCB3b3VsZCBiZSBhc2tlZCBmb3IgYXQgdGhlIHNhbWUgcGFjZSBmb3IgZXZlci5cbiAgICBpZiAoY29udGVudC50eXBlICE9PSBcImJsb2JzXCIpIHRoaXMuI3VuYW5zd2VyZWQgPSAwO1xuICAgIHRoaXMuI2RvdWJ0ZWQgPSBmYWxzZTtcbiAgICB0aGlzLiNzdG9yZS5zZXRDb250YWN0KFwib3BlblwiKTtcbiAgICBpZiAodGFrZW4gPT09IFwiZ2FwXCIpIHtcbiAgICAgIGlmICghdGhpcy4jc3RvcmUuYXNraW5nKSB0aGlzLmFzaygpO1xuICAgICAgcmV0dXJuO1xuICAgIH1cbiAgICBpZiAodGFrZW4gPT09IFwidGFrZW5cIikgdGhpcy4jZm9sbG93KGNvbnRlbnQpO1xuICAgIHRoaXMuI3dhdGNoKCk7XG4gIH1cblxuICAvKiogV2hhdCBhIG1lc3NhZ2UgdGhhdCB3YXMgdGFrZW4gY2FsbHMgZm9yLiAqL1xuICAjZm9sbG93KG1lc3NhZ2U6IEZyb21LZXJuZWwpOiB2b2lkIHtcbiAgICBpZiAobWVzc2FnZS50eXBlID09PSBcInNuYXBzaG90XCIpIGZvciAoY29uc3Qgc3RlcCBvZiB0aGlzLiNzdG9yZS5wZW5kaW5nKSB0aGlzLiNzYXkoc3RlcCk7XG4gICAgaWYgKG1lc3NhZ2UudHlwZSA9PT0gXCJzbmFwc2hvdFwiIHx8IG1lc3NhZ2UudHlwZSA9PT0gXCJwYXRjaFwiKSB0aGlzLiNuZWVkKCk7XG4gIH1cblxuICAjbmVlZCgpOiB2b2lkIHtcbiAgICBjb25zdCBibG9icyA9IHRoaXMuI3N0b3JlLmFza2luZyA/IFtdIDogdGhpcy4jc3RvcmUubWlzc2luZygpO1xuICAgIGlmIChibG9icy5sZW5ndGggPiAwKSB0aGlzLiNzYXkoeyB0eXBlOiBcIm5lZWRcIiwgY2xpZW50OiB0aGlzLiNzdG9yZS5jbGllbnQsIGJsb2JzIH0pO1xuICB9XG5cbiAgLyoqIFJlc3RhcnRzIHRoZSBjbG9jayB3aGlsZSBhbnl0aGluZyBpcyB1bmFuc3dlcmVkLiAqL1xuICAjd2F0Y2goKTogdm9pZCB7XG4gICAgaWYgKHRoaXMuI3RpbWVyICE9PSBudWxsKSBjbGVhclRpbWVvdXQodGhpcy4jdGltZXIpO1xuICAgIHRoaXMuI3RpbWVyID0gbnVsbDtcbiAgICBpZiAodGhpcy4jY2xvc2VkKSByZXR1cm47XG4gICAgY29uc3Qgd2FpdHMgPSB0aGlzLiNzdG9yZS5hc2tpbmcgfHwgdGhpcy4jc3RvcmUucGVuZGluZy5sZW5ndGggPiAwO1xuICAgIGlmICghd2FpdHMgJiYgdGhpcy4jc3RvcmUubWlzc2luZygpLmxlbmd0aCA9PT0gMCkgcmV0dXJuO1xuICAgIGNvbnN0IHdhaXQgPSBQQVRJRU5DRSAqIDIgKiogTWF0aC5taW4odGhpcy4jdW5hbnN3ZXJlZCwgRE9VQkxJTkdTKTtcbiAgICB0aGlzLiN0aW1lciA9IHNldFRpbWVvdXQoKCkgPT4ge1xuICAgICAgdGhpcy4jdW5hbnN3ZXJlZCArPSAxO1xuICAgICAgY29uc3Qgc2lsZW50ID0gd2FpdHMgJiYgdGhpcy4jdW5hbnN3ZXJlZCA+PSBTSUxFTlRfQUZURVI7XG4gICAgICBpZiAoc2lsZW50ICYmIHRoaXMuI2RvdWJ0ZWQpIHJldHVybiB0aGlzLmdvbmUoKTtcbiAgICAgIGlmIChzaWxlbnQpIHRoaXMuI3N0b3JlLnNldENvbnRhY3QoXCJzaWxlbnRcIik7XG4gICAgICBpZiAod2FpdHMpIHRoaXMuYXNrKCk7XG4gICAgICBlbHNlIHRoaXMuI25lZWQoKTtcbiAgICAgIHRoaXMuI3dhdGNoKCk7XG4gICAgfSwgd2FpdCk7XG4gIH1cbn1cblxuLyoqIE90aGVyIHdpZGdldHMnIGV4dGVuc2lvbnMgbWF5IHRhbGsgb24gdGhlIHNhbWUgY29tbTogb25seSBvYmplY3RzIHdpdGggYSB0eXBlIGFyZSBvdXJzLiAqL1xuZnVuY3Rpb24gaXNNZXNzYWdlKGNvbnRlbnQ6IHVua25vd24pOiBjb250ZW50IGlzIEZyb21LZXJuZWwge1xuICByZXR1cm4gdHlwZW9mIGNvbnRlbnQgPT09IFwib2JqZWN0XCIgJiYgY29udGVudCAhPT0gbnVsbCAmJiBcInR5cGVcIiBpbiBjb250ZW50O1xufVxuIiwgIi8vIEdlbmVyYXRlZCBmcm9tIHNhbV93aWRnZXQvd2lkZ2V0L3Byb3RvY29sLnB5IGJ5IGBweXRob24ganMvdHlwZWdlbi5weWA7IGRvIG5vdCBlZGl0LlxuLy8gRXZlcnkgbWVzc2FnZSBiZXR3ZWVuIGEgcGFnZSBhbmQgdGhlIGtlcm5lbCwgYW5kIHRoZSByZWNvcmRzIHRoYXQgdGhleSBjYXJyeS4gVHlwZXMgb25seS5cblxuZXhwb3J0IGNvbnN0IFBST1RPQ09MID0gMTtcblxuLyoqIFRoZSBwaWN0dXJlIHRoYXQgdGhlIG9iamVjdHMgbGllIGluOyBgc291cmNlYCBpcyB0aGUgYmxvYiB0aGF0IHNob3dzIGl0LiAqL1xuZXhwb3J0IGludGVyZmFjZSBJbWFnZSB7XG4gIHJlYWRvbmx5IHR5cGU6IFwiaW1hZ2VcIjtcbiAgcmVhZG9ubHkgaWQ6IHN0cmluZztcbiAgcmVhZG9ubHkgc291cmNlOiBzdHJpbmc7XG4gIHJlYWRvbmx5IHdpZHRoOiBudW1iZXI7XG4gIHJlYWRvbmx5IGhlaWdodDogbnVtYmVyO1xufVxuXG4vKipcbiAqIE9uZSB0aGluZyBpbiB0aGUgaW1hZ2UuXG4gKlxuICogYGNvbG9yYCBpcyBpdHMgcGxhY2UgaW4gdGhlIHBhbGV0dGUsIGBjaG9pY2VgIHRoZSBjYW5kaWRhdGUgdGhhdCBhIHBlcnNvbiBwaWNrZWQgKG51bGw6IHRoZVxuICogbW9kZWwncyBiZXN0KS4gYGxvY2tlZGAgc2F5cyB0aGF0IGl0IGlzIGFjY2VwdGVkOyB0aGUgb25lIG9iamVjdCB0aGF0IGlzIG5vdCBpcyBvcGVuLCBhbmRcbiAqIGNsaWNrcyBnbyB0byBpdC5cbiAqL1xuZXhwb3J0IGludGVyZmFjZSBPYmplY3Qge1xuICByZWFkb25seSB0eXBlOiBcIm9iamVjdFwiO1xuICByZWFkb25seSBpZDogc3RyaW5nO1xuICByZWFkb25seSBpbWFnZTogc3RyaW5nO1xuICByZWFkb25seSBsYWJlbDogc3RyaW5nO1xuICByZWFkb25seSBjb2xvcjogbnVtYmVyO1xuICByZWFkb25seSBjaG9pY2U6IG51bWJlciB8IG51bGw7XG4gIHJlYWRvbmx5IGxvY2tlZDogYm9vbGVhbjtcbiAgcmVhZG9ubHkgb3JkZXI6IG51bWJlcjtcbn1cblxuLyoqIEEgcHJvbXB0OiB4IHkgaW4gaW1hZ2UgcGl4ZWxzLCBwaXhlbCBjZW50cmVzIGF0IC41OyBgcG9zaXRpdmVgIG9uIHRoZSB0aGluZyBvciBvZmYgaXQuICovXG5leHBvcnQgaW50ZXJmYWNlIFBvaW50IHtcbiAgcmVhZG9ubHkgdHlwZTogXCJwb2ludFwiO1xuICByZWFkb25seSBpZDogc3RyaW5nO1xuICByZWFkb25seSBvYmplY3Q6IHN0cmluZztcbiAgcmVhZG9ubHkgeDogbnVtYmVyO1xuICByZWFkb25seSB5OiBudW1iZXI7XG4gIHJlYWRvbmx5IHBvc2l0aXZlOiBib29sZWFuO1xufVxuXG4vKiogQSBwcm9tcHQ6IGEgYm94IGFyb3VuZCB0aGUgdGhpbmcsIGltYWdlIHBpeGVscywgeDAgPCB4MSBhbmQgeTAgPCB5MS4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgQm94IHtcbiAgcmVhZG9ubHkgdHlwZTogXCJib3hcIjtcbiAgcmVhZG9ubHkgaWQ6IHN0cmluZztcbiAgcmVhZG9ubHkgb2JqZWN0OiBzdHJpbmc7XG4gIHJlYWRvbmx5IHgwOiBudW1iZXI7XG4gIHJlYWRvbmx5IHkwOiBudW1iZXI7XG4gIHJlYWRvbmx5IHgxOiBudW1iZXI7XG4gIHJlYWRvbmx5IHkxOiBudW1iZXI7XG59XG5cbi8qKlxuICogT25lIG9mIGFuIEFuc3dlcidzIG1hc2tzLlxuICpcbiAqIGBibG9iYCBob2xkcyBpdHMgcnVuIGxlbmd0aHMsIGBzY29yZWAgaXMgdGhlIHByZWRpY3RlZCBJb1UgYW5kIGBzdGFiaWxpdHlgIHRoZSBzdGFiaWxpdHlcbiAqIHNjb3JlICgwLi4xIGJvdGgpLCBgYXJlYWAgY291bnRzIHBpeGVscyBvZiB0aGUgaW1hZ2UuXG4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgQ2FuZGlkYXRlIHtcbiAgcmVhZG9ubHkgbmFtZTogc3RyaW5nO1xuICByZWFkb25seSBibG9iOiBzdHJpbmc7XG4gIHJlYWRvbmx5IHNjb3JlOiBudW1iZXI7XG4gIHJlYWRvbmx5IHN0YWJpbGl0eTogbnVtYmVyO1xuICByZWFkb25seSBhcmVhOiBudW1iZXI7XG59XG5cbi8qKlxuICogV2hhdCB0aGUgbW9kZWwgc2FpZCBhYm91dCBhbiBvYmplY3QuXG4gKlxuICogSXQgaXMgdHJ1ZSBleGFjdGx5IHdoaWxlIGBvZmAgZXF1YWxzIHRoZSBpZHMgb2YgdGhlIG9iamVjdCdzIHByb21wdHMsIGluIHRoZSBkb2N1bWVudCdzIG9yZGVyLlxuICogYGJlc3RgIGlzIHRoZSBjYW5kaWRhdGUgdGhhdCB0aGUgbW9kZWwgd291bGQgY2hvb3NlLCBgc2Vjb25kc2Agd2hhdCBpdCB0b29rLlxuICovXG5leHBvcnQgaW50ZXJmYWNlIEFuc3dlciB7XG4gIHJlYWRvbmx5IHR5cGU6IFwiYW5zd2VyXCI7XG4gIHJlYWRvbmx5IGlkOiBzdHJpbmc7XG4gIHJlYWRvbmx5IG9iamVjdDogc3RyaW5nO1xuICByZWFkb25seSBvZjogcmVhZG9ubHkgc3RyaW5nW107XG4gIHJlYWRvbmx5IGNhbmRpZGF0ZXM6IHJlYWRvbmx5IENhbmRpZGF0ZVtdO1xuICByZWFkb25seSBiZXN0OiBudW1iZXI7XG4gIHJlYWRvbmx5IHNlY29uZHM6IG51bWJlcjtcbn1cblxuLyoqIFdoYXQgYSBkb2N1bWVudCBob2xkcy4gKi9cbmV4cG9ydCB0eXBlIEFueVJlY29yZCA9IEltYWdlIHwgT2JqZWN0IHwgUG9pbnQgfCBCb3ggfCBBbnN3ZXI7XG5cbi8qKlxuICogQSBwYWdlIGFza3MgZm9yIGEgc25hcHNob3Q6IGF0IGl0cyBzdGFydCwgYWZ0ZXIgYSBnYXAsIGFuZCB3aGVuIGFuIGFuc3dlciBpcyBvdmVyZHVlLlxuICpcbiAqIGBjYWxsYCBjb3VudHMgdGhlIHBhZ2UncyBoZWxsb3MgZnJvbSAxOyB0aGUgc25hcHNob3QgdGhhdCBhbnN3ZXJzIGNhcnJpZXMgaXQuIGBzZXFgIGlzIHRoZVxuICogbGFzdCBvZiBpdHMgcHVzaGVzLCB1bmRvcyBhbmQgcmVkb3MgdGhhdCB0aGUgcGFnZSBubyBsb25nZXIgd2FpdHMgZm9yLCAwIGF0IHRoZSBzdGFydDtcbiAqIGB2ZXJzaW9uYCBpcyB0aGF0IG9mIHRoZSBkb2N1bWVudCBpdCBob2xkcywgLTEgZm9yIG5vbmUuXG4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgSGVsbG8ge1xuICByZWFkb25seSB0eXBlOiBcImhlbGxvXCI7XG4gIHJlYWRvbmx5IGNsaWVudDogc3RyaW5nO1xuICByZWFkb25seSBjYWxsOiBudW1iZXI7XG4gIHJlYWRvbmx5IHNlcTogbnVtYmVyO1xuICByZWFkb25seSB2ZXJzaW9uOiBudW1iZXI7XG4gIHJlYWRvbmx5IHByb3RvY29sOiBudW1iZXI7XG59XG5cbi8qKiBBIGNoYW5nZSBvZiBhIGRvY3VtZW50LiAqL1xuZXhwb3J0IGludGVyZmFjZSBFZGl0IHtcbiAgcmVhZG9ubHkgcHV0OiB7IHJlYWRvbmx5IFtpZDogc3RyaW5nXTogQW55UmVjb3JkIH07XG4gIHJlYWRvbmx5IGRyb3A6IHJlYWRvbmx5IHN0cmluZ1tdO1xuICByZWFkb25seSBncm91cDogc3RyaW5nIHwgbnVsbDtcbn1cblxuLyoqIEEgcGFnZSdzIGVkaXQ7IGBzZXFgIGNvdW50cyB0aGUgcGFnZSdzIHB1c2hlcywgdW5kb3MgYW5kIHJlZG9zIHRvZ2V0aGVyLCAxLCAyLCAzLiAqL1xuZXhwb3J0IGludGVyZmFjZSBQdXNoIHtcbiAgcmVhZG9ubHkgdHlwZTogXCJwdXNoXCI7XG4gIHJlYWRvbmx5IGNsaWVudDogc3RyaW5nO1xuICByZWFkb25seSBzZXE6IG51bWJlcjtcbiAgcmVhZG9ubHkgZWRpdDogRWRpdDtcbn1cblxuLyoqIFVuZG8gdGhlIGxhc3Qgc3RlcCwgd2hvZXZlciBtYWRlIGl0OyBjb3VudGVkIGFzIGEgcHVzaC4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgVW5kbyB7XG4gIHJlYWRvbmx5IHR5cGU6IFwidW5kb1wiO1xuICByZWFkb25seSBjbGllbnQ6IHN0cmluZztcbiAgcmVhZG9ubHkgc2VxOiBudW1iZXI7XG59XG5cbi8qKiBEbyB0aGUgbGFzdCB1bmRvbmUgc3RlcCBhZ2FpbjsgY291bnRlZCBhcyBhIHB1c2guICovXG5leHBvcnQgaW50ZXJmYWNlIFJlZG8ge1xuICByZWFkb25seSB0eXBlOiBcInJlZG9cIjtcbiAgcmVhZG9ubHkgY2xpZW50OiBzdHJpbmc7XG4gIHJlYWRvbmx5IHNlcTogbnVtYmVyO1xufVxuXG4vKiogQSBwYWdlIGxhY2tzIGJsb2JzIHRoYXQgaXRzIGRvY3VtZW50IG1lbnRpb25zLiAqL1xuZXhwb3J0IGludGVyZmFjZSBOZWVkIHtcbiAgcmVhZG9ubHkgdHlwZTogXCJuZWVkXCI7XG4gIHJlYWRvbmx5IGNsaWVudDogc3RyaW5nO1xuICByZWFkb25seSBibG9iczogcmVhZG9ubHkgc3RyaW5nW107XG59XG5cbi8qKiBXaGF0IGEgcGFnZSBzYXlzIHRvIHRoZSBrZXJuZWwuICovXG5leHBvcnQgdHlwZSBGcm9tUGFnZSA9IEhlbGxvIHwgUHVzaCB8IFVuZG8gfCBSZWRvIHwgTmVlZDtcblxuLyoqIEhvdyB0aGUgbW9kZWwgaXM7IGBwcm9ncmVzc2AgcnVucyBmcm9tIDAgdG8gMSwgbnVsbCB3aGVyZSBub2JvZHkga25vd3MgaG93IGZhci4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgU3RhdHVzIHtcbiAgcmVhZG9ubHkgdHlwZTogXCJzdGF0dXNcIjtcbiAgcmVhZG9ubHkgd2hhdDogXCJsb2FkaW5nXCIgfCBcImVuY29kaW5nXCIgfCBcInJlYWR5XCIgfCBcImVycm9yXCI7XG4gIHJlYWRvbmx5IHByb2dyZXNzOiBudW1iZXIgfCBudWxsO1xuICByZWFkb25seSB0ZXh0OiBzdHJpbmc7XG4gIHJlYWRvbmx5IG1vZGVsOiBzdHJpbmc7XG59XG5cbi8qKlxuICogVGhlIHdob2xlIGRvY3VtZW50IGZvciB0aGUgcGFnZSBgdG9gLCB3aXRoIGV2ZXJ5IGJsb2IgdGhhdCBpdCBtZW50aW9ucy5cbiAqXG4gKiBUYWtlbiB3aGVuIGBjYWxsYCBpcyB0aGUgcGFnZSdzIGxhdGVzdCBhbmQgc3RpbGwgb3Blbiwgd2hhdGV2ZXIgdGhlIHZlcnNpb24uIFBlbmRpbmcgc3RlcHMgdXBcbiAqIHRvIGBzZXFgIGFyZSBzZXR0bGVkIChpbiB0aGUgZG9jdW1lbnQgb3IgcmVqZWN0ZWQpOyB0aGUgcGFnZSBzZW5kcyB0aGUgbGF0ZXIgb25lcyBhZ2Fpbi5cbiAqL1xuZXhwb3J0IGludGVyZmFjZSBTbmFwc2hvdCB7XG4gIHJlYWRvbmx5IHR5cGU6IFwic25hcHNob3RcIjtcbiAgcmVhZG9ubHkgdG86IHN0cmluZztcbiAgcmVhZG9ubHkgY2FsbDogbnVtYmVyO1xuICByZWFkb25seSBzZXE6IG51bWJlcjtcbiAgcmVhZG9ubHkgdmVyc2lvbjogbnVtYmVyO1xuICByZWFkb25seSBkb2N1bWVudDogeyByZWFkb25seSBbaWQ6IHN0cmluZ106IEFueVJlY29yZCB9O1xuICByZWFkb25seSBibG9iczogcmVhZG9ubHkgc3RyaW5nW107XG4gIHJlYWRvbmx5IGNhbl91bmRvOiBib29sZWFuO1xuICByZWFkb25seSBjYW5fcmVkbzogYm9vbGVhbjtcbiAgcmVhZG9ubHkgc3RhdHVzOiBTdGF0dXM7XG59XG5cbi8qKiBXaG8gYXNrZWQgZm9yIGEgY2hhbmdlOiBhIHBhZ2UsIGFuZCBpdHMgb3duIGNvdW50IG9mIHdoYXQgaXQgYXNrZWQuICovXG5leHBvcnQgaW50ZXJmYWNlIE9yaWdpbiB7XG4gIHJlYWRvbmx5IGNsaWVudDogc3RyaW5nO1xuICByZWFkb25seSBzZXE6IG51bWJlcjtcbn1cblxuLyoqXG4gKiBPbmUgY2hhbmdlLCBmb3IgZXZlcnkgcGFnZTsgaXQgYXBwbGllcyBhdCBgdmVyc2lvbmAgLSAxIG9ubHkuXG4gKlxuICogYGJ5YCBuYW1lcyB0aGUgcHVzaCB0aGF0IGl0IGFuc3dlcnMsIG51bGwgd2hlbiBQeXRob24gb3IgdGhlIG1vZGVsIG1hZGUgaXQuIEEgYmxvYiByaWRlcyB3aXRoXG4gKiB0aGUgZmlyc3QgcGF0Y2ggdGhhdCBtZW50aW9ucyBpdC5cbiAqL1xuZXhwb3J0IGludGVyZmFjZSBQYXRjaCB7XG4gIHJlYWRvbmx5IHR5cGU6IFwicGF0Y2hcIjtcbiAgcmVhZG9ubHkgdmVyc2lvbjogbnVtYmVyO1xuICByZWFkb25seSBlZGl0OiBFZGl0O1xuICByZWFkb25seSBieTogT3JpZ2luIHwgbnVsbDtcbiAgcmVhZG9ubHkgYmxvYnM6IHJlYWRvbmx5IHN0cmluZ1tdO1xuICByZWFkb25seSBjYW5fdW5kbzogYm9vbGVhbjtcbiAgcmVhZG9ubHkgY2FuX3JlZG86IGJvb2xlYW47XG59XG5cbi8qKlxuICogQSBwYWdlJ3MgcHVzaCBgc2VxYCB3YXMgcmVmdXNlZDsgYHdoeWAgaXMgb25lIHNlbnRlbmNlIGZvciBwZW9wbGUuXG4gKlxuICogYHNlcWAgaXMgbnVsbCB3aGVuIHRoZSBtZXNzYWdlIHRvbGQgbm9uZSwgYHRvYCB3aGVuIG5vYm9keSBrbm93cyB3aG8gc2VudCBpdC5cbiAqL1xuZXhwb3J0IGludGVyZmFjZSBSZWplY3Qge1xuICByZWFkb25seSB0eXBlOiBcInJlamVjdFwiO1xuICByZWFkb25seSB0bzogc3RyaW5nIHwgbnVsbDtcbiAgcmVhZG9ubHkgc2VxOiBudW1iZXIgfCBudWxsO1xuICByZWFkb25seSB3aHk6IHN0cmluZztcbn1cblxuLyoqIFRoZSBieXRlcyB0aGF0IHRoZSBwYWdlIGB0b2AgbmVlZGVkLCBhcyBmYXIgYXMgdGhlIGtlcm5lbCBoYXMgdGhlbS4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgQmxvYnMge1xuICByZWFkb25seSB0eXBlOiBcImJsb2JzXCI7XG4gIHJlYWRvbmx5IHRvOiBzdHJpbmc7XG4gIHJlYWRvbmx5IGJsb2JzOiByZWFkb25seSBzdHJpbmdbXTtcbn1cblxuLyoqIFdoYXQgdGhlIGtlcm5lbCBzYXlzIHRvIHBhZ2VzLiAqL1xuZXhwb3J0IHR5cGUgRnJvbUtlcm5lbCA9IFNuYXBzaG90IHwgUGF0Y2ggfCBSZWplY3QgfCBTdGF0dXMgfCBCbG9icztcbiIsICIvLyBXaGF0IHRoaXMgcGFnZSBrbm93cyBvZiBvbmUgd2lkZ2V0OiB0aGUgY29uZmlybWVkIGRvY3VtZW50LCB0aGUgZWRpdHMgc3RpbGwgdW5kZXIgd2F5LCB0aGUgdHdvIHRvZ2V0aGVyIGFzXG4vLyBzaG93bi4gU2hhcmVkIGJ5IGFsbCB2aWV3cyBvZiBhIG1vZGVsLiBOZXZlciBpbiBoZXJlOiB0aGUgRE9NLCB0aGUgd2lyZSwgdGltZXJzLCBhbnl0aGluZyBvZiBvbmUgdmlldy5cbmltcG9ydCB7IGFwcGx5LCBibG9ic09mLCB0eXBlIERvY3VtZW50LCBkb2N1bWVudE9mLCB0eXBlIEVkaXQsIEVNUFRZIH0gZnJvbSBcIi4vZG9jdW1lbnRcIjtcbmltcG9ydCB7XG4gIHR5cGUgRnJvbUtlcm5lbCxcbiAgdHlwZSBIZWxsbyxcbiAgdHlwZSBQYXRjaCxcbiAgUFJPVE9DT0wsXG4gIHR5cGUgUHVzaCxcbiAgdHlwZSBSZWRvLFxuICB0eXBlIFNuYXBzaG90LFxuICB0eXBlIFN0YXR1cyxcbiAgdHlwZSBVbmRvLFxufSBmcm9tIFwiLi9wcm90b2NvbFwiO1xuXG4vKiogQSBzdGVwIG9mIHRoaXMgcGFnZSB0aGF0IHRoZSBrZXJuZWwgaGFzIG5vdCBjb25maXJtZWQgeWV0LiAqL1xuZXhwb3J0IHR5cGUgU3RlcCA9IFB1c2ggfCBVbmRvIHwgUmVkbztcblxuLyoqIEhvdyB0aGUga2VybmVsIGNhbiBiZSByZWFjaGVkOiBub3QgeWV0LCB3ZWxsLCBub3QgYW5zd2VyaW5nIGZvciBhIHdoaWxlLCBuZXZlciBhZ2Fpbi4gKi9cbmV4cG9ydCB0eXBlIENvbnRhY3QgPSBcIndhaXRpbmdcIiB8IFwib3BlblwiIHwgXCJzaWxlbnRcIiB8IFwiZ29uZVwiO1xuXG4vKiogV2hhdCBhIG1lc3NhZ2UgZGlkOiB0YWtlbiwgb2Ygbm8gdXNlIChvbGQsIG9yIGZvciBhbm90aGVyIHBhZ2UpLCBvciBuZXdlciB0aGFuIHdoYXQgd2UgY2FuIGZvbGxvdy4gKi9cbmV4cG9ydCB0eXBlIFRha2VuID0gXCJ0YWtlblwiIHwgXCJpZ25vcmVkXCIgfCBcImdhcFwiO1xuXG5leHBvcnQgY2xhc3MgU3RvcmUge1xuICByZWFkb25seSBjbGllbnQ6IHN0cmluZztcbiAgdmVyc2lvbiA9IC0xOyAvLyBub25lIHlldFxuICBjb25maXJtZWQ6IERvY3VtZW50ID0gRU1QVFk7XG4gIGNhblVuZG8gPSBmYWxzZTtcbiAgY2FuUmVkbyA9IGZhbHNlO1xuICBzdGF0dXM6IFN0YXR1cyB8IG51bGwgPSBudWxsO1xuICBjb250YWN0OiBDb250YWN0ID0gXCJ3YWl0aW5nXCI7XG4gIGVycm9yOiBzdHJpbmcgfCBudWxsID0gbnVsbDtcbiAgcmVhZG9ubHkgYmxvYnMgPSBuZXcgTWFwPHN0cmluZywgVWludDhBcnJheT4oKTtcblxuICAjcGVuZGluZzogcmVhZG9ubHkgU3RlcFtdID0gW107XG4gICNzaG93bjogRG9jdW1lbnQgfCBudWxsID0gRU1QVFk7XG4gICNzZXEgPSAwO1xuICAjY2FsbCA9IDA7XG4gICNhc2tpbmcgPSBmYWxzZTtcbiAgI2NoYW5nZWQgPSBuZXcgU2V0PCgpID0+IHZvaWQ+KCk7XG4gICNzdGVwcGVkID0gbmV3IFNldDwoc3RlcDogU3RlcCkgPT4gdm9pZD4oKTtcblxuICBjb25zdHJ1Y3RvcihjbGllbnQ6IHN0cmluZykge1xuICAgIHRoaXMuY2xpZW50ID0gY2xpZW50O1xuICB9XG5cbiAgLyoqIENvbmZpcm1lZCBhbmQgcGVuZGluZyB0b2dldGhlcjogd2hhdCB2aWV3cyBzaG93LiBUaGUgc2FtZSB2YWx1ZSB1bnRpbCBzb21ldGhpbmcgY2hhbmdlcy4gKi9cbiAgZ2V0IHNob3duKCk6IERvY3VtZW50IHtcbiAgICBpZiAodGhpcy4jc2hvd24gPT09IG51bGwpIHtcbiAgICAgIHRoaXMuI3Nob3duID0gdGhpcy4jcGVuZGluZy5yZWR1Y2U8RG9jdW1lbnQ+KFxuICAgICAgICAoZG9jdW1lbnQsIHN0ZXApID0+IChzdGVwLnR5cGUgPT09IFwicHVzaFwiID8gYXBwbHkoZG9jdW1lbnQsIHN0ZXAuZWRpdCkgOiBkb2N1bWVudCksXG4gICAgICAgIHRoaXMuY29uZmlybWVkLFxuICAgICAgKTtcbiAgICB9XG4gICAgcmV0dXJuIHRoaXMuI3Nob3duO1xuICB9XG5cbiAgLyoqIFN0ZXBzIHRoYXQgd2FpdCBmb3IgdGhlIGtlcm5lbCwgb2xkZXN0IGZpcnN0LiAqL1xuICBnZXQgcGVuZGluZygpOiByZWFkb25seSBTdGVwW10ge1xuICAgIHJldHVybiB0aGlzLiNwZW5kaW5nO1xuICB9XG5cbiAgcHVzaChlZGl0OiBFZGl0KTogdm9pZCB7XG4gICAgdGhpcy4jc3RlcCh7IHR5cGU6IFwicHVzaFwiLCBjbGllbnQ6IHRoaXMuY2xpZW50LCBzZXE6ICsrdGhpcy4jc2VxLCBlZGl0IH0pO1xuICB9XG5cbiAgdW5kbygpOiB2b2lkIHtcbiAgICB0aGlzLiNzdGVwKHsgdHlwZTogXCJ1bmRvXCIsIGNsaWVudDogdGhpcy5jbGllbnQsIHNlcTogKyt0aGlzLiNzZXEgfSk7XG4gIH1cblxuICByZWRvKCk6IHZvaWQge1xuICAgIHRoaXMuI3N0ZXAoeyB0eXBlOiBcInJlZG9cIiwgY2xpZW50OiB0aGlzLmNsaWVudCwgc2VxOiArK3RoaXMuI3NlcSB9KTtcbiAgfVxuXG4gIC8qKiBUYWtlcyBhIG1lc3NhZ2Ugb2YgdGhlIGtlcm5lbDsgaXRzIGJ1ZmZlcnMgYXJlIHRoZSBieXRlcyBvZiB0aGUgYmxvYnMgaXQgbmFtZXMsIGluIHRoYXQgb3JkZXIuICovXG4gIHJlY2VpdmUobWVzc2FnZTogRnJvbUtlcm5lbCwgYnVmZmVyczogcmVhZG9ubHkgVWludDhBcnJheVtdKTogVGFrZW4ge1xuICAgIGlmIChcInRvXCIgaW4gbWVzc2FnZSAmJiBtZXNzYWdlLnRvICE9PSBudWxsICYmIG1lc3NhZ2UudG8gIT09IHRoaXMuY2xpZW50KSByZXR1cm4gXCJpZ25vcmVkXCI7XG4gICAgaWYgKFwiYmxvYnNcIiBpbiBtZXNzYWdlKSB7XG4gICAgICBtZXNzYWdlLmJsb2JzLmZvckVhY2goKGhhc2gsIGkpID0+IHtcbiAgICAgICAgY29uc3QgYnl0ZXMgPSBidWZmZXJzW2ldO1xuICAgICAgICBpZiAoYnl0ZXMgIT09IHVuZGVmaW5lZCkgdGhpcy5ibG9icy5zZXQoaGFzaCwgYnl0ZXMpO1xuICAgICAgfSk7XG4gICAgfVxuICAgIGNvbnN0IHRha2VuID0gdGhpcy4jdGFrZShtZXNzYWdlKTtcbiAgICBpZiAodGFrZW4gPT09IFwidGFrZW5cIikgdGhpcy4jdGVsbCgpO1xuICAgIHJldHVybiB0YWtlbjtcbiAgfVxuXG4gIC8qKiBUaGUgcXVlc3Rpb24gZm9yIGEgc25hcHNob3Q7IG9ubHkgdGhlIG9uZSB0aGF0IGFuc3dlcnMgdGhlIGxhdGVzdCBxdWVzdGlvbiB3aWxsIGJlIHRha2VuLiAqL1xuICBoZWxsbygpOiBIZWxsbyB7XG4gICAgY29uc3QgeyBjbGllbnQsIHZlcnNpb24gfSA9IHRoaXM7XG4gICAgdGhpcy4jYXNraW5nID0gdHJ1ZTtcbiAgICBjb25zdCBzZXEgPSAodGhpcy4jcGVuZGluZ1swXT8uc2VxID8/IHRoaXMuI3NlcSArIDEpIC0gMTtcbiAgICByZXR1cm4geyB0eXBlOiBcImhlbGxvXCIsIGNsaWVudCwgY2FsbDogKyt0aGlzLiNjYWxsLCBzZXEsIHZlcnNpb24sIHByb3RvY29sOiBQUk9UT0NPTCB9O1xuICB9XG5cbiAgLyoqIFdoZXRoZXIgYSBxdWVzdGlvbiBpcyBvcGVuLiAqL1xuICBnZXQgYXNraW5nKCk6IGJvb2xlYW4ge1xuICAgIHJldHVybiB0aGlzLiNhc2tpbmc7XG4gIH1cblxuICAvKiogQ29udGVudCBoYXNoZXMgdGhhdCB0aGUgc2hvd24gZG9jdW1lbnQgbWVudGlvbnMgYW5kIHdob3NlIGJ5dGVzIG5ldmVyIGNhbWUuICovXG4gIG1pc3NpbmcoKTogc3RyaW5nW10ge1xuICAgIHJldHVybiBbLi4uYmxvYnNPZih0aGlzLnNob3duKV0uZmlsdGVyKChoYXNoKSA9PiAhdGhpcy5ibG9icy5oYXMoaGFzaCkpO1xuICB9XG5cbiAgc2V0Q29udGFjdChjb250YWN0OiBDb250YWN0KTogdm9pZCB7XG4gICAgaWYgKHRoaXMuY29udGFjdCA9PT0gY29udGFjdCkgcmV0dXJuO1xuICAgIHRoaXMuY29udGFjdCA9IGNvbnRhY3Q7XG4gICAgdGhpcy4jdGVsbCgpO1xuICB9XG5cbiAgc2V0RXJyb3IoZXJyb3I6IHN0cmluZyB8IG51bGwpOiB2b2lkIHtcbiAgICBpZiAodGhpcy5lcnJvciA9PT0gZXJyb3IpIHJldHVybjtcbiAgICB0aGlzLmVycm9yID0gZXJyb3I7XG4gICAgdGhpcy4jdGVsbCgpO1xuICB9XG5cbiAgLyoqIENhbGxzIHRoZSBsaXN0ZW5lciBhZnRlciBldmVyeSBjaGFuZ2UsIHVudGlsIHRoZSBzaWduYWwgYWJvcnRzLiAqL1xuICBvbkNoYW5nZShsaXN0ZW5lcjogKCkgPT4gdm9pZCwgc2lnbmFsOiBBYm9ydFNpZ25hbCk6IHZvaWQge1xuICAgIGxpc3Rlbih0aGlzLiNjaGFuZ2VkLCBsaXN0ZW5lciwgc2lnbmFsKTtcbiAgfVxuXG4gIC8qKiBDYWxscyB0aGUgbGlzdGVuZXIgd2l0aCBldmVyeSBuZXcgc3RlcCBvZiB0aGlzIHBhZ2UsIGluIG9yZGVyLCB1bnRpbCB0aGUgc2lnbmFsIGFib3J0cy4gKi9cbiAgb25TdGVwKGxpc3RlbmVyOiAoc3RlcDogU3RlcCkgPT4gdm9pZCwgc2lnbmFsOiBBYm9ydFNpZ25hbCk6IHZvaWQge1xuICAgIGxpc3Rlbih0aGlzLiNzdGVwcGVkLCBsaXN0ZW5lciwgc2lnbmFsKTtcbiAgfVxuXG4gICNzdGVwKHN0ZXA6IFN0ZXApOiB2b2lkIHtcbiAgICB0aGlzLiNwZW5kaW5nID0gWy4uLnRoaXMuI3BlbmRpbmcsIHN0ZXBdO1xuICAgIHRoaXMuI3Nob3duID0gbnVsbDtcbiAgICB0aGlzLmVycm9yID0gbnVsbDtcbiAgICBmb3IgKGNvbnN0IGxpc3RlbmVyIG9mIFsuLi50aGlzLiNzdGVwcGVkXSkgbGlzdGVuZXIoc3RlcCk7XG4gICAgdGhpcy4jdGVsbCgpO1xuICB9XG5cbiAgI3Rha2UobWVzc2FnZTogRnJvbUtlcm5lbCk6IFRha2VuIHtcbiAgICBzd2l0Y2ggKG1lc3NhZ2UudHlwZSkge1xuICAgICAgY2FzZSBcInNuYXBzaG90XCI6XG4gICAgICAgIHJldHVybiB0aGlzLiN0YWtlU25hcHNob3QobWVzc2FnZSk7XG4gICAgICBjYXNlIFwicGF0Y2hcIjpcbiAgICAgICAgcmV0dXJuIHRoaXMuI3Rha2VQYXRjaChtZXNzYWdlKTtcbiAgICAgIGNhc2UgXCJyZWplY3RcIjpcbiAgICAgICAgdGhpcy4jc2V0dGxlKChzdGVwKSA9PiBzdGVwLnNlcSA9PT0gbWVzc2FnZS5zZXEpO1xuICAgICAgICB0aGlzLmVycm9yID0gbWVzc2FnZS53aHk7XG4gICAgICAgIHJldHVybiBcInRha2VuXCI7XG4gICAgICBjYXNlIFwic3RhdHVzXCI6XG4gICAgICAgIHRoaXMuc3RhdHVzID0gbWVzc2FnZTtcbiAgICAgICAgcmV0dXJuIFwidGFrZW5cIjtcbiAgICAgIGNhc2UgXCJibG9ic1wiOlxuICAgICAgICByZXR1cm4gXCJ0YWtlblwiO1xuICAgICAgZGVmYXVsdDpcbiAgICAgICAgcmV0dXJuIFwiaWdub3JlZFwiOyAvLyBhIG5ld2VyIGtlcm5lbCBtYXkgc2F5IG1vcmUgdGhhbiB0aGlzIHBhZ2UgdW5kZXJzdGFuZHNcbiAgICB9XG4gIH1cblxuICAjdGFrZVNuYXBzaG90KHNuYXBzaG90OiBTbmFwc2hvdCk6IFRha2VuIHtcbiAgICBpZiAoIXRoaXMuI2Fza2luZyB8fCBzbmFwc2hvdC5jYWxsICE9PSB0aGlzLiNjYWxsKSByZXR1cm4gXCJpZ25vcmVkXCI7XG4gICAgdGhpcy4jYXNraW5nID0gZmFsc2U7XG4gICAgdGhpcy4jc2V0dGxlKChzdGVwKSA9PiBzdGVwLnNlcSA8PSBzbmFwc2hvdC5zZXEpO1xuICAgIHRoaXMudmVyc2lvbiA9IHNuYXBzaG90LnZlcnNpb247XG4gICAgdGhpcy5jb25maXJtZWQgPSBkb2N1bWVudE9mKHNuYXBzaG90LmRvY3VtZW50KTtcbiAgICB0aGlzLmNhblVuZG8gPSBzbmFwc2hvdC5jYW5fdW5kbztcbiAgICB0aGlzLmNhblJlZG8gPSBzbmFwc2hvdC5jYW5fcmVkbztcbiAgICB0aGlzLnN0YXR1cyA9IHNuYXBzaG90LnN0YXR1cztcbiAgICB0aGlzLiNzaG93biA9IG51bGw7XG4gICAgcmV0dXJuIFwidGFrZW5cIjtcbiAgfVxuXG4gICN0YWtlUGF0Y2gocGF0Y2g6IFBhdGNoKTogVGFrZW4ge1xuICAgIGlmIChwYXRjaC52ZXJzaW9uIDw9IHRoaXMudmVyc2lvbikgcmV0dXJuIFwiaWdub3JlZFwiO1xuICAgIGlmIChwYXRjaC52ZXJzaW9uID4gdGhpcy52ZXJzaW9uICsgMSB8fCB0aGlzLnZlcnNpb24gPCAwKSByZXR1cm4gXCJnYXBcIjtcbiAgICB0aGlzLnZlcnNpb24gPSBwYXRjaC52ZXJzaW9uO1xuICAgIHRoaXMuY29uZmlybWVkID0gYXBwbHkodGhpcy5jb25maXJtZWQsIHBhdGNoLmVkaXQpO1xuICAgIHRoaXMuY2FuVW5kbyA9IHBhdGNoLmNhbl91bmRvO1xuICAgIHRoaXMuY2FuUmVkbyA9IHBhdGNoLmNhbl9yZWRvO1xuICAgIHRoaXMuI3Nob3duID0gbnVsbDtcbiAgICBjb25zdCB7IGJ5IH0gPSBwYXRjaDtcbiAgICAvLyBUaGUga2VybmVsIHRha2VzIGEgcGFnZSdzIHN0ZXBzIGluIG9yZGVyOiB3aGF0IGNhbWUgYmVmb3JlIHRoaXMgb25lIGlzIHNldHRsZWQgYXMgd2VsbC5cbiAgICBpZiAoYnk/LmNsaWVudCA9PT0gdGhpcy5jbGllbnQpIHRoaXMuI3NldHRsZSgoc3RlcCkgPT4gc3RlcC5zZXEgPD0gYnkuc2VxKTtcbiAgICByZXR1cm4gXCJ0YWtlblwiO1xuICB9XG5cbiAgI3NldHRsZShzZXR0bGVkOiAoc3RlcDogU3RlcCkgPT4gYm9vbGVhbik6IHZvaWQge1xuICAgIHRoaXMuI3BlbmRpbmcgPSB0aGlzLiNwZW5kaW5nLmZpbHRlcigoc3RlcCkgPT4gIXNldHRsZWQoc3RlcCkpO1xuICAgIHRoaXMuI3Nob3duID0gbnVsbDtcbiAgfVxuXG4gICN0ZWxsKCk6IHZvaWQge1xuICAgIGZvciAoY29uc3QgbGlzdGVuZXIgb2YgWy4uLnRoaXMuI2NoYW5nZWRdKSBsaXN0ZW5lcigpO1xuICB9XG59XG5cbmZ1bmN0aW9uIGxpc3RlbjxUPihsaXN0ZW5lcnM6IFNldDxUPiwgbGlzdGVuZXI6IFQsIHNpZ25hbDogQWJvcnRTaWduYWwpOiB2b2lkIHtcbiAgaWYgKHNpZ25hbC5hYm9ydGVkKSByZXR1cm47XG4gIGxpc3RlbmVycy5hZGQobGlzdGVuZXIpO1xuICBzaWduYWwuYWRkRXZlbnRMaXN0ZW5lcihcImFib3J0XCIsICgpID0+IGxpc3RlbmVycy5kZWxldGUobGlzdGVuZXIpLCB7IG9uY2U6IHRydWUgfSk7XG59XG4iLCAiLy8gV2hlcmUgdGhlIHBpY3R1cmUgbGllcyBvbiB0aGUgc2NyZWVuOiBpbWFnZSBwaXhlbHMgPC0+IENTUyBwaXhlbHMgPC0+IGRldmljZSBwaXhlbHMuXG4vLyBUaGUgb25seSBwbGFjZSBvZiB0aGUgcGFnZSB0aGF0IGNvbnZlcnRzIHRoZW07IG5vdGhpbmcgaGVyZSBkcmF3cyBvciBsaXN0ZW5zLlxuXG4vKiogQSB3aWR0aCBhbmQgYSBoZWlnaHQ7IHRoZSB1bml0IGlzIHNhaWQgd2hlcmUgaXQgaXMgdXNlZC4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgU2l6ZSB7XG4gIHJlYWRvbmx5IHdpZHRoOiBudW1iZXI7XG4gIHJlYWRvbmx5IGhlaWdodDogbnVtYmVyO1xufVxuXG4vKiogQSBwbGFjZTsgeCByaWdodCwgeSBkb3duOyBpbiBpbWFnZSBwaXhlbHMgdW5sZXNzIHNhaWQgb3RoZXJ3aXNlLCBwaXhlbCBjZW50cmVzIGF0IC41LiAqL1xuZXhwb3J0IGludGVyZmFjZSBQbGFjZSB7XG4gIHJlYWRvbmx5IHg6IG51bWJlcjtcbiAgcmVhZG9ubHkgeTogbnVtYmVyO1xufVxuXG4vKiogVGhlIGNhbnZhcyBob2xkcyB0aGUgcGljdHVyZSBhbmQgbm90aGluZyBlbHNlLCBzbyB0aGF0IGEgc2NhbGUgcGVyIGF4aXMgc2F5cyBpdCBhbGwuICovXG5leHBvcnQgaW50ZXJmYWNlIFZpZXdwb3J0IHtcbiAgcmVhZG9ubHkgaW1hZ2U6IFNpemU7IC8vIGltYWdlIHBpeGVsc1xuICByZWFkb25seSBjc3M6IFNpemU7IC8vIENTUyBwaXhlbHM7IG1heSBiZSBmcmFjdGlvbnMsIHNvIHRoYXQgZGV2aWNlIHBpeGVscyBhcmUgd2hvbGVcbiAgcmVhZG9ubHkgZGV2aWNlOiBTaXplOyAvLyBkZXZpY2UgcGl4ZWxzLCB3aG9sZSBudW1iZXJzXG4gIHJlYWRvbmx5IHJhdGlvOiBudW1iZXI7IC8vIGRldmljZSBwaXhlbHMgcGVyIENTUyBwaXhlbFxufVxuXG4vKiogVGhlIGxhcmdlc3QgY2FudmFzIG9mIHRoZSBpbWFnZSdzIHNoYXBlIGluc2lkZSBgcm9vbWAgKENTUyBwaXhlbHMpLCBhdCBsZWFzdCBvbmUgZGV2aWNlIHBpeGVsLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGNvbnRhaW4oaW1hZ2U6IFNpemUsIHJvb206IFNpemUsIHJhdGlvOiBudW1iZXIpOiBWaWV3cG9ydCB7XG4gIGNvbnN0IHNjYWxlID0gTWF0aC5taW4ocm9vbS53aWR0aCAvIGltYWdlLndpZHRoLCByb29tLmhlaWdodCAvIGltYWdlLmhlaWdodCk7XG4gIGNvbnN0IGRldmljZSA9IHtcbiAgICB3aWR0aDogTWF0aC5tYXgoMSwgTWF0aC5yb3VuZChpbWFnZS53aWR0aCAqIHNjYWxlICogcmF0aW8pKSxcbiAgICBoZWlnaHQ6IE1hdGgubWF4KDEsIE1hdGgucm91bmQoaW1hZ2UuaGVpZ2h0ICogc2NhbGUgKiByYXRpbykpLFxuICB9O1xuICBjb25zdCBjc3MgPSB7IHdpZHRoOiBkZXZpY2Uud2lkdGggLyByYXRpbywgaGVpZ2h0OiBkZXZpY2UuaGVpZ2h0IC8gcmF0aW8gfTtcbiAgcmV0dXJuIHsgaW1hZ2UsIGNzcywgZGV2aWNlLCByYXRpbyB9O1xufVxuXG4vKiogQ1NTIHBpeGVscyBmcm9tIHRoZSBjYW52YXMncyBjb3JuZXIgLT4gaW1hZ2UgcGl4ZWxzLCBub3QgY2xhbXBlZC4gKi9cbmV4cG9ydCBmdW5jdGlvbiB0b0ltYWdlKHZpZXc6IFZpZXdwb3J0LCBwbGFjZTogUGxhY2UpOiBQbGFjZSB7XG4gIHJldHVybiB7XG4gICAgeDogKHBsYWNlLnggKiB2aWV3LmltYWdlLndpZHRoKSAvIHZpZXcuY3NzLndpZHRoLFxuICAgIHk6IChwbGFjZS55ICogdmlldy5pbWFnZS5oZWlnaHQpIC8gdmlldy5jc3MuaGVpZ2h0LFxuICB9O1xufVxuXG4vKiogSW1hZ2UgcGl4ZWxzIC0+IENTUyBwaXhlbHMgZnJvbSB0aGUgY2FudmFzJ3MgY29ybmVyLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHRvU2NyZWVuKHZpZXc6IFZpZXdwb3J0LCBwbGFjZTogUGxhY2UpOiBQbGFjZSB7XG4gIHJldHVybiB7XG4gICAgeDogKHBsYWNlLnggKiB2aWV3LmNzcy53aWR0aCkgLyB2aWV3LmltYWdlLndpZHRoLFxuICAgIHk6IChwbGFjZS55ICogdmlldy5jc3MuaGVpZ2h0KSAvIHZpZXcuaW1hZ2UuaGVpZ2h0LFxuICB9O1xufVxuXG4vKiogVGhlIG5lYXJlc3QgcGxhY2UgdGhhdCBsaWVzIG9uIHRoZSBpbWFnZSwgZWRnZXMgaW5jbHVkZWQuICovXG5leHBvcnQgZnVuY3Rpb24gY2xhbXAoaW1hZ2U6IFNpemUsIHBsYWNlOiBQbGFjZSk6IFBsYWNlIHtcbiAgcmV0dXJuIHtcbiAgICB4OiBNYXRoLm1pbihpbWFnZS53aWR0aCwgTWF0aC5tYXgoMCwgcGxhY2UueCkpLFxuICAgIHk6IE1hdGgubWluKGltYWdlLmhlaWdodCwgTWF0aC5tYXgoMCwgcGxhY2UueSkpLFxuICB9O1xufVxuXG4vKipcbiAqIEZvciBvbmUgYXhpczogdGhlIGZpcnN0IGRldmljZSBwaXhlbCB3aG9zZSBjZW50cmUgbGllcyBhdCBvciBhZnRlciBlYWNoIGltYWdlIHBpeGVsJ3MgZWRnZS5cbiAqXG4gKiBEZXZpY2UgcGl4ZWwgZCBzaG93cyBpbWFnZSBwaXhlbCBmbG9vcigoZCArIDAuNSkgKiBpbWFnZSAvIGRldmljZSk7IHNvIGltYWdlIHBpeGVsIGkgb3ducyB0aGVcbiAqIGRldmljZSBwaXhlbHMgZnJvbSBgZWRnZXNbaV1gIHVwIHRvLCBub3QgaW5jbHVkaW5nLCBgZWRnZXNbaSArIDFdYCAobm9uZSB3aGVuIHRoZSBpbWFnZSBpcyBsYXJnZXIpLlxuICovXG5leHBvcnQgZnVuY3Rpb24gZWRnZXMoaW1hZ2U6IG51bWJlciwgZGV2aWNlOiBudW1iZXIpOiBVaW50MzJBcnJheSB7XG4gIGNvbnN0IGZpcnN0ID0gbmV3IFVpbnQzMkFycmF5KGltYWdlICsgMSk7XG4gIGxldCBuZXh0ID0gMDtcbiAgZm9yIChsZXQgZCA9IDA7IGQgPCBkZXZpY2U7IGQrKykge1xuICAgIGNvbnN0IHBpeGVsID0gTWF0aC5mbG9vcigoKGQgKyAwLjUpICogaW1hZ2UpIC8gZGV2aWNlKTtcbiAgICB3aGlsZSAobmV4dCA8PSBwaXhlbCkgZmlyc3RbbmV4dCsrXSA9IGQ7XG4gIH1cbiAgd2hpbGUgKG5leHQgPD0gaW1hZ2UpIGZpcnN0W25leHQrK10gPSBkZXZpY2U7XG4gIHJldHVybiBmaXJzdDtcbn1cbiIsICIvLyBEcmF3cyBvbiB0aGUgdGhyZWUgc3RhY2tlZCBjYW52YXNlcywgZWFjaCBhdCBkZXZpY2UgcmVzb2x1dGlvbjogcGhvdG8sIG92ZXJsYXkgKG1hc2sgZmlsbHMgYW5kIG5vdGhpbmcgZWxzZSksXG4vLyBtYXJrcyAob3V0bGluZXMsIHByb21wdHMsIHRoZSBib3ggYmVpbmcgZHJhd24pLiBHaXZlbiB2YWx1ZXMgb25seTsgaXQgbGlzdGVucyB0byBub3RoaW5nIGFuZCBrZWVwcyBub3RoaW5nLlxuaW1wb3J0IHR5cGUgeyBQcm9tcHQgfSBmcm9tIFwiLi9kb2N1bWVudFwiO1xuaW1wb3J0IHR5cGUgeyBMb29wLCBNYXNrLCBTcGFucyB9IGZyb20gXCIuL21hc2tzXCI7XG5pbXBvcnQgdHlwZSB7IERyYWZ0IH0gZnJvbSBcIi4vdG9vbHMvdG9vbFwiO1xuaW1wb3J0IHsgZWRnZXMsIHR5cGUgUGxhY2UsIHR5cGUgVmlld3BvcnQgfSBmcm9tIFwiLi92aWV3cG9ydFwiO1xuXG4vKiogUmVkLCBncmVlbiwgYmx1ZSwgMCB0byAyNTUuICovXG5leHBvcnQgdHlwZSBSZ2IgPSByZWFkb25seSBbbnVtYmVyLCBudW1iZXIsIG51bWJlcl07XG5cbi8qKiBPa2FiZSBhbmQgSXRvJ3MgcGFsZXR0ZSwgbWFkZSBmb3IgZXZlcnkga2luZCBvZiBjb2xvdXIgdmlzaW9uOyBibGFjayBsZWZ0IG91dC4gKi9cbmV4cG9ydCBjb25zdCBQQUxFVFRFOiByZWFkb25seSBSZ2JbXSA9IFtcbiAgWzIzMCwgMTU5LCAwXSxcbiAgWzg2LCAxODAsIDIzM10sXG4gIFswLCAxNTgsIDExNV0sXG4gIFsyNDAsIDIyOCwgNjZdLFxuICBbMCwgMTE0LCAxNzhdLFxuICBbMjEzLCA5NCwgMF0sXG4gIFsyMDQsIDEyMSwgMTY3XSxcbl07XG5cbmV4cG9ydCBmdW5jdGlvbiBjb2xvck9mKGluZGV4OiBudW1iZXIpOiBSZ2Ige1xuICByZXR1cm4gUEFMRVRURVtpbmRleCAlIFBBTEVUVEUubGVuZ3RoXSA/PyBbMjMwLCAxNTksIDBdO1xufVxuXG5leHBvcnQgZnVuY3Rpb24gY3NzKFtyLCBnLCBiXTogUmdiLCBhbHBoYSA9IDEpOiBzdHJpbmcge1xuICByZXR1cm4gYHJnYigke3J9ICR7Z30gJHtifSAvICR7YWxwaGF9KWA7XG59XG5cbi8qKiBBIG1hc2sgdG8gZmlsbCB3aXRoIGEgY29sb3VyOyBvcGFjaXR5IGZyb20gMCB0byAxLiAqL1xuZXhwb3J0IGludGVyZmFjZSBGaWxsIHtcbiAgcmVhZG9ubHkgbWFzazogTWFzaztcbiAgcmVhZG9ubHkgc3BhbnM6IFNwYW5zO1xuICByZWFkb25seSBjb2xvcjogUmdiO1xuICByZWFkb25seSBvcGFjaXR5OiBudW1iZXI7XG59XG5cbi8qKiBIb3cgYSBsaW5lIGlzIGRyYXduOiB0aGUgb3BlbiBvYmplY3QncywgYW4gYWNjZXB0ZWQgb25lJ3MsIG9uZSB0aGF0IGlzIG9ubHkgcG9pbnRlZCBhdC4gKi9cbmV4cG9ydCB0eXBlIFN0cm9rZSA9IFwiY2hvc2VuXCIgfCBcImFjY2VwdGVkXCIgfCBcInByZXZpZXdcIjtcblxuZXhwb3J0IGludGVyZmFjZSBMaW5lIHtcbiAgcmVhZG9ubHkgcGF0aDogUGF0aDJEOyAvLyBpbWFnZSBwaXhlbHNcbiAgcmVhZG9ubHkgY29sb3I6IFJnYjtcbiAgcmVhZG9ubHkgc3Ryb2tlOiBTdHJva2U7XG59XG5cbi8qKiBUaGUgcGljdHVyZSwgYXMgc21vb3RoIGFzIHRoZSBicm93c2VyIGNhbjsgYmxvY2t5IHdoZW4gb25lIHBpeGVsIGlzIG1hbnksIHNvIHRoYXQgcGl4ZWxzIGNhbiBiZSBzZWVuLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHBhaW50UGhvdG8oXG4gIGNvbnRleHQ6IENhbnZhc1JlbmRlcmluZ0NvbnRleHQyRCxcbiAgdmlldzogVmlld3BvcnQsXG4gIHBob3RvOiBDYW52YXNJbWFnZVNvdXJjZSxcbik6IHZvaWQge1xuICBjb25zdCB7IHdpZHRoLCBoZWlnaHQgfSA9IHZpZXcuZGV2aWNlO1xuICBjb250ZXh0LmltYWdlU21vb3RoaW5nRW5hYmxlZCA9IHZpZXcuZGV2aWNlLndpZHRoIDwgdmlldy5pbWFnZS53aWR0aCAqIDQ7XG4gIGNvbnRleHQuaW1hZ2VTbW9vdGhpbmdRdWFsaXR5ID0gXCJoaWdoXCI7XG4gIGNvbnRleHQuY2xlYXJSZWN0KDAsIDAsIHdpZHRoLCBoZWlnaHQpO1xuICBjb250ZXh0LmRyYXdJbWFnZShwaG90bywgMCwgMCwgd2lkdGgsIGhlaWdodCk7XG59XG5cbi8qKiBGaWxscyBtYXNrcyBieSB3aG9sZSBkZXZpY2UgcGl4ZWxzOiBlYWNoIHNob3dzIHRoZSBpbWFnZSBwaXhlbCB1bmRlciBpdHMgY2VudHJlLCBsYXRlciBmaWxscyBvbiB0b3AuICovXG5leHBvcnQgZnVuY3Rpb24gcGFpbnRPdmVybGF5KFxuICBjb250ZXh0OiBDYW52YXNSZW5kZXJpbmdDb250ZXh0MkQsXG4gIHZpZXc6IFZpZXdwb3J0LFxuICBmaWxsczogcmVhZG9ubHkgRmlsbFtdLFxuKTogdm9pZCB7XG4gIGNvbnN0IHsgd2lkdGgsIGhlaWdodCB9ID0gdmlldy5kZXZpY2U7XG4gIGNvbnRleHQuY2xlYXJSZWN0KDAsIDAsIHdpZHRoLCBoZWlnaHQpO1xuICBpZiAoZmlsbHMubGVuZ3RoID09PSAwKSByZXR1cm47XG4gIGNvbnN0IHBpY3R1cmUgPSBjb250ZXh0LmNyZWF0ZUltYWdlRGF0YSh3aWR0aCwgaGVpZ2h0KTtcbiAgY29uc3QgcGl4ZWxzID0gbmV3IFVpbnQzMkFycmF5KHBpY3R1cmUuZGF0YS5idWZmZXIpO1xuICBjb25zdCBjb2x1bW5zID0gZWRnZXModmlldy5pbWFnZS53aWR0aCwgd2lkdGgpO1xuICBjb25zdCBsaW5lcyA9IGVkZ2VzKHZpZXcuaW1hZ2UuaGVpZ2h0LCBoZWlnaHQpO1xuICBmb3IgKGNvbnN0IHsgbWFzaywgc3BhbnMsIGNvbG9yLCBvcGFjaXR5IH0gb2YgZmlsbHMpIHtcbiAgICBjb25zdCBbciwgZywgYl0gPSBjb2xvcjtcbiAgICBjb25zdCB2YWx1ZSA9ICgoTWF0aC5yb3VuZChvcGFjaXR5ICogMjU1KSA8PCAyNCkgfCAoYiA8PCAxNikgfCAoZyA8PCA4KSB8IHIpID4+PiAwO1xuICAgIGZvciAobGV0IHJvdyA9IDA7IHJvdyA8IHNwYW5zLnJvd3MubGVuZ3RoIC0gMTsgcm93KyspIHtcbiAgICAgIGNvbnN0IGZpcnN0ID0gbGluZXNbbWFzay55MCArIHJvd10gPz8gMDtcbiAgICAgIGNvbnN0IHN0b3AgPSBsaW5lc1ttYXNrLnkwICsgcm93ICsgMV0gPz8gMDtcbiAgICAgIGZvciAobGV0IGxpbmUgPSBmaXJzdDsgbGluZSA8IHN0b3A7IGxpbmUrKykge1xuICAgICAgICBjb25zdCBzdGFydCA9IGxpbmUgKiB3aWR0aDtcbiAgICAgICAgZm9yIChsZXQgaSA9IHNwYW5zLnJvd3Nbcm93XSA/PyAwOyBpIDwgKHNwYW5zLnJvd3Nbcm93ICsgMV0gPz8gMCk7IGkgKz0gMikge1xuICAgICAgICAgIGNvbnN0IGZyb20gPSBjb2x1bW5zW3NwYW5zLmVuZHNbaV0gPz8gMF0gPz8gMDtcbiAgICAgICAgICBjb25zdCB0byA9IGNvbHVtbnNbc3BhbnMuZW5kc1tpICsgMV0gPz8gMF0gPz8gMDtcbiAgICAgICAgICBwaXhlbHMuZmlsbCh2YWx1ZSwgc3RhcnQgKyBmcm9tLCBzdGFydCArIHRvKTtcbiAgICAgICAgfVxuICAgICAgfVxuICAgIH1cbiAgfVxuICBjb250ZXh0LnB1dEltYWdlRGF0YShwaWN0dXJlLCAwLCAwKTtcbn1cblxuLyoqIEEgbnVtYmVyIG9uIGFuIG9iamVjdCwgdGhlIHNhbWUgYXMgaW4gdGhlIGxpc3QgYmVzaWRlIHRoZSBwaG90by4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgVGFnIGV4dGVuZHMgUGxhY2Uge1xuICByZWFkb25seSB0ZXh0OiBzdHJpbmc7XG4gIHJlYWRvbmx5IGNvbG9yOiBSZ2I7XG59XG5cbi8qKiBFdmVyeXRoaW5nIHRoYXQgaXMgYSBsaW5lLCBhIG51bWJlciBvciBhIGRvdC4gKi9cbmV4cG9ydCBmdW5jdGlvbiBwYWludE1hcmtzKFxuICBjb250ZXh0OiBDYW52YXNSZW5kZXJpbmdDb250ZXh0MkQsXG4gIHZpZXc6IFZpZXdwb3J0LFxuICBsaW5lczogcmVhZG9ubHkgTGluZVtdLFxuICB0YWdzOiByZWFkb25seSBUYWdbXSxcbiAgcHJvbXB0czogcmVhZG9ubHkgUHJvbXB0W10sXG4gIGRyYWZ0OiBEcmFmdCB8IG51bGwsXG4pOiB2b2lkIHtcbiAgY29udGV4dC5jbGVhclJlY3QoMCwgMCwgdmlldy5kZXZpY2Uud2lkdGgsIHZpZXcuZGV2aWNlLmhlaWdodCk7XG4gIGZvciAoY29uc3QgbGluZSBvZiBsaW5lcykgcGFpbnRMaW5lKGNvbnRleHQsIHZpZXcsIGxpbmUpO1xuICBmb3IgKGNvbnN0IHRhZyBvZiB0YWdzKSBwYWludFRhZyhjb250ZXh0LCB2aWV3LCB0YWcpO1xuICBmb3IgKGNvbnN0IHByb21wdCBvZiBwcm9tcHRzKSBpZiAocHJvbXB0LnR5cGUgPT09IFwiYm94XCIpIHBhaW50Qm94KGNvbnRleHQsIHZpZXcsIHByb21wdCwgZmFsc2UpO1xuICBpZiAoZHJhZnQgIT09IG51bGwpIHBhaW50Qm94KGNvbnRleHQsIHZpZXcsIGRyYWZ0LCB0cnVlKTtcbiAgZm9yIChjb25zdCBwcm9tcHQgb2YgcHJvbXB0cykgaWYgKHByb21wdC50eXBlID09PSBcInBvaW50XCIpIHBhaW50UG9pbnQoY29udGV4dCwgdmlldywgcHJvbXB0KTtcbn1cblxuLyoqIE9uZSBwYXRoIG9mIGFsbCBsb29wcywgaW4gaW1hZ2UgcGl4ZWxzOyBmaWxsIGl0IGJ5IHRoZSBldmVuLW9kZCBydWxlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHBhdGhPZihsb29wczogcmVhZG9ubHkgTG9vcFtdKTogUGF0aDJEIHtcbiAgY29uc3QgcGF0aCA9IG5ldyBQYXRoMkQoKTtcbiAgZm9yIChjb25zdCBsb29wIG9mIGxvb3BzKSB7XG4gICAgZm9yIChsZXQgaSA9IDA7IGkgPCBsb29wLmxlbmd0aDsgaSArPSAyKSB7XG4gICAgICBpZiAoaSA9PT0gMCkgcGF0aC5tb3ZlVG8obG9vcFtpXSA/PyAwLCBsb29wW2kgKyAxXSA/PyAwKTtcbiAgICAgIGVsc2UgcGF0aC5saW5lVG8obG9vcFtpXSA/PyAwLCBsb29wW2kgKyAxXSA/PyAwKTtcbiAgICB9XG4gICAgcGF0aC5jbG9zZVBhdGgoKTtcbiAgfVxuICByZXR1cm4gcGF0aDtcbn1cblxuZnVuY3Rpb24gcGFpbnRMaW5lKGNvbnRleHQ6IENhbnZhc1JlbmRlcmluZ0NvbnRleHQyRCwgdmlldzogVmlld3BvcnQsIGxpbmU6IExpbmUpOiB2b2lkIHtcbiAgY29uc3QgcGF0aCA9IG5ldyBQYXRoMkQoKTtcbiAgcGF0aC5hZGRQYXRoKFxuICAgIGxpbmUucGF0aCxcbiAgICBuZXcgRE9NTWF0cml4KFtcbiAgICAgIHZpZXcuZGV2aWNlLndpZHRoIC8gdmlldy5pbWFnZS53aWR0aCxcbiAgICAgIDAsXG4gICAgICAwLFxuICAgICAgdmlldy5kZXZpY2UuaGVpZ2h0IC8gdmlldy5pbWFnZS5oZWlnaHQsXG4gICAgICAwLFxuICAgICAgMCxcbiAgICBdKSxcbiAgKTtcbiAgY29uc3Qgc3Ryb2tlID0gKHdpZHRoOiBudW1iZXIsIHN0eWxlOiBzdHJpbmcsIGRhc2g6IHJlYWRvbmx5IG51bWJlcltdID0gW10pOiB2b2lkID0+IHtcbiAgICBjb250ZXh0LmxpbmVXaWR0aCA9IHdpZHRoICogdmlldy5yYXRpbztcbiAgICBjb250ZXh0LnN0cm9rZVN0eWxlID0gc3R5bGU7XG4gICAgY29udGV4dC5zZXRMaW5lRGFzaChkYXNoLm1hcCgobGVuZ3RoKSA9PiBsZW5ndGggKiB2aWV3LnJhdGlvKSk7XG4gICAgY29udGV4dC5zdHJva2UocGF0aCk7XG4gIH07XG4gIGNvbnRleHQubGluZUpvaW4gPSBcInJvdW5kXCI7XG4gIGNvbnRleHQubGluZUNhcCA9IFwiYnV0dFwiO1xuICAvLyBBIGRhcmsgaGVtIHVuZGVyIHRoZSB3aGl0ZSBoYWxvOiB0aGUgbGluZSBpcyBzZWVuIG9uIGEgd2hpdGUgcGhvdG8gYXMgd2VsbC5cbiAgaWYgKGxpbmUuc3Ryb2tlID09PSBcImNob3NlblwiKSB7XG4gICAgc3Ryb2tlKDUuNSwgXCJyZ2IoMCAwIDAgLyAwLjI4KVwiKTtcbiAgICBzdHJva2UoNCwgXCJyZ2IoMjU1IDI1NSAyNTUgLyAwLjk1KVwiKTtcbiAgICBzdHJva2UoMiwgY3NzKGxpbmUuY29sb3IpKTtcbiAgfSBlbHNlIGlmIChsaW5lLnN0cm9rZSA9PT0gXCJhY2NlcHRlZFwiKSB7XG4gICAgc3Ryb2tlKDIuNiwgXCJyZ2IoMjU1IDI1NSAyNTUgLyAwLjgpXCIpO1xuICAgIHN0cm9rZSgxLjQsIGNzcyhsaW5lLmNvbG9yKSk7XG4gIH0gZWxzZSB7XG4gICAgc3Ryb2tlKDMsIFwicmdiKDAgMCAwIC8gMC41KVwiKTtcbiAgICBzdHJva2UoMS42LCBcInJnYigyNTUgMjU1IDI1NSlcIiwgWzUsIDRdKTtcbiAgfVxuICBjb250ZXh0LnNldExpbmVEYXNoKFtdKTtcbn1cblxuZnVuY3Rpb24gcGFpbnRUYWcoY29udGV4dDogQ2FudmFzUmVuZGVyaW5nQ29udGV4dDJELCB2aWV3OiBWaWV3cG9ydCwgdGFnOiBUYWcpOiB2b2lkIHtcbiAgY29uc3QgW3gsIHldID0gYXQodmlldywgdGFnLngsIHRhZy55KTtcbiAgY29uc3QgdW5pdCA9IHZpZXcucmF0aW87XG4gIGNvbnN0IGhhbGYgPSAodGFnLnRleHQubGVuZ3RoID4gMSA/IDEwIDogOCkgKiB1bml0O1xuICBjb250ZXh0LmJlZ2luUGF0aCgpO1xuICBjb250ZXh0LnJvdW5kUmVjdCh4IC0gaGFsZiwgeSAtIDggKiB1bml0LCAyICogaGFsZiwgMTYgKiB1bml0LCA1ICogdW5pdCk7XG4gIGNvbnRleHQuZmlsbFN0eWxlID0gXCJyZ2IoMTUgMTkgMjUgLyAwLjgyKVwiO1xuICBjb250ZXh0LmZpbGwoKTtcbiAgY29udGV4dC5saW5lV2lkdGggPSAxLjUgKiB1bml0O1xuICBjb250ZXh0LnN0cm9rZVN0eWxlID0gY3NzKHRhZy5jb2xvcik7XG4gIGNvbnRleHQuc3Ryb2tlKCk7XG4gIGNvbnRleHQuZmlsbFN0eWxlID0gXCJyZ2IoMjU1IDI1NSAyNTUpXCI7XG4gIGNvbnRleHQuZm9udCA9IGA3MDAgJHsxMC41ICogdW5pdH1weCBzeXN0ZW0tdWksIHNhbnMtc2VyaWZgO1xuICBjb250ZXh0LnRleHRBbGlnbiA9IFwiY2VudGVyXCI7XG4gIGNvbnRleHQudGV4dEJhc2VsaW5lID0gXCJtaWRkbGVcIjtcbiAgY29udGV4dC5maWxsVGV4dCh0YWcudGV4dCwgeCwgeSArIDAuNSAqIHVuaXQpO1xufVxuXG5jb25zdCBQT1NJVElWRSA9IFwicmdiKDkgODAgMTUwKVwiO1xuY29uc3QgTkVHQVRJVkUgPSBcInJnYigxOTAgNTAgMTUpXCI7XG5cbmZ1bmN0aW9uIHBhaW50UG9pbnQoXG4gIGNvbnRleHQ6IENhbnZhc1JlbmRlcmluZ0NvbnRleHQyRCxcbiAgdmlldzogVmlld3BvcnQsXG4gIHBvaW50OiBQbGFjZSAmIHsgcmVhZG9ubHkgcG9zaXRpdmU6IGJvb2xlYW4gfSxcbik6IHZvaWQge1xuICBjb25zdCBbeCwgeV0gPSBhdCh2aWV3LCBwb2ludC54LCBwb2ludC55KTtcbiAgY29uc3QgdW5pdCA9IHZpZXcucmF0aW87XG4gIGNvbnN0IGRpc2MgPSAocmFkaXVzOiBudW1iZXIsIHN0eWxlOiBzdHJpbmcpOiB2b2lkID0+IHtcbiAgICBjb250ZXh0LmJlZ2luUGF0aCgpO1xuICAgIGNvbnRleHQuYXJjKHgsIHksIHJhZGl1cyAqIHVuaXQsIDAsIDIgKiBNYXRoLlBJKTtcbiAgICBjb250ZXh0LmZpbGxTdHlsZSA9IHN0eWxlO1xuICAgIGNvbnRleHQuZmlsbCgpO1xuICB9O1xuICBkaXNjKDguNSwgXCJyZ2IoMCAwIDAgLyAwLjMpXCIpO1xuICBkaXNjKDcuNSwgXCJyZ2IoMjU1IDI1NSAyNTUpXCIpO1xuICBkaXNjKDYsIHBvaW50LnBvc2l0aXZlID8gUE9TSVRJVkUgOiBORUdBVElWRSk7XG4gIGNvbnRleHQuc3Ryb2tlU3R5bGUgPSBcInJnYigyNTUgMjU1IDI1NSlcIjtcbiAgY29udGV4dC5saW5lV2lkdGggPSAxLjcgKiB1bml0O1xuICBjb250ZXh0LmxpbmVDYXAgPSBcInJvdW5kXCI7XG4gIGNvbnRleHQuYmVnaW5QYXRoKCk7XG4gIGNvbnRleHQubW92ZVRvKHggLSAzICogdW5pdCwgeSk7XG4gIGNvbnRleHQubGluZVRvKHggKyAzICogdW5pdCwgeSk7XG4gIGlmIChwb2ludC5wb3NpdGl2ZSkge1xuICAgIGNvbnRleHQubW92ZVRvKHgsIHkgLSAzICogdW5pdCk7XG4gICAgY29udGV4dC5saW5lVG8oeCwgeSArIDMgKiB1bml0KTtcbiAgfVxuICBjb250ZXh0LnN0cm9rZSgpO1xufVxuXG5mdW5jdGlvbiBwYWludEJveChcbiAgY29udGV4dDogQ2FudmFzUmVuZGVyaW5nQ29udGV4dDJELFxuICB2aWV3OiBWaWV3cG9ydCxcbiAgYm94OiBEcmFmdCxcbiAgZHJhd2luZzogYm9vbGVhbixcbik6IHZvaWQge1xuICBjb25zdCBbeDAsIHkwXSA9IGF0KHZpZXcsIGJveC54MCwgYm94LnkwKTtcbiAgY29uc3QgW3gxLCB5MV0gPSBhdCh2aWV3LCBib3gueDEsIGJveC55MSk7XG4gIGNvbnN0IHVuaXQgPSB2aWV3LnJhdGlvO1xuICBjb250ZXh0LmxpbmVKb2luID0gXCJyb3VuZFwiO1xuICBjb250ZXh0LmxpbmVXaWR0aCA9IDMuNSAqIHVuaXQ7XG4gIGNvbnRleHQuc3Ryb2tlU3R5bGUgPSBcInJnYigyNTUgMjU1IDI1NSAvIDAuOTIpXCI7XG4gIGNvbnRleHQuc3Ryb2tlUmVjdCh4MCwgeTAsIHgxIC0geDAsIHkxIC0geTApO1xuICBjb250ZXh0LmxpbmVXaWR0aCA9IDEuNiAqIHVuaXQ7XG4gIGNvbnRleHQuc3Ryb2tlU3R5bGUgPSBQT1NJVElWRTtcbiAgY29udGV4dC5zZXRMaW5lRGFzaChkcmF3aW5nID8gWzYgKiB1bml0LCA0ICogdW5pdF0gOiBbXSk7XG4gIGNvbnRleHQuc3Ryb2tlUmVjdCh4MCwgeTAsIHgxIC0geDAsIHkxIC0geTApO1xuICBjb250ZXh0LnNldExpbmVEYXNoKFtdKTtcbiAgZm9yIChjb25zdCBbeCwgeV0gb2YgW1xuICAgIFt4MCwgeTBdLFxuICAgIFt4MSwgeTBdLFxuICAgIFt4MCwgeTFdLFxuICAgIFt4MSwgeTFdLFxuICBdIGFzIGNvbnN0KSB7XG4gICAgY29udGV4dC5maWxsU3R5bGUgPSBcInJnYigyNTUgMjU1IDI1NSlcIjtcbiAgICBjb250ZXh0LmZpbGxSZWN0KHggLSA0ICogdW5pdCwgeSAtIDQgKiB1bml0LCA4ICogdW5pdCwgOCAqIHVuaXQpO1xuICAgIGNvbnRleHQuZmlsbFN0eWxlID0gUE9TSVRJVkU7XG4gICAgY29udGV4dC5maWxsUmVjdCh4IC0gMi42ICogdW5pdCwgeSAtIDIuNiAqIHVuaXQsIDUuMiAqIHVuaXQsIDUuMiAqIHVuaXQpO1xuICB9XG59XG5cbi8qKiBJbWFnZSBwaXhlbHMgLT4gZGV2aWNlIHBpeGVscy4gKi9cbmZ1bmN0aW9uIGF0KHZpZXc6IFZpZXdwb3J0LCB4OiBudW1iZXIsIHk6IG51bWJlcik6IFtudW1iZXIsIG51bWJlcl0ge1xuICByZXR1cm4gWyh4ICogdmlldy5kZXZpY2Uud2lkdGgpIC8gdmlldy5pbWFnZS53aWR0aCwgKHkgKiB2aWV3LmRldmljZS5oZWlnaHQpIC8gdmlldy5pbWFnZS5oZWlnaHRdO1xufVxuIiwgIi8vIERlY2lkZXMgd2hhdCBsaWVzIG9uIHRoZSBjYW52YXNlcyBmb3IgYSBkb2N1bWVudCBhbmQgYSB3YXkgb2YgbG9va2luZyBhdCBpdCwgYW5kIHJlcGFpbnRzIG9ubHkgd2hhdCBjaGFuZ2VkLlxuLy8gQmV0d2VlbiB0aGUgcGFpbnRlcnMsIHdoaWNoIGtub3cgbm8gZG9jdW1lbnQsIGFuZCB0aGUgdmlldywgd2hpY2gga25vd3Mgbm8gY2FudmFzLlxuaW1wb3J0IHtcbiAgdHlwZSBBbnN3ZXIsXG4gIGFjY2VwdGVkT2YsXG4gIGFuc3dlck9mLFxuICBibG9ic09mLFxuICBjaG9zZW5PZixcbiAgdHlwZSBEb2N1bWVudCxcbiAgdHlwZSBPYmplY3RSZWNvcmQsXG4gIHR5cGUgU2NlbmUsXG59IGZyb20gXCIuL2RvY3VtZW50XCI7XG5pbXBvcnQgdHlwZSB7IEdhbGxlcnksIFNoYXBlIH0gZnJvbSBcIi4vZ2FsbGVyeVwiO1xuaW1wb3J0IHtcbiAgY29sb3JPZixcbiAgdHlwZSBGaWxsLFxuICB0eXBlIExpbmUsXG4gIHBhaW50TWFya3MsXG4gIHBhaW50T3ZlcmxheSxcbiAgcGFpbnRQaG90byxcbiAgdHlwZSBTdHJva2UsXG4gIHR5cGUgVGFnLFxufSBmcm9tIFwiLi9wYWludFwiO1xuaW1wb3J0IHR5cGUgeyBEcmFmdCB9IGZyb20gXCIuL3Rvb2xzL3Rvb2xcIjtcbmltcG9ydCB0eXBlIHsgVmlld3BvcnQgfSBmcm9tIFwiLi92aWV3cG9ydFwiO1xuXG4vKiogSG93IHRoZSBwZXJzb24gbG9va3MgYXQgdGhlIGRvY3VtZW50LCBpbiBvbmUgdmlldy4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgTG9vayB7XG4gIHJlYWRvbmx5IG9wYWNpdHk6IG51bWJlcjsgLy8gb2YgdGhlIG9wZW4gb2JqZWN0J3MgZmlsbCwgMCB0byAxXG4gIHJlYWRvbmx5IGhpZGRlbjogYm9vbGVhbjsgLy8gbm90aGluZyBidXQgdGhlIHBob3RvXG4gIHJlYWRvbmx5IGhvdmVyZWQ6IG51bWJlciB8IG51bGw7IC8vIGEgY2FuZGlkYXRlIHRoYXQgaXMgcG9pbnRlZCBhdFxuICByZWFkb25seSBwb2ludGVkOiBzdHJpbmcgfCBudWxsOyAvLyBhbiBhY2NlcHRlZCBvYmplY3QgdGhhdCBpcyBwb2ludGVkIGF0XG4gIHJlYWRvbmx5IGRyYWZ0OiBEcmFmdCB8IG51bGw7IC8vIGEgYm94IGJlaW5nIGRyYXduXG59XG5cbi8qKiBXaGF0IHN0YW5kcyBvbiB0aGUgY2FudmFzZXMgbm93LiAqL1xuZXhwb3J0IGludGVyZmFjZSBEcmF3biB7XG4gIHJlYWRvbmx5IHBob3RvOiBJbWFnZUJpdG1hcCB8IG51bGw7XG4gIHJlYWRvbmx5IGFuc3dlcjogc3RyaW5nIHwgbnVsbDsgLy8gaWQgb2YgdGhlIGFuc3dlciB3aG9zZSBtYXNrIGlzIHBhaW50ZWRcbn1cblxuLyoqIEFuIGFjY2VwdGVkIG9iamVjdCdzIGZpbGwgYmVzaWRlIHRoZSBvcGVuIG9uZSdzOiBzZWVuLCBidXQgbm90IGluIHRoZSB3YXkuICovXG5jb25zdCBBQ0NFUFRFRCA9IDAuNTU7XG5cbmV4cG9ydCBjbGFzcyBFYXNlbCB7XG4gIHJlYWRvbmx5ICNjb250ZXh0czogcmVhZG9ubHkgKENhbnZhc1JlbmRlcmluZ0NvbnRleHQyRCB8IG51bGwpW107XG4gIHJlYWRvbmx5ICNnYWxsZXJ5OiBHYWxsZXJ5O1xuICAjcGhvdG86IEltYWdlQml0bWFwIHwgbnVsbCA9IG51bGw7XG4gICNrZXkgPSBcIlwiO1xuICAjcGxhY2UgPSBcIlwiO1xuXG4gIC8qKiBDYW52YXNlcyBmcm9tIHRoZSBib3R0b20gdXA6IHBob3RvLCBvdmVybGF5LCBtYXJrcy4gKi9cbiAgY29uc3RydWN0b3IoY2FudmFzZXM6IHJlYWRvbmx5IEhUTUxDYW52YXNFbGVtZW50W10sIGdhbGxlcnk6IEdhbGxlcnkpIHtcbiAgICB0aGlzLiNjb250ZXh0cyA9IGNhbnZhc2VzLm1hcCgoY2FudmFzKSA9PiBjYW52YXMuZ2V0Q29udGV4dChcIjJkXCIpKTtcbiAgICB0aGlzLiNnYWxsZXJ5ID0gZ2FsbGVyeTtcbiAgfVxuXG4gIGRyYXcoZG9jdW1lbnQ6IERvY3VtZW50LCBzY2VuZTogU2NlbmUsIHZpZXc6IFZpZXdwb3J0LCBsb29rOiBMb29rKTogRHJhd24ge1xuICAgIGNvbnN0IFtvblBob3RvLCBvbk92ZXJsYXksIG9uTWFya3NdID0gdGhpcy4jY29udGV4dHM7XG4gICAgaWYgKCFvblBob3RvIHx8ICFvbk92ZXJsYXkgfHwgIW9uTWFya3MpIHJldHVybiB7IHBob3RvOiBudWxsLCBhbnN3ZXI6IG51bGwgfTtcbiAgICBjb25zdCB7IHdpZHRoLCBoZWlnaHQgfSA9IHZpZXcuZGV2aWNlO1xuICAgIGNvbnN0IHBsYWNlID0gW3dpZHRoLCBoZWlnaHQsIHZpZXcuaW1hZ2Uud2lkdGgsIHZpZXcuaW1hZ2UuaGVpZ2h0XS5qb2luKCk7XG4gICAgY29uc3QgcGhvdG8gPSBzY2VuZS5pbWFnZSA9PT0gbnVsbCA/IG51bGwgOiB0aGlzLiNnYWxsZXJ5LnBob3RvKHNjZW5lLmltYWdlLnNvdXJjZSk7XG4gICAgaWYgKHBob3RvICE9PSB0aGlzLiNwaG90byB8fCBwbGFjZSAhPT0gdGhpcy4jcGxhY2UpIHtcbiAgICAgIGlmIChwaG90byA9PT0gbnVsbCkgb25QaG90by5jbGVhclJlY3QoMCwgMCwgd2lkdGgsIGhlaWdodCk7XG4gICAgICBlbHNlIHBhaW50UGhvdG8ob25QaG90bywgdmlldywgcGhvdG8pO1xuICAgIH1cbiAgICBjb25zdCBtYXNrcyA9IG5ldyBNYXNrcyh0aGlzLiNnYWxsZXJ5KTtcbiAgICBpZiAocGhvdG8gIT09IG51bGwgJiYgIWxvb2suaGlkZGVuKSB0aGlzLiNnYXRoZXIobWFza3MsIGRvY3VtZW50LCBzY2VuZSwgbG9vayk7XG4gICAgaWYgKG1hc2tzLmtleSAhPT0gdGhpcy4ja2V5IHx8IHBsYWNlICE9PSB0aGlzLiNwbGFjZSkge1xuICAgICAgcGFpbnRPdmVybGF5KG9uT3ZlcmxheSwgdmlldywgbWFza3MuZmlsbHMpO1xuICAgIH1cbiAgICBjb25zdCBiYXJlID0gbG9vay5oaWRkZW4gfHwgcGhvdG8gPT09IG51bGw7XG4gICAgcGFpbnRNYXJrcyhcbiAgICAgIG9uTWFya3MsXG4gICAgICB2aWV3LFxuICAgICAgbWFza3MubGluZXMsXG4gICAgICBtYXNrcy50YWdzLFxuICAgICAgYmFyZSA/IFtdIDogc2NlbmUucHJvbXB0cyxcbiAgICAgIGJhcmUgPyBudWxsIDogbG9vay5kcmFmdCxcbiAgICApO1xuICAgIHRoaXMuI2dhbGxlcnkua2VlcChibG9ic09mKGRvY3VtZW50KSk7XG4gICAgdGhpcy4jcGhvdG8gPSBwaG90bztcbiAgICB0aGlzLiNrZXkgPSBtYXNrcy5rZXk7XG4gICAgdGhpcy4jcGxhY2UgPSBwbGFjZTtcbiAgICBjb25zdCBzaG93biA9IHNjZW5lLmFuc3dlciAhPT0gbnVsbCAmJiBtYXNrcy5hbnN3ZXJzLmhhcyhzY2VuZS5hbnN3ZXIuaWQpO1xuICAgIHJldHVybiB7IHBob3RvLCBhbnN3ZXI6IHNob3duID8gKHNjZW5lLmFuc3dlcj8uaWQgPz8gbnVsbCkgOiBudWxsIH07XG4gIH1cblxuICAjZ2F0aGVyKG1hc2tzOiBNYXNrcywgZG9jdW1lbnQ6IERvY3VtZW50LCBzY2VuZTogU2NlbmUsIGxvb2s6IExvb2spOiB2b2lkIHtcbiAgICBmb3IgKGNvbnN0IFtpLCBvYmplY3RdIG9mIGFjY2VwdGVkT2Yoc2NlbmUpLmVudHJpZXMoKSkge1xuICAgICAgY29uc3Qgc3Ryb2tlID0gb2JqZWN0LmlkID09PSBsb29rLnBvaW50ZWQgPyBcImNob3NlblwiIDogXCJhY2NlcHRlZFwiO1xuICAgICAgY29uc3QgYW5zd2VyID0gYW5zd2VyT2YoZG9jdW1lbnQsIG9iamVjdC5pZCk7XG4gICAgICBtYXNrcy5hZGQob2JqZWN0LCBhbnN3ZXIsIGxvb2sub3BhY2l0eSAqIEFDQ0VQVEVELCBzdHJva2UpO1xuICAgICAgbWFza3MudGFnKG9iamVjdCwgYW5zd2VyLCBTdHJpbmcoaSArIDEpKTtcbiAgICB9XG4gICAgY29uc3QgeyBvcGVuIH0gPSBzY2VuZTtcbiAgICBpZiAob3BlbiA9PT0gbnVsbCkgcmV0dXJuO1xuICAgIC8vIFRoZSBsYXN0IG1hc2sgc3RheXMgdW50aWwgdGhlIG5leHQgY29tZXM6IG1vc3QgYW5zd2VycyBhcmUgdGhlcmUgYmVmb3JlIGFuIGV5ZSBjb3VsZCBzZWUgYSBnYXAuXG4gICAgY29uc3QgYW5zd2VyID0gc2NlbmUuYW5zd2VyID8/IHNjZW5lLnN0YWxlO1xuICAgIG1hc2tzLmFkZChvcGVuLCBhbnN3ZXIsIGxvb2sub3BhY2l0eSwgXCJjaG9zZW5cIik7XG4gICAgaWYgKGFuc3dlciA9PT0gbnVsbCB8fCBsb29rLmhvdmVyZWQgPT09IG51bGwgfHwgc2NlbmUuYW5zd2VyID09PSBudWxsKSByZXR1cm47XG4gICAgaWYgKGxvb2suaG92ZXJlZCAhPT0gY2hvc2VuT2Yob3BlbiwgYW5zd2VyKSkgbWFza3MucHJldmlldyhvcGVuLCBhbnN3ZXIsIGxvb2suaG92ZXJlZCk7XG4gIH1cbn1cblxuLyoqIEZpbGxzIGFuZCBsaW5lcyBvZiBvbmUgZnJhbWUsIGFuZCBhIGtleSB0aGF0IGRpZmZlcnMgd2hlbiB0aGUgZmlsbHMgZG8uICovXG5jbGFzcyBNYXNrcyB7XG4gIHJlYWRvbmx5IGZpbGxzOiBGaWxsW10gPSBbXTtcbiAgcmVhZG9ubHkgbGluZXM6IExpbmVbXSA9IFtdO1xuICByZWFkb25seSB0YWdzOiBUYWdbXSA9IFtdO1xuICByZWFkb25seSBhbnN3ZXJzID0gbmV3IFNldDxzdHJpbmc+KCk7XG4gIHJlYWRvbmx5ICNnYWxsZXJ5OiBHYWxsZXJ5O1xuICByZWFkb25seSAja2V5czogc3RyaW5nW10gPSBbXTtcblxuICBjb25zdHJ1Y3RvcihnYWxsZXJ5OiBHYWxsZXJ5KSB7XG4gICAgdGhpcy4jZ2FsbGVyeSA9IGdhbGxlcnk7XG4gIH1cblxuICBnZXQga2V5KCk6IHN0cmluZyB7XG4gICAgcmV0dXJuIHRoaXMuI2tleXMuam9pbihcIiBcIik7XG4gIH1cblxuICBhZGQob2JqZWN0OiBPYmplY3RSZWNvcmQsIGFuc3dlcjogQW5zd2VyIHwgbnVsbCwgb3BhY2l0eTogbnVtYmVyLCBzdHJva2U6IFN0cm9rZSk6IHZvaWQge1xuICAgIGNvbnN0IHNoYXBlID0gYW5zd2VyICYmIHRoaXMuI3NoYXBlKGFuc3dlciwgY2hvc2VuT2Yob2JqZWN0LCBhbnN3ZXIpKTtcbiAgICBpZiAoYW5zd2VyID09PSBudWxsIHx8IHNoYXBlID09PSBudWxsKSByZXR1cm47XG4gICAgY29uc3QgY29sb3IgPSBjb2xvck9mKG9iamVjdC5jb2xvcik7XG4gICAgdGhpcy5maWxscy5wdXNoKHsgbWFzazogc2hhcGUubWFzaywgc3BhbnM6IHNoYXBlLnNwYW5zLCBjb2xvciwgb3BhY2l0eSB9KTtcbiAgICB0aGlzLmxpbmVzLnB1c2goeyBwYXRoOiBzaGFwZS5wYXRoLCBjb2xvciwgc3Ryb2tlIH0pO1xuICAgIHRoaXMuYW5zd2Vycy5hZGQoYW5zd2VyLmlkKTtcbiAgICB0aGlzLiNrZXlzLnB1c2goYCR7c2hhcGUuaGFzaH0vJHtvYmplY3QuY29sb3J9LyR7b3BhY2l0eX1gKTtcbiAgfVxuXG4gIHRhZyhvYmplY3Q6IE9iamVjdFJlY29yZCwgYW5zd2VyOiBBbnN3ZXIgfCBudWxsLCB0ZXh0OiBzdHJpbmcpOiB2b2lkIHtcbiAgICBjb25zdCBwbGFjZSA9IGFuc3dlciAmJiB0aGlzLiNzaGFwZShhbnN3ZXIsIGNob3Nlbk9mKG9iamVjdCwgYW5zd2VyKSk/LmxhYmVsO1xuICAgIGlmIChwbGFjZSkgdGhpcy50YWdzLnB1c2goeyAuLi5wbGFjZSwgdGV4dCwgY29sb3I6IGNvbG9yT2Yob2JqZWN0LmNvbG9yKSB9KTtcbiAgfVxuXG4gIHByZXZpZXcob2JqZWN0OiBPYmplY3RSZWNvcmQsIGFuc3dlcjogQW5zd2VyLCBpbmRleDogbnVtYmVyKTogdm9pZCB7XG4gICAgY29uc3Qgc2hhcGUgPSB0aGlzLiNzaGFwZShhbnN3ZXIsIGluZGV4KTtcbiAgICBpZiAoc2hhcGUgPT09IG51bGwpIHJldHVybjtcbiAgICB0aGlzLmxpbmVzLnB1c2goeyBwYXRoOiBzaGFwZS5wYXRoLCBjb2xvcjogY29sb3JPZihvYmplY3QuY29sb3IpLCBzdHJva2U6IFwicHJldmlld1wiIH0pO1xuICB9XG5cbiAgI3NoYXBlKGFuc3dlcjogQW5zd2VyLCBpbmRleDogbnVtYmVyKTogU2hhcGUgfCBudWxsIHtcbiAgICBjb25zdCBjYW5kaWRhdGUgPSBhbnN3ZXIuY2FuZGlkYXRlc1tpbmRleF07XG4gICAgcmV0dXJuIGNhbmRpZGF0ZSA9PT0gdW5kZWZpbmVkID8gbnVsbCA6IHRoaXMuI2dhbGxlcnkuc2hhcGUoY2FuZGlkYXRlLmJsb2IpO1xuICB9XG59XG4iLCAiLy8gTWFza3MgYXMgcnVuIGxlbmd0aHM6IHJlYWRpbmcgdGhlbSwgdGhlaXIgc3BhbnMgcm93IGJ5IHJvdywgdGhlaXIgb3V0bGluZS4gTm8gY2FudmFzIGluIGhlcmUuXG5cbi8qKiBBIG1hc2sgYXMgdGhlIGtlcm5lbCBzZW5kcyBpdDogcnVucyBpbiByb3ctbWFqb3Igb3JkZXIgaW5zaWRlIHRoZSBib3gsIHplcm9zIGZpcnN0LiAqL1xuZXhwb3J0IGludGVyZmFjZSBNYXNrIHtcbiAgcmVhZG9ubHkgd2lkdGg6IG51bWJlcjsgLy8gb2YgdGhlIGltYWdlLCBweFxuICByZWFkb25seSBoZWlnaHQ6IG51bWJlcjtcbiAgcmVhZG9ubHkgeDA6IG51bWJlcjsgLy8gdGhlIGJveCwgaGFsZiBvcGVuXG4gIHJlYWRvbmx5IHkwOiBudW1iZXI7XG4gIHJlYWRvbmx5IHgxOiBudW1iZXI7XG4gIHJlYWRvbmx5IHkxOiBudW1iZXI7XG4gIHJlYWRvbmx5IHJ1bnM6IFVpbnQzMkFycmF5O1xufVxuXG4vKiogVGhlIG9uZXMgb2YgZXZlcnkgcm93OiByb3cgeTAgKyByIGhvbGRzIHBhaXJzIFtmcm9tLCB0bykgaW4gYGVuZHNgLCBmcm9tIHJvd3Nbcl0gdG8gcm93c1tyICsgMV0uICovXG5leHBvcnQgaW50ZXJmYWNlIFNwYW5zIHtcbiAgcmVhZG9ubHkgcm93czogVWludDMyQXJyYXk7XG4gIHJlYWRvbmx5IGVuZHM6IFVpbnQzMkFycmF5OyAvLyBpbWFnZSBjb2x1bW5zLCBpbiBwYWlyc1xufVxuXG4vKiogQSBjbG9zZWQgbGluZSwgeCB5IHggeSAuLi4sIGluIGltYWdlIHBpeGVscy4gKi9cbmV4cG9ydCB0eXBlIExvb3AgPSBGbG9hdDMyQXJyYXk7XG5cbmNvbnN0IEhFQURFUiA9IDY7XG5cbi8qKiBMaXR0bGUtZW5kaWFuIHVpbnQzMjogd2lkdGgsIGhlaWdodCwgeDAsIHkwLCB4MSwgeTEsIHRoZW4gdGhlIHJ1bnMuIFRocm93cyBvbiBhbnl0aGluZyBlbHNlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGRlY29kZShieXRlczogVWludDhBcnJheSk6IE1hc2sge1xuICBpZiAoYnl0ZXMuYnl0ZUxlbmd0aCA8IEhFQURFUiAqIDQgfHwgYnl0ZXMuYnl0ZUxlbmd0aCAlIDQgIT09IDApIHtcbiAgICB0aHJvdyBuZXcgUmFuZ2VFcnJvcihgQSBtYXNrIGNhbm5vdCBoYXZlICR7Ynl0ZXMuYnl0ZUxlbmd0aH0gYnl0ZXMuYCk7XG4gIH1cbiAgY29uc3QgdmlldyA9IG5ldyBEYXRhVmlldyhieXRlcy5idWZmZXIsIGJ5dGVzLmJ5dGVPZmZzZXQsIGJ5dGVzLmJ5dGVMZW5ndGgpO1xuICBjb25zdCBudW1iZXJzID0gbmV3IFVpbnQzMkFycmF5KGJ5dGVzLmJ5dGVMZW5ndGggLyA0KTtcbiAgZm9yIChsZXQgaSA9IDA7IGkgPCBudW1iZXJzLmxlbmd0aDsgaSsrKSBudW1iZXJzW2ldID0gdmlldy5nZXRVaW50MzIoaSAqIDQsIHRydWUpO1xuICBjb25zdCBbd2lkdGggPSAwLCBoZWlnaHQgPSAwLCB4MCA9IDAsIHkwID0gMCwgeDEgPSAwLCB5MSA9IDBdID0gbnVtYmVycztcbiAgaWYgKHgwID4geDEgfHwgeTAgPiB5MSB8fCB4MSA+IHdpZHRoIHx8IHkxID4gaGVpZ2h0KSB7XG4gICAgdGhyb3cgbmV3IFJhbmdlRXJyb3IoXCJBIG1hc2sncyBib3ggbXVzdCBsaWUgb24gaXRzIGltYWdlLlwiKTtcbiAgfVxuICBjb25zdCBydW5zID0gbnVtYmVycy5zdWJhcnJheShIRUFERVIpO1xuICBsZXQgdG90YWwgPSAwO1xuICBmb3IgKGNvbnN0IHJ1biBvZiBydW5zKSB0b3RhbCArPSBydW47XG4gIGlmICh0b3RhbCA+ICh4MSAtIHgwKSAqICh5MSAtIHkwKSkgdGhyb3cgbmV3IFJhbmdlRXJyb3IoXCJBIG1hc2sncyBydW5zIGxlYXZlIGl0cyBib3guXCIpO1xuICByZXR1cm4geyB3aWR0aCwgaGVpZ2h0LCB4MCwgeTAsIHgxLCB5MSwgcnVucyB9O1xufVxuXG4vKiogVGhlIG9uZXMsIHJvdyBieSByb3c6IHdoYXQgYSBwYWludGVyIG5lZWRzLiBSdW5zIHRoYXQgZ28gcm91bmQgdGhlIGVuZCBvZiBhIHJvdyBhcmUgY3V0IHRoZXJlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNwYW5zT2YobWFzazogTWFzayk6IFNwYW5zIHtcbiAgY29uc3Qgd2lkZSA9IG1hc2sueDEgLSBtYXNrLngwO1xuICBjb25zdCByb3dzID0gbmV3IFVpbnQzMkFycmF5KG1hc2sueTEgLSBtYXNrLnkwICsgMSk7XG4gIGNvbnN0IGVuZHM6IG51bWJlcltdID0gW107XG4gIGxldCByb3cgPSAwO1xuICBsZXQgcGxhY2UgPSAwO1xuICBsZXQgaW5zaWRlID0gZmFsc2U7XG4gIGZvciAoY29uc3QgcnVuIG9mIG1hc2sucnVucykge1xuICAgIGlmIChpbnNpZGUpIHtcbiAgICAgIGxldCBmcm9tID0gcGxhY2U7XG4gICAgICBjb25zdCB0byA9IHBsYWNlICsgcnVuO1xuICAgICAgd2hpbGUgKGZyb20gPCB0bykge1xuICAgICAgICBjb25zdCBhdCA9IE1hdGguZmxvb3IoZnJvbSAvIHdpZGUpO1xuICAgICAgICBjb25zdCBzdG9wID0gTWF0aC5taW4odG8sIChhdCArIDEpICogd2lkZSk7XG4gICAgICAgIHdoaWxlIChyb3cgPCBhdCkgcm93c1srK3Jvd10gPSBlbmRzLmxlbmd0aDtcbiAgICAgICAgZW5kcy5wdXNoKG1hc2sueDAgKyBmcm9tIC0gYXQgKiB3aWRlLCBtYXNrLngwICsgc3RvcCAtIGF0ICogd2lkZSk7XG4gICAgICAgIGZyb20gPSBzdG9wO1xuICAgICAgfVxuICAgIH1cbiAgICBwbGFjZSArPSBydW47XG4gICAgaW5zaWRlID0gIWluc2lkZTtcbiAgfVxuICB3aGlsZSAocm93IDwgcm93cy5sZW5ndGggLSAxKSByb3dzWysrcm93XSA9IGVuZHMubGVuZ3RoO1xuICByZXR1cm4geyByb3dzLCBlbmRzOiBVaW50MzJBcnJheS5mcm9tKGVuZHMpIH07XG59XG5cbi8qKiBIb3cgbWFueSBwaXhlbHMgYXJlIG9uZS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBhcmVhT2YobWFzazogTWFzayk6IG51bWJlciB7XG4gIGxldCBhcmVhID0gMDtcbiAgZm9yIChsZXQgaSA9IDE7IGkgPCBtYXNrLnJ1bnMubGVuZ3RoOyBpICs9IDIpIGFyZWEgKz0gbWFzay5ydW5zW2ldID8/IDA7XG4gIHJldHVybiBhcmVhO1xufVxuXG4vKiogT25lIGJ5dGUgYSBwaXhlbCBpbnNpZGUgdGhlIGJveCwgd2l0aCBhIGJvcmRlciBvZiB6ZXJvczsgd2lkdGggKHgxIC0geDAgKyAyKS4gKi9cbmZ1bmN0aW9uIGJpdHMobWFzazogTWFzayk6IFVpbnQ4QXJyYXkge1xuICBjb25zdCB3aWRlID0gbWFzay54MSAtIG1hc2sueDA7XG4gIGNvbnN0IHN0cmlkZSA9IHdpZGUgKyAyO1xuICBjb25zdCBjZWxscyA9IG5ldyBVaW50OEFycmF5KHN0cmlkZSAqIChtYXNrLnkxIC0gbWFzay55MCArIDIpKTtcbiAgY29uc3QgeyByb3dzLCBlbmRzIH0gPSBzcGFuc09mKG1hc2spO1xuICBmb3IgKGxldCByb3cgPSAwOyByb3cgPCByb3dzLmxlbmd0aCAtIDE7IHJvdysrKSB7XG4gICAgY29uc3Qgc3RhcnQgPSAocm93ICsgMSkgKiBzdHJpZGUgKyAxIC0gbWFzay54MDtcbiAgICBmb3IgKGxldCBpID0gcm93c1tyb3ddID8/IDA7IGkgPCAocm93c1tyb3cgKyAxXSA/PyAwKTsgaSArPSAyKSB7XG4gICAgICBjZWxscy5maWxsKDEsIHN0YXJ0ICsgKGVuZHNbaV0gPz8gMCksIHN0YXJ0ICsgKGVuZHNbaSArIDFdID8/IDApKTtcbiAgICB9XG4gIH1cbiAgcmV0dXJuIGNlbGxzO1xufVxuXG5jb25zdCBSSUdIVCA9IDA7XG5jb25zdCBET1dOID0gMTtcbmNvbnN0IExFRlQgPSAyO1xuY29uc3QgU1RFUF9YID0gWzEsIDAsIC0xLCAwXSBhcyBjb25zdDtcbmNvbnN0IFNURVBfWSA9IFswLCAxLCAwLCAtMV0gYXMgY29uc3Q7XG5cbi8qKlxuICogVGhlIGVkZ2VzIG9mIGEgbWFzayBhcyBjbG9zZWQgbGluZXMsIG91dGVyIG9uZXMgYW5kIGhvbGVzIChmaWxsIHRoZW0gYnkgdGhlIGV2ZW4tb2RkIHJ1bGUpLlxuICpcbiAqIFRoZSBsaW5lIGdvZXMgYWxvbmcgcGl4ZWwgZWRnZXMgd2l0aCB0aGUgbWFzayBvbiBpdHMgcmlnaHQsIGJ1dCBjdXRzIGNvcm5lcnM6IGhhbGYgYSBwaXhlbCBvZmYgc3F1YXJlXG4gKiBvbmVzLCBhbmQgZnJvbSBtaWRkbGUgdG8gbWlkZGxlIG92ZXIgc3RlcHMgb2Ygb25lIHBpeGVsLCBzbyB0aGF0IHNsb3BlcyBsb29rIGxpa2Ugc2xvcGVzIGFuZCBub3QgbGlrZVxuICogc3RhaXJzLiBJdCBuZXZlciBsZWF2ZXMgdGhlIHBpeGVsIGVkZ2UgYnkgaGFsZiBhIHBpeGVsOiBwaXhlbCBjZW50cmVzIHN0YXkgb24gdGhlaXIgc2lkZS4gUGl4ZWxzIHRoYXRcbiAqIHRvdWNoIGF0IGEgY29ybmVyIG9ubHkgYXJlIG5vdCBqb2luZWQuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBvdXRsaW5lKG1hc2s6IE1hc2spOiBMb29wW10ge1xuICBjb25zdCB3aWRlID0gbWFzay54MSAtIG1hc2sueDA7XG4gIGNvbnN0IHRhbGwgPSBtYXNrLnkxIC0gbWFzay55MDtcbiAgaWYgKHdpZGUgPT09IDAgfHwgdGFsbCA9PT0gMCkgcmV0dXJuIFtdO1xuICBjb25zdCBzdHJpZGUgPSB3aWRlICsgMjtcbiAgY29uc3QgY2VsbHMgPSBiaXRzKG1hc2spO1xuICBjb25zdCBzZWVuID0gbmV3IFVpbnQ4QXJyYXkoY2VsbHMubGVuZ3RoKTsgLy8gdG9wIGVkZ2VzIGFscmVhZHkgd2Fsa2VkOyBldmVyeSBsb29wIGhhcyBvbmVcbiAgY29uc3Qgb24gPSAoeDogbnVtYmVyLCB5OiBudW1iZXIpOiBib29sZWFuID0+IGNlbGxzWyh5ICsgMSkgKiBzdHJpZGUgKyB4ICsgMV0gPT09IDE7XG4gIGNvbnN0IGxvb3BzOiBMb29wW10gPSBbXTtcbiAgZm9yIChsZXQgeSA9IDA7IHkgPCB0YWxsOyB5KyspIHtcbiAgICBmb3IgKGxldCB4ID0gMDsgeCA8IHdpZGU7IHgrKykge1xuICAgICAgY29uc3QgY2VsbCA9ICh5ICsgMSkgKiBzdHJpZGUgKyB4ICsgMTtcbiAgICAgIGlmIChjZWxsc1tjZWxsXSAhPT0gMSB8fCBjZWxsc1tjZWxsIC0gc3RyaWRlXSA9PT0gMSB8fCBzZWVuW2NlbGxdID09PSAxKSBjb250aW51ZTtcbiAgICAgIGxvb3BzLnB1c2goc21vb3RoKHdhbGsoeCwgeSksIG1hc2sueDAgKyB4LCBtYXNrLnkwICsgeSkpO1xuICAgIH1cbiAgfVxuICByZXR1cm4gbG9vcHM7XG5cbiAgLyoqIEhlYWRpbmdzIGFuZCBsZW5ndGhzIG9mIHRoZSBzdHJhaWdodCBwaWVjZXMgb2YgYSBsb29wLCBmcm9tIGEgY29ybmVyIGJhY2sgdG8gaXQuICovXG4gIGZ1bmN0aW9uIHdhbGsoc3RhcnRYOiBudW1iZXIsIHN0YXJ0WTogbnVtYmVyKTogbnVtYmVyW10ge1xuICAgIGNvbnN0IHBpZWNlczogbnVtYmVyW10gPSBbXTtcbiAgICBsZXQgeCA9IHN0YXJ0WDsgLy8gdGhlIGxhdHRpY2UgY29ybmVyIHRoYXQgd2Ugc3RhbmQgb25cbiAgICBsZXQgeSA9IHN0YXJ0WTtcbiAgICBsZXQgaGVhZGluZyA9IFJJR0hUO1xuICAgIGxldCBsZW5ndGggPSAwO1xuICAgIGRvIHtcbiAgICAgIGlmIChoZWFkaW5nID09PSBSSUdIVCkgc2VlblsoeSArIDEpICogc3RyaWRlICsgeCArIDFdID0gMTtcbiAgICAgIHggKz0gU1RFUF9YW2hlYWRpbmcgYXMgMF07XG4gICAgICB5ICs9IFNURVBfWVtoZWFkaW5nIGFzIDBdO1xuICAgICAgbGVuZ3RoICs9IDE7XG4gICAgICBjb25zdCBuZXh0ID0gdHVybih4LCB5LCBoZWFkaW5nKTtcbiAgICAgIGlmIChuZXh0ID09PSBoZWFkaW5nKSBjb250aW51ZTtcbiAgICAgIHBpZWNlcy5wdXNoKGhlYWRpbmcsIGxlbmd0aCk7XG4gICAgICBoZWFkaW5nID0gbmV4dDtcbiAgICAgIGxlbmd0aCA9IDA7XG4gICAgfSB3aGlsZSAoeCAhPT0gc3RhcnRYIHx8IHkgIT09IHN0YXJ0WSB8fCBoZWFkaW5nICE9PSBSSUdIVCk7XG4gICAgcmV0dXJuIHBpZWNlcztcbiAgfVxuXG4gIC8qKiBUaGUgbmV4dCBoZWFkaW5nIGF0IGEgY29ybmVyOiByaWdodCBpZiB0aGUgY2VsbCBhaGVhZCBvbiB0aGUgcmlnaHQgaXMgb2ZmLCBhbmQgc28gb24uICovXG4gIGZ1bmN0aW9uIHR1cm4oeDogbnVtYmVyLCB5OiBudW1iZXIsIGhlYWRpbmc6IG51bWJlcik6IG51bWJlciB7XG4gICAgY29uc3Qgbm9ydGhXZXN0ID0gb24oeCAtIDEsIHkgLSAxKTtcbiAgICBjb25zdCBub3J0aEVhc3QgPSBvbih4LCB5IC0gMSk7XG4gICAgY29uc3Qgc291dGhFYXN0ID0gb24oeCwgeSk7XG4gICAgY29uc3Qgc291dGhXZXN0ID0gb24oeCAtIDEsIHkpO1xuICAgIGlmIChoZWFkaW5nID09PSBSSUdIVCkgcmV0dXJuICFzb3V0aEVhc3QgPyBET1dOIDogbm9ydGhFYXN0ID8gMyA6IFJJR0hUO1xuICAgIGlmIChoZWFkaW5nID09PSBET1dOKSByZXR1cm4gIXNvdXRoV2VzdCA/IExFRlQgOiBzb3V0aEVhc3QgPyBSSUdIVCA6IERPV047XG4gICAgaWYgKGhlYWRpbmcgPT09IExFRlQpIHJldHVybiAhbm9ydGhXZXN0ID8gMyA6IHNvdXRoV2VzdCA/IERPV04gOiBMRUZUO1xuICAgIHJldHVybiAhbm9ydGhFYXN0ID8gUklHSFQgOiBub3J0aFdlc3QgPyBMRUZUIDogMztcbiAgfVxufVxuXG4vKiogVGhlIGNvcm5lci1jdXR0aW5nIGxpbmUgb3ZlciBzdHJhaWdodCBwaWVjZXMgKGhlYWRpbmcsIGxlbmd0aCwgaGVhZGluZywgbGVuZ3RoIC4uLikgZnJvbSBhIGNvcm5lci4gKi9cbmZ1bmN0aW9uIHNtb290aChwaWVjZXM6IHJlYWRvbmx5IG51bWJlcltdLCBzdGFydFg6IG51bWJlciwgc3RhcnRZOiBudW1iZXIpOiBMb29wIHtcbiAgY29uc3QgY291bnQgPSBwaWVjZXMubGVuZ3RoIC8gMjtcbiAgY29uc3QgaGVhZGluZyA9IChpOiBudW1iZXIpOiBudW1iZXIgPT4gcGllY2VzWygoaSArIGNvdW50KSAlIGNvdW50KSAqIDJdID8/IDA7XG4gIGNvbnN0IGxlbmd0aCA9IChpOiBudW1iZXIpOiBudW1iZXIgPT4gcGllY2VzWygoaSArIGNvdW50KSAlIGNvdW50KSAqIDIgKyAxXSA/PyAwO1xuICBjb25zdCBpc1N0ZXAgPSAoaTogbnVtYmVyKTogYm9vbGVhbiA9PiBsZW5ndGgoaSkgPT09IDEgJiYgaGVhZGluZyhpIC0gMSkgPT09IGhlYWRpbmcoaSArIDEpO1xuICBjb25zdCBsaW5lOiBudW1iZXJbXSA9IFtdO1xuICBsZXQgeCA9IHN0YXJ0WDtcbiAgbGV0IHkgPSBzdGFydFk7XG4gIGZvciAobGV0IGkgPSAwOyBpIDwgY291bnQ7IGkrKykge1xuICAgIGNvbnN0IGR4ID0gU1RFUF9YW2hlYWRpbmcoaSkgYXMgMF07XG4gICAgY29uc3QgZHkgPSBTVEVQX1lbaGVhZGluZyhpKSBhcyAwXTtcbiAgICBjb25zdCBsb25nID0gbGVuZ3RoKGkpO1xuICAgIGNvbnN0IGZpcnN0ID0gaXNTdGVwKGkpIHx8IGlzU3RlcChpIC0gMSkgPyBsb25nIC8gMiA6IDAuNTtcbiAgICBjb25zdCBsYXN0ID0gaXNTdGVwKGkpIHx8IGlzU3RlcChpICsgMSkgPyBsb25nIC8gMiA6IGxvbmcgLSAwLjU7XG4gICAgbGluZS5wdXNoKHggKyBkeCAqIGZpcnN0LCB5ICsgZHkgKiBmaXJzdCk7XG4gICAgaWYgKGxhc3QgPiBmaXJzdCkgbGluZS5wdXNoKHggKyBkeCAqIGxhc3QsIHkgKyBkeSAqIGxhc3QpO1xuICAgIHggKz0gZHggKiBsb25nO1xuICAgIHkgKz0gZHkgKiBsb25nO1xuICB9XG4gIHJldHVybiBGbG9hdDMyQXJyYXkuZnJvbShsaW5lKTtcbn1cblxuLyoqIEEgcGxhY2Ugd2VsbCBpbnNpZGUgdGhlIG1hc2sgdG8gcHV0IGEgbGFiZWw6IHRoZSBtaWRkbGUgb2YgdGhlIGxvbmdlc3Qgc3BhbiBuZWFyIGl0cyBtaWRkbGUgcm93LiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGxhYmVsUGxhY2UobWFzazogTWFzaywgeyByb3dzLCBlbmRzIH06IFNwYW5zKTogeyB4OiBudW1iZXI7IHk6IG51bWJlciB9IHwgbnVsbCB7XG4gIGNvbnN0IG1pZGRsZSA9IChtYXNrLnkxIC0gbWFzay55MCkgLyAyO1xuICBsZXQgYmVzdDogeyB4OiBudW1iZXI7IHk6IG51bWJlciB9IHwgbnVsbCA9IG51bGw7XG4gIGxldCBtb3N0ID0gMDtcbiAgZm9yIChsZXQgcm93ID0gMDsgcm93IDwgcm93cy5sZW5ndGggLSAxOyByb3crKykge1xuICAgIGZvciAobGV0IGkgPSByb3dzW3Jvd10gPz8gMDsgaSA8IChyb3dzW3JvdyArIDFdID8/IDApOyBpICs9IDIpIHtcbiAgICAgIGNvbnN0IFtmcm9tID0gMCwgdG8gPSAwXSA9IFtlbmRzW2ldLCBlbmRzW2kgKyAxXV07XG4gICAgICBjb25zdCB3b3J0aCA9ICh0byAtIGZyb20pIC8gKDEgKyBNYXRoLmFicyhyb3cgKyAwLjUgLSBtaWRkbGUpIC8gOCk7XG4gICAgICBpZiAod29ydGggPD0gbW9zdCkgY29udGludWU7XG4gICAgICBtb3N0ID0gd29ydGg7XG4gICAgICBiZXN0ID0geyB4OiAoZnJvbSArIHRvKSAvIDIsIHk6IG1hc2sueTAgKyByb3cgKyAwLjUgfTtcbiAgICB9XG4gIH1cbiAgcmV0dXJuIGJlc3Q7XG59XG4iLCAiLy8gVGhlIHBpY3R1cmVzIG9mIG9uZSB2aWV3LCBtYWRlIGZyb20gYmxvYnMgd2hlbiBmaXJzdCBhc2tlZCBmb3IgYW5kIGtlcHQgd2hpbGUgdGhleSBhcmUgc2hvd246IHRoZSBwaG90bywgYW5kIGVhY2hcbi8vIG1hc2sgd2l0aCBpdHMgc3BhbnMgYW5kIGl0cyBvdXRsaW5lLiBOb3RoaW5nIGlzIGRyYXduIGhlcmUuXG5pbXBvcnQgeyBkZWNvZGUsIGxhYmVsUGxhY2UsIHR5cGUgTWFzaywgb3V0bGluZSwgdHlwZSBTcGFucywgc3BhbnNPZiB9IGZyb20gXCIuL21hc2tzXCI7XG5pbXBvcnQgeyBwYXRoT2YgfSBmcm9tIFwiLi9wYWludFwiO1xuaW1wb3J0IHR5cGUgeyBQbGFjZSB9IGZyb20gXCIuL3ZpZXdwb3J0XCI7XG5cbi8qKiBBIG1hc2sgaW4gdGhlIHRocmVlIGZvcm1zIHRoYXQgcGFpbnRlcnMgdXNlLiAqL1xuZXhwb3J0IGludGVyZmFjZSBTaGFwZSB7XG4gIHJlYWRvbmx5IGhhc2g6IHN0cmluZztcbiAgcmVhZG9ubHkgbWFzazogTWFzaztcbiAgcmVhZG9ubHkgc3BhbnM6IFNwYW5zO1xuICByZWFkb25seSBwYXRoOiBQYXRoMkQ7IC8vIGltYWdlIHBpeGVsczsgdHJhY2VkIHdoZW4gZmlyc3QgcmVhZFxuICByZWFkb25seSBsYWJlbDogUGxhY2UgfCBudWxsOyAvLyB3aGVyZSBhIG51bWJlciBjYW4gc3RhbmQgb24gaXRcbn1cblxuZXhwb3J0IGNsYXNzIEdhbGxlcnkge1xuICByZWFkb25seSAjYmxvYnM6IFJlYWRvbmx5TWFwPHN0cmluZywgVWludDhBcnJheT47XG4gIHJlYWRvbmx5ICNhcnJpdmVkOiAoKSA9PiB2b2lkO1xuICByZWFkb25seSAjZmFpbGVkOiAod2h5OiBzdHJpbmcpID0+IHZvaWQ7XG4gIHJlYWRvbmx5ICNzaGFwZXMgPSBuZXcgTWFwPHN0cmluZywgU2hhcGU+KCk7XG4gICNwaG90bzogSW1hZ2VCaXRtYXAgfCBudWxsID0gbnVsbDtcbiAgI3NvdXJjZTogc3RyaW5nIHwgbnVsbCA9IG51bGw7XG4gICNjbG9zZWQgPSBmYWxzZTtcblxuICAvKiogYGFycml2ZWRgIGlzIGNhbGxlZCB3aGVuIHRoZSBwaG90byBjYW4gYmUgZHJhd24sIGBmYWlsZWRgIHdoZW4gdGhlIGJyb3dzZXIgY2Fubm90IHJlYWQgaXQuICovXG4gIGNvbnN0cnVjdG9yKFxuICAgIGJsb2JzOiBSZWFkb25seU1hcDxzdHJpbmcsIFVpbnQ4QXJyYXk+LFxuICAgIGFycml2ZWQ6ICgpID0+IHZvaWQsXG4gICAgZmFpbGVkOiAod2h5OiBzdHJpbmcpID0+IHZvaWQsXG4gICkge1xuICAgIHRoaXMuI2Jsb2JzID0gYmxvYnM7XG4gICAgdGhpcy4jYXJyaXZlZCA9IGFycml2ZWQ7XG4gICAgdGhpcy4jZmFpbGVkID0gZmFpbGVkO1xuICB9XG5cbiAgLyoqIFRoZSBwaWN0dXJlIG9mIHRoaXMgaGFzaCwgbnVsbCB3aGlsZSBpdCBpcyBiZWluZyBkZWNvZGVkIG9yIG9uIGl0cyB3YXkuICovXG4gIHBob3RvKHNvdXJjZTogc3RyaW5nKTogSW1hZ2VCaXRtYXAgfCBudWxsIHtcbiAgICBpZiAoc291cmNlICE9PSB0aGlzLiNzb3VyY2UpIHtcbiAgICAgIGNvbnN0IGJ5dGVzID0gdGhpcy4jYmxvYnMuZ2V0KHNvdXJjZSk7XG4gICAgICBpZiAoYnl0ZXMgPT09IHVuZGVmaW5lZCkgcmV0dXJuIG51bGw7XG4gICAgICB0aGlzLiNzb3VyY2UgPSBzb3VyY2U7XG4gICAgICB0aGlzLiNsZXRHbygpO1xuICAgICAgdm9pZCB0aGlzLiNkZWNvZGUoc291cmNlLCBieXRlcyk7XG4gICAgfVxuICAgIHJldHVybiB0aGlzLiNwaG90bztcbiAgfVxuXG4gIC8qKiBUaGUgbWFzayBvZiB0aGlzIGhhc2gsIG51bGwgd2hpbGUgaXRzIGJ5dGVzIGFyZSBvbiB0aGVpciB3YXkuICovXG4gIHNoYXBlKGhhc2g6IHN0cmluZyk6IFNoYXBlIHwgbnVsbCB7XG4gICAgY29uc3Qga25vd24gPSB0aGlzLiNzaGFwZXMuZ2V0KGhhc2gpO1xuICAgIGlmIChrbm93biAhPT0gdW5kZWZpbmVkKSByZXR1cm4ga25vd247XG4gICAgY29uc3QgYnl0ZXMgPSB0aGlzLiNibG9icy5nZXQoaGFzaCk7XG4gICAgaWYgKGJ5dGVzID09PSB1bmRlZmluZWQpIHJldHVybiBudWxsO1xuICAgIGNvbnN0IG1hc2sgPSB0aGlzLiNyZWFkKGJ5dGVzKTtcbiAgICBpZiAobWFzayA9PT0gbnVsbCkgcmV0dXJuIG51bGw7XG4gICAgbGV0IHBhdGg6IFBhdGgyRCB8IG51bGwgPSBudWxsO1xuICAgIGNvbnN0IHNwYW5zID0gc3BhbnNPZihtYXNrKTtcbiAgICBjb25zdCBzaGFwZTogU2hhcGUgPSB7XG4gICAgICBoYXNoLFxuICAgICAgbWFzayxcbiAgICAgIHNwYW5zLFxuICAgICAgbGFiZWw6IGxhYmVsUGxhY2UobWFzaywgc3BhbnMpLFxuICAgICAgZ2V0IHBhdGgoKSB7XG4gICAgICAgIHBhdGggPz89IHBhdGhPZihvdXRsaW5lKG1hc2spKTtcbiAgICAgICAgcmV0dXJuIHBhdGg7XG4gICAgICB9LFxuICAgIH07XG4gICAgdGhpcy4jc2hhcGVzLnNldChoYXNoLCBzaGFwZSk7XG4gICAgcmV0dXJuIHNoYXBlO1xuICB9XG5cbiAgI3JlYWQoYnl0ZXM6IFVpbnQ4QXJyYXkpOiBNYXNrIHwgbnVsbCB7XG4gICAgdHJ5IHtcbiAgICAgIHJldHVybiBkZWNvZGUoYnl0ZXMpO1xuICAgIH0gY2F0Y2ggKGVycm9yKSB7XG4gICAgICB0aGlzLiNmYWlsZWQoZXJyb3IgaW5zdGFuY2VvZiBFcnJvciA/IGVycm9yLm1lc3NhZ2UgOiBTdHJpbmcoZXJyb3IpKTtcbiAgICAgIHJldHVybiBudWxsO1xuICAgIH1cbiAgfVxuXG4gIC8qKiBGb3JnZXRzIHRoZSBzaGFwZXMgdGhhdCBhcmUgbm90IGFtb25nIHRoZXNlLiAqL1xuICBrZWVwKGhhc2hlczogUmVhZG9ubHlTZXQ8c3RyaW5nPik6IHZvaWQge1xuICAgIGZvciAoY29uc3QgaGFzaCBvZiB0aGlzLiNzaGFwZXMua2V5cygpKSBpZiAoIWhhc2hlcy5oYXMoaGFzaCkpIHRoaXMuI3NoYXBlcy5kZWxldGUoaGFzaCk7XG4gIH1cblxuICBjbG9zZSgpOiB2b2lkIHtcbiAgICB0aGlzLiNjbG9zZWQgPSB0cnVlO1xuICAgIHRoaXMuI2xldEdvKCk7XG4gICAgdGhpcy4jc2hhcGVzLmNsZWFyKCk7XG4gIH1cblxuICBhc3luYyAjZGVjb2RlKHNvdXJjZTogc3RyaW5nLCBieXRlczogVWludDhBcnJheSk6IFByb21pc2U8dm9pZD4ge1xuICAgIHRyeSB7XG4gICAgICAvLyBObyBvYmplY3QgVVJMOiBob3N0cyB0aGF0IGZvcmJpZCBibG9iOiBwaWN0dXJlcyBzaG93IGl0IHRvbywgYW5kIHRoZXJlIGlzIG5vdGhpbmcgdG8gcmV2b2tlLlxuICAgICAgY29uc3QgcGljdHVyZSA9IGF3YWl0IGNyZWF0ZUltYWdlQml0bWFwKG5ldyBCbG9iKFtuZXcgVWludDhBcnJheShieXRlcyldKSk7XG4gICAgICBpZiAodGhpcy4jY2xvc2VkIHx8IHNvdXJjZSAhPT0gdGhpcy4jc291cmNlKSB7XG4gICAgICAgIHBpY3R1cmUuY2xvc2UoKTtcbiAgICAgICAgcmV0dXJuO1xuICAgICAgfVxuICAgICAgdGhpcy4jcGhvdG8gPSBwaWN0dXJlO1xuICAgICAgdGhpcy4jYXJyaXZlZCgpO1xuICAgIH0gY2F0Y2gge1xuICAgICAgaWYgKCF0aGlzLiNjbG9zZWQpIHRoaXMuI2ZhaWxlZChcIlRoZSBicm93c2VyIGNhbm5vdCBzaG93IHRoaXMgcGljdHVyZS5cIik7XG4gICAgfVxuICB9XG5cbiAgI2xldEdvKCk6IHZvaWQge1xuICAgIHRoaXMuI3Bob3RvPy5jbG9zZSgpO1xuICAgIHRoaXMuI3Bob3RvID0gbnVsbDtcbiAgfVxufVxuIiwgIi8vIFdoYXQgYnV0dG9ucyBhbmQga2V5cyBkbyB0byB0aGUgZG9jdW1lbnQ6IGNob29zZSwgYWNjZXB0LCBjbGVhciwgdGFrZSBiYWNrLiBFYWNoIHJldHVybnMgYW4gRWRpdCwgb3IgbnVsbFxuLy8gd2hlbiB0aGVyZSBpcyBub3RoaW5nIHRvIGRvOyBub25lIG9mIHRoZW0ga25vd3MgdGhlIHN0b3JlLlxuXG5pbXBvcnQgdHlwZSB7IFNjZW5lIH0gZnJvbSBcIi4uL2RvY3VtZW50XCI7XG5pbXBvcnQgeyBjaG9zZW5PZiwgdHlwZSBFZGl0LCBlZGl0T2YsIG5ld0lkLCB0eXBlIE9iamVjdFJlY29yZCwgdHlwZSBQcm9tcHQgfSBmcm9tIFwiLi4vZG9jdW1lbnRcIjtcblxuLyoqIFNldmVuIGNvbG91cnMgb2YgT2thYmUgYW5kIEl0bydzIHBhbGV0dGU7IGBPYmplY3QuY29sb3JgIGNvdW50cyBpbiB0aGVtLCByb3VuZCBhbmQgcm91bmQuICovXG5leHBvcnQgY29uc3QgQ09MT1JTID0gNztcblxuLyoqIEEgbmV3IHByb21wdCBmb3IgdGhlIG9wZW4gb2JqZWN0OyB0aGUgZmlyc3Qgb25lIG9wZW5zIGFuIG9iamVjdCBpbiB0aGUgc2FtZSBzdGVwLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGFkZFByb21wdChcbiAgc2NlbmU6IFNjZW5lLFxuICBtYWtlOiAob2JqZWN0OiBzdHJpbmcpID0+IFByb21wdCxcbiAgZHJvcDogcmVhZG9ubHkgc3RyaW5nW10gPSBbXSxcbik6IEVkaXQgfCBudWxsIHtcbiAgaWYgKHNjZW5lLmltYWdlID09PSBudWxsKSByZXR1cm4gbnVsbDtcbiAgY29uc3QgeyBvcGVuIH0gPSBzY2VuZTtcbiAgaWYgKG9wZW4gIT09IG51bGwpIHJldHVybiBlZGl0T2YoWy4uLmFza0FnYWluKG9wZW4pLCBtYWtlKG9wZW4uaWQpXSwgZHJvcCk7XG4gIGNvbnN0IGxhc3QgPSBzY2VuZS5vYmplY3RzLmF0KC0xKTtcbiAgY29uc3Qgb2JqZWN0OiBPYmplY3RSZWNvcmQgPSB7XG4gICAgdHlwZTogXCJvYmplY3RcIixcbiAgICBpZDogbmV3SWQoKSxcbiAgICBpbWFnZTogc2NlbmUuaW1hZ2UuaWQsXG4gICAgbGFiZWw6IFwiXCIsXG4gICAgY29sb3I6IHNjZW5lLm9iamVjdHMubGVuZ3RoICUgQ09MT1JTLFxuICAgIGNob2ljZTogbnVsbCxcbiAgICBsb2NrZWQ6IGZhbHNlLFxuICAgIG9yZGVyOiBsYXN0ID09PSB1bmRlZmluZWQgPyAwIDogbGFzdC5vcmRlciArIDEsXG4gIH07XG4gIHJldHVybiBlZGl0T2YoW29iamVjdCwgbWFrZShvYmplY3QuaWQpXSwgZHJvcCk7XG59XG5cbi8qKiBXaXRoIG90aGVyIHByb21wdHMgY29tZXMgYW5vdGhlciBhbnN3ZXI6IHdoYXQgd2FzIGNob3NlbiB3ZW50IGludG8gaXQsIGFuZCBpdHMgb3duIGJlc3QgaXMgc2hvd24uICovXG5mdW5jdGlvbiBhc2tBZ2FpbihvcGVuOiBPYmplY3RSZWNvcmQpOiBPYmplY3RSZWNvcmRbXSB7XG4gIHJldHVybiBvcGVuLmNob2ljZSA9PT0gbnVsbCA/IFtdIDogW3sgLi4ub3BlbiwgY2hvaWNlOiBudWxsIH1dO1xufVxuXG4vKiogVGhlIHBlcnNvbiBwcmVmZXJzIHRoaXMgY2FuZGlkYXRlLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGNob29zZShzY2VuZTogU2NlbmUsIGluZGV4OiBudW1iZXIpOiBFZGl0IHwgbnVsbCB7XG4gIGNvbnN0IHsgb3BlbiwgYW5zd2VyIH0gPSBzY2VuZTtcbiAgaWYgKG9wZW4gPT09IG51bGwgfHwgYW5zd2VyID09PSBudWxsIHx8IGluZGV4ID49IGFuc3dlci5jYW5kaWRhdGVzLmxlbmd0aCkgcmV0dXJuIG51bGw7XG4gIGlmIChjaG9zZW5PZihvcGVuLCBhbnN3ZXIpID09PSBpbmRleCAmJiBvcGVuLmNob2ljZSAhPT0gbnVsbCkgcmV0dXJuIG51bGw7XG4gIHJldHVybiBlZGl0T2YoW3sgLi4ub3BlbiwgY2hvaWNlOiBpbmRleCB9XSk7XG59XG5cbi8qKiBUaGUgb3BlbiBvYmplY3QgaXMgZG9uZTogaXQga2VlcHMgdGhlIG1hc2sgdGhhdCBpcyBzaG93biwgYW5kIHRoZSBuZXh0IGNsaWNrIG9wZW5zIGFub3RoZXIuICovXG5leHBvcnQgZnVuY3Rpb24gYWNjZXB0KHNjZW5lOiBTY2VuZSk6IEVkaXQgfCBudWxsIHtcbiAgY29uc3QgeyBvcGVuLCBhbnN3ZXIgfSA9IHNjZW5lO1xuICBpZiAob3BlbiA9PT0gbnVsbCB8fCBhbnN3ZXIgPT09IG51bGwpIHJldHVybiBudWxsO1xuICByZXR1cm4gZWRpdE9mKFt7IC4uLm9wZW4sIGNob2ljZTogY2hvc2VuT2Yob3BlbiwgYW5zd2VyKSwgbG9ja2VkOiB0cnVlIH1dKTtcbn1cblxuLyoqIFRoZSBvcGVuIG9iamVjdCBsb3NlcyBhbGwgaXRzIHByb21wdHMuICovXG5leHBvcnQgZnVuY3Rpb24gY2xlYXIoc2NlbmU6IFNjZW5lKTogRWRpdCB8IG51bGwge1xuICBpZiAoc2NlbmUucHJvbXB0cy5sZW5ndGggPT09IDApIHJldHVybiBudWxsO1xuICByZXR1cm4gZWRpdE9mKFxuICAgIFtdLFxuICAgIHNjZW5lLnByb21wdHMubWFwKChwcm9tcHQpID0+IHByb21wdC5pZCksXG4gICk7XG59XG5cbi8qKiBUaGUgb3BlbiBvYmplY3QgbG9zZXMgdGhlIHByb21wdCB0aGF0IHdhcyBhZGRlZCBsYXN0LiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGRyb3BMYXN0KHNjZW5lOiBTY2VuZSk6IEVkaXQgfCBudWxsIHtcbiAgY29uc3QgbGFzdCA9IHNjZW5lLnByb21wdHMuYXQoLTEpO1xuICBpZiAoc2NlbmUub3BlbiA9PT0gbnVsbCB8fCBsYXN0ID09PSB1bmRlZmluZWQpIHJldHVybiBudWxsO1xuICByZXR1cm4gZWRpdE9mKGFza0FnYWluKHNjZW5lLm9wZW4pLCBbbGFzdC5pZF0pO1xufVxuIiwgIi8vIFdoYXQgYSB0b29sIGlzOiBhIGZ1bmN0aW9uIGZyb20gYSBwcmVzcyB0byBhIGdlc3R1cmUsIHdoaWNoIGVuZHMgaW4gYW4gRWRpdC4gVG9vbHMga25vdyB0aGUgZG9jdW1lbnQsXG4vLyBuZXZlciB0aGUgc3RvcmUsIHRoZSBjYW52YXMgb3IgdGhlIHdpcmUuXG5pbXBvcnQgdHlwZSB7IEVkaXQsIFNjZW5lIH0gZnJvbSBcIi4uL2RvY3VtZW50XCI7XG5pbXBvcnQgdHlwZSB7IFBsYWNlIH0gZnJvbSBcIi4uL3ZpZXdwb3J0XCI7XG5cbi8qKiBBIHBvaW50ZXIgcHJlc3NlZCBvbiB0aGUgcGljdHVyZS4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgUHJlc3Mge1xuICByZWFkb25seSBhdDogUGxhY2U7IC8vIGltYWdlIHBpeGVsc1xuICByZWFkb25seSBwb3NpdGl2ZTogYm9vbGVhbjtcbiAgLyoqIENTUyBwaXhlbHMgYmV0d2VlbiB0aGUgcHJlc3MgYW5kIGEgcGxhY2UgaW4gaW1hZ2UgcGl4ZWxzOiBob3cgZmFyIHRoZSBoYW5kIGhhcyBnb25lLiAqL1xuICByZWFkb25seSB0cmF2ZWxsZWQ6ICh0bzogUGxhY2UpID0+IG51bWJlcjtcbn1cblxuLyoqIEEgYm94IHRoYXQgaXMgYmVpbmcgZHJhd24sIGluIGltYWdlIHBpeGVscywgY29ybmVycyBpbiBvcmRlci4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgRHJhZnQge1xuICByZWFkb25seSB4MDogbnVtYmVyO1xuICByZWFkb25seSB5MDogbnVtYmVyO1xuICByZWFkb25seSB4MTogbnVtYmVyO1xuICByZWFkb25seSB5MTogbnVtYmVyO1xufVxuXG4vKiogQSBnZXN0dXJlIHVuZGVyIHdheS4gRWFjaCBtb3ZlIG1heSBzaG93IGEgZHJhZnQ7IHRoZSByZWxlYXNlIHNheXMgd2hhdCB3YXMgZG9uZSwgaWYgYW55dGhpbmcuICovXG5leHBvcnQgaW50ZXJmYWNlIEdlc3R1cmUge1xuICBtb3ZlKHRvOiBQbGFjZSk6IERyYWZ0IHwgbnVsbDtcbiAgcmVsZWFzZSh0bzogUGxhY2UpOiBFZGl0IHwgbnVsbDtcbn1cblxuZXhwb3J0IHR5cGUgVG9vbCA9IChwcmVzczogUHJlc3MsIHNjZW5lOiAoKSA9PiBTY2VuZSkgPT4gR2VzdHVyZTtcblxuLyoqIENTUyBwaXhlbHMgdGhhdCBhIGhhbmQgbWF5IHRyZW1ibGUgYmVmb3JlIGEgY2xpY2sgYmVjb21lcyBhIGRyYWcuICovXG5leHBvcnQgY29uc3QgU0xPUCA9IDQ7XG4iLCAiLy8gVGhlIGJveDogcHJlc3MgYXQgb25lIGNvcm5lciwgZHJhZywgcmVsZWFzZSBhdCB0aGUgb3RoZXIuIEEgc2Vjb25kIGJveCB0YWtlcyB0aGUgZmlyc3Qgb25lJ3MgcGxhY2UuXG5pbXBvcnQgeyB0eXBlIEVkaXQsIG5ld0lkLCB0eXBlIFNjZW5lIH0gZnJvbSBcIi4uL2RvY3VtZW50XCI7XG5pbXBvcnQgeyBjbGFtcCwgdHlwZSBQbGFjZSwgdHlwZSBTaXplIH0gZnJvbSBcIi4uL3ZpZXdwb3J0XCI7XG5pbXBvcnQgeyBhZGRQcm9tcHQgfSBmcm9tIFwiLi9hY3RzXCI7XG5pbXBvcnQgeyB0eXBlIERyYWZ0LCBTTE9QLCB0eXBlIFRvb2wgfSBmcm9tIFwiLi90b29sXCI7XG5cbi8qKiBUaGUgbGVhc3Qgc2lkZSBvZiBhIGJveCwgaW4gaW1hZ2UgcGl4ZWxzOiBhIGJveCBuZWVkcyBhbiBhcmVhLiAqL1xuY29uc3QgTEVBU1QgPSAxO1xuXG5leHBvcnQgY29uc3QgYm94OiBUb29sID0gKHByZXNzLCBzY2VuZSkgPT4ge1xuICBsZXQgZHJhZ2dlZCA9IGZhbHNlO1xuICByZXR1cm4ge1xuICAgIG1vdmUodG8pIHtcbiAgICAgIGRyYWdnZWQgfHw9IHByZXNzLnRyYXZlbGxlZCh0bykgPiBTTE9QO1xuICAgICAgY29uc3QgeyBpbWFnZSB9ID0gc2NlbmUoKTtcbiAgICAgIHJldHVybiBkcmFnZ2VkICYmIGltYWdlICE9PSBudWxsID8gYmV0d2VlbihpbWFnZSwgcHJlc3MuYXQsIHRvKSA6IG51bGw7XG4gICAgfSxcbiAgICByZWxlYXNlKHRvKSB7XG4gICAgICBkcmFnZ2VkIHx8PSBwcmVzcy50cmF2ZWxsZWQodG8pID4gU0xPUDtcbiAgICAgIHJldHVybiBkcmFnZ2VkID8gYm94RWRpdChzY2VuZSgpLCBwcmVzcy5hdCwgdG8pIDogbnVsbDtcbiAgICB9LFxuICB9O1xufTtcblxuLyoqIFRoZSBib3ggYmV0d2VlbiB0d28gcGxhY2VzLCBvbiB0aGUgaW1hZ2UsIGNvcm5lcnMgaW4gb3JkZXIuICovXG5leHBvcnQgZnVuY3Rpb24gYmV0d2VlbihpbWFnZTogU2l6ZSwgZnJvbTogUGxhY2UsIHRvOiBQbGFjZSk6IERyYWZ0IHtcbiAgY29uc3QgYSA9IGNsYW1wKGltYWdlLCBmcm9tKTtcbiAgY29uc3QgYiA9IGNsYW1wKGltYWdlLCB0byk7XG4gIHJldHVybiB7XG4gICAgeDA6IE1hdGgubWluKGEueCwgYi54KSxcbiAgICB5MDogTWF0aC5taW4oYS55LCBiLnkpLFxuICAgIHgxOiBNYXRoLm1heChhLngsIGIueCksXG4gICAgeTE6IE1hdGgubWF4KGEueSwgYi55KSxcbiAgfTtcbn1cblxuLyoqIFRoZSBlZGl0IHRoYXQgYSBib3ggbWFrZXMsIG51bGwgd2hlbiBpdCBoYXMgbm8gYXJlYS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBib3hFZGl0KHNjZW5lOiBTY2VuZSwgZnJvbTogUGxhY2UsIHRvOiBQbGFjZSk6IEVkaXQgfCBudWxsIHtcbiAgaWYgKHNjZW5lLmltYWdlID09PSBudWxsKSByZXR1cm4gbnVsbDtcbiAgY29uc3QgY29ybmVycyA9IGJldHdlZW4oc2NlbmUuaW1hZ2UsIGZyb20sIHRvKTtcbiAgaWYgKGNvcm5lcnMueDEgLSBjb3JuZXJzLngwIDwgTEVBU1QgfHwgY29ybmVycy55MSAtIGNvcm5lcnMueTAgPCBMRUFTVCkgcmV0dXJuIG51bGw7XG4gIGNvbnN0IGJlZm9yZSA9IHNjZW5lLnByb21wdHMuZmlsdGVyKChwcm9tcHQpID0+IHByb21wdC50eXBlID09PSBcImJveFwiKS5tYXAoKHsgaWQgfSkgPT4gaWQpO1xuICByZXR1cm4gYWRkUHJvbXB0KHNjZW5lLCAob2JqZWN0KSA9PiAoeyB0eXBlOiBcImJveFwiLCBpZDogbmV3SWQoKSwgb2JqZWN0LCAuLi5jb3JuZXJzIH0pLCBiZWZvcmUpO1xufVxuIiwgIi8vIFRoZSBwb2ludDogYSBjbGljayBzYXlzIFwidGhpc1wiLCB3aXRoIHRoZSBvdGhlciBzaWduIFwibm90IHRoaXNcIi4gQSBoYW5kIHRoYXQgZHJhZ3MgZHJhd3MgYSBib3ggaW5zdGVhZC5cbmltcG9ydCB7IG5ld0lkIH0gZnJvbSBcIi4uL2RvY3VtZW50XCI7XG5pbXBvcnQgeyBjbGFtcCB9IGZyb20gXCIuLi92aWV3cG9ydFwiO1xuaW1wb3J0IHsgYWRkUHJvbXB0IH0gZnJvbSBcIi4vYWN0c1wiO1xuaW1wb3J0IHsgYm94IH0gZnJvbSBcIi4vYm94XCI7XG5pbXBvcnQgeyBTTE9QLCB0eXBlIFRvb2wgfSBmcm9tIFwiLi90b29sXCI7XG5cbmV4cG9ydCBjb25zdCBwb2ludDogVG9vbCA9IChwcmVzcywgc2NlbmUpID0+IHtcbiAgY29uc3QgZHJhZyA9IGJveChwcmVzcywgc2NlbmUpO1xuICBsZXQgZHJhZ2dlZCA9IGZhbHNlO1xuICByZXR1cm4ge1xuICAgIG1vdmUodG8pIHtcbiAgICAgIGRyYWdnZWQgfHw9IHByZXNzLnRyYXZlbGxlZCh0bykgPiBTTE9QO1xuICAgICAgcmV0dXJuIGRyYWcubW92ZSh0byk7XG4gICAgfSxcbiAgICByZWxlYXNlKHRvKSB7XG4gICAgICBkcmFnZ2VkIHx8PSBwcmVzcy50cmF2ZWxsZWQodG8pID4gU0xPUDtcbiAgICAgIGlmIChkcmFnZ2VkKSByZXR1cm4gZHJhZy5yZWxlYXNlKHRvKTtcbiAgICAgIGNvbnN0IG5vdyA9IHNjZW5lKCk7XG4gICAgICBpZiAobm93LmltYWdlID09PSBudWxsKSByZXR1cm4gbnVsbDtcbiAgICAgIGNvbnN0IHsgeCwgeSB9ID0gY2xhbXAobm93LmltYWdlLCBwcmVzcy5hdCk7XG4gICAgICBjb25zdCB7IHBvc2l0aXZlIH0gPSBwcmVzcztcbiAgICAgIHJldHVybiBhZGRQcm9tcHQobm93LCAob2JqZWN0KSA9PiAoeyB0eXBlOiBcInBvaW50XCIsIGlkOiBuZXdJZCgpLCBvYmplY3QsIHgsIHksIHBvc2l0aXZlIH0pKTtcbiAgICB9LFxuICB9O1xufTtcbiIsICIvLyBNYWtpbmcgZWxlbWVudHMsIGluIG9uZSBsaW5lIGVhY2guIE5vdGhpbmcgb2Ygb3VycyBpcyBrbm93biBoZXJlLlxuXG50eXBlIEF0dHJpYnV0ZXMgPSB7IHJlYWRvbmx5IFtuYW1lOiBzdHJpbmddOiBzdHJpbmcgfCBudW1iZXIgfCBib29sZWFuIHwgbnVsbCB8IHVuZGVmaW5lZCB9O1xuXG4vKiogQW4gZWxlbWVudCB3aXRoIGF0dHJpYnV0ZXMgKHRydWU6IHByZXNlbnQsIGZhbHNlIGFuZCBudWxsOiBhYnNlbnQpIGFuZCBjaGlsZHJlbi4gKi9cbmV4cG9ydCBmdW5jdGlvbiBoPEsgZXh0ZW5kcyBrZXlvZiBIVE1MRWxlbWVudFRhZ05hbWVNYXA+KFxuICB0YWc6IEssXG4gIGF0dHJpYnV0ZXM6IEF0dHJpYnV0ZXMgPSB7fSxcbiAgLi4uY2hpbGRyZW46IChOb2RlIHwgc3RyaW5nKVtdXG4pOiBIVE1MRWxlbWVudFRhZ05hbWVNYXBbS10ge1xuICBjb25zdCBlbGVtZW50ID0gZG9jdW1lbnQuY3JlYXRlRWxlbWVudCh0YWcpO1xuICBmb3IgKGNvbnN0IFtuYW1lLCB2YWx1ZV0gb2YgT2JqZWN0LmVudHJpZXMoYXR0cmlidXRlcykpIHNldEF0dHJpYnV0ZShlbGVtZW50LCBuYW1lLCB2YWx1ZSk7XG4gIGVsZW1lbnQuYXBwZW5kKC4uLmNoaWxkcmVuKTtcbiAgcmV0dXJuIGVsZW1lbnQ7XG59XG5cbi8qKiBTZXRzLCBvciByZW1vdmVzLCBhbiBhdHRyaWJ1dGU7IGxlYXZlcyBpdCBhbG9uZSB3aGVuIGl0IGlzIHJpZ2h0LCBzbyB0aGF0IHJlYWRlcnMgYXJlIG5vdCBkaXN0dXJiZWQuICovXG5leHBvcnQgZnVuY3Rpb24gc2V0QXR0cmlidXRlKGVsZW1lbnQ6IEVsZW1lbnQsIG5hbWU6IHN0cmluZywgdmFsdWU6IEF0dHJpYnV0ZXNbc3RyaW5nXSk6IHZvaWQge1xuICBpZiAodmFsdWUgPT09IG51bGwgfHwgdmFsdWUgPT09IHVuZGVmaW5lZCB8fCB2YWx1ZSA9PT0gZmFsc2UpIHtcbiAgICBpZiAoZWxlbWVudC5oYXNBdHRyaWJ1dGUobmFtZSkpIGVsZW1lbnQucmVtb3ZlQXR0cmlidXRlKG5hbWUpO1xuICB9IGVsc2Uge1xuICAgIGNvbnN0IHRleHQgPSB2YWx1ZSA9PT0gdHJ1ZSA/IFwiXCIgOiBTdHJpbmcodmFsdWUpO1xuICAgIGlmIChlbGVtZW50LmdldEF0dHJpYnV0ZShuYW1lKSAhPT0gdGV4dCkgZWxlbWVudC5zZXRBdHRyaWJ1dGUobmFtZSwgdGV4dCk7XG4gIH1cbn1cblxuLyoqIFNldHMgdGhlIHRleHQsIG9ubHkgd2hlbiBpdCBkaWZmZXJzLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNldFRleHQoZWxlbWVudDogRWxlbWVudCwgdGV4dDogc3RyaW5nKTogdm9pZCB7XG4gIGlmIChlbGVtZW50LnRleHRDb250ZW50ICE9PSB0ZXh0KSBlbGVtZW50LnRleHRDb250ZW50ID0gdGV4dDtcbn1cblxuLyoqIEEgbGluZSBkcmF3aW5nIG9mIDE2IHggMTYgdW5pdHMgaW4gdGhlIGNvbG91ciBvZiB0aGUgdGV4dDsgc2FpZCBieSB0aGUgZWxlbWVudCBhcm91bmQgaXQsIHNvIGhpZGRlbiBmcm9tIHJlYWRlcnMuICovXG5leHBvcnQgZnVuY3Rpb24gaWNvbihpbnNpZGU6IHN0cmluZyk6IFNWR1NWR0VsZW1lbnQge1xuICBjb25zdCBzdmcgPSBkb2N1bWVudC5jcmVhdGVFbGVtZW50TlMoXCJodHRwOi8vd3d3LnczLm9yZy8yMDAwL3N2Z1wiLCBcInN2Z1wiKTtcbiAgc3ZnLnNldEF0dHJpYnV0ZShcInZpZXdCb3hcIiwgXCIwIDAgMTYgMTZcIik7XG4gIHN2Zy5zZXRBdHRyaWJ1dGUoXCJhcmlhLWhpZGRlblwiLCBcInRydWVcIik7XG4gIHN2Zy5zZXRBdHRyaWJ1dGUoXCJjbGFzc1wiLCBcInNhbS1pY29uXCIpO1xuICBzdmcuaW5uZXJIVE1MID0gaW5zaWRlO1xuICByZXR1cm4gc3ZnO1xufVxuXG4vKiogVGV4dCB3aXRoIGtleXMgaW4gaXQ6IGBbW0VudGVyXV0gYWNjZXB0c2AgLT4gYSBrZXkgY2FwIGFuZCB3b3Jkcy4gKi9cbmV4cG9ydCBmdW5jdGlvbiB3aXRoS2V5cyh0ZXh0OiBzdHJpbmcpOiBOb2RlW10ge1xuICByZXR1cm4gdGV4dFxuICAgIC5zcGxpdCgvXFxbXFxbKC4rPylcXF1cXF0vKVxuICAgIC5tYXAoKHBhcnQsIGkpID0+IChpICUgMiA9PT0gMSA/IGgoXCJrYmRcIiwge30sIHBhcnQpIDogZG9jdW1lbnQuY3JlYXRlVGV4dE5vZGUocGFydCkpKTtcbn1cbiIsICIvLyBPbmUgc21hbGwgcGljdHVyZTogdGhlIHBob3RvIGNyb3BwZWQgcm91bmQgYSBtYXNrLCB3aGF0IGlzIG91dHNpZGUgdmVpbGVkLCB0aGUgbWFzayBvdXRsaW5lZC5cbi8vIERyYXdzIG9uIHRoZSBjYW52YXMgaXQgaXMgZ2l2ZW47IGtub3dzIG5vIGNhbmRpZGF0ZXMgYW5kIG5vIHN0b3JlLlxuaW1wb3J0IHR5cGUgeyBNYXNrIH0gZnJvbSBcIi4uL21hc2tzXCI7XG5pbXBvcnQgeyBjc3MsIHR5cGUgUmdiIH0gZnJvbSBcIi4uL3BhaW50XCI7XG5pbXBvcnQgdHlwZSB7IFNpemUgfSBmcm9tIFwiLi4vdmlld3BvcnRcIjtcblxuaW50ZXJmYWNlIENyb3Age1xuICByZWFkb25seSB4OiBudW1iZXI7XG4gIHJlYWRvbmx5IHk6IG51bWJlcjtcbiAgcmVhZG9ubHkgd2lkdGg6IG51bWJlcjtcbiAgcmVhZG9ubHkgaGVpZ2h0OiBudW1iZXI7XG59XG5cbi8qKiBSb29tIHJvdW5kIHRoZSBtYXNrLCBhcyBhIHNoYXJlIG9mIGl0cyBsb25nZXIgc2lkZS4gKi9cbmNvbnN0IE1BUkdJTiA9IDAuMTY7XG5cbi8qKiBUaGUgcGFydCBvZiB0aGUgaW1hZ2UgKGltYWdlIHBpeGVscykgdGhhdCBzaG93cyB0aGUgbWFzayB3aXRoIHNvbWUgcm9vbSwgaW4gdGhlIHNoYXBlIG9mIGByb29tYC4gKi9cbmV4cG9ydCBmdW5jdGlvbiBjcm9wT2YobWFzazogTWFzaywgcm9vbTogU2l6ZSk6IENyb3Age1xuICBjb25zdCBlbXB0eSA9IG1hc2sueDEgPD0gbWFzay54MCB8fCBtYXNrLnkxIDw9IG1hc2sueTA7XG4gIGNvbnN0IGJveCA9IGVtcHR5ID8geyB4MDogMCwgeTA6IDAsIHgxOiBtYXNrLndpZHRoLCB5MTogbWFzay5oZWlnaHQgfSA6IG1hc2s7XG4gIGNvbnN0IG1hcmdpbiA9IGVtcHR5ID8gMCA6IE1BUkdJTiAqIE1hdGgubWF4KGJveC54MSAtIGJveC54MCwgYm94LnkxIC0gYm94LnkwKSArIDI7XG4gIGNvbnN0IHNoYXBlID0gcm9vbS53aWR0aCAvIHJvb20uaGVpZ2h0O1xuICBsZXQgd2lkdGggPSBib3gueDEgLSBib3gueDAgKyAyICogbWFyZ2luO1xuICBsZXQgaGVpZ2h0ID0gYm94LnkxIC0gYm94LnkwICsgMiAqIG1hcmdpbjtcbiAgaWYgKHdpZHRoIC8gaGVpZ2h0IDwgc2hhcGUpIHdpZHRoID0gaGVpZ2h0ICogc2hhcGU7XG4gIGVsc2UgaGVpZ2h0ID0gd2lkdGggLyBzaGFwZTtcbiAgY29uc3Qgc2hyaW5rID0gTWF0aC5taW4oMSwgbWFzay53aWR0aCAvIHdpZHRoLCBtYXNrLmhlaWdodCAvIGhlaWdodCk7XG4gIGlmIChzaHJpbmsgPCAxKSB7XG4gICAgLy8gTGFyZ2VyIHRoYW4gdGhlIGltYWdlOiBhcyBtdWNoIG9mIHRoZSBtYXNrIGFzIGFuIGltYWdlLXNpemVkIGNyb3Agb2YgdGhpcyBzaGFwZSBjYW4gaG9sZC5cbiAgICB3aWR0aCAqPSBzaHJpbms7XG4gICAgaGVpZ2h0ICo9IHNocmluaztcbiAgfVxuICBjb25zdCB4ID0gKGJveC54MCArIGJveC54MSAtIHdpZHRoKSAvIDI7XG4gIGNvbnN0IHkgPSAoYm94LnkwICsgYm94LnkxIC0gaGVpZ2h0KSAvIDI7XG4gIHJldHVybiB7XG4gICAgeDogTWF0aC5taW4obWFzay53aWR0aCAtIHdpZHRoLCBNYXRoLm1heCgwLCB4KSksXG4gICAgeTogTWF0aC5taW4obWFzay5oZWlnaHQgLSBoZWlnaHQsIE1hdGgubWF4KDAsIHkpKSxcbiAgICB3aWR0aCxcbiAgICBoZWlnaHQsXG4gIH07XG59XG5cbmV4cG9ydCBmdW5jdGlvbiBkcmF3VGh1bWJuYWlsKFxuICBjYW52YXM6IEhUTUxDYW52YXNFbGVtZW50LFxuICBwaG90bzogSW1hZ2VCaXRtYXAsXG4gIHNoYXBlOiB7IHJlYWRvbmx5IG1hc2s6IE1hc2s7IHJlYWRvbmx5IHBhdGg6IFBhdGgyRCB9LFxuICBjb2xvcjogUmdiLFxuICByYXRpbzogbnVtYmVyLFxuKTogdm9pZCB7XG4gIGNvbnN0IHJvb20gPSB7IHdpZHRoOiBjYW52YXMuY2xpZW50V2lkdGggfHwgNzYsIGhlaWdodDogY2FudmFzLmNsaWVudEhlaWdodCB8fCA2MiB9O1xuICBjYW52YXMud2lkdGggPSBNYXRoLnJvdW5kKHJvb20ud2lkdGggKiByYXRpbyk7XG4gIGNhbnZhcy5oZWlnaHQgPSBNYXRoLnJvdW5kKHJvb20uaGVpZ2h0ICogcmF0aW8pO1xuICBjb25zdCBjb250ZXh0ID0gY2FudmFzLmdldENvbnRleHQoXCIyZFwiKTtcbiAgaWYgKGNvbnRleHQgPT09IG51bGwpIHJldHVybjtcbiAgY29uc3QgeyBtYXNrIH0gPSBzaGFwZTtcbiAgY29uc3QgY3JvcCA9IGNyb3BPZihtYXNrLCByb29tKTtcbiAgY29uc3Qgc2NhbGUgPSBjYW52YXMud2lkdGggLyBjcm9wLndpZHRoO1xuICBjb25zdCBhY3Jvc3MgPSBwaG90by53aWR0aCAvIG1hc2sud2lkdGg7IC8vIHRoZSBwaG90byBzaG93biBtYXkgYmUgc21hbGxlciB0aGFuIHRoZSBpbWFnZVxuICBjb25zdCBkb3duID0gcGhvdG8uaGVpZ2h0IC8gbWFzay5oZWlnaHQ7XG4gIGNvbnRleHQuaW1hZ2VTbW9vdGhpbmdRdWFsaXR5ID0gXCJoaWdoXCI7XG4gIGNvbnRleHQuaW1hZ2VTbW9vdGhpbmdFbmFibGVkID0gc2NhbGUgPCA0O1xuICBjb250ZXh0LmRyYXdJbWFnZShcbiAgICBwaG90byxcbiAgICBjcm9wLnggKiBhY3Jvc3MsXG4gICAgY3JvcC55ICogZG93bixcbiAgICBjcm9wLndpZHRoICogYWNyb3NzLFxuICAgIGNyb3AuaGVpZ2h0ICogZG93bixcbiAgICAwLFxuICAgIDAsXG4gICAgY2FudmFzLndpZHRoLFxuICAgIGNhbnZhcy5oZWlnaHQsXG4gICk7XG4gIGNvbnN0IHBhdGggPSBuZXcgUGF0aDJEKCk7XG4gIHBhdGguYWRkUGF0aChzaGFwZS5wYXRoLCBuZXcgRE9NTWF0cml4KFtzY2FsZSwgMCwgMCwgc2NhbGUsIC1jcm9wLnggKiBzY2FsZSwgLWNyb3AueSAqIHNjYWxlXSkpO1xuICBjb25zdCBvdXRzaWRlID0gbmV3IFBhdGgyRChwYXRoKTtcbiAgb3V0c2lkZS5yZWN0KDAsIDAsIGNhbnZhcy53aWR0aCwgY2FudmFzLmhlaWdodCk7XG4gIGNvbnRleHQuZmlsbFN0eWxlID0gXCJyZ2IoMTIgMTYgMjIgLyAwLjU4KVwiO1xuICBjb250ZXh0LmZpbGwob3V0c2lkZSwgXCJldmVub2RkXCIpO1xuICBjb250ZXh0LmxpbmVKb2luID0gXCJyb3VuZFwiO1xuICBjb250ZXh0LmxpbmVXaWR0aCA9IDMgKiByYXRpbztcbiAgY29udGV4dC5zdHJva2VTdHlsZSA9IFwicmdiKDI1NSAyNTUgMjU1IC8gMC45NSlcIjtcbiAgY29udGV4dC5zdHJva2UocGF0aCk7XG4gIGNvbnRleHQubGluZVdpZHRoID0gMS41ICogcmF0aW87XG4gIGNvbnRleHQuc3Ryb2tlU3R5bGUgPSBjc3MoY29sb3IpO1xuICBjb250ZXh0LnN0cm9rZShwYXRoKTtcbn1cbiIsICIvLyBUaGUgdGhyZWUgYW5zd2VycyBzaWRlIGJ5IHNpZGU6IGEgcGljdHVyZSBvZiB3aGF0IGVhY2ggd291bGQgZ2l2ZSwgaXRzIGtleSwgbmFtZSwgcHJlZGljdGVkIElvVSBhbmQgYmFyLlxuLy8gU2hvd3Mgd2hhdCBpdCBpcyBnaXZlbiBhbmQgc2F5cyB3aGF0IHdhcyBwb2ludGVkIGF0IG9yIGNob3NlbjsgaXQgZGVjaWRlcyBub3RoaW5nLlxuaW1wb3J0IHR5cGUgeyBBbnN3ZXIgfSBmcm9tIFwiLi4vZG9jdW1lbnRcIjtcbmltcG9ydCB0eXBlIHsgR2FsbGVyeSB9IGZyb20gXCIuLi9nYWxsZXJ5XCI7XG5pbXBvcnQgeyBjc3MsIHR5cGUgUmdiIH0gZnJvbSBcIi4uL3BhaW50XCI7XG5pbXBvcnQgeyBoLCBpY29uLCBzZXRBdHRyaWJ1dGUsIHNldFRleHQgfSBmcm9tIFwiLi9kb21cIjtcbmltcG9ydCB7IGRyYXdUaHVtYm5haWwgfSBmcm9tIFwiLi90aHVtYm5haWxcIjtcblxuZXhwb3J0IGludGVyZmFjZSBDYW5kaWRhdGVzU3RhdGUge1xuICByZWFkb25seSBhbnN3ZXI6IEFuc3dlciB8IG51bGw7IC8vIHRoZSBvbmUgdG8gc2hvdywgcGVyaGFwcyBvdXQgb2YgZGF0ZVxuICByZWFkb25seSB3YWl0aW5nOiBib29sZWFuOyAvLyB0aGUgbW9kZWwgaXMgYXQgd29ya1xuICByZWFkb25seSBjaG9zZW46IG51bWJlciB8IG51bGw7XG4gIHJlYWRvbmx5IHBob3RvOiBJbWFnZUJpdG1hcCB8IG51bGw7XG4gIHJlYWRvbmx5IHBpeGVsczogbnVtYmVyOyAvLyBvZiB0aGUgaW1hZ2VcbiAgcmVhZG9ubHkgY29sb3I6IFJnYjtcbiAgcmVhZG9ubHkgcmF0aW86IG51bWJlcjtcbiAgcmVhZG9ubHkgbGF5b3V0OiBzdHJpbmc7XG59XG5cbmV4cG9ydCBpbnRlcmZhY2UgQ2FuZGlkYXRlc0V2ZW50cyB7XG4gIGNob29zZShpbmRleDogbnVtYmVyKTogdm9pZDtcbiAgcG9pbnQoaW5kZXg6IG51bWJlciB8IG51bGwpOiB2b2lkO1xufVxuXG5jb25zdCBDT1VOVCA9IDM7XG5jb25zdCBFTVBUWV9OQU1FUyA9IFtcIndob2xlXCIsIFwicGFydFwiLCBcInN1YnBhcnRcIl0gYXMgY29uc3Q7XG5cbi8qKiBBIGN1cCBvbiBpdHMgc2F1Y2VyIGZyb20gYWJvdmU6IHdoYXQgYSB3aG9sZSwgYSBwYXJ0IGFuZCBhIHN1YnBhcnQgYXJlLCBzYWlkIHdpdGhvdXQgd29yZHMuICovXG5mdW5jdGlvbiBsZXNzb24oZmlsbGVkOiBudW1iZXIpOiBTVkdTVkdFbGVtZW50IHtcbiAgY29uc3Qgb24gPSAoaTogbnVtYmVyKTogc3RyaW5nID0+IChpID09PSBmaWxsZWQgPyBcInNhbS1sZXNzb24tb25cIiA6IFwic2FtLWxlc3Nvbi1vZmZcIik7XG4gIGNvbnN0IGRyYXdpbmcgPSBpY29uKFxuICAgIGA8Y2lyY2xlIGNsYXNzPVwiJHtvbigwKX1cIiBjeD1cIjE5XCIgY3k9XCIxNlwiIHI9XCIxMy41XCIvPmAgK1xuICAgICAgYDxwYXRoIGNsYXNzPVwiJHtmaWxsZWQgPT09IDAgPyBcInNhbS1sZXNzb24td2l0aFwiIDogb24oMSl9XCIgZD1cIk0yNy42IDExLjZsNS0yLjZhMiAyIDAgMCAxIDEuOSAzLjVsLTUuNCAyLjlhOC42IDguNiAwIDEgMS0xLjUtMy44WlwiIHRyYW5zZm9ybT1cInRyYW5zbGF0ZSgtMiAxKVwiLz5gICtcbiAgICAgIGA8Y2lyY2xlIGNsYXNzPVwiJHtmaWxsZWQgPD0gMSA/IFwic2FtLWxlc3Nvbi13aXRoXCIgOiBvbigyKX1cIiBjeD1cIjE4XCIgY3k9XCIxN1wiIHI9XCI1LjZcIi8+YCxcbiAgKTtcbiAgZHJhd2luZy5zZXRBdHRyaWJ1dGUoXCJ2aWV3Qm94XCIsIFwiMCAwIDM4IDMyXCIpO1xuICBkcmF3aW5nLnNldEF0dHJpYnV0ZShcImNsYXNzXCIsIFwic2FtLWxlc3NvblwiKTtcbiAgcmV0dXJuIGRyYXdpbmc7XG59XG5cbmludGVyZmFjZSBDYXJkIHtcbiAgcmVhZG9ubHkgYnV0dG9uOiBIVE1MQnV0dG9uRWxlbWVudDtcbiAgcmVhZG9ubHkgY2FudmFzOiBIVE1MQ2FudmFzRWxlbWVudDtcbiAgcmVhZG9ubHkgbmFtZTogSFRNTEVsZW1lbnQ7XG4gIHJlYWRvbmx5IHNjb3JlOiBIVE1MRWxlbWVudDtcbiAgcmVhZG9ubHkgYmFyOiBIVE1MRWxlbWVudDtcbiAgcmVhZG9ubHkgZmluZTogSFRNTEVsZW1lbnQ7XG4gIGRyYXduOiBzdHJpbmc7XG59XG5cbmV4cG9ydCBmdW5jdGlvbiBjYW5kaWRhdGVzUGFuZWwoXG4gIGdhbGxlcnk6IEdhbGxlcnksXG4gIGV2ZW50czogQ2FuZGlkYXRlc0V2ZW50cyxcbiAgc2lnbmFsOiBBYm9ydFNpZ25hbCxcbik6IHsgZWxlbWVudDogSFRNTEVsZW1lbnQ7IHVwZGF0ZShzdGF0ZTogQ2FuZGlkYXRlc1N0YXRlKTogdm9pZCB9IHtcbiAgY29uc3QgY2FyZHMgPSBBcnJheS5mcm9tKHsgbGVuZ3RoOiBDT1VOVCB9LCAoXywgaSkgPT4gY2FyZChpLCBldmVudHMsIHNpZ25hbCkpO1xuICBjb25zdCB0ZWFjaCA9IGgoXCJwXCIsIHsgY2xhc3M6IFwic2FtLXRlYWNoXCIgfSk7XG4gIHRlYWNoLnRleHRDb250ZW50ID1cbiAgICBcIk9uZSBjbGljaywgdGhyZWUgYW5zd2VyczogdGhlIHdob2xlIHRoaW5nLCBhIHBhcnQgb2YgaXQsIGEgcGFydCBvZiB0aGUgcGFydC5cIjtcbiAgY29uc3QgbGlzdCA9IGgoXCJkaXZcIiwge1xuICAgIGNsYXNzOiBcInNhbS1jYW5kaWRhdGVzXCIsXG4gICAgcm9sZTogXCJncm91cFwiLFxuICAgIFwiYXJpYS1sYWJlbFwiOiBcIkNhbmRpZGF0ZSBtYXNrc1wiLFxuICB9KTtcbiAgbGlzdC5hcHBlbmQoLi4uY2FyZHMubWFwKCh7IGJ1dHRvbiB9KSA9PiBidXR0b24pLCB0ZWFjaCk7XG4gIHJldHVybiB7XG4gICAgZWxlbWVudDogbGlzdCxcbiAgICB1cGRhdGUoc3RhdGUpIHtcbiAgICAgIGNvbnN0IHsgYW5zd2VyLCB3YWl0aW5nIH0gPSBzdGF0ZTtcbiAgICAgIGNvbnN0IGxvb2sgPSBhbnN3ZXIgPT09IG51bGwgPyAod2FpdGluZyA/IFwid2FpdGluZ1wiIDogXCJlbXB0eVwiKSA6IHdhaXRpbmcgPyBcInN0YWxlXCIgOiBcImFuc3dlclwiO1xuICAgICAgc2V0QXR0cmlidXRlKGxpc3QsIFwiZGF0YS1sb29rXCIsIGxvb2spO1xuICAgICAgc2V0QXR0cmlidXRlKGxpc3QsIFwiYXJpYS1idXN5XCIsIHdhaXRpbmcgPyBcInRydWVcIiA6IG51bGwpO1xuICAgICAgdGVhY2guaGlkZGVuID0gbG9vayAhPT0gXCJlbXB0eVwiO1xuICAgICAgZm9yIChjb25zdCBbaSwgb25lXSBvZiBjYXJkcy5lbnRyaWVzKCkpIHVwZGF0ZUNhcmQob25lLCBpLCBzdGF0ZSwgZ2FsbGVyeSk7XG4gICAgfSxcbiAgfTtcbn1cblxuZnVuY3Rpb24gY2FyZChpbmRleDogbnVtYmVyLCBldmVudHM6IENhbmRpZGF0ZXNFdmVudHMsIHNpZ25hbDogQWJvcnRTaWduYWwpOiBDYXJkIHtcbiAgY29uc3QgY2FudmFzID0gaChcImNhbnZhc1wiLCB7IGNsYXNzOiBcInNhbS10aHVtYi1jYW52YXNcIiB9KTtcbiAgY29uc3Qga2V5ID0gaChcInNwYW5cIiwgeyBjbGFzczogXCJzYW0ta2V5XCIsIFwiYXJpYS1oaWRkZW5cIjogXCJ0cnVlXCIgfSwgU3RyaW5nKGluZGV4ICsgMSkpO1xuICBjb25zdCB0aHVtYiA9IGgoXCJzcGFuXCIsIHsgY2xhc3M6IFwic2FtLXRodW1iXCIgfSwgY2FudmFzLCBsZXNzb24oaW5kZXgpLCBrZXkpO1xuICBjb25zdCBuYW1lID0gaChcInNwYW5cIiwgeyBjbGFzczogXCJzYW0tbmFtZVwiIH0pO1xuICBjb25zdCBzY29yZSA9IGgoXCJzcGFuXCIsIHsgY2xhc3M6IFwic2FtLXNjb3JlXCIgfSk7XG4gIGNvbnN0IGJhciA9IGgoXCJzcGFuXCIsIHsgY2xhc3M6IFwic2FtLWJhclwiIH0sIGgoXCJzcGFuXCIpKTtcbiAgY29uc3QgZmluZSA9IGgoXCJzcGFuXCIsIHsgY2xhc3M6IFwic2FtLWZpbmVcIiB9KTtcbiAgY29uc3Qgd29yZHMgPSBoKFwic3BhblwiLCB7IGNsYXNzOiBcInNhbS13b3Jkc1wiIH0pO1xuICB3b3Jkcy5hcHBlbmQoaChcInNwYW5cIiwgeyBjbGFzczogXCJzYW0taGVhZFwiIH0sIG5hbWUsIHNjb3JlKSwgYmFyLCBmaW5lKTtcbiAgY29uc3QgYnV0dG9uID0gaChcImJ1dHRvblwiLCB7XG4gICAgdHlwZTogXCJidXR0b25cIixcbiAgICBjbGFzczogXCJzYW0tY2FuZGlkYXRlXCIsXG4gICAgXCJkYXRhLWluZGV4XCI6IGluZGV4LFxuICAgIFwiYXJpYS1rZXlzaG9ydGN1dHNcIjogaW5kZXggKyAxLFxuICAgIFwiYXJpYS1wcmVzc2VkXCI6IFwiZmFsc2VcIixcbiAgfSk7XG4gIGJ1dHRvbi5hcHBlbmQodGh1bWIsIHdvcmRzKTtcbiAgYnV0dG9uLmFkZEV2ZW50TGlzdGVuZXIoXCJjbGlja1wiLCAoKSA9PiBldmVudHMuY2hvb3NlKGluZGV4KSwgeyBzaWduYWwgfSk7XG4gIGJ1dHRvbi5hZGRFdmVudExpc3RlbmVyKFwicG9pbnRlcmVudGVyXCIsICgpID0+IGV2ZW50cy5wb2ludChpbmRleCksIHsgc2lnbmFsIH0pO1xuICBidXR0b24uYWRkRXZlbnRMaXN0ZW5lcihcInBvaW50ZXJsZWF2ZVwiLCAoKSA9PiBldmVudHMucG9pbnQobnVsbCksIHsgc2lnbmFsIH0pO1xuICBidXR0b24uYWRkRXZlbnRMaXN0ZW5lcihcImZvY3VzXCIsICgpID0+IGV2ZW50cy5wb2ludChpbmRleCksIHsgc2lnbmFsIH0pO1xuICBidXR0b24uYWRkRXZlbnRMaXN0ZW5lcihcImJsdXJcIiwgKCkgPT4gZXZlbnRzLnBvaW50KG51bGwpLCB7IHNpZ25hbCB9KTtcbiAgcmV0dXJuIHsgYnV0dG9uLCBjYW52YXMsIG5hbWUsIHNjb3JlLCBiYXIsIGZpbmUsIGRyYXduOiBcIlwiIH07XG59XG5cbmZ1bmN0aW9uIHVwZGF0ZUNhcmQob25lOiBDYXJkLCBpbmRleDogbnVtYmVyLCBzdGF0ZTogQ2FuZGlkYXRlc1N0YXRlLCBnYWxsZXJ5OiBHYWxsZXJ5KTogdm9pZCB7XG4gIGNvbnN0IHsgYnV0dG9uLCBjYW52YXMsIG5hbWUsIHNjb3JlLCBiYXIsIGZpbmUgfSA9IG9uZTtcbiAgY29uc3QgY2FuZGlkYXRlID0gc3RhdGUuYW5zd2VyPy5jYW5kaWRhdGVzW2luZGV4XSA/PyBudWxsO1xuICBjb25zdCBwcmVzc2VkID0gY2FuZGlkYXRlICE9PSBudWxsICYmIHN0YXRlLmNob3NlbiA9PT0gaW5kZXg7XG4gIHNldEF0dHJpYnV0ZShidXR0b24sIFwiYXJpYS1wcmVzc2VkXCIsIHByZXNzZWQgPyBcInRydWVcIiA6IFwiZmFsc2VcIik7XG4gIGJ1dHRvbi5kaXNhYmxlZCA9IGNhbmRpZGF0ZSA9PT0gbnVsbDtcbiAgYnV0dG9uLmhpZGRlbiA9IHN0YXRlLmFuc3dlciAhPT0gbnVsbCAmJiBjYW5kaWRhdGUgPT09IG51bGw7XG4gIGlmIChjYW5kaWRhdGUgPT09IG51bGwpIHtcbiAgICBzZXRUZXh0KG5hbWUsIEVNUFRZX05BTUVTW2luZGV4XSA/PyBcIlwiKTtcbiAgICBzZXRUZXh0KHNjb3JlLCBcIlwiKTtcbiAgICBmaW5lLnJlcGxhY2VDaGlsZHJlbigpO1xuICAgIHNldEF0dHJpYnV0ZShidXR0b24sIFwiYXJpYS1sYWJlbFwiLCBgQ2FuZGlkYXRlICR7aW5kZXggKyAxfTogbm9uZSB5ZXRgKTtcbiAgICBzZXRBdHRyaWJ1dGUoYnV0dG9uLCBcInRpdGxlXCIsIG51bGwpO1xuICAgIG9uZS5kcmF3biA9IFwiXCI7XG4gICAgcmV0dXJuO1xuICB9XG4gIGNvbnN0IGlvdSA9IGNhbmRpZGF0ZS5zY29yZS50b0ZpeGVkKDIpO1xuICBjb25zdCBzdGFiaWxpdHkgPSBjYW5kaWRhdGUuc3RhYmlsaXR5LnRvRml4ZWQoMik7XG4gIGNvbnN0IHNoYXJlID0gc2hhcmVPZihjYW5kaWRhdGUuYXJlYSwgc3RhdGUucGl4ZWxzKTtcbiAgc2V0VGV4dChuYW1lLCBjYW5kaWRhdGUubmFtZSk7XG4gIHNldFRleHQoc2NvcmUsIGlvdSk7XG4gIGlmIChmaW5lLnRleHRDb250ZW50ICE9PSBgc3RhYmxlICR7c3RhYmlsaXR5fSR7c2hhcmV9YCkge1xuICAgIGZpbmUucmVwbGFjZUNoaWxkcmVuKGgoXCJzcGFuXCIsIHt9LCBgc3RhYmxlICR7c3RhYmlsaXR5fWApLCBoKFwic3BhblwiLCB7fSwgc2hhcmUpKTtcbiAgfVxuICBzZXRBdHRyaWJ1dGUoXG4gICAgYnV0dG9uLFxuICAgIFwiYXJpYS1sYWJlbFwiLFxuICAgIGBDYW5kaWRhdGUgJHtpbmRleCArIDF9OiAke2NhbmRpZGF0ZS5uYW1lfSwgcHJlZGljdGVkIElvVSAke2lvdX0sIHN0YWJpbGl0eSAke3N0YWJpbGl0eX0sIGAgK1xuICAgICAgYCR7c2hhcmV9IG9mIHRoZSBwaWN0dXJlYCxcbiAgKTtcbiAgc2V0QXR0cmlidXRlKFxuICAgIGJ1dHRvbixcbiAgICBcInRpdGxlXCIsXG4gICAgYCR7Y2FuZGlkYXRlLm5hbWV9OiBwcmVkaWN0ZWQgSW9VICR7aW91fSwgc3RhYmlsaXR5ICR7c3RhYmlsaXR5fSwgJHtjYW5kaWRhdGUuYXJlYS50b0xvY2FsZVN0cmluZyhcImVuXCIpfSBweGAsXG4gICk7XG4gIGJhci5zdHlsZS5zZXRQcm9wZXJ0eShcIi0tc2FtLXZhbHVlXCIsIFN0cmluZyhNYXRoLm1pbigxLCBNYXRoLm1heCgwLCBjYW5kaWRhdGUuc2NvcmUpKSkpO1xuICBidXR0b24uc3R5bGUuc2V0UHJvcGVydHkoXCItLXNhbS1jb2xvclwiLCBjc3Moc3RhdGUuY29sb3IpKTtcbiAgY29uc3Qgc2hhcGUgPSBnYWxsZXJ5LnNoYXBlKGNhbmRpZGF0ZS5ibG9iKTtcbiAgaWYgKHNoYXBlID09PSBudWxsIHx8IHN0YXRlLnBob3RvID09PSBudWxsKSByZXR1cm47XG4gIGNvbnN0IGRyYXduID0gW2NhbmRpZGF0ZS5ibG9iLCBzdGF0ZS5jb2xvciwgc3RhdGUucmF0aW8sIHN0YXRlLmxheW91dCwgY2FudmFzLmNsaWVudFdpZHRoXS5qb2luKCk7XG4gIGlmIChkcmF3biA9PT0gb25lLmRyYXduKSByZXR1cm47XG4gIG9uZS5kcmF3biA9IGRyYXduO1xuICBkcmF3VGh1bWJuYWlsKGNhbnZhcywgc3RhdGUucGhvdG8sIHNoYXBlLCBzdGF0ZS5jb2xvciwgc3RhdGUucmF0aW8pO1xufVxuXG4vKiogQSBtYXNrJ3Mgc2hhcmUgb2YgdGhlIHBpY3R1cmUsIGluIHdvcmRzIHNob3J0IGVub3VnaCBmb3IgYSBjYXJkLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHNoYXJlT2YoYXJlYTogbnVtYmVyLCBwaXhlbHM6IG51bWJlcik6IHN0cmluZyB7XG4gIGNvbnN0IHBlcmNlbnQgPSAoMTAwICogYXJlYSkgLyBNYXRoLm1heCgxLCBwaXhlbHMpO1xuICBpZiAoYXJlYSA+IDAgJiYgcGVyY2VudCA8IDAuMSkgcmV0dXJuIFwiPDAuMSVcIjtcbiAgcmV0dXJuIHBlcmNlbnQgPCAxMCA/IGAke3BlcmNlbnQudG9GaXhlZCgxKX0lYCA6IGAke01hdGgucm91bmQocGVyY2VudCl9JWA7XG59XG4iLCAiLy8gVGhlIGxhc3QgbGluZTogYXQgaXRzIGxlZnQgdGhlIGdlc3R1cmUgdG8gdHJ5IG5leHQsIGF0IGl0cyByaWdodCB3aGVyZSB0aGUgbWlsbGlzZWNvbmRzIHdlbnQuXG5pbXBvcnQgdHlwZSB7IEFuc3dlciwgRWRpdCwgU2NlbmUgfSBmcm9tIFwiLi4vZG9jdW1lbnRcIjtcbmltcG9ydCB0eXBlIHsgQ29udGFjdCB9IGZyb20gXCIuLi9zdG9yZVwiO1xuaW1wb3J0IHsgaCwgc2V0VGV4dCwgd2l0aEtleXMgfSBmcm9tIFwiLi9kb21cIjtcbmltcG9ydCB0eXBlIHsgTW9kZSB9IGZyb20gXCIuL3Rvb2xiYXJcIjtcblxuLyoqIE1pbGxpc2Vjb25kcyBvZiB0aGUgbGFzdCBhbnN3ZXI7IG51bGwgd2hlcmUgaXQgd2FzIG5vdCBtZWFzdXJlZC4gKi9cbmV4cG9ydCBpbnRlcmZhY2UgVGltaW5nIHtcbiAgcmVhZG9ubHkgZGVjb2RlOiBudW1iZXIgfCBudWxsOyAvLyBpbiB0aGUga2VybmVsLCBhcyB0aGUga2VybmVsIHNheXNcbiAgcmVhZG9ubHkgbGluazogbnVtYmVyIHwgbnVsbDsgLy8gdGhlIHJlc3Qgb2YgdGhlIHdheSB0aGVyZSBhbmQgYmFja1xuICByZWFkb25seSBkcmF3OiBudW1iZXIgfCBudWxsOyAvLyBvbiB0aGUgY2FudmFzZXNcbn1cblxuY29uc3QgVU5LTk9XTjogVGltaW5nID0geyBkZWNvZGU6IG51bGwsIGxpbms6IG51bGwsIGRyYXc6IG51bGwgfTtcblxuLyoqIFRha2VzIHRoZSB0aW1lIGZyb20gYSBwcm9tcHQgbWFkZSBpbiB0aGlzIHZpZXcgdG8gaXRzIGFuc3dlci4gVGltZXMgaW4gbWlsbGlzZWNvbmRzIG9mIG9uZSBjbG9jay4gKi9cbmV4cG9ydCBjbGFzcyBTdG9wd2F0Y2gge1xuICB0aW1pbmc6IFRpbWluZyA9IFVOS05PV047XG4gICNhc2tlZCA9IG5ldyBNYXA8c3RyaW5nLCBudW1iZXI+KCk7IC8vIHByb21wdCAtPiB3aGVuXG4gICNhbnN3ZXI6IHN0cmluZyB8IG51bGwgPSBudWxsO1xuXG4gIGFzayhlZGl0OiBFZGl0LCBub3c6IG51bWJlcik6IHZvaWQge1xuICAgIGZvciAoY29uc3QgaWQgb2YgT2JqZWN0LmtleXMoZWRpdC5wdXQpKSB0aGlzLiNhc2tlZC5zZXQoaWQsIG5vdyk7XG4gIH1cblxuICAvKiogVGhlIGFuc3dlcidzIG1hc2sgaXMgb24gdGhlIGNhbnZhcyBhdCBgbm93YCwgYW5kIGRyYXdpbmcgdG9vayBgZHJhd2AuICovXG4gIGFuc3dlcmVkKGFuc3dlcjogQW5zd2VyLCBub3c6IG51bWJlciwgZHJhdzogbnVtYmVyKTogdm9pZCB7XG4gICAgaWYgKGFuc3dlci5pZCA9PT0gdGhpcy4jYW5zd2VyKSByZXR1cm47XG4gICAgdGhpcy4jYW5zd2VyID0gYW5zd2VyLmlkO1xuICAgIGNvbnN0IGFza2VkID0gdGhpcy4jYXNrZWQuZ2V0KGFuc3dlci5vZi5hdCgtMSkgPz8gXCJcIik7XG4gICAgdGhpcy4jYXNrZWQuY2xlYXIoKTtcbiAgICBjb25zdCBkZWNvZGUgPSBhbnN3ZXIuc2Vjb25kcyAqIDEwMDA7XG4gICAgY29uc3QgbGluayA9IGFza2VkID09PSB1bmRlZmluZWQgPyBudWxsIDogTWF0aC5tYXgoMCwgbm93IC0gYXNrZWQgLSBkcmF3IC0gZGVjb2RlKTtcbiAgICB0aGlzLnRpbWluZyA9IHsgZGVjb2RlLCBsaW5rLCBkcmF3IH07XG4gIH1cbn1cblxuZXhwb3J0IGludGVyZmFjZSBIaW50U3RhdGUge1xuICByZWFkb25seSBzY2VuZTogU2NlbmU7XG4gIHJlYWRvbmx5IG1vZGU6IE1vZGU7XG4gIHJlYWRvbmx5IHJlYWR5OiBib29sZWFuO1xuICByZWFkb25seSBjb250YWN0OiBDb250YWN0O1xuICByZWFkb25seSBkcmF3aW5nOiBib29sZWFuO1xufVxuXG4vKiogV2hhdCB0byBkbyBuZXh0LCB3aXRoIGtleXMgaW4gZG91YmxlIGJyYWNrZXRzOyBudWxsIHdoaWxlIHRoZSBsYXN0IHdvcmQgc3RpbGwgaG9sZHMuICovXG5leHBvcnQgZnVuY3Rpb24gaGludE9mKHsgc2NlbmUsIG1vZGUsIHJlYWR5LCBjb250YWN0LCBkcmF3aW5nIH06IEhpbnRTdGF0ZSk6IHN0cmluZyB8IG51bGwge1xuICBpZiAoY29udGFjdCA9PT0gXCJnb25lXCIpIHJldHVybiBcIldoYXQgeW91IHNlZSBpcyBrZXB0IHVudGlsIHRoZSBjZWxsIHJ1bnMgYWdhaW5cIjtcbiAgaWYgKHNjZW5lLmltYWdlID09PSBudWxsKSByZXR1cm4gXCJcIjtcbiAgaWYgKGRyYXdpbmcpIHJldHVybiBcIkxldCBnbyB0byBhc2sgXHUwMEI3IFtbRXNjXV0gdG8gZm9yZ2V0IGl0XCI7XG4gIGlmIChzY2VuZS5wcm9tcHRzLmxlbmd0aCA+IDAgJiYgc2NlbmUuYW5zd2VyID09PSBudWxsICYmICFyZWFkeSkge1xuICAgIHJldHVybiBcIllvdXIgcHJvbXB0IGlzIGtlcHQgYW5kIGFuc3dlcmVkIGFzIHNvb24gYXMgdGhlIG1vZGVsIGlzIHJlYWR5XCI7XG4gIH1cbiAgaWYgKG1vZGUgPT09IFwiYm94XCIpIHJldHVybiBcIkRyYWcgZnJvbSBjb3JuZXIgdG8gY29ybmVyIFx1MDBCNyBbW1BdXSBiYWNrIHRvIHBvaW50c1wiO1xuICBpZiAobW9kZSA9PT0gXCJuZWdhdGl2ZVwiKSByZXR1cm4gXCJDbGljayB3aGF0IHNob3VsZCBub3QgYmUgaW4gaXQgXHUwMEI3IFtbWF1dIGJhY2tcIjtcbiAgaWYgKHNjZW5lLmFuc3dlciAhPT0gbnVsbCkge1xuICAgIHJldHVybiBcIltbMV1dIFtbMl1dIFtbM11dIGNob29zZSBcdTAwQjcgcmlnaHQtY2xpY2sgdGFrZXMgYXdheSBcdTAwQjcgW1tFbnRlcl1dIGFjY2VwdHNcIjtcbiAgfVxuICBpZiAoc2NlbmUucHJvbXB0cy5sZW5ndGggPiAwKSByZXR1cm4gbnVsbDsgLy8gdGhlIGFuc3dlciBpcyBhIG1vbWVudCBhd2F5XG4gIGlmIChzY2VuZS5vYmplY3RzLmxlbmd0aCA+IDApIHJldHVybiBcIkNsaWNrIHRoZSBuZXh0IHRoaW5nIFx1MDBCNyBkcmFnIGEgYm94IFx1MDBCNyBbW1pdXSB1bmRvXCI7XG4gIHJldHVybiBcIkNsaWNrIHdoYXQgeW91IHdhbnQgXHUwMEI3IHJpZ2h0LWNsaWNrIHdoYXQgeW91IGRvblx1MjAxOXQgXHUwMEI3IGRyYWcgYSBib3hcIjtcbn1cblxuZXhwb3J0IGZ1bmN0aW9uIGZvb3RlcihcbiAgaGVscDogKCkgPT4gdm9pZCxcbiAgc2lnbmFsOiBBYm9ydFNpZ25hbCxcbik6IHsgZWxlbWVudDogSFRNTEVsZW1lbnQ7IHVwZGF0ZShoaW50OiBzdHJpbmcgfCBudWxsLCB0aW1pbmc6IFRpbWluZyk6IHZvaWQgfSB7XG4gIGNvbnN0IGhpbnQgPSBoKFwic3BhblwiLCB7IGNsYXNzOiBcInNhbS1oaW50XCIgfSk7XG4gIGNvbnN0IHRpbWUgPSBoKFwic3BhblwiLCB7IGNsYXNzOiBcInNhbS10aW1lXCIsIHRpdGxlOiBcIldoZXJlIHRoZSBsYXN0IGFuc3dlcidzIHRpbWUgd2VudFwiIH0pO1xuICBjb25zdCBrZXlzID0gaChcImJ1dHRvblwiLCB7XG4gICAgdHlwZTogXCJidXR0b25cIixcbiAgICBjbGFzczogXCJzYW0taGVscC1idXR0b25cIixcbiAgICBcImRhdGEtYWN0aW9uXCI6IFwiaGVscFwiLFxuICAgIFwiYXJpYS1sYWJlbFwiOiBcIkFsbCBrZXlzXCIsXG4gICAgdGl0bGU6IFwiQWxsIGtleXMgKD8pXCIsXG4gIH0pO1xuICBrZXlzLmFwcGVuZChoKFwia2JkXCIsIHt9LCBcIj9cIiksIGgoXCJzcGFuXCIsIHt9LCBcImtleXNcIikpO1xuICBrZXlzLmFkZEV2ZW50TGlzdGVuZXIoXCJjbGlja1wiLCBoZWxwLCB7IHNpZ25hbCB9KTtcbiAgY29uc3QgZWxlbWVudCA9IGgoXCJkaXZcIiwgeyBjbGFzczogXCJzYW0tZm9vdGVyXCIgfSwgaGludCwgdGltZSwga2V5cyk7XG4gIGxldCBzaG93bjogc3RyaW5nIHwgbnVsbCA9IG51bGw7XG4gIHJldHVybiB7XG4gICAgZWxlbWVudCxcbiAgICB1cGRhdGUodGV4dCwgdGltaW5nKSB7XG4gICAgICBpZiAodGV4dCAhPT0gbnVsbCAmJiB0ZXh0ICE9PSBzaG93bikgaGludC5yZXBsYWNlQ2hpbGRyZW4oLi4ud2l0aEtleXModGV4dCkpO1xuICAgICAgc2hvd24gPSB0ZXh0ID8/IHNob3duO1xuICAgICAgc2V0VGV4dCh0aW1lLCB0aW1lT2YodGltaW5nKSk7XG4gICAgfSxcbiAgfTtcbn1cblxuLyoqIGBkZWNvZGUgMTggXHUwMEI3IGxpbmsgNiBcdTAwQjcgZHJhdyA0IG1zYCwgd2l0aCB3aGF0IGlzIGtub3duLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIHRpbWVPZih7IGRlY29kZSwgbGluaywgZHJhdyB9OiBUaW1pbmcpOiBzdHJpbmcge1xuICBpZiAoZGVjb2RlID09PSBudWxsKSByZXR1cm4gXCJcIjtcbiAgY29uc3QgcGFydHMgPSBbYGRlY29kZSAke01hdGgucm91bmQoZGVjb2RlKX1gXTtcbiAgaWYgKGxpbmsgIT09IG51bGwpIHBhcnRzLnB1c2goYGxpbmsgJHtNYXRoLnJvdW5kKGxpbmspfWApO1xuICBpZiAoZHJhdyAhPT0gbnVsbCkgcGFydHMucHVzaChgZHJhdyAke01hdGgucm91bmQoZHJhdyl9YCk7XG4gIHJldHVybiBgJHtwYXJ0cy5qb2luKFwiIFx1MDBCNyBcIil9IG1zYDtcbn1cbiIsICIvLyBUaGUgZWxlbWVudHMgb2YgYSB2aWV3IGFuZCBob3cgdGhleSBzaGFyZSB0aGUgcm9vbS4gSXQgcGxhY2VzIHRoaW5nczsgd2hhdCB0aGV5IHNob3cgaXMgdGhlaXJzIHRvIHNheS5cbmltcG9ydCB0eXBlIHsgUHJvbXB0IH0gZnJvbSBcIi4uL2RvY3VtZW50XCI7XG5pbXBvcnQgdHlwZSB7IENvbnRhY3QgfSBmcm9tIFwiLi4vc3RvcmVcIjtcbmltcG9ydCB7IGNvbnRhaW4sIHR5cGUgU2l6ZSwgdG9TY3JlZW4sIHR5cGUgVmlld3BvcnQgfSBmcm9tIFwiLi4vdmlld3BvcnRcIjtcbmltcG9ydCB7IGgsIHNldEF0dHJpYnV0ZSwgc2V0VGV4dCB9IGZyb20gXCIuL2RvbVwiO1xuaW1wb3J0IHR5cGUgeyBNb2RlIH0gZnJvbSBcIi4vdG9vbGJhclwiO1xuXG4vKiogQ1NTIHBpeGVsczogYmVsb3cgdGhpcyB3aWR0aCB0aGUgY2FuZGlkYXRlcyBnbyB1bmRlciB0aGUgcGhvdG8uICovXG5jb25zdCBOQVJST1cgPSA1NjA7XG5jb25zdCBQQU5FTCA9IDIyNDtcbmNvbnN0IExFQVNUX0ZSQU1FID0gNTIwO1xuY29uc3QgQk9SREVSID0gMjtcbmNvbnN0IEVNUFRZOiBTaXplID0geyB3aWR0aDogMywgaGVpZ2h0OiAyIH07XG5cbmV4cG9ydCBpbnRlcmZhY2UgRnJhbWUge1xuICByZWFkb25seSByb290OiBIVE1MRWxlbWVudDtcbiAgcmVhZG9ubHkgc3RhZ2U6IEhUTUxFbGVtZW50O1xuICByZWFkb25seSBwaG90bzogSFRNTENhbnZhc0VsZW1lbnQ7XG4gIHJlYWRvbmx5IG92ZXJsYXk6IEhUTUxDYW52YXNFbGVtZW50O1xuICByZWFkb25seSBtYXJrczogSFRNTENhbnZhc0VsZW1lbnQ7XG4gIC8qKiBGaXRzIGV2ZXJ5dGhpbmcgdG8gdGhlIHJvb207IHJldHVybnMgd2hlcmUgdGhlIHBpY3R1cmUgbGllcyBub3cuICovXG4gIGxheU91dChpbWFnZTogU2l6ZSB8IG51bGwsIGhlaWdodDogbnVtYmVyKTogVmlld3BvcnQ7XG4gIHNob3coc3RhdGU6IEZyYW1lU3RhdGUpOiB2b2lkO1xufVxuXG5leHBvcnQgaW50ZXJmYWNlIEZyYW1lU3RhdGUge1xuICByZWFkb25seSBtb2RlOiBNb2RlOyAvLyB3aGF0IHRoZSBuZXh0IHByZXNzIGRvZXM6IHRoZSBwb2ludGVyJ3Mgc2hhcGVcbiAgcmVhZG9ubHkgd2FpdGluZzogUHJvbXB0IHwgbnVsbDsgLy8gdGhlIHByb21wdCB3aG9zZSBhbnN3ZXIgaXMgYXdhaXRlZFxuICByZWFkb25seSB2aWV3OiBWaWV3cG9ydDtcbiAgcmVhZG9ubHkgcGhvdG86IGJvb2xlYW47IC8vIGl0IGNhbiBiZSBzZWVuXG4gIHJlYWRvbmx5IGVtcHR5OiBib29sZWFuOyAvLyB0aGUgd2lkZ2V0IGhhcyBubyBwaWN0dXJlXG4gIHJlYWRvbmx5IGNvbnRhY3Q6IENvbnRhY3Q7XG59XG5cbmV4cG9ydCBmdW5jdGlvbiBmcmFtZU9mKHBhcnRzOiB7XG4gIHJlYWRvbmx5IHRvb2xiYXI6IEhUTUxFbGVtZW50O1xuICByZWFkb25seSBub3RpY2U6IEhUTUxFbGVtZW50O1xuICByZWFkb25seSBwYW5lbDogcmVhZG9ubHkgSFRNTEVsZW1lbnRbXTtcbiAgcmVhZG9ubHkgaGVscDogSFRNTEVsZW1lbnQ7XG4gIHJlYWRvbmx5IGZvb3RlcjogSFRNTEVsZW1lbnQ7XG59KTogRnJhbWUge1xuICBjb25zdCBjYW52YXMgPSAobmFtZTogc3RyaW5nKTogSFRNTENhbnZhc0VsZW1lbnQgPT5cbiAgICBoKFwiY2FudmFzXCIsIHsgY2xhc3M6IGBzYW0tY2FudmFzICR7bmFtZX1gLCBcImFyaWEtaGlkZGVuXCI6IFwidHJ1ZVwiIH0pO1xuICBjb25zdCBwaG90byA9IGNhbnZhcyhcInNhbS1waG90b1wiKTtcbiAgY29uc3Qgb3ZlcmxheSA9IGNhbnZhcyhcInNhbS1vdmVybGF5XCIpO1xuICBjb25zdCBtYXJrcyA9IGNhbnZhcyhcInNhbS1tYXJrc1wiKTtcbiAgY29uc3QgcHVsc2UgPSBoKFwic3BhblwiLCB7IGNsYXNzOiBcInNhbS1wdWxzZVwiLCBoaWRkZW46IHRydWUgfSk7XG4gIGNvbnN0IHZlaWwgPSBoKFwiZGl2XCIsIHsgY2xhc3M6IFwic2FtLXZlaWxcIiB9KTtcbiAgY29uc3QgcGljdHVyZSA9IGgoXCJkaXZcIiwgeyBjbGFzczogXCJzYW0tcGljdHVyZVwiIH0sIHBob3RvLCBvdmVybGF5LCBtYXJrcywgcHVsc2UpO1xuICBjb25zdCBzdGFnZSA9IGgoXCJkaXZcIiwgeyBjbGFzczogXCJzYW0tc3RhZ2VcIiB9LCBwaWN0dXJlLCB2ZWlsLCBwYXJ0cy5oZWxwKTtcbiAgY29uc3QgYm9keSA9IGgoXG4gICAgXCJkaXZcIixcbiAgICB7IGNsYXNzOiBcInNhbS1ib2R5XCIgfSxcbiAgICBzdGFnZSxcbiAgICBoKFwiZGl2XCIsIHsgY2xhc3M6IFwic2FtLXBhbmVsXCIgfSwgLi4ucGFydHMucGFuZWwpLFxuICApO1xuICBjb25zdCBjYXJkID0gaChcImRpdlwiLCB7IGNsYXNzOiBcInNhbS1mcmFtZVwiIH0sIHBhcnRzLnRvb2xiYXIsIHBhcnRzLm5vdGljZSwgYm9keSwgcGFydHMuZm9vdGVyKTtcbiAgY29uc3Qgcm9vdCA9IGgoXG4gICAgXCJkaXZcIixcbiAgICB7XG4gICAgICBjbGFzczogXCJzYW0td2lkZ2V0XCIsXG4gICAgICB0YWJpbmRleDogMCxcbiAgICAgIHJvbGU6IFwiYXBwbGljYXRpb25cIixcbiAgICAgIFwiYXJpYS1sYWJlbFwiOiBcIlNlZ21lbnQgQW55dGhpbmc6IGNsaWNrIGluIHRoZSBwaG90byB0byBnZXQgbWFza3NcIixcbiAgICAgIFwiZGF0YS1sbS1zdXBwcmVzcy1zaG9ydGN1dHNcIjogXCJ0cnVlXCIsXG4gICAgICBcImRhdGEtdmVyc2lvblwiOiBcIi0xXCIsXG4gICAgICBcImRhdGEtcGFpbnRlZFwiOiBcIjBcIixcbiAgICB9LFxuICAgIGNhcmQsXG4gICk7XG4gIGxldCBsYXN0OiBWaWV3cG9ydCB8IG51bGwgPSBudWxsO1xuICByZXR1cm4ge1xuICAgIHJvb3QsXG4gICAgc3RhZ2UsXG4gICAgcGhvdG8sXG4gICAgb3ZlcmxheSxcbiAgICBtYXJrcyxcbiAgICBsYXlPdXQoaW1hZ2UsIGhlaWdodCkge1xuICAgICAgLy8gQSBub3RlYm9vayB0YWtlcyBjZWxscyB0aGF0IGFyZSBvdXQgb2Ygc2lnaHQgb2ZmIHRoZSBwYWdlOiBub3RoaW5nIHRvIGZpdCB0aGVuLlxuICAgICAgaWYgKHJvb3QuY2xpZW50V2lkdGggPT09IDAgJiYgbGFzdCAhPT0gbnVsbCkgcmV0dXJuIGxhc3Q7XG4gICAgICBjb25zdCBhdmFpbGFibGUgPSBNYXRoLm1heCgyNDAsIHJvb3QuY2xpZW50V2lkdGgpO1xuICAgICAgY29uc3Qgd2lkZSA9IGF2YWlsYWJsZSA+PSBOQVJST1c7XG4gICAgICBzZXRBdHRyaWJ1dGUocm9vdCwgXCJkYXRhLWxheW91dFwiLCB3aWRlID8gXCJ3aWRlXCIgOiBcIm5hcnJvd1wiKTtcbiAgICAgIGNvbnN0IHJvb20gPSB7IHdpZHRoOiBhdmFpbGFibGUgLSBCT1JERVIgLSAod2lkZSA/IFBBTkVMIDogMCksIGhlaWdodDogTWF0aC5tYXgoODAsIGhlaWdodCkgfTtcbiAgICAgIGNvbnN0IHJhdGlvID0gd2luZG93LmRldmljZVBpeGVsUmF0aW8gfHwgMTtcbiAgICAgIGNvbnN0IHZpZXcgPSBjb250YWluKGltYWdlID8/IEVNUFRZLCByb29tLCByYXRpbyk7XG4gICAgICBjb25zdCBodWcgPSBNYXRoLm1heChMRUFTVF9GUkFNRSwgdmlldy5jc3Mud2lkdGggKyBQQU5FTCArIEJPUkRFUik7XG4gICAgICBjYXJkLnN0eWxlLndpZHRoID0gd2lkZSA/IGAke01hdGgubWluKGF2YWlsYWJsZSwgTWF0aC5jZWlsKGh1ZykpfXB4YCA6IFwiXCI7XG4gICAgICBwaWN0dXJlLnN0eWxlLndpZHRoID0gYCR7dmlldy5jc3Mud2lkdGh9cHhgO1xuICAgICAgcGljdHVyZS5zdHlsZS5oZWlnaHQgPSBgJHt2aWV3LmNzcy5oZWlnaHR9cHhgO1xuICAgICAgZm9yIChjb25zdCBvbmUgb2YgW3Bob3RvLCBvdmVybGF5LCBtYXJrc10pIHtcbiAgICAgICAgaWYgKG9uZS53aWR0aCA9PT0gdmlldy5kZXZpY2Uud2lkdGggJiYgb25lLmhlaWdodCA9PT0gdmlldy5kZXZpY2UuaGVpZ2h0KSBjb250aW51ZTtcbiAgICAgICAgb25lLndpZHRoID0gdmlldy5kZXZpY2Uud2lkdGg7XG4gICAgICAgIG9uZS5oZWlnaHQgPSB2aWV3LmRldmljZS5oZWlnaHQ7XG4gICAgICB9XG4gICAgICBsYXN0ID0gdmlldztcbiAgICAgIHJldHVybiB2aWV3O1xuICAgIH0sXG4gICAgc2hvdyh7IG1vZGUsIHdhaXRpbmcsIHZpZXcsIHBob3RvOiBzZWVuLCBlbXB0eSwgY29udGFjdCB9KSB7XG4gICAgICBzZXRBdHRyaWJ1dGUocm9vdCwgXCJkYXRhLW1vZGVcIiwgbW9kZSk7XG4gICAgICBzZXRBdHRyaWJ1dGUocm9vdCwgXCJkYXRhLWNvbnRhY3RcIiwgY29udGFjdCk7XG4gICAgICBzZXRUZXh0KFxuICAgICAgICB2ZWlsLFxuICAgICAgICBlbXB0eSA/ICdObyBwaWN0dXJlIHlldC4gSW4gUHl0aG9uOiBTYW1XaWRnZXQoXCJwaG90by5qcGdcIiknIDogXCJXYWl0aW5nIGZvciB0aGUgcGljdHVyZVwiLFxuICAgICAgKTtcbiAgICAgIHNldEF0dHJpYnV0ZSh2ZWlsLCBcImRhdGEtZW1wdHlcIiwgZW1wdHkpO1xuICAgICAgdmVpbC5oaWRkZW4gPSBzZWVuO1xuICAgICAgcHVsc2UuaGlkZGVuID0gd2FpdGluZyA9PT0gbnVsbDtcbiAgICAgIGlmICh3YWl0aW5nID09PSBudWxsKSByZXR1cm47XG4gICAgICBjb25zdCBib3ggPSB3YWl0aW5nLnR5cGUgPT09IFwiYm94XCI7XG4gICAgICBjb25zdCBbeCwgeV0gPSBib3hcbiAgICAgICAgPyBbKHdhaXRpbmcueDAgKyB3YWl0aW5nLngxKSAvIDIsICh3YWl0aW5nLnkwICsgd2FpdGluZy55MSkgLyAyXVxuICAgICAgICA6IFt3YWl0aW5nLngsIHdhaXRpbmcueV07XG4gICAgICBjb25zdCBhdCA9IHRvU2NyZWVuKHZpZXcsIHsgeCwgeSB9KTtcbiAgICAgIHB1bHNlLnN0eWxlLnRyYW5zZm9ybSA9IGB0cmFuc2xhdGUoJHthdC54fXB4LCAke2F0Lnl9cHgpYDtcbiAgICB9LFxuICB9O1xufVxuIiwgIi8vIEFsbCBrZXlzIG9uIG9uZSBzaGVldCwgb3ZlciB0aGUgcGhvdG8uIE9wZW5lZCBieSBgP2AgYW5kIGJ5IHRoZSBmb290ZXIncyBidXR0b24uXG5pbXBvcnQgeyBoLCB3aXRoS2V5cyB9IGZyb20gXCIuL2RvbVwiO1xuXG5jb25zdCBLRVlTOiByZWFkb25seSAocmVhZG9ubHkgW3N0cmluZywgc3RyaW5nXSlbXSA9IFtcbiAgW1wiY2xpY2tcIiwgXCJhZGQgd2hhdCBpcyB1bmRlciB0aGUgcG9pbnRlclwiXSxcbiAgW1wicmlnaHQtY2xpY2ssIFtbQWx0XV0gY2xpY2tcIiwgXCJ0YWtlIGl0IGF3YXlcIl0sXG4gIFtcImRyYWdcIiwgXCJkcmF3IGEgYm94XCJdLFxuICBbXCJbWzFdXSBbWzJdXSBbWzNdXVwiLCBcImNob29zZSBhIGNhbmRpZGF0ZVwiXSxcbiAgW1wiW1tFbnRlcl1dXCIsIFwiYWNjZXB0OyB0aGUgbmV4dCBjbGljayBzdGFydHMgYW5vdGhlciBvYmplY3RcIl0sXG4gIFtcIltbWF1dXCIsIFwidHVybiB0aGUgbmV4dCBjbGlja1x1MjAxOXMgc2lnblwiXSxcbiAgW1wiW1tQXV0sIFtbQl1dXCIsIFwicG9pbnRzLCBib3hcIl0sXG4gIFtcIltbWl1dLCBbW1NoaWZ0XV0gW1taXV1cIiwgXCJ1bmRvLCByZWRvXCJdLFxuICBbXCJbW0JhY2tzcGFjZV1dXCIsIFwiZHJvcCB0aGUgbGFzdCBwcm9tcHRcIl0sXG4gIFtcIltbSF1dXCIsIFwiaGlkZSB0aGUgbWFza3Mgd2hpbGUgaGVsZFwiXSxcbiAgW1wiW1tFc2NdXVwiLCBcImNsZWFyOyBvbmNlIG1vcmUgbGVhdmVzIHRoZSB3aWRnZXRcIl0sXG5dO1xuXG5leHBvcnQgZnVuY3Rpb24gaGVscFNoZWV0KCk6IHsgZWxlbWVudDogSFRNTEVsZW1lbnQ7IHVwZGF0ZShvcGVuOiBib29sZWFuKTogdm9pZCB9IHtcbiAgY29uc3Qgcm93cyA9IEtFWVMuZmxhdE1hcCgoW2tleXMsIHdoYXRdKSA9PiBbaChcImR0XCIsIHt9LCAuLi53aXRoS2V5cyhrZXlzKSksIGgoXCJkZFwiLCB7fSwgd2hhdCldKTtcbiAgY29uc3QgZWxlbWVudCA9IGgoXCJkaXZcIiwgeyBjbGFzczogXCJzYW0taGVscFwiLCByb2xlOiBcIm5vdGVcIiwgXCJhcmlhLWxhYmVsXCI6IFwiS2V5c1wiLCBoaWRkZW46IHRydWUgfSk7XG4gIGVsZW1lbnQuYXBwZW5kKGgoXCJkbFwiLCB7fSwgLi4ucm93cykpO1xuICByZXR1cm4ge1xuICAgIGVsZW1lbnQsXG4gICAgdXBkYXRlKG9wZW4pIHtcbiAgICAgIGVsZW1lbnQuaGlkZGVuID0gIW9wZW47XG4gICAgfSxcbiAgfTtcbn1cbiIsICIvLyBUaGUga2V5Ym9hcmQ6IHBoeXNpY2FsIGtleXMsIHNvIHRoYXQgYSBLb3JlYW4gb3IgR3JlZWsgbGF5b3V0IGNoYW5nZXMgbm90aGluZywgYW5kIG5ldmVyIGEga2V5IHRoYXQgdGhlIGhvc3QgZ2V0cyB0b28uXG5cbmV4cG9ydCB0eXBlIENvbW1hbmQgPVxuICB8IHsgcmVhZG9ubHkgZG86IFwiY2hvb3NlXCI7IHJlYWRvbmx5IGluZGV4OiBudW1iZXIgfVxuICB8IHtcbiAgICAgIHJlYWRvbmx5IGRvOlxuICAgICAgICB8IFwiZmxpcFwiXG4gICAgICAgIHwgXCJ1bmRvXCJcbiAgICAgICAgfCBcInJlZG9cIlxuICAgICAgICB8IFwiYWNjZXB0XCJcbiAgICAgICAgfCBcImVzY2FwZVwiXG4gICAgICAgIHwgXCJkcm9wTGFzdFwiXG4gICAgICAgIHwgXCJoaWRlXCJcbiAgICAgICAgfCBcInBvaW50XCJcbiAgICAgICAgfCBcImJveFwiXG4gICAgICAgIHwgXCJoZWxwXCI7XG4gICAgfTtcblxuLyoqIFdoYXQgb2YgYSBLZXlib2FyZEV2ZW50IGRlY2lkZXMuICovXG5leHBvcnQgaW50ZXJmYWNlIFN0cm9rZSB7XG4gIHJlYWRvbmx5IGNvZGU6IHN0cmluZztcbiAgcmVhZG9ubHkga2V5OiBzdHJpbmc7XG4gIHJlYWRvbmx5IGN0cmxLZXk6IGJvb2xlYW47XG4gIHJlYWRvbmx5IG1ldGFLZXk6IGJvb2xlYW47XG4gIHJlYWRvbmx5IHNoaWZ0S2V5OiBib29sZWFuO1xuICByZWFkb25seSBhbHRLZXk6IGJvb2xlYW47XG59XG5cbmNvbnN0IFBMQUlOOiB7IHJlYWRvbmx5IFtjb2RlOiBzdHJpbmddOiBDb21tYW5kIH0gPSB7XG4gIERpZ2l0MTogeyBkbzogXCJjaG9vc2VcIiwgaW5kZXg6IDAgfSxcbiAgRGlnaXQyOiB7IGRvOiBcImNob29zZVwiLCBpbmRleDogMSB9LFxuICBEaWdpdDM6IHsgZG86IFwiY2hvb3NlXCIsIGluZGV4OiAyIH0sXG4gIE51bXBhZDE6IHsgZG86IFwiY2hvb3NlXCIsIGluZGV4OiAwIH0sXG4gIE51bXBhZDI6IHsgZG86IFwiY2hvb3NlXCIsIGluZGV4OiAxIH0sXG4gIE51bXBhZDM6IHsgZG86IFwiY2hvb3NlXCIsIGluZGV4OiAyIH0sXG4gIEtleVg6IHsgZG86IFwiZmxpcFwiIH0sXG4gIEtleVo6IHsgZG86IFwidW5kb1wiIH0sXG4gIEtleVA6IHsgZG86IFwicG9pbnRcIiB9LFxuICBLZXlCOiB7IGRvOiBcImJveFwiIH0sXG4gIEtleUg6IHsgZG86IFwiaGlkZVwiIH0sXG4gIEVudGVyOiB7IGRvOiBcImFjY2VwdFwiIH0sXG4gIE51bXBhZEVudGVyOiB7IGRvOiBcImFjY2VwdFwiIH0sXG4gIEVzY2FwZTogeyBkbzogXCJlc2NhcGVcIiB9LFxuICBCYWNrc3BhY2U6IHsgZG86IFwiZHJvcExhc3RcIiB9LFxuICBEZWxldGU6IHsgZG86IFwiZHJvcExhc3RcIiB9LFxufTtcblxuLyoqIFRoZSBjb21tYW5kIG9mIGEga2V5IHN0cm9rZSwgbnVsbCB3aGVuIGl0IGlzIG5vbmUgb2Ygb3Vycy4gKi9cbmV4cG9ydCBmdW5jdGlvbiBjb21tYW5kT2Yoc3Ryb2tlOiBTdHJva2UpOiBDb21tYW5kIHwgbnVsbCB7XG4gIGNvbnN0IHsgY29kZSwgY3RybEtleSwgbWV0YUtleSwgc2hpZnRLZXksIGFsdEtleSB9ID0gc3Ryb2tlO1xuICBpZiAoYWx0S2V5KSByZXR1cm4gbnVsbDtcbiAgaWYgKGN0cmxLZXkgfHwgbWV0YUtleSkge1xuICAgIGlmIChjb2RlID09PSBcIktleVpcIikgcmV0dXJuIHsgZG86IHNoaWZ0S2V5ID8gXCJyZWRvXCIgOiBcInVuZG9cIiB9O1xuICAgIHJldHVybiBjb2RlID09PSBcIktleVlcIiA/IHsgZG86IFwicmVkb1wiIH0gOiBudWxsO1xuICB9XG4gIGlmIChzdHJva2Uua2V5ID09PSBcIj9cIiB8fCAoc2hpZnRLZXkgJiYgY29kZSA9PT0gXCJTbGFzaFwiKSkgcmV0dXJuIHsgZG86IFwiaGVscFwiIH07XG4gIGlmIChzaGlmdEtleSkgcmV0dXJuIGNvZGUgPT09IFwiS2V5WlwiID8geyBkbzogXCJyZWRvXCIgfSA6IG51bGw7XG4gIHJldHVybiBQTEFJTltjb2RlXSA/PyBudWxsO1xufVxuXG4vKipcbiAqIFJ1bnMgY29tbWFuZHMgZm9yIHRoZSBrZXlzIHByZXNzZWQgaW5zaWRlIHRoZSByb290OyBgZG93bmAgaXMgZmFsc2Ugd2hlbiB0aGUga2V5IGlzIGxldCBnby5cbiAqXG4gKiBBbiBpbnB1dCBtZXRob2QgbWF5IHN3YWxsb3cgYSBrZXk6IGtleWRvd24gdGhlbiBjb21lcyBhcyBjb2RlIDIyOSBhbmQgb25seSBrZXl1cCB0ZWxscyB3aGljaCBpdCB3YXMuXG4gKi9cbmV4cG9ydCBmdW5jdGlvbiBsaXN0ZW5LZXlzKFxuICByb290OiBIVE1MRWxlbWVudCxcbiAgcnVuOiAoY29tbWFuZDogQ29tbWFuZCwgZG93bjogYm9vbGVhbikgPT4gdm9pZCxcbiAgc2lnbmFsOiBBYm9ydFNpZ25hbCxcbik6IHZvaWQge1xuICBjb25zdCBzd2FsbG93ZWQgPSAoZXZlbnQ6IEtleWJvYXJkRXZlbnQpOiBib29sZWFuID0+IGV2ZW50LmlzQ29tcG9zaW5nIHx8IGV2ZW50LmtleUNvZGUgPT09IDIyOTtcbiAgbGV0IG93ZWQgPSBmYWxzZTsgLy8gYSBzd2FsbG93ZWQga2V5ZG93biB3aG9zZSBrZXl1cCBkZWNpZGVzXG4gIHJvb3QuYWRkRXZlbnRMaXN0ZW5lcihcbiAgICBcImtleWRvd25cIixcbiAgICAoZXZlbnQpID0+IHtcbiAgICAgIGlmIChzd2FsbG93ZWQoZXZlbnQpKSB7XG4gICAgICAgIG93ZWQgPSB0cnVlO1xuICAgICAgICByZXR1cm47XG4gICAgICB9XG4gICAgICBvd2VkID0gZmFsc2U7XG4gICAgICBjb25zdCBjb21tYW5kID0gY29tbWFuZE9mKGV2ZW50KTtcbiAgICAgIC8vIEVudGVyIGFuZCBTcGFjZSBwcmVzcyB0aGUgYnV0dG9uIHRoYXQgaGFzIHRoZSBmb2N1czsgdGhlIGhvc3QgbXVzdCBub3QgaGVhciBvZiB0aGVtIGVpdGhlci5cbiAgICAgIGV2ZW50LnN0b3BQcm9wYWdhdGlvbigpO1xuICAgICAgaWYgKGNvbW1hbmQgPT09IG51bGwgfHwgKGNvbW1hbmQuZG8gPT09IFwiYWNjZXB0XCIgJiYgb25CdXR0b24oZXZlbnQpKSkgcmV0dXJuO1xuICAgICAgZXZlbnQucHJldmVudERlZmF1bHQoKTtcbiAgICAgIGlmICghZXZlbnQucmVwZWF0IHx8IGNvbW1hbmQuZG8gPT09IFwidW5kb1wiIHx8IGNvbW1hbmQuZG8gPT09IFwicmVkb1wiKSBydW4oY29tbWFuZCwgdHJ1ZSk7XG4gICAgfSxcbiAgICB7IHNpZ25hbCB9LFxuICApO1xuICByb290LmFkZEV2ZW50TGlzdGVuZXIoXG4gICAgXCJrZXl1cFwiLFxuICAgIChldmVudCkgPT4ge1xuICAgICAgY29uc3QgY29tbWFuZCA9IGNvbW1hbmRPZihldmVudCk7XG4gICAgICBldmVudC5zdG9wUHJvcGFnYXRpb24oKTtcbiAgICAgIGlmIChjb21tYW5kID09PSBudWxsKSByZXR1cm47XG4gICAgICBpZiAob3dlZCAmJiAhc3dhbGxvd2VkKGV2ZW50KSkgcnVuKGNvbW1hbmQsIHRydWUpO1xuICAgICAgb3dlZCA9IGZhbHNlO1xuICAgICAgcnVuKGNvbW1hbmQsIGZhbHNlKTtcbiAgICB9LFxuICAgIHsgc2lnbmFsIH0sXG4gICk7XG59XG5cbmZ1bmN0aW9uIG9uQnV0dG9uKGV2ZW50OiBFdmVudCk6IGJvb2xlYW4ge1xuICByZXR1cm4gZXZlbnQudGFyZ2V0IGluc3RhbmNlb2YgSFRNTEJ1dHRvbkVsZW1lbnQ7XG59XG4iLCAiLy8gVGhlIGljb25zOiAxNiB4IDE2IGxpbmUgZHJhd2luZ3MsIG1hZGUgZm9yIHRoaXMgd2lkZ2V0LiBEcmF3aW5ncyBvbmx5LlxuZXhwb3J0IGNvbnN0IElDT05TID0ge1xuICBwb2ludDogYDxjaXJjbGUgY3g9XCI4XCIgY3k9XCI4XCIgcj1cIjUuNzVcIi8+PHBhdGggZD1cIk04IDUuNHY1LjJNNS40IDhoNS4yXCIvPmAsXG4gIG5lZ2F0aXZlOiBgPGNpcmNsZSBjeD1cIjhcIiBjeT1cIjhcIiByPVwiNS43NVwiLz48cGF0aCBkPVwiTTUuNCA4aDUuMlwiLz5gLFxuICBib3g6IGA8cGF0aCBkPVwiTTQuNSAzLjVoN000LjUgMTIuNWg3TTMuNSA0LjV2N00xMi41IDQuNXY3XCIgc3Ryb2tlLWRhc2hhcnJheT1cIjIuMiAxLjRcIi8+PHBhdGggY2xhc3M9XCJzYW0tc29saWRcIiBkPVwiTTIuMiAyLjJoMi42djIuNkgyLjJ6TTExLjIgMi4yaDIuNnYyLjZoLTIuNnpNMi4yIDExLjJoMi42djIuNkgyLjJ6TTExLjIgMTEuMmgyLjZ2Mi42aC0yLjZ6XCIvPmAsXG4gIHVuZG86IGA8cGF0aCBkPVwiTTUuNiAyLjkgMi44IDUuN2wyLjggMi44XCIvPjxwYXRoIGQ9XCJNMy4yIDUuN2g2LjFhMy43IDMuNyAwIDAgMSAwIDcuNEg2XCIvPmAsXG4gIHJlZG86IGA8cGF0aCBkPVwibTEwLjQgMi45IDIuOCAyLjgtMi44IDIuOFwiLz48cGF0aCBkPVwiTTEyLjggNS43SDYuN2EzLjcgMy43IDAgMCAwIDAgNy40SDEwXCIvPmAsXG4gIGNsZWFyOiBgPHBhdGggZD1cIm00IDQgOCA4TTEyIDRsLTggOFwiLz5gLFxuICBhY2NlcHQ6IGA8cGF0aCBkPVwibTMuMiA4LjYgMy4yIDMuMiA2LjQtNy4yXCIvPmAsXG4gIGV5ZTogYDxwYXRoIGQ9XCJNMS42IDhTNCAzLjYgOCAzLjYgMTQuNCA4IDE0LjQgOCAxMiAxMi40IDggMTIuNCAxLjYgOCAxLjYgOFpcIi8+PGNpcmNsZSBjeD1cIjhcIiBjeT1cIjhcIiByPVwiMlwiLz5gLFxuICByZWFkeTogYDxjaXJjbGUgY2xhc3M9XCJzYW0tc29saWRcIiBjeD1cIjhcIiBjeT1cIjhcIiByPVwiNFwiLz5gLFxuICBidXN5OiBgPGNpcmNsZSBjeD1cIjhcIiBjeT1cIjhcIiByPVwiNVwiIG9wYWNpdHk9XCIuMjVcIi8+PHBhdGggZD1cIk04IDNhNSA1IDAgMCAxIDUgNVwiLz5gLFxuICBlcnJvcjogYDxwYXRoIGQ9XCJNOCAyLjYgMTQgMTNIMlpcIi8+PHBhdGggZD1cIk04IDYuNnYzTTggMTEuMnYuMVwiLz5gLFxuICBicm9rZW46IGA8cGF0aCBkPVwiTTYuNiA5LjRhMi41IDIuNSAwIDAgMSAwLTMuNWwuNi0uNk05LjQgNi42YTIuNSAyLjUgMCAwIDEgMCAzLjVsLS42LjZNNCA0IDIuNiAyLjZNMTIgMTJsMS40IDEuNFwiLz5gLFxufSBhcyBjb25zdDtcbiIsICIvLyBUaGUgbGluZSBpbiB3b3JkcyB3aGVuIHNvbWV0aGluZyB3ZW50IHdyb25nOiBhIHJlamVjdGVkIHN0ZXAsIGEgbW9kZWwgdGhhdCBjYW5ub3QgcnVuLCBhIGtlcm5lbCB0aGF0IGlzIGdvbmUuXG5pbXBvcnQgeyBoLCBpY29uIH0gZnJvbSBcIi4vZG9tXCI7XG5pbXBvcnQgeyBJQ09OUyB9IGZyb20gXCIuL2ljb25zXCI7XG5cbmV4cG9ydCBmdW5jdGlvbiBub3RpY2UoXG4gIGRpc21pc3M6ICgpID0+IHZvaWQsXG4gIHNpZ25hbDogQWJvcnRTaWduYWwsXG4pOiB7IGVsZW1lbnQ6IEhUTUxFbGVtZW50OyB1cGRhdGUodGV4dDogc3RyaW5nIHwgbnVsbCwgZGlzbWlzc2libGU6IGJvb2xlYW4pOiB2b2lkIH0ge1xuICBjb25zdCB3b3JkcyA9IGgoXCJzcGFuXCIsIHsgY2xhc3M6IFwic2FtLWVycm9yLXdvcmRzXCIgfSk7XG4gIGNvbnN0IGNsb3NlID0gaChcImJ1dHRvblwiLCB7XG4gICAgdHlwZTogXCJidXR0b25cIixcbiAgICBjbGFzczogXCJzYW0tdG9vbFwiLFxuICAgIFwiYXJpYS1sYWJlbFwiOiBcIkRpc21pc3MgdGhpcyBtZXNzYWdlXCIsXG4gICAgdGl0bGU6IFwiRGlzbWlzc1wiLFxuICB9KTtcbiAgY2xvc2UuYXBwZW5kKGljb24oSUNPTlMuY2xlYXIpKTtcbiAgY2xvc2UuYWRkRXZlbnRMaXN0ZW5lcihcImNsaWNrXCIsIGRpc21pc3MsIHsgc2lnbmFsIH0pO1xuICBjb25zdCBlbGVtZW50ID0gaChcImRpdlwiLCB7IGNsYXNzOiBcInNhbS1lcnJvclwiLCByb2xlOiBcImFsZXJ0XCIsIGhpZGRlbjogdHJ1ZSB9KTtcbiAgZWxlbWVudC5hcHBlbmQoaWNvbihJQ09OUy5lcnJvciksIHdvcmRzLCBjbG9zZSk7XG4gIHJldHVybiB7XG4gICAgZWxlbWVudCxcbiAgICB1cGRhdGUodGV4dCwgZGlzbWlzc2libGUpIHtcbiAgICAgIGlmICh3b3Jkcy50ZXh0Q29udGVudCAhPT0gKHRleHQgPz8gXCJcIikpIHdvcmRzLnRleHRDb250ZW50ID0gdGV4dCA/PyBcIlwiO1xuICAgICAgZWxlbWVudC5oaWRkZW4gPSB0ZXh0ID09PSBudWxsO1xuICAgICAgY2xvc2UuaGlkZGVuID0gIWRpc21pc3NpYmxlO1xuICAgIH0sXG4gIH07XG59XG4iLCAiLy8gVGhlIGFjY2VwdGVkIG9iamVjdHMsIGJ5IGNvbG91ciwgbnVtYmVyIGFuZCBuYW1lLiBQb2ludGluZyBhdCBvbmUgYnJpbmdzIGl0cyBvdXRsaW5lIG91dCBvbiB0aGUgcGhvdG8uXG5pbXBvcnQgdHlwZSB7IEFuc3dlciwgT2JqZWN0UmVjb3JkIH0gZnJvbSBcIi4uL2RvY3VtZW50XCI7XG5pbXBvcnQgeyBjaG9zZW5PZiB9IGZyb20gXCIuLi9kb2N1bWVudFwiO1xuaW1wb3J0IHsgY29sb3JPZiwgY3NzIH0gZnJvbSBcIi4uL3BhaW50XCI7XG5pbXBvcnQgeyBzaGFyZU9mIH0gZnJvbSBcIi4vY2FuZGlkYXRlc1wiO1xuaW1wb3J0IHsgaCwgc2V0QXR0cmlidXRlIH0gZnJvbSBcIi4vZG9tXCI7XG5cbmV4cG9ydCBpbnRlcmZhY2UgQWNjZXB0ZWQge1xuICByZWFkb25seSBvYmplY3Q6IE9iamVjdFJlY29yZDtcbiAgcmVhZG9ubHkgYW5zd2VyOiBBbnN3ZXIgfCBudWxsO1xufVxuXG5leHBvcnQgZnVuY3Rpb24gb2JqZWN0c0xpc3QoXG4gIHBvaW50OiAob2JqZWN0OiBzdHJpbmcgfCBudWxsKSA9PiB2b2lkLFxuICBzaWduYWw6IEFib3J0U2lnbmFsLFxuKTogeyBlbGVtZW50OiBIVE1MRWxlbWVudDsgdXBkYXRlKGFjY2VwdGVkOiByZWFkb25seSBBY2NlcHRlZFtdLCBwaXhlbHM6IG51bWJlcik6IHZvaWQgfSB7XG4gIGNvbnN0IGxpc3QgPSBoKFwib2xcIiwgeyBjbGFzczogXCJzYW0tb2JqZWN0LWxpc3RcIiB9KTtcbiAgY29uc3QgZWxlbWVudCA9IGgoXCJzZWN0aW9uXCIsIHsgY2xhc3M6IFwic2FtLW9iamVjdHNcIiwgXCJhcmlhLWxhYmVsXCI6IFwiQWNjZXB0ZWQgb2JqZWN0c1wiIH0pO1xuICBlbGVtZW50LmFwcGVuZChoKFwiaDNcIiwge30sIFwiQWNjZXB0ZWRcIiksIGxpc3QpO1xuICBjb25zdCBwb2ludGVkID0gKGV2ZW50OiBQb2ludGVyRXZlbnQpOiB2b2lkID0+IHtcbiAgICBjb25zdCByb3cgPSBldmVudC50YXJnZXQgaW5zdGFuY2VvZiBFbGVtZW50ID8gZXZlbnQudGFyZ2V0LmNsb3Nlc3QoXCJsaVwiKSA6IG51bGw7XG4gICAgcG9pbnQocm93Py5kYXRhc2V0Lm9iamVjdCA/PyBudWxsKTtcbiAgfTtcbiAgbGlzdC5hZGRFdmVudExpc3RlbmVyKFwicG9pbnRlcm92ZXJcIiwgcG9pbnRlZCwgeyBzaWduYWwgfSk7XG4gIGxpc3QuYWRkRXZlbnRMaXN0ZW5lcihcInBvaW50ZXJsZWF2ZVwiLCAoKSA9PiBwb2ludChudWxsKSwgeyBzaWduYWwgfSk7XG4gIGxldCBzaG93biA9IFwiXCI7XG4gIHJldHVybiB7XG4gICAgZWxlbWVudCxcbiAgICB1cGRhdGUoYWNjZXB0ZWQsIHBpeGVscykge1xuICAgICAgZWxlbWVudC5oaWRkZW4gPSBhY2NlcHRlZC5sZW5ndGggPT09IDA7XG4gICAgICBjb25zdCByb3dzID0gYWNjZXB0ZWQubWFwKCh7IG9iamVjdCwgYW5zd2VyIH0pID0+IHtcbiAgICAgICAgY29uc3QgY2FuZGlkYXRlID0gYW5zd2VyPy5jYW5kaWRhdGVzW2Nob3Nlbk9mKG9iamVjdCwgYW5zd2VyKV07XG4gICAgICAgIGNvbnN0IHNoYXJlID0gY2FuZGlkYXRlID09PSB1bmRlZmluZWQgPyBcIlwiIDogc2hhcmVPZihjYW5kaWRhdGUuYXJlYSwgcGl4ZWxzKTtcbiAgICAgICAgcmV0dXJuIHsgb2JqZWN0LCBuYW1lOiBvYmplY3QubGFiZWwgfHwgXCJvYmplY3RcIiwgc2hhcmUgfTtcbiAgICAgIH0pO1xuICAgICAgY29uc3Qgbm93ID0gSlNPTi5zdHJpbmdpZnkocm93cy5tYXAoKHsgb2JqZWN0LCBuYW1lLCBzaGFyZSB9KSA9PiBbb2JqZWN0LmlkLCBuYW1lLCBzaGFyZV0pKTtcbiAgICAgIGlmIChub3cgPT09IHNob3duKSByZXR1cm47XG4gICAgICBzaG93biA9IG5vdztcbiAgICAgIGxpc3QucmVwbGFjZUNoaWxkcmVuKFxuICAgICAgICAuLi5yb3dzLm1hcCgoeyBvYmplY3QsIG5hbWUsIHNoYXJlIH0sIGkpID0+IHtcbiAgICAgICAgICBjb25zdCBzd2F0Y2ggPSBoKFwic3BhblwiLCB7IGNsYXNzOiBcInNhbS1zd2F0Y2hcIiB9LCBTdHJpbmcoaSArIDEpKTtcbiAgICAgICAgICBzd2F0Y2guc3R5bGUuc2V0UHJvcGVydHkoXCItLXNhbS1jb2xvclwiLCBjc3MoY29sb3JPZihvYmplY3QuY29sb3IpKSk7XG4gICAgICAgICAgY29uc3Qgcm93ID0gaChcbiAgICAgICAgICAgIFwibGlcIixcbiAgICAgICAgICAgIHt9LFxuICAgICAgICAgICAgc3dhdGNoLFxuICAgICAgICAgICAgaChcInNwYW5cIiwge30sIG5hbWUpLFxuICAgICAgICAgICAgaChcInNwYW5cIiwgeyBjbGFzczogXCJzYW0tZmluZVwiIH0sIHNoYXJlKSxcbiAgICAgICAgICApO1xuICAgICAgICAgIHNldEF0dHJpYnV0ZShyb3csIFwiZGF0YS1vYmplY3RcIiwgb2JqZWN0LmlkKTtcbiAgICAgICAgICByZXR1cm4gcm93O1xuICAgICAgICB9KSxcbiAgICAgICk7XG4gICAgfSxcbiAgfTtcbn1cbiIsICIvLyBUaGUgcG9pbnRlciBvbiB0aGUgcGljdHVyZTogcHJlc3NlcyBiZWNvbWUgZ2VzdHVyZXMgb2YgdGhlIHJ1bm5pbmcgdG9vbCwgaW4gaW1hZ2UgcGl4ZWxzLlxuLy8gSXQga25vd3MgdG9vbHMgYW5kIHBsYWNlczsgd2hhdCBhbiBFZGl0IGRvZXMgYW5kIGhvdyBhIGRyYWZ0IGxvb2tzIGlzIHNhaWQgZWxzZXdoZXJlLlxuaW1wb3J0IHR5cGUgeyBFZGl0LCBTY2VuZSB9IGZyb20gXCIuLi9kb2N1bWVudFwiO1xuaW1wb3J0IHR5cGUgeyBEcmFmdCwgR2VzdHVyZSwgVG9vbCB9IGZyb20gXCIuLi90b29scy90b29sXCI7XG5pbXBvcnQgeyB0eXBlIFBsYWNlLCB0b0ltYWdlLCB0b1NjcmVlbiwgdHlwZSBWaWV3cG9ydCB9IGZyb20gXCIuLi92aWV3cG9ydFwiO1xuXG5leHBvcnQgaW50ZXJmYWNlIFBvaW50ZXJPcHRpb25zIHtcbiAgcmVhZG9ubHkgdmlldzogKCkgPT4gVmlld3BvcnQ7XG4gIHJlYWRvbmx5IHNjZW5lOiAoKSA9PiBTY2VuZTtcbiAgcmVhZG9ubHkgdG9vbDogKCkgPT4gVG9vbDtcbiAgcmVhZG9ubHkgcG9zaXRpdmU6IChldmVudDogUG9pbnRlckV2ZW50KSA9PiBib29sZWFuO1xuICByZWFkb25seSBlbmFibGVkOiAoKSA9PiBib29sZWFuO1xuICByZWFkb25seSBkcmFmdDogKGRyYWZ0OiBEcmFmdCB8IG51bGwpID0+IHZvaWQ7XG4gIHJlYWRvbmx5IGRvbmU6IChlZGl0OiBFZGl0IHwgbnVsbCkgPT4gdm9pZDtcbn1cblxuY29uc3QgTEVGVCA9IDA7XG5jb25zdCBSSUdIVCA9IDI7XG5cbi8qKiBMaXN0ZW5zIG9uIHRoZSBjYW52YXMgdW50aWwgdGhlIHNpZ25hbCBhYm9ydHM7IHJldHVybnMgd2hhdCBmb3JnZXRzIHRoZSBnZXN0dXJlIHVuZGVyIHdheS4gKi9cbmV4cG9ydCBmdW5jdGlvbiBsaXN0ZW5Qb2ludGVyKFxuICBjYW52YXM6IEhUTUxFbGVtZW50LFxuICBvcHRpb25zOiBQb2ludGVyT3B0aW9ucyxcbiAgc2lnbmFsOiBBYm9ydFNpZ25hbCxcbik6IHsgY2FuY2VsKCk6IGJvb2xlYW4gfSB7XG4gIGxldCBydW5uaW5nOiB7IHJlYWRvbmx5IGlkOiBudW1iZXI7IHJlYWRvbmx5IGdlc3R1cmU6IEdlc3R1cmUgfSB8IG51bGwgPSBudWxsO1xuXG4gIGNvbnN0IHBsYWNlID0gKGV2ZW50OiBQb2ludGVyRXZlbnQpOiBQbGFjZSA9PiB7XG4gICAgY29uc3QgY29ybmVyID0gY2FudmFzLmdldEJvdW5kaW5nQ2xpZW50UmVjdCgpO1xuICAgIHJldHVybiB0b0ltYWdlKG9wdGlvbnMudmlldygpLCB7XG4gICAgICB4OiBldmVudC5jbGllbnRYIC0gY29ybmVyLmxlZnQsXG4gICAgICB5OiBldmVudC5jbGllbnRZIC0gY29ybmVyLnRvcCxcbiAgICB9KTtcbiAgfTtcbiAgY29uc3QgcHJlc3MgPSAoZXZlbnQ6IFBvaW50ZXJFdmVudCk6IHZvaWQgPT4ge1xuICAgIGlmIChydW5uaW5nICE9PSBudWxsIHx8ICFvcHRpb25zLmVuYWJsZWQoKSkgcmV0dXJuO1xuICAgIGlmIChldmVudC5idXR0b24gIT09IExFRlQgJiYgZXZlbnQuYnV0dG9uICE9PSBSSUdIVCkgcmV0dXJuO1xuICAgIGNvbnN0IGF0ID0gcGxhY2UoZXZlbnQpO1xuICAgIGNvbnN0IGZyb20gPSB0b1NjcmVlbihvcHRpb25zLnZpZXcoKSwgYXQpO1xuICAgIGNvbnN0IHRyYXZlbGxlZCA9ICh0bzogUGxhY2UpOiBudW1iZXIgPT4ge1xuICAgICAgY29uc3Qgbm93ID0gdG9TY3JlZW4ob3B0aW9ucy52aWV3KCksIHRvKTtcbiAgICAgIHJldHVybiBNYXRoLmh5cG90KG5vdy54IC0gZnJvbS54LCBub3cueSAtIGZyb20ueSk7XG4gICAgfTtcbiAgICBjb25zdCBnZXN0dXJlID0gb3B0aW9ucy50b29sKCkoXG4gICAgICB7IGF0LCBwb3NpdGl2ZTogb3B0aW9ucy5wb3NpdGl2ZShldmVudCksIHRyYXZlbGxlZCB9LFxuICAgICAgb3B0aW9ucy5zY2VuZSxcbiAgICApO1xuICAgIHJ1bm5pbmcgPSB7IGlkOiBldmVudC5wb2ludGVySWQsIGdlc3R1cmUgfTtcbiAgICBjYW52YXMuc2V0UG9pbnRlckNhcHR1cmUoZXZlbnQucG9pbnRlcklkKTtcbiAgfTtcbiAgY29uc3QgbW92ZSA9IChldmVudDogUG9pbnRlckV2ZW50KTogdm9pZCA9PiB7XG4gICAgaWYgKHJ1bm5pbmc/LmlkID09PSBldmVudC5wb2ludGVySWQpIG9wdGlvbnMuZHJhZnQocnVubmluZy5nZXN0dXJlLm1vdmUocGxhY2UoZXZlbnQpKSk7XG4gIH07XG4gIGNvbnN0IHJlbGVhc2UgPSAoZXZlbnQ6IFBvaW50ZXJFdmVudCk6IHZvaWQgPT4ge1xuICAgIGlmIChydW5uaW5nPy5pZCAhPT0gZXZlbnQucG9pbnRlcklkKSByZXR1cm47XG4gICAgY29uc3QgeyBnZXN0dXJlIH0gPSBydW5uaW5nO1xuICAgIHJ1bm5pbmcgPSBudWxsO1xuICAgIG9wdGlvbnMuZHJhZnQobnVsbCk7XG4gICAgb3B0aW9ucy5kb25lKGdlc3R1cmUucmVsZWFzZShwbGFjZShldmVudCkpKTtcbiAgfTtcbiAgY29uc3QgY2FuY2VsID0gKCk6IGJvb2xlYW4gPT4ge1xuICAgIGlmIChydW5uaW5nID09PSBudWxsKSByZXR1cm4gZmFsc2U7XG4gICAgcnVubmluZyA9IG51bGw7XG4gICAgb3B0aW9ucy5kcmFmdChudWxsKTtcbiAgICByZXR1cm4gdHJ1ZTtcbiAgfTtcblxuICBjYW52YXMuYWRkRXZlbnRMaXN0ZW5lcihcInBvaW50ZXJkb3duXCIsIHByZXNzLCB7IHNpZ25hbCB9KTtcbiAgY2FudmFzLmFkZEV2ZW50TGlzdGVuZXIoXCJwb2ludGVybW92ZVwiLCBtb3ZlLCB7IHNpZ25hbCB9KTtcbiAgY2FudmFzLmFkZEV2ZW50TGlzdGVuZXIoXCJwb2ludGVydXBcIiwgcmVsZWFzZSwgeyBzaWduYWwgfSk7XG4gIGNhbnZhcy5hZGRFdmVudExpc3RlbmVyKFwicG9pbnRlcmNhbmNlbFwiLCBjYW5jZWwsIHsgc2lnbmFsIH0pO1xuICBjYW52YXMuYWRkRXZlbnRMaXN0ZW5lcihcbiAgICBcImNvbnRleHRtZW51XCIsXG4gICAgKGV2ZW50KSA9PiB7XG4gICAgICBldmVudC5wcmV2ZW50RGVmYXVsdCgpOyAvLyB0aGUgcmlnaHQgYnV0dG9uIGlzIG91cnMgaGVyZVxuICAgICAgZXZlbnQuc3RvcFByb3BhZ2F0aW9uKCk7XG4gICAgfSxcbiAgICB7IHNpZ25hbCB9LFxuICApO1xuICByZXR1cm4geyBjYW5jZWwgfTtcbn1cbiIsICIvLyBUaGUgcGlsbCBhdCB0aGUgcmlnaHQgb2YgdGhlIHRvb2xiYXI6IHdoaWNoIG1vZGVsLCBhbmQgaG93IGl0IGlzOyBzYWlkIGFsb3VkIHdoZW4gaXQgY2hhbmdlcy5cbmltcG9ydCB0eXBlIHsgU3RhdHVzIH0gZnJvbSBcIi4uL3Byb3RvY29sXCI7XG5pbXBvcnQgdHlwZSB7IENvbnRhY3QgfSBmcm9tIFwiLi4vc3RvcmVcIjtcbmltcG9ydCB7IGgsIGljb24sIHNldEF0dHJpYnV0ZSwgc2V0VGV4dCB9IGZyb20gXCIuL2RvbVwiO1xuaW1wb3J0IHsgSUNPTlMgfSBmcm9tIFwiLi9pY29uc1wiO1xuXG5jb25zdCBXT1JEUyA9IHtcbiAgd2FpdGluZzogXCJjb25uZWN0aW5nXCIsXG4gIGxvYWRpbmc6IFwibG9hZGluZ1wiLFxuICBlbmNvZGluZzogXCJyZWFkaW5nIHRoZSBwaG90b1wiLFxuICByZWFkeTogXCJyZWFkeVwiLFxuICBlcnJvcjogXCJlcnJvclwiLFxuICBzaWxlbnQ6IFwibm8gYW5zd2VyXCIsXG4gIGdvbmU6IFwiZGlzY29ubmVjdGVkXCIsXG59IGFzIGNvbnN0O1xuY29uc3QgUElDVFVSRVMgPSB7XG4gIHdhaXRpbmc6IFwiYnVzeVwiLFxuICBsb2FkaW5nOiBcImJ1c3lcIixcbiAgZW5jb2Rpbmc6IFwiYnVzeVwiLFxuICByZWFkeTogXCJyZWFkeVwiLFxuICBlcnJvcjogXCJlcnJvclwiLFxuICBzaWxlbnQ6IFwiZXJyb3JcIixcbiAgZ29uZTogXCJicm9rZW5cIixcbn0gYXMgY29uc3Q7XG5cbmV4cG9ydCBmdW5jdGlvbiBzdGF0dXNQaWxsKCk6IHtcbiAgZWxlbWVudDogSFRNTEVsZW1lbnQ7XG4gIHVwZGF0ZShzdGF0dXM6IFN0YXR1cyB8IG51bGwsIGNvbnRhY3Q6IENvbnRhY3QpOiB2b2lkO1xufSB7XG4gIGNvbnN0IHBpY3R1cmVzID0gaChcInNwYW5cIiwgeyBjbGFzczogXCJzYW0tc3RhdHVzLXBpY3R1cmVcIiB9KTtcbiAgY29uc3QgbW9kZWwgPSBoKFwic3BhblwiLCB7IGNsYXNzOiBcInNhbS1zdGF0dXMtbW9kZWxcIiB9KTtcbiAgY29uc3Qgd29yZHMgPSBoKFwic3BhblwiLCB7IGNsYXNzOiBcInNhbS1zdGF0dXMtd29yZHNcIiB9KTtcbiAgY29uc3Qgc2hhcmUgPSBoKFwic3BhblwiLCB7IGNsYXNzOiBcInNhbS1zdGF0dXMtc2hhcmVcIiB9KTtcbiAgY29uc3QgYmFyID0gaChcInNwYW5cIiwgeyBjbGFzczogXCJzYW0tc3RhdHVzLWJhclwiLCBoaWRkZW46IHRydWUgfSk7XG4gIGNvbnN0IGVsZW1lbnQgPSBoKFwiZGl2XCIsIHsgY2xhc3M6IFwic2FtLXN0YXR1c1wiLCByb2xlOiBcInN0YXR1c1wiLCBcImFyaWEtbGl2ZVwiOiBcInBvbGl0ZVwiIH0pO1xuICBlbGVtZW50LmFwcGVuZChwaWN0dXJlcywgbW9kZWwsIHdvcmRzLCBzaGFyZSwgYmFyKTtcbiAgbGV0IHNob3duID0gXCJcIjtcbiAgcmV0dXJuIHtcbiAgICBlbGVtZW50LFxuICAgIHVwZGF0ZShzdGF0dXMsIGNvbnRhY3QpIHtcbiAgICAgIGNvbnN0IHdoYXQgPSBjb250YWN0ID09PSBcIm9wZW5cIiA/IChzdGF0dXM/LndoYXQgPz8gXCJsb2FkaW5nXCIpIDogY29udGFjdDtcbiAgICAgIHNldEF0dHJpYnV0ZShlbGVtZW50LCBcImRhdGEtd2hhdFwiLCB3aGF0KTtcbiAgICAgIGlmIChzaG93biAhPT0gUElDVFVSRVNbd2hhdF0pIHtcbiAgICAgICAgc2hvd24gPSBQSUNUVVJFU1t3aGF0XTtcbiAgICAgICAgcGljdHVyZXMucmVwbGFjZUNoaWxkcmVuKGljb24oSUNPTlNbUElDVFVSRVNbd2hhdF1dKSk7XG4gICAgICB9XG4gICAgICBzZXRUZXh0KG1vZGVsLCBzdGF0dXM/Lm1vZGVsID8/IFwiXCIpO1xuICAgICAgY29uc3QgcHJvZ3Jlc3MgPSBjb250YWN0ID09PSBcIm9wZW5cIiA/IChzdGF0dXM/LnByb2dyZXNzID8/IG51bGwpIDogbnVsbDtcbiAgICAgIHNldFRleHQod29yZHMsIFdPUkRTW3doYXRdKTtcbiAgICAgIHNldFRleHQoc2hhcmUsIHByb2dyZXNzID09PSBudWxsID8gXCJcIiA6IGAke01hdGgucm91bmQocHJvZ3Jlc3MgKiAxMDApfSAlYCk7XG4gICAgICBzZXRBdHRyaWJ1dGUoZWxlbWVudCwgXCJ0aXRsZVwiLCBzdGF0dXM/LnRleHQgfHwgbnVsbCk7XG4gICAgICBiYXIuaGlkZGVuID0gcHJvZ3Jlc3MgPT09IG51bGwgfHwgd2hhdCA9PT0gXCJyZWFkeVwiO1xuICAgICAgYmFyLnN0eWxlLnNldFByb3BlcnR5KFwiLS1zYW0tcHJvZ3Jlc3NcIiwgU3RyaW5nKHByb2dyZXNzID8/IDApKTtcbiAgICB9LFxuICB9O1xufVxuIiwgIi8vIExpZ2h0IG9yIGRhcms6IHdoYXQgdGhlIHRyYWl0IHNheXMsIGVsc2Ugd2hhdCB0aGUgaG9zdCBzaG93cywgZWxzZSB3aGF0IHRoZSBzeXN0ZW0gcHJlZmVycy5cblxuZXhwb3J0IHR5cGUgVGhlbWUgPSBcImF1dG9cIiB8IFwibGlnaHRcIiB8IFwiZGFya1wiO1xuXG4vKiogS2VlcHMgYGRhdGEtdGhlbWVgIGFuZCBgZGF0YS1ob3N0YCBvZiB0aGUgcm9vdCByaWdodCB1bnRpbCB0aGUgc2lnbmFsIGFib3J0cy4gUmV0dXJucyB0aGUgcmVmcmVzaGVyLiAqL1xuZXhwb3J0IGZ1bmN0aW9uIGZvbGxvd1RoZW1lKFxuICByb290OiBIVE1MRWxlbWVudCxcbiAgdGhlbWU6ICgpID0+IFRoZW1lLFxuICBzaWduYWw6IEFib3J0U2lnbmFsLFxuKTogKCkgPT4gdm9pZCB7XG4gIGNvbnN0IHN5c3RlbSA9IG1hdGNoTWVkaWEoXCIocHJlZmVycy1jb2xvci1zY2hlbWU6IGRhcmspXCIpO1xuICBjb25zdCByZWZyZXNoID0gKCk6IHZvaWQgPT4ge1xuICAgIGNvbnN0IHdhbnRlZCA9IHRoZW1lKCk7XG4gICAgY29uc3QgaG9zdCA9IHdhbnRlZCA9PT0gXCJhdXRvXCIgPyBob3N0T2YoZG9jdW1lbnQuYm9keSkgOiBudWxsO1xuICAgIHJvb3QuZGF0YXNldC5ob3N0ID0gaG9zdD8ubmFtZSA/PyBcIm5vbmVcIjtcbiAgICByb290LmRhdGFzZXQudGhlbWUgPVxuICAgICAgaG9zdD8udGhlbWUgPz8gKHdhbnRlZCA9PT0gXCJhdXRvXCIgPyAoc3lzdGVtLm1hdGNoZXMgPyBcImRhcmtcIiA6IFwibGlnaHRcIikgOiB3YW50ZWQpO1xuICB9O1xuICBzeXN0ZW0uYWRkRXZlbnRMaXN0ZW5lcihcImNoYW5nZVwiLCByZWZyZXNoLCB7IHNpZ25hbCB9KTtcbiAgY29uc3Qgd2F0Y2hlciA9IG5ldyBNdXRhdGlvbk9ic2VydmVyKHJlZnJlc2gpO1xuICB3YXRjaGVyLm9ic2VydmUoZG9jdW1lbnQuYm9keSwge1xuICAgIGF0dHJpYnV0ZXM6IHRydWUsXG4gICAgYXR0cmlidXRlRmlsdGVyOiBbXCJjbGFzc1wiLCBcImRhdGEtanAtdGhlbWUtbGlnaHRcIiwgXCJkYXRhLXZzY29kZS10aGVtZS1raW5kXCJdLFxuICB9KTtcbiAgc2lnbmFsLmFkZEV2ZW50TGlzdGVuZXIoXCJhYm9ydFwiLCAoKSA9PiB3YXRjaGVyLmRpc2Nvbm5lY3QoKSwgeyBvbmNlOiB0cnVlIH0pO1xuICByZWZyZXNoKCk7XG4gIHJldHVybiByZWZyZXNoO1xufVxuXG5mdW5jdGlvbiBob3N0T2YoYm9keTogSFRNTEVsZW1lbnQpOiB7IG5hbWU6IHN0cmluZzsgdGhlbWU6IFwibGlnaHRcIiB8IFwiZGFya1wiIH0gfCBudWxsIHtcbiAgY29uc3QganVweXRlciA9IGJvZHkuZGF0YXNldC5qcFRoZW1lTGlnaHQ7XG4gIGlmIChqdXB5dGVyICE9PSB1bmRlZmluZWQpIHtcbiAgICByZXR1cm4geyBuYW1lOiBcImp1cHl0ZXJcIiwgdGhlbWU6IGp1cHl0ZXIgPT09IFwiZmFsc2VcIiA/IFwiZGFya1wiIDogXCJsaWdodFwiIH07XG4gIH1cbiAgY29uc3Qga2luZCA9IGJvZHkuZGF0YXNldC52c2NvZGVUaGVtZUtpbmQ7XG4gIGlmIChraW5kICE9PSB1bmRlZmluZWQpIHtcbiAgICByZXR1cm4geyBuYW1lOiBcInZzY29kZVwiLCB0aGVtZToga2luZC5pbmNsdWRlcyhcImxpZ2h0XCIpID8gXCJsaWdodFwiIDogXCJkYXJrXCIgfTtcbiAgfVxuICByZXR1cm4gbnVsbDtcbn1cbiIsICIvLyBUaGUgc2xpbSByb3c6IHdoaWNoIHNpZ24gYW5kIHRvb2wgdGhlIG5leHQgY2xpY2sgaGFzLCB1bmRvIGFuZCByZWRvLCBjbGVhciwgYWNjZXB0LCBoaWRlOyB0aGUgc3RhdHVzIGF0IGl0cyByaWdodC5cbmltcG9ydCB7IGgsIGljb24sIHNldEF0dHJpYnV0ZSB9IGZyb20gXCIuL2RvbVwiO1xuaW1wb3J0IHsgSUNPTlMgfSBmcm9tIFwiLi9pY29uc1wiO1xuXG5leHBvcnQgdHlwZSBBY3Rpb24gPSBcInBvaW50XCIgfCBcIm5lZ2F0aXZlXCIgfCBcImJveFwiIHwgXCJ1bmRvXCIgfCBcInJlZG9cIiB8IFwiY2xlYXJcIiB8IFwiaGlkZVwiIHwgXCJhY2NlcHRcIjtcblxuLyoqIFdoYXQgdGhlIG5leHQgcHJlc3MgZG9lcy4gKi9cbmV4cG9ydCB0eXBlIE1vZGUgPSBcInBvaW50XCIgfCBcIm5lZ2F0aXZlXCIgfCBcImJveFwiO1xuXG5leHBvcnQgaW50ZXJmYWNlIFRvb2xiYXJTdGF0ZSB7XG4gIHJlYWRvbmx5IG1vZGU6IE1vZGU7XG4gIHJlYWRvbmx5IGhpZGRlbjogYm9vbGVhbjtcbiAgcmVhZG9ubHkgZW5hYmxlZDogeyByZWFkb25seSBbYWN0aW9uIGluIEFjdGlvbl06IGJvb2xlYW4gfTtcbn1cblxuY29uc3QgQlVUVE9OUzogcmVhZG9ubHkgKHJlYWRvbmx5IFtBY3Rpb24sIGtleW9mIHR5cGVvZiBJQ09OUywgc3RyaW5nLCBzdHJpbmddKVtdID0gW1xuICBbXCJwb2ludFwiLCBcInBvaW50XCIsIFwiQWRkIHdoYXQgSSBjbGlja1wiLCBcIlBcIl0sXG4gIFtcIm5lZ2F0aXZlXCIsIFwibmVnYXRpdmVcIiwgXCJUYWtlIGF3YXkgd2hhdCBJIGNsaWNrXCIsIFwicmlnaHQtY2xpY2ssIEFsdC1jbGljayBvciBYXCJdLFxuICBbXCJib3hcIiwgXCJib3hcIiwgXCJEcmF3IGEgYm94XCIsIFwiQiwgb3IgZHJhZyBhdCBhbnkgdGltZVwiXSxcbiAgW1widW5kb1wiLCBcInVuZG9cIiwgXCJVbmRvXCIsIFwiWlwiXSxcbiAgW1wicmVkb1wiLCBcInJlZG9cIiwgXCJSZWRvXCIsIFwiU2hpZnQrWlwiXSxcbiAgW1wiY2xlYXJcIiwgXCJjbGVhclwiLCBcIkNsZWFyIHRoZSBwcm9tcHRzXCIsIFwiRXNjXCJdLFxuICBbXCJoaWRlXCIsIFwiZXllXCIsIFwiSGlkZSB0aGUgbWFza3NcIiwgXCJob2xkIEhcIl0sXG5dO1xuY29uc3QgQUZURVJfR0FQOiBSZWFkb25seVNldDxBY3Rpb24+ID0gbmV3IFNldChbXCJ1bmRvXCIsIFwiaGlkZVwiXSk7XG5jb25zdCBUT0dHTEVTOiBSZWFkb25seVNldDxBY3Rpb24+ID0gbmV3IFNldChbXCJwb2ludFwiLCBcIm5lZ2F0aXZlXCIsIFwiYm94XCIsIFwiaGlkZVwiXSk7XG5cbmV4cG9ydCBmdW5jdGlvbiB0b29sYmFyKFxuICBhY3Q6IChhY3Rpb246IEFjdGlvbikgPT4gdm9pZCxcbiAgc3RhdHVzOiBIVE1MRWxlbWVudCxcbiAgc2lnbmFsOiBBYm9ydFNpZ25hbCxcbik6IHsgZWxlbWVudDogSFRNTEVsZW1lbnQ7IHVwZGF0ZShzdGF0ZTogVG9vbGJhclN0YXRlKTogdm9pZCB9IHtcbiAgY29uc3QgYnV0dG9ucyA9IG5ldyBNYXA8QWN0aW9uLCBIVE1MQnV0dG9uRWxlbWVudD4oKTtcbiAgY29uc3QgZWxlbWVudCA9IGgoXCJkaXZcIiwge1xuICAgIGNsYXNzOiBcInNhbS10b29sYmFyXCIsXG4gICAgcm9sZTogXCJ0b29sYmFyXCIsXG4gICAgXCJhcmlhLWxhYmVsXCI6IFwiU2VnbWVudGF0aW9uIHRvb2xzXCIsXG4gIH0pO1xuICBmb3IgKGNvbnN0IFthY3Rpb24sIHBpY3R1cmUsIG5hbWUsIGtleXNdIG9mIEJVVFRPTlMpIHtcbiAgICBpZiAoQUZURVJfR0FQLmhhcyhhY3Rpb24pKSBlbGVtZW50LmFwcGVuZChoKFwic3BhblwiLCB7IGNsYXNzOiBcInNhbS1nYXBcIiB9KSk7XG4gICAgY29uc3QgYnV0dG9uID0gaChcImJ1dHRvblwiLCB7XG4gICAgICB0eXBlOiBcImJ1dHRvblwiLFxuICAgICAgY2xhc3M6IFwic2FtLXRvb2xcIixcbiAgICAgIFwiZGF0YS1hY3Rpb25cIjogYWN0aW9uLFxuICAgICAgXCJhcmlhLWxhYmVsXCI6IG5hbWUsXG4gICAgICB0aXRsZTogYCR7bmFtZX0gKCR7a2V5c30pYCxcbiAgICB9KTtcbiAgICBidXR0b24uYXBwZW5kKGljb24oSUNPTlNbcGljdHVyZV0pKTtcbiAgICBidXR0b25zLnNldChhY3Rpb24sIGJ1dHRvbik7XG4gICAgZWxlbWVudC5hcHBlbmQoYnV0dG9uKTtcbiAgfVxuICBjb25zdCBhY2NlcHQgPSBoKFwiYnV0dG9uXCIsIHtcbiAgICB0eXBlOiBcImJ1dHRvblwiLFxuICAgIGNsYXNzOiBcInNhbS1hY2NlcHRcIixcbiAgICBcImRhdGEtYWN0aW9uXCI6IFwiYWNjZXB0XCIsXG4gICAgXCJhcmlhLWxhYmVsXCI6IFwiQWNjZXB0IHRoZSBjaG9zZW4gbWFza1wiLFxuICAgIHRpdGxlOiBcIkFjY2VwdCB0aGUgY2hvc2VuIG1hc2s7IHRoZSBuZXh0IGNsaWNrIHN0YXJ0cyBhbm90aGVyIG9iamVjdCAoRW50ZXIpXCIsXG4gIH0pO1xuICBhY2NlcHQuYXBwZW5kKGljb24oSUNPTlMuYWNjZXB0KSwgaChcInNwYW5cIiwge30sIFwiQWNjZXB0XCIpKTtcbiAgYnV0dG9ucy5zZXQoXCJhY2NlcHRcIiwgYWNjZXB0KTtcbiAgZWxlbWVudC5hcHBlbmQoYWNjZXB0LCBoKFwic3BhblwiLCB7IGNsYXNzOiBcInNhbS1zcGFjZVwiIH0pLCBzdGF0dXMpO1xuICBmb3IgKGNvbnN0IFthY3Rpb24sIGJ1dHRvbl0gb2YgYnV0dG9ucykge1xuICAgIGJ1dHRvbi5hZGRFdmVudExpc3RlbmVyKFwiY2xpY2tcIiwgKCkgPT4gYWN0KGFjdGlvbiksIHsgc2lnbmFsIH0pO1xuICB9XG4gIHJldHVybiB7XG4gICAgZWxlbWVudCxcbiAgICB1cGRhdGUoeyBtb2RlLCBoaWRkZW4sIGVuYWJsZWQgfSkge1xuICAgICAgZm9yIChjb25zdCBbYWN0aW9uLCBidXR0b25dIG9mIGJ1dHRvbnMpIHtcbiAgICAgICAgYnV0dG9uLmRpc2FibGVkID0gIWVuYWJsZWRbYWN0aW9uXTtcbiAgICAgICAgaWYgKCFUT0dHTEVTLmhhcyhhY3Rpb24pKSBjb250aW51ZTtcbiAgICAgICAgY29uc3QgcHJlc3NlZCA9IGFjdGlvbiA9PT0gXCJoaWRlXCIgPyBoaWRkZW4gOiBhY3Rpb24gPT09IG1vZGU7XG4gICAgICAgIHNldEF0dHJpYnV0ZShidXR0b24sIFwiYXJpYS1wcmVzc2VkXCIsIHByZXNzZWQgPyBcInRydWVcIiA6IFwiZmFsc2VcIik7XG4gICAgICB9XG4gICAgfSxcbiAgfTtcbn1cbiIsICIvLyBPbmUgdmlldzogam9pbnMgc3RvcmUsIHRvb2xzLCBjYW52YXNlcyBhbmQgcGFuZWxzLCBhbmQgZHJhd3MgYSBmcmFtZSB3aGVuIGFueSBvZiB0aGVtIGNoYW5nZWQuIEl0IGhvbGRzIHdoYXRcbi8vIGJlbG9uZ3MgdG8gdGhpcyB2aWV3IGFsb25lIChzaWduLCBob3Zlciwgc2hlZXQgb2Yga2V5cyk7IGl0IGtub3dzIG5laXRoZXIgdGhlIHdpcmUgbm9yIGFueXdpZGdldC5cbmltcG9ydCB7IGFjY2VwdGVkT2YsIGFuc3dlck9mLCBjaG9zZW5PZiwgdHlwZSBFZGl0LCB0eXBlIFNjZW5lLCBzY2VuZU9mIH0gZnJvbSBcIi4vZG9jdW1lbnRcIjtcbmltcG9ydCB7IHR5cGUgRHJhd24sIEVhc2VsIH0gZnJvbSBcIi4vZWFzZWxcIjtcbmltcG9ydCB7IEdhbGxlcnkgfSBmcm9tIFwiLi9nYWxsZXJ5XCI7XG5pbXBvcnQgeyBjb2xvck9mIH0gZnJvbSBcIi4vcGFpbnRcIjtcbmltcG9ydCB0eXBlIHsgU3RvcmUgfSBmcm9tIFwiLi9zdG9yZVwiO1xuaW1wb3J0IHsgYWNjZXB0LCBjaG9vc2UsIGNsZWFyLCBkcm9wTGFzdCB9IGZyb20gXCIuL3Rvb2xzL2FjdHNcIjtcbmltcG9ydCB7IGJveCB9IGZyb20gXCIuL3Rvb2xzL2JveFwiO1xuaW1wb3J0IHsgcG9pbnQgfSBmcm9tIFwiLi90b29scy9wb2ludFwiO1xuaW1wb3J0IHR5cGUgeyBEcmFmdCB9IGZyb20gXCIuL3Rvb2xzL3Rvb2xcIjtcbmltcG9ydCB7IGNhbmRpZGF0ZXNQYW5lbCB9IGZyb20gXCIuL3VpL2NhbmRpZGF0ZXNcIjtcbmltcG9ydCB7IHNldEF0dHJpYnV0ZSB9IGZyb20gXCIuL3VpL2RvbVwiO1xuaW1wb3J0IHsgZm9vdGVyLCBoaW50T2YsIFN0b3B3YXRjaCB9IGZyb20gXCIuL3VpL2Zvb3RlclwiO1xuaW1wb3J0IHsgdHlwZSBGcmFtZSwgZnJhbWVPZiB9IGZyb20gXCIuL3VpL2ZyYW1lXCI7XG5pbXBvcnQgeyBoZWxwU2hlZXQgfSBmcm9tIFwiLi91aS9oZWxwXCI7XG5pbXBvcnQgeyB0eXBlIENvbW1hbmQsIGxpc3RlbktleXMgfSBmcm9tIFwiLi91aS9rZXlzXCI7XG5pbXBvcnQgeyBub3RpY2UgfSBmcm9tIFwiLi91aS9ub3RpY2VcIjtcbmltcG9ydCB7IG9iamVjdHNMaXN0IH0gZnJvbSBcIi4vdWkvb2JqZWN0c1wiO1xuaW1wb3J0IHsgbGlzdGVuUG9pbnRlciB9IGZyb20gXCIuL3VpL3BvaW50ZXJcIjtcbmltcG9ydCB7IHN0YXR1c1BpbGwgfSBmcm9tIFwiLi91aS9zdGF0dXNcIjtcbmltcG9ydCB7IGZvbGxvd1RoZW1lLCB0eXBlIFRoZW1lIH0gZnJvbSBcIi4vdWkvdGhlbWVcIjtcbmltcG9ydCB7IHR5cGUgQWN0aW9uLCB0eXBlIE1vZGUsIHRvb2xiYXIgfSBmcm9tIFwiLi91aS90b29sYmFyXCI7XG5pbXBvcnQgdHlwZSB7IFZpZXdwb3J0IH0gZnJvbSBcIi4vdmlld3BvcnRcIjtcblxuLyoqIFRoZSB0cmFpdHMgdGhhdCBhIHZpZXcgcmVhZHM7IHRoZSB0b29sIGlzIGFsc28gc2V0IGhlcmUuICovXG5leHBvcnQgaW50ZXJmYWNlIEtub2JWYWx1ZXMge1xuICByZWFkb25seSBoZWlnaHQ6IG51bWJlcjsgLy8gQ1NTIHBpeGVscywgdGhlIG1vc3QgdGhhdCB0aGUgcGhvdG8gbWF5IHRha2VcbiAgcmVhZG9ubHkgdG9vbDogXCJwb2ludFwiIHwgXCJib3hcIjtcbiAgcmVhZG9ubHkgdGhlbWU6IFRoZW1lO1xuICByZWFkb25seSBvcGFjaXR5OiBudW1iZXI7IC8vIDAgdG8gMVxufVxuXG5leHBvcnQgaW50ZXJmYWNlIEtub2JzIHtcbiAgZ2V0PEsgZXh0ZW5kcyBrZXlvZiBLbm9iVmFsdWVzPihuYW1lOiBLKTogS25vYlZhbHVlc1tLXTtcbiAgc2V0PEsgZXh0ZW5kcyBrZXlvZiBLbm9iVmFsdWVzPihuYW1lOiBLLCB2YWx1ZTogS25vYlZhbHVlc1tLXSk6IHZvaWQ7XG4gIG9uQ2hhbmdlKG5hbWVzOiByZWFkb25seSAoa2V5b2YgS25vYlZhbHVlcylbXSwgbGlzdGVuZXI6ICgpID0+IHZvaWQpOiB2b2lkO1xufVxuXG5jb25zdCBHT05FID0gXCJUaGUga2VybmVsIGhhcyByZXN0YXJ0ZWQuIFJ1biB0aGUgY2VsbCBhZ2Fpbi5cIjtcbmNvbnN0IFNJTEVOVCA9IFwiVGhlIGtlcm5lbCBkb2VzIG5vdCBhbnN3ZXI7IGl0IG1heSBiZSBidXN5LiBXaGF0IHlvdSBkbyBpcyBrZXB0LlwiO1xuXG5leHBvcnQgY2xhc3MgVmlldyB7XG4gIHJlYWRvbmx5ICNzdG9yZTogU3RvcmU7XG4gIHJlYWRvbmx5ICNrbm9iczogS25vYnM7XG4gIHJlYWRvbmx5ICNmcmFtZTogRnJhbWU7XG4gIHJlYWRvbmx5ICNnYWxsZXJ5OiBHYWxsZXJ5O1xuICByZWFkb25seSAjZWFzZWw6IEVhc2VsO1xuICByZWFkb25seSAjZW5kID0gbmV3IEFib3J0Q29udHJvbGxlcigpO1xuICByZWFkb25seSAjdG9vbGJhcjtcbiAgcmVhZG9ubHkgI3N0YXR1cyA9IHN0YXR1c1BpbGwoKTtcbiAgcmVhZG9ubHkgI25vdGljZTtcbiAgcmVhZG9ubHkgI2NhbmRpZGF0ZXM7XG4gIHJlYWRvbmx5ICNvYmplY3RzO1xuICByZWFkb25seSAjZm9vdGVyO1xuICByZWFkb25seSAjaGVscCA9IGhlbHBTaGVldCgpO1xuICByZWFkb25seSAjcG9pbnRlcjtcblxuICAjbmVnYXRpdmUgPSBmYWxzZTsgLy8gdGhlIHNpZ24gdGhhdCB0aGUgdG9vbGJhciBob2xkc1xuICAjZmxpcHBlZCA9IGZhbHNlOyAvLyB0aGUgbmV4dCBjbGljayBhbG9uZSBoYXMgdGhlIG90aGVyIHNpZ25cbiAgI2FsdCA9IGZhbHNlO1xuICAjaGlkZGVuID0gZmFsc2U7IC8vIG1hc2tzIGhpZGRlbiBieSB0aGUgYnV0dG9uXG4gICNoZWxkID0gZmFsc2U7IC8vIG1hc2tzIGhpZGRlbiB3aGlsZSBhIGtleSBpcyBkb3duXG4gICNoZWxwaW5nID0gZmFsc2U7XG4gICNob3ZlcmVkOiBudW1iZXIgfCBudWxsID0gbnVsbDtcbiAgI3BvaW50ZWQ6IHN0cmluZyB8IG51bGwgPSBudWxsOyAvLyBhbiBhY2NlcHRlZCBvYmplY3RcbiAgI2RyYWZ0OiBEcmFmdCB8IG51bGwgPSBudWxsO1xuICAjZGlzbWlzc2VkOiBzdHJpbmcgfCBudWxsID0gbnVsbDtcbiAgI3ZpZXdwb3J0OiBWaWV3cG9ydDtcbiAgI2Fuc3dlcjogc3RyaW5nIHwgbnVsbCA9IG51bGw7IC8vIHdob3NlIG1hc2sgaXMgb24gdGhlIGNhbnZhc1xuICAjcGFpbnRlZCA9IDA7XG4gICNyYWYgPSAwO1xuICByZWFkb25seSAjd2F0Y2ggPSBuZXcgU3RvcHdhdGNoKCk7XG5cbiAgY29uc3RydWN0b3IoZWw6IEhUTUxFbGVtZW50LCBzdG9yZTogU3RvcmUsIGtub2JzOiBLbm9icywgc2lnbmFsOiBBYm9ydFNpZ25hbCkge1xuICAgIHRoaXMuI3N0b3JlID0gc3RvcmU7XG4gICAgdGhpcy4ja25vYnMgPSBrbm9icztcbiAgICBjb25zdCBlbmQgPSB0aGlzLiNlbmQuc2lnbmFsO1xuICAgIHRoaXMuI2dhbGxlcnkgPSBuZXcgR2FsbGVyeShcbiAgICAgIHN0b3JlLmJsb2JzLFxuICAgICAgKCkgPT4gdGhpcy4jc2NoZWR1bGUoKSxcbiAgICAgICh3aHkpID0+IHN0b3JlLnNldEVycm9yKHdoeSksXG4gICAgKTtcbiAgICB0aGlzLiN0b29sYmFyID0gdG9vbGJhcigoYWN0aW9uKSA9PiB0aGlzLiNhY3QoYWN0aW9uKSwgdGhpcy4jc3RhdHVzLmVsZW1lbnQsIGVuZCk7XG4gICAgdGhpcy4jbm90aWNlID0gbm90aWNlKCgpID0+IHRoaXMuI2Rpc21pc3MoKSwgZW5kKTtcbiAgICB0aGlzLiNjYW5kaWRhdGVzID0gY2FuZGlkYXRlc1BhbmVsKFxuICAgICAgdGhpcy4jZ2FsbGVyeSxcbiAgICAgIHtcbiAgICAgICAgY2hvb3NlOiAoaW5kZXgpID0+IHRoaXMuI3B1c2goY2hvb3NlKHRoaXMuI3NjZW5lLCBpbmRleCkpLFxuICAgICAgICBwb2ludDogKGluZGV4KSA9PiB0aGlzLiNzZXQoKCkgPT4gKHRoaXMuI2hvdmVyZWQgPSBpbmRleCkpLFxuICAgICAgfSxcbiAgICAgIGVuZCxcbiAgICApO1xuICAgIHRoaXMuI29iamVjdHMgPSBvYmplY3RzTGlzdCgob2JqZWN0KSA9PiB0aGlzLiNzZXQoKCkgPT4gKHRoaXMuI3BvaW50ZWQgPSBvYmplY3QpKSwgZW5kKTtcbiAgICB0aGlzLiNmb290ZXIgPSBmb290ZXIoKCkgPT4gdGhpcy4jc2V0KCgpID0+ICh0aGlzLiNoZWxwaW5nID0gIXRoaXMuI2hlbHBpbmcpKSwgZW5kKTtcbiAgICB0aGlzLiNmcmFtZSA9IGZyYW1lT2Yoe1xuICAgICAgdG9vbGJhcjogdGhpcy4jdG9vbGJhci5lbGVtZW50LFxuICAgICAgbm90aWNlOiB0aGlzLiNub3RpY2UuZWxlbWVudCxcbiAgICAgIHBhbmVsOiBbdGhpcy4jY2FuZGlkYXRlcy5lbGVtZW50LCB0aGlzLiNvYmplY3RzLmVsZW1lbnRdLFxuICAgICAgaGVscDogdGhpcy4jaGVscC5lbGVtZW50LFxuICAgICAgZm9vdGVyOiB0aGlzLiNmb290ZXIuZWxlbWVudCxcbiAgICB9KTtcbiAgICBjb25zdCB7IHJvb3QsIHBob3RvLCBvdmVybGF5LCBtYXJrcyB9ID0gdGhpcy4jZnJhbWU7XG4gICAgdGhpcy4jZWFzZWwgPSBuZXcgRWFzZWwoW3Bob3RvLCBvdmVybGF5LCBtYXJrc10sIHRoaXMuI2dhbGxlcnkpO1xuICAgIGVsLmFwcGVuZChyb290KTtcbiAgICB0aGlzLiN2aWV3cG9ydCA9IHRoaXMuI2ZyYW1lLmxheU91dChudWxsLCBrbm9icy5nZXQoXCJoZWlnaHRcIikpO1xuICAgIHRoaXMuI3BvaW50ZXIgPSBsaXN0ZW5Qb2ludGVyKFxuICAgICAgbWFya3MsXG4gICAgICB7XG4gICAgICAgIHZpZXc6ICgpID0+IHRoaXMuI3ZpZXdwb3J0LFxuICAgICAgICBzY2VuZTogKCkgPT4gdGhpcy4jc2NlbmUsXG4gICAgICAgIHRvb2w6ICgpID0+IChrbm9icy5nZXQoXCJ0b29sXCIpID09PSBcImJveFwiID8gYm94IDogcG9pbnQpLFxuICAgICAgICBwb3NpdGl2ZTogKGV2ZW50KSA9PlxuICAgICAgICAgIChldmVudC5idXR0b24gPT09IDIgfHwgZXZlbnQuYWx0S2V5IHx8IGV2ZW50LmN0cmxLZXkpID09PSB0aGlzLiNuZXh0SXNOZWdhdGl2ZSxcbiAgICAgICAgZW5hYmxlZDogKCkgPT4gdGhpcy4jc2NlbmUuaW1hZ2UgIT09IG51bGwgJiYgc3RvcmUuY29udGFjdCAhPT0gXCJnb25lXCIsXG4gICAgICAgIGRyYWZ0OiAoZHJhZnQpID0+IHRoaXMuI3NldCgoKSA9PiAodGhpcy4jZHJhZnQgPSBkcmFmdCkpLFxuICAgICAgICBkb25lOiAoZWRpdCkgPT4gdGhpcy4jcHJvbXB0ZWQoZWRpdCksXG4gICAgICB9LFxuICAgICAgZW5kLFxuICAgICk7XG4gICAgdGhpcy4jbGlzdGVuKHJvb3QsIGVuZCk7XG4gICAgY29uc3QgcmV0aGVtZSA9IGZvbGxvd1RoZW1lKHJvb3QsICgpID0+IGtub2JzLmdldChcInRoZW1lXCIpLCBlbmQpO1xuICAgIGtub2JzLm9uQ2hhbmdlKFtcInRoZW1lXCJdLCByZXRoZW1lKTtcbiAgICBrbm9icy5vbkNoYW5nZShbXCJoZWlnaHRcIiwgXCJ0b29sXCIsIFwib3BhY2l0eVwiXSwgKCkgPT4gdGhpcy4jc2NoZWR1bGUoKSk7XG4gICAgc3RvcmUub25DaGFuZ2UoKCkgPT4gdGhpcy4jZm9sbG93KCksIGVuZCk7XG4gICAgc2lnbmFsLmFkZEV2ZW50TGlzdGVuZXIoXCJhYm9ydFwiLCAoKSA9PiB0aGlzLmNsb3NlKCksIHsgb25jZTogdHJ1ZSB9KTtcbiAgICB0aGlzLiNzY2hlZHVsZSgpO1xuICB9XG5cbiAgLyoqIFRha2VzIGV2ZXJ5dGhpbmcgYmFjazogbGlzdGVuZXJzLCBvYnNlcnZlcnMsIHBpY3R1cmVzLCBlbGVtZW50cy4gKi9cbiAgY2xvc2UoKTogdm9pZCB7XG4gICAgdGhpcy4jZW5kLmFib3J0KCk7XG4gICAgY2FuY2VsQW5pbWF0aW9uRnJhbWUodGhpcy4jcmFmKTtcbiAgICB0aGlzLiNnYWxsZXJ5LmNsb3NlKCk7XG4gICAgdGhpcy4jZnJhbWUucm9vdC5yZW1vdmUoKTtcbiAgfVxuXG4gIGdldCAjc2NlbmUoKTogU2NlbmUge1xuICAgIHJldHVybiBzY2VuZU9mKHRoaXMuI3N0b3JlLnNob3duKTtcbiAgfVxuXG4gIGdldCAjbmV4dElzTmVnYXRpdmUoKTogYm9vbGVhbiB7XG4gICAgcmV0dXJuIHRoaXMuI25lZ2F0aXZlICE9PSB0aGlzLiNmbGlwcGVkO1xuICB9XG5cbiAgI2xpc3Rlbihyb290OiBIVE1MRWxlbWVudCwgZW5kOiBBYm9ydFNpZ25hbCk6IHZvaWQge1xuICAgIGxpc3RlbktleXMocm9vdCwgKGNvbW1hbmQsIGRvd24pID0+IHRoaXMuI2NvbW1hbmQoY29tbWFuZCwgZG93biksIGVuZCk7XG4gICAgY29uc3QgYWx0ID0gKGV2ZW50OiBLZXlib2FyZEV2ZW50IHwgUG9pbnRlckV2ZW50KTogdm9pZCA9PiB7XG4gICAgICBpZiAoZXZlbnQuYWx0S2V5ICE9PSB0aGlzLiNhbHQpIHRoaXMuI3NldCgoKSA9PiAodGhpcy4jYWx0ID0gZXZlbnQuYWx0S2V5KSk7XG4gICAgfTtcbiAgICByb290LmFkZEV2ZW50TGlzdGVuZXIoXCJrZXlkb3duXCIsIGFsdCwgeyBzaWduYWw6IGVuZCB9KTtcbiAgICByb290LmFkZEV2ZW50TGlzdGVuZXIoXCJrZXl1cFwiLCBhbHQsIHsgc2lnbmFsOiBlbmQgfSk7XG4gICAgcm9vdC5hZGRFdmVudExpc3RlbmVyKFwicG9pbnRlcm1vdmVcIiwgYWx0LCB7IHNpZ25hbDogZW5kIH0pO1xuICAgIHJvb3QuYWRkRXZlbnRMaXN0ZW5lcihcImZvY3Vzb3V0XCIsICgpID0+IHRoaXMuI3NldCgoKSA9PiAodGhpcy4jaGVsZCA9IGZhbHNlKSksIHsgc2lnbmFsOiBlbmQgfSk7XG4gICAgLy8gVGhlIGJyb3dzZXIgZ2l2ZXMgdGhlIGZvY3VzIHRvIHdoYXQgaXQgZmluZHMgdW5kZXIgdGhlIHBvaW50ZXI7IGEgY2FudmFzIGhhcyBub25lIHRvIHRha2UuIFRoZVxuICAgIC8vIGhlYXZ5IHJpbmcgaXMgZm9yIHRob3NlIHdobyBjYW1lIGJ5IHRoZSBrZXlib2FyZC5cbiAgICBjb25zdCBieVBvaW50ZXIgPSAoeWVzOiBib29sZWFuKTogdm9pZCA9PiBzZXRBdHRyaWJ1dGUocm9vdCwgXCJkYXRhLXBvaW50ZXJcIiwgeWVzKTtcbiAgICByb290LmFkZEV2ZW50TGlzdGVuZXIoXCJwb2ludGVyZG93blwiLCAoKSA9PiBieVBvaW50ZXIodHJ1ZSksIHsgc2lnbmFsOiBlbmQsIGNhcHR1cmU6IHRydWUgfSk7XG4gICAgcm9vdC5hZGRFdmVudExpc3RlbmVyKFwia2V5ZG93blwiLCAoZXZlbnQpID0+IGV2ZW50LmtleSA9PT0gXCJUYWJcIiAmJiBieVBvaW50ZXIoZmFsc2UpLCB7XG4gICAgICBzaWduYWw6IGVuZCxcbiAgICAgIGNhcHR1cmU6IHRydWUsXG4gICAgfSk7XG4gICAgdGhpcy4jZnJhbWUuc3RhZ2UuYWRkRXZlbnRMaXN0ZW5lcihcInBvaW50ZXJkb3duXCIsICgpID0+IHJvb3QuZm9jdXMoeyBwcmV2ZW50U2Nyb2xsOiB0cnVlIH0pLCB7XG4gICAgICBzaWduYWw6IGVuZCxcbiAgICB9KTtcbiAgICBjb25zdCByZXNpemVkID0gbmV3IFJlc2l6ZU9ic2VydmVyKCgpID0+IHRoaXMuI3NjaGVkdWxlKCkpO1xuICAgIHJlc2l6ZWQub2JzZXJ2ZShyb290KTtcbiAgICBlbmQuYWRkRXZlbnRMaXN0ZW5lcihcImFib3J0XCIsICgpID0+IHJlc2l6ZWQuZGlzY29ubmVjdCgpLCB7IG9uY2U6IHRydWUgfSk7XG4gICAgY29uc3QgZm9sbG93UmF0aW8gPSAoKTogdm9pZCA9PiB7XG4gICAgICB0aGlzLiNzY2hlZHVsZSgpO1xuICAgICAgbWF0Y2hNZWRpYShgKHJlc29sdXRpb246ICR7d2luZG93LmRldmljZVBpeGVsUmF0aW99ZHBweClgKS5hZGRFdmVudExpc3RlbmVyKFxuICAgICAgICBcImNoYW5nZVwiLFxuICAgICAgICBmb2xsb3dSYXRpbyxcbiAgICAgICAgeyBvbmNlOiB0cnVlLCBzaWduYWw6IGVuZCB9LFxuICAgICAgKTtcbiAgICB9O1xuICAgIGZvbGxvd1JhdGlvKCk7XG4gIH1cblxuICAjc2V0KGNoYW5nZTogKCkgPT4gdm9pZCk6IHZvaWQge1xuICAgIGNoYW5nZSgpO1xuICAgIHRoaXMuI3NjaGVkdWxlKCk7XG4gIH1cblxuICAjcHVzaChlZGl0OiBFZGl0IHwgbnVsbCk6IHZvaWQge1xuICAgIGlmIChlZGl0ICE9PSBudWxsICYmIHRoaXMuI3N0b3JlLmNvbnRhY3QgIT09IFwiZ29uZVwiKSB0aGlzLiNzdG9yZS5wdXNoKGVkaXQpO1xuICB9XG5cbiAgI3Byb21wdGVkKGVkaXQ6IEVkaXQgfCBudWxsKTogdm9pZCB7XG4gICAgaWYgKGVkaXQgPT09IG51bGwpIHJldHVybjtcbiAgICB0aGlzLiNmbGlwcGVkID0gZmFsc2U7XG4gICAgaWYgKHRoaXMuI3JlYWR5KSB0aGlzLiN3YXRjaC5hc2soZWRpdCwgcGVyZm9ybWFuY2Uubm93KCkpO1xuICAgIHRoaXMuI3B1c2goZWRpdCk7XG4gIH1cblxuICAjdW5kbygpOiB2b2lkIHtcbiAgICBpZiAodGhpcy4jc3RvcmUuY2FuVW5kbyB8fCB0aGlzLiNzdG9yZS5wZW5kaW5nLmxlbmd0aCA+IDApIHRoaXMuI3N0b3JlLnVuZG8oKTtcbiAgfVxuXG4gICNyZWRvKCk6IHZvaWQge1xuICAgIGlmICh0aGlzLiNzdG9yZS5jYW5SZWRvKSB0aGlzLiNzdG9yZS5yZWRvKCk7XG4gIH1cblxuICAjZGlzbWlzcygpOiB2b2lkIHtcbiAgICB0aGlzLiNkaXNtaXNzZWQgPSB0aGlzLiN3b3JkcztcbiAgICB0aGlzLiNzdG9yZS5zZXRFcnJvcihudWxsKTtcbiAgICB0aGlzLiNzY2hlZHVsZSgpO1xuICAgIHRoaXMuI2ZyYW1lLnJvb3QuZm9jdXMoeyBwcmV2ZW50U2Nyb2xsOiB0cnVlIH0pO1xuICB9XG5cbiAgI2FjdChhY3Rpb246IEFjdGlvbik6IHZvaWQge1xuICAgIGlmICh0aGlzLiNzdG9yZS5jb250YWN0ID09PSBcImdvbmVcIiAmJiBhY3Rpb24gIT09IFwiaGlkZVwiKSByZXR1cm47XG4gICAgaWYgKGFjdGlvbiA9PT0gXCJ1bmRvXCIpIHRoaXMuI3VuZG8oKTtcbiAgICBlbHNlIGlmIChhY3Rpb24gPT09IFwicmVkb1wiKSB0aGlzLiNyZWRvKCk7XG4gICAgZWxzZSBpZiAoYWN0aW9uID09PSBcImNsZWFyXCIpIHRoaXMuI3B1c2goY2xlYXIodGhpcy4jc2NlbmUpKTtcbiAgICBlbHNlIGlmIChhY3Rpb24gPT09IFwiYWNjZXB0XCIpIHRoaXMuI3B1c2goYWNjZXB0KHRoaXMuI3NjZW5lKSk7XG4gICAgZWxzZSBpZiAoYWN0aW9uID09PSBcImhpZGVcIikgdGhpcy4jc2V0KCgpID0+ICh0aGlzLiNoaWRkZW4gPSAhdGhpcy4jaGlkZGVuKSk7XG4gICAgZWxzZSB0aGlzLiN0YWtlKGFjdGlvbik7XG4gIH1cblxuICAvKiogV2hhdCB0aGUgbmV4dCBwcmVzcyBkb2VzLiAqL1xuICBnZXQgI21vZGUoKTogTW9kZSB7XG4gICAgaWYgKHRoaXMuI2tub2JzLmdldChcInRvb2xcIikgPT09IFwiYm94XCIpIHJldHVybiBcImJveFwiO1xuICAgIHJldHVybiB0aGlzLiNuZXh0SXNOZWdhdGl2ZSAhPT0gdGhpcy4jYWx0ID8gXCJuZWdhdGl2ZVwiIDogXCJwb2ludFwiO1xuICB9XG5cbiAgZ2V0ICNyZWFkeSgpOiBib29sZWFuIHtcbiAgICByZXR1cm4gdGhpcy4jc3RvcmUuY29udGFjdCA9PT0gXCJvcGVuXCIgJiYgdGhpcy4jc3RvcmUuc3RhdHVzPy53aGF0ID09PSBcInJlYWR5XCI7XG4gIH1cblxuICAjdGFrZShtb2RlOiBNb2RlKTogdm9pZCB7XG4gICAgdGhpcy4jbmVnYXRpdmUgPSBtb2RlID09PSBcIm5lZ2F0aXZlXCI7XG4gICAgdGhpcy4jZmxpcHBlZCA9IGZhbHNlO1xuICAgIHRoaXMuI2tub2JzLnNldChcInRvb2xcIiwgbW9kZSA9PT0gXCJib3hcIiA/IFwiYm94XCIgOiBcInBvaW50XCIpO1xuICAgIHRoaXMuI3NjaGVkdWxlKCk7XG4gIH1cblxuICAjY29tbWFuZChjb21tYW5kOiBDb21tYW5kLCBkb3duOiBib29sZWFuKTogdm9pZCB7XG4gICAgaWYgKGNvbW1hbmQuZG8gPT09IFwiaGlkZVwiKSB0aGlzLiNzZXQoKCkgPT4gKHRoaXMuI2hlbGQgPSBkb3duKSk7XG4gICAgZWxzZSBpZiAoIWRvd24pIHJldHVybjtcbiAgICBlbHNlIGlmIChjb21tYW5kLmRvID09PSBcImNob29zZVwiKSB0aGlzLiNwdXNoKGNob29zZSh0aGlzLiNzY2VuZSwgY29tbWFuZC5pbmRleCkpO1xuICAgIGVsc2UgaWYgKGNvbW1hbmQuZG8gPT09IFwiZHJvcExhc3RcIikgdGhpcy4jcHVzaChkcm9wTGFzdCh0aGlzLiNzY2VuZSkpO1xuICAgIGVsc2UgaWYgKGNvbW1hbmQuZG8gPT09IFwiZmxpcFwiKSB0aGlzLiNzZXQoKCkgPT4gKHRoaXMuI2ZsaXBwZWQgPSAhdGhpcy4jZmxpcHBlZCkpO1xuICAgIGVsc2UgaWYgKGNvbW1hbmQuZG8gPT09IFwiaGVscFwiKSB0aGlzLiNzZXQoKCkgPT4gKHRoaXMuI2hlbHBpbmcgPSAhdGhpcy4jaGVscGluZykpO1xuICAgIGVsc2UgaWYgKGNvbW1hbmQuZG8gPT09IFwiZXNjYXBlXCIpIHRoaXMuI2VzY2FwZSgpO1xuICAgIGVsc2UgdGhpcy4jYWN0KGNvbW1hbmQuZG8pO1xuICB9XG5cbiAgLyoqIE9uZSBzdGVwIG91dCBvZiB3aGF0ZXZlciBpcyBuZWFyZXN0OiB0aGUgc2hlZXQsIHRoZSBkcmF3aW5nLCB0aGUgcHJvbXB0cywgdGhlIHdpZGdldC4gKi9cbiAgI2VzY2FwZSgpOiB2b2lkIHtcbiAgICBjb25zdCBlZGl0ID0gY2xlYXIodGhpcy4jc2NlbmUpO1xuICAgIGlmICh0aGlzLiNoZWxwaW5nKSB0aGlzLiNzZXQoKCkgPT4gKHRoaXMuI2hlbHBpbmcgPSBmYWxzZSkpO1xuICAgIGVsc2UgaWYgKHRoaXMuI3BvaW50ZXIuY2FuY2VsKCkpIHJldHVybjtcbiAgICBlbHNlIGlmIChlZGl0ICE9PSBudWxsKSB0aGlzLiNwdXNoKGVkaXQpO1xuICAgIGVsc2UgaWYgKGRvY3VtZW50LmFjdGl2ZUVsZW1lbnQgaW5zdGFuY2VvZiBIVE1MRWxlbWVudCkgZG9jdW1lbnQuYWN0aXZlRWxlbWVudC5ibHVyKCk7XG4gIH1cblxuICAvKiogQSBtYXNrIHRoYXQgaGFzIGNvbWUgaXMgcGFpbnRlZCBhdCBvbmNlLCBhbGwgZWxzZSB3aXRoIHRoZSBuZXh0IGZyYW1lLiAqL1xuICAjZm9sbG93KCk6IHZvaWQge1xuICAgIGNvbnN0IGFuc3dlciA9IHRoaXMuI3NjZW5lLmFuc3dlcj8uaWQgPz8gbnVsbDtcbiAgICBpZiAoYW5zd2VyID09PSBudWxsIHx8IGFuc3dlciA9PT0gdGhpcy4jYW5zd2VyKSB0aGlzLiNzY2hlZHVsZSgpO1xuICAgIGVsc2UgdGhpcy4jcGFpbnQoKTtcbiAgfVxuXG4gICNzY2hlZHVsZSgpOiB2b2lkIHtcbiAgICBpZiAodGhpcy4jcmFmICE9PSAwIHx8IHRoaXMuI2VuZC5zaWduYWwuYWJvcnRlZCkgcmV0dXJuO1xuICAgIHRoaXMuI3JhZiA9IHJlcXVlc3RBbmltYXRpb25GcmFtZSgoKSA9PiB0aGlzLiNwYWludCgpKTtcbiAgfVxuXG4gIC8qKiBXaGF0IG11c3QgYmUgc2FpZCBpbiB3b3JkcyBub3csIGlmIGFueXRoaW5nLiAqL1xuICBnZXQgI3dvcmRzKCk6IHN0cmluZyB8IG51bGwge1xuICAgIGNvbnN0IHsgY29udGFjdCwgZXJyb3IsIHN0YXR1cyB9ID0gdGhpcy4jc3RvcmU7XG4gICAgaWYgKGNvbnRhY3QgPT09IFwiZ29uZVwiKSByZXR1cm4gR09ORTtcbiAgICBpZiAoZXJyb3IgIT09IG51bGwpIHJldHVybiBlcnJvcjtcbiAgICBpZiAoc3RhdHVzPy53aGF0ID09PSBcImVycm9yXCIpIHJldHVybiBzdGF0dXMudGV4dCB8fCBcIlRoZSBtb2RlbCBjYW5ub3QgcnVuLlwiO1xuICAgIHJldHVybiBjb250YWN0ID09PSBcInNpbGVudFwiID8gU0lMRU5UIDogbnVsbDtcbiAgfVxuXG4gICNwYWludCgpOiB2b2lkIHtcbiAgICBjYW5jZWxBbmltYXRpb25GcmFtZSh0aGlzLiNyYWYpO1xuICAgIHRoaXMuI3JhZiA9IDA7XG4gICAgY29uc3QgYmVnYW4gPSBwZXJmb3JtYW5jZS5ub3coKTtcbiAgICBjb25zdCBkb2N1bWVudCA9IHRoaXMuI3N0b3JlLnNob3duO1xuICAgIGNvbnN0IHNjZW5lID0gdGhpcy4jc2NlbmU7XG4gICAgdGhpcy4jdmlld3BvcnQgPSB0aGlzLiNmcmFtZS5sYXlPdXQoc2NlbmUuaW1hZ2UsIHRoaXMuI2tub2JzLmdldChcImhlaWdodFwiKSk7XG4gICAgY29uc3QgZHJhd24gPSB0aGlzLiNlYXNlbC5kcmF3KGRvY3VtZW50LCBzY2VuZSwgdGhpcy4jdmlld3BvcnQsIHtcbiAgICAgIG9wYWNpdHk6IE1hdGgubWluKDEsIE1hdGgubWF4KDAsIHRoaXMuI2tub2JzLmdldChcIm9wYWNpdHlcIikpKSxcbiAgICAgIGhpZGRlbjogdGhpcy4jaGlkZGVuIHx8IHRoaXMuI2hlbGQsXG4gICAgICBob3ZlcmVkOiB0aGlzLiNob3ZlcmVkLFxuICAgICAgcG9pbnRlZDogdGhpcy4jcG9pbnRlZCxcbiAgICAgIGRyYWZ0OiB0aGlzLiNkcmFmdCxcbiAgICB9KTtcbiAgICB0aGlzLiNhbnN3ZXIgPSBkcmF3bi5hbnN3ZXI7XG4gICAgY29uc3Qgbm93ID0gcGVyZm9ybWFuY2Uubm93KCk7XG4gICAgaWYgKGRyYXduLmFuc3dlciAhPT0gbnVsbCAmJiBzY2VuZS5hbnN3ZXIgIT09IG51bGwpXG4gICAgICB0aGlzLiN3YXRjaC5hbnN3ZXJlZChzY2VuZS5hbnN3ZXIsIG5vdywgbm93IC0gYmVnYW4pO1xuICAgIHRoaXMuI3VwZGF0ZVBhcnRzKHNjZW5lLCBkcmF3bik7XG4gICAgdGhpcy4jcGFpbnRlZCArPSAxO1xuICAgIGNvbnN0IHsgcm9vdCB9ID0gdGhpcy4jZnJhbWU7XG4gICAgcm9vdC5kYXRhc2V0LnZlcnNpb24gPSBTdHJpbmcodGhpcy4jc3RvcmUudmVyc2lvbik7XG4gICAgcm9vdC5kYXRhc2V0LnBhaW50ZWQgPSBTdHJpbmcodGhpcy4jcGFpbnRlZCk7XG4gICAgcm9vdC5kaXNwYXRjaEV2ZW50KFxuICAgICAgbmV3IEN1c3RvbUV2ZW50KFwic2FtOnBhaW50ZWRcIiwge1xuICAgICAgICBidWJibGVzOiB0cnVlLFxuICAgICAgICBkZXRhaWw6IHsgdmVyc2lvbjogdGhpcy4jc3RvcmUudmVyc2lvbiwgYW5zd2VyOiBkcmF3bi5hbnN3ZXIgfSxcbiAgICAgIH0pLFxuICAgICk7XG4gIH1cblxuICAjdXBkYXRlUGFydHMoc2NlbmU6IFNjZW5lLCB7IHBob3RvIH06IERyYXduKTogdm9pZCB7XG4gICAgY29uc3Qgc3RvcmUgPSB0aGlzLiNzdG9yZTtcbiAgICBjb25zdCB7IG9wZW4sIGFuc3dlciwgc3RhbGUsIGltYWdlLCBwcm9tcHRzIH0gPSBzY2VuZTtcbiAgICBjb25zdCBhbGl2ZSA9IHN0b3JlLmNvbnRhY3QgIT09IFwiZ29uZVwiO1xuICAgIGNvbnN0IG1vZGUgPSB0aGlzLiNtb2RlO1xuICAgIGNvbnN0IHdhaXRpbmcgPSBhbGl2ZSAmJiBwcm9tcHRzLmxlbmd0aCA+IDAgJiYgYW5zd2VyID09PSBudWxsO1xuICAgIGNvbnN0IHNob3duID0gYW5zd2VyID8/IHN0YWxlO1xuICAgIGNvbnN0IHBpeGVscyA9IGltYWdlID09PSBudWxsID8gMSA6IGltYWdlLndpZHRoICogaW1hZ2UuaGVpZ2h0O1xuICAgIHRoaXMuI3Rvb2xiYXIudXBkYXRlKHtcbiAgICAgIG1vZGUsXG4gICAgICBoaWRkZW46IHRoaXMuI2hpZGRlbixcbiAgICAgIGVuYWJsZWQ6IHtcbiAgICAgICAgcG9pbnQ6IGFsaXZlLFxuICAgICAgICBuZWdhdGl2ZTogYWxpdmUsXG4gICAgICAgIGJveDogYWxpdmUsXG4gICAgICAgIHVuZG86IGFsaXZlICYmIChzdG9yZS5jYW5VbmRvIHx8IHN0b3JlLnBlbmRpbmcubGVuZ3RoID4gMCksXG4gICAgICAgIHJlZG86IGFsaXZlICYmIHN0b3JlLmNhblJlZG8sXG4gICAgICAgIGNsZWFyOiBhbGl2ZSAmJiBwcm9tcHRzLmxlbmd0aCA+IDAsXG4gICAgICAgIGhpZGU6IGltYWdlICE9PSBudWxsLFxuICAgICAgICBhY2NlcHQ6IGFsaXZlICYmIGFuc3dlciAhPT0gbnVsbCxcbiAgICAgIH0sXG4gICAgfSk7XG4gICAgdGhpcy4jc3RhdHVzLnVwZGF0ZShzdG9yZS5zdGF0dXMsIHN0b3JlLmNvbnRhY3QpO1xuICAgIGNvbnN0IHdvcmRzID0gdGhpcy4jd29yZHM7XG4gICAgaWYgKHdvcmRzID09PSBudWxsKSB0aGlzLiNkaXNtaXNzZWQgPSBudWxsO1xuICAgIHRoaXMuI25vdGljZS51cGRhdGUod29yZHMgPT09IHRoaXMuI2Rpc21pc3NlZCA/IG51bGwgOiB3b3JkcywgYWxpdmUpO1xuICAgIHRoaXMuI2NhbmRpZGF0ZXMudXBkYXRlKHtcbiAgICAgIGFuc3dlcjogc2hvd24sXG4gICAgICB3YWl0aW5nLFxuICAgICAgY2hvc2VuOiBvcGVuICE9PSBudWxsICYmIHNob3duICE9PSBudWxsID8gY2hvc2VuT2Yob3Blbiwgc2hvd24pIDogbnVsbCxcbiAgICAgIHBob3RvLFxuICAgICAgcGl4ZWxzLFxuICAgICAgY29sb3I6IGNvbG9yT2Yob3Blbj8uY29sb3IgPz8gMCksXG4gICAgICByYXRpbzogdGhpcy4jdmlld3BvcnQucmF0aW8sXG4gICAgICBsYXlvdXQ6IHRoaXMuI2ZyYW1lLnJvb3QuZGF0YXNldC5sYXlvdXQgPz8gXCJcIixcbiAgICB9KTtcbiAgICBjb25zdCBhY2NlcHRlZCA9IGFjY2VwdGVkT2Yoc2NlbmUpLm1hcCgob2JqZWN0KSA9PiAoe1xuICAgICAgb2JqZWN0LFxuICAgICAgYW5zd2VyOiBhbnN3ZXJPZihzdG9yZS5zaG93biwgb2JqZWN0LmlkKSxcbiAgICB9KSk7XG4gICAgdGhpcy4jb2JqZWN0cy51cGRhdGUoYWNjZXB0ZWQsIHBpeGVscyk7XG4gICAgdGhpcy4jaGVscC51cGRhdGUodGhpcy4jaGVscGluZyk7XG4gICAgY29uc3Qgc3RhdGUgPSB7XG4gICAgICBzY2VuZSxcbiAgICAgIG1vZGUsXG4gICAgICByZWFkeTogdGhpcy4jcmVhZHksXG4gICAgICBjb250YWN0OiBzdG9yZS5jb250YWN0LFxuICAgICAgZHJhd2luZzogdGhpcy4jZHJhZnQgIT09IG51bGwsXG4gICAgfTtcbiAgICB0aGlzLiNmb290ZXIudXBkYXRlKGhpbnRPZihzdGF0ZSksIHRoaXMuI3dhdGNoLnRpbWluZyk7XG4gICAgdGhpcy4jZnJhbWUuc2hvdyh7XG4gICAgICBtb2RlLFxuICAgICAgd2FpdGluZzogd2FpdGluZyA/IChwcm9tcHRzLmF0KC0xKSA/PyBudWxsKSA6IG51bGwsXG4gICAgICB2aWV3OiB0aGlzLiN2aWV3cG9ydCxcbiAgICAgIHBob3RvOiBwaG90byAhPT0gbnVsbCxcbiAgICAgIGVtcHR5OiBzdG9yZS52ZXJzaW9uID49IDAgJiYgaW1hZ2UgPT09IG51bGwsXG4gICAgICBjb250YWN0OiBzdG9yZS5jb250YWN0LFxuICAgIH0pO1xuICB9XG59XG4iLCAiLy8gVGhlIHdpZGdldCBhcyBhbnl3aWRnZXQgcnVucyBpdDogYGluaXRpYWxpemVgIG1ha2VzIHdoYXQgYWxsIHZpZXdzIG9mIGEgbW9kZWwgc2hhcmUsIGByZW5kZXJgIG1ha2VzIG9uZSB2aWV3LlxuLy8gVGhlIG9ubHkgZmlsZSB0aGF0IGtub3dzIGFueXdpZGdldCdzIG1vZGVsIGFuZCBob3N0OyBpdCBqb2lucyB0aGUgcGFydHMgYW5kIGRvZXMgbm90aGluZyBpdHNlbGYuXG5pbXBvcnQgdHlwZSB7IEFueU1vZGVsLCBBbnlXaWRnZXQsIEhvc3QsIEluaXRpYWxpemVQcm9wcywgUmVuZGVyUHJvcHMgfSBmcm9tIFwiQGFueXdpZGdldC90eXBlc1wiO1xuaW1wb3J0IHsgd2lyZU9mIH0gZnJvbSBcIi4vY2hhbm5lbFwiO1xuaW1wb3J0IHsgbmV3SWQgfSBmcm9tIFwiLi9kb2N1bWVudFwiO1xuaW1wb3J0IHsgTGluaywgdHlwZSBXaXJlIH0gZnJvbSBcIi4vbGlua1wiO1xuaW1wb3J0IHsgU3RvcmUgfSBmcm9tIFwiLi9zdG9yZVwiO1xuaW1wb3J0IHsgdHlwZSBLbm9icywgdHlwZSBLbm9iVmFsdWVzLCBWaWV3IH0gZnJvbSBcIi4vdmlld1wiO1xuXG5pbnRlcmZhY2UgVHJhaXRzIGV4dGVuZHMgS25vYlZhbHVlcyB7XG4gIHJlYWRvbmx5IGNoYW5uZWw6IHN0cmluZyB8IG51bGw7IC8vIFwiYW55d2lkZ2V0Ojxtb2RlbCBpZD5cIiBvZiB0aGUgaGlkZGVuIGNoaWxkXG59XG5cbi8qKiBNaWxsaXNlY29uZHMgdGhhdCBhIGhvc3QgbWF5IHRha2UgdG8gZmluZCB0aGUgaGlkZGVuIGNoaWxkIGJlZm9yZSB0aGUgdmlzaWJsZSBjb21tIGRvZXMgaXRzIHdvcmsuICovXG5jb25zdCBDSEFOTkVMX1BBVElFTkNFID0gNTAwMDtcblxuLyoqIFdoYXQgdGhlIHZpZXdzIG9mIG9uZSBtb2RlbCBzaGFyZS4gKi9cbmludGVyZmFjZSBTaGFyZWQge1xuICByZWFkb25seSBzdG9yZTogU3RvcmU7XG4gIHJlYWRvbmx5IHNpZ25hbDogQWJvcnRTaWduYWw7XG4gIGxpbms6IFByb21pc2U8TGluaz4gfCBudWxsO1xufVxuXG4vKiogQSBmYWN0b3J5OiBldmVyeSBtb2RlbCBvZiBhIHBhZ2UgaGFzIGl0cyBvd24gc3RvcmUsIGV2ZW4gd2hlcmUgYSBob3N0IGxvYWRzIHRoaXMgbW9kdWxlIG9uY2UgZm9yIGFsbC4gKi9cbmV4cG9ydCBkZWZhdWx0IGZ1bmN0aW9uIHdpZGdldCgpOiBBbnlXaWRnZXQ8VHJhaXRzPiB7XG4gIGNvbnN0IHNoYXJlZCA9IG5ldyBNYXA8c3RyaW5nLCBTaGFyZWQ+KCk7XG4gIGNvbnN0IGtleU9mID0gKG1vZGVsOiBBbnlNb2RlbDxUcmFpdHM+KTogc3RyaW5nID0+IG1vZGVsLmdldChcImNoYW5uZWxcIikgPz8gXCJcIjtcblxuICByZXR1cm4ge1xuICAgIGluaXRpYWxpemUoeyBtb2RlbCwgc2lnbmFsIH06IEluaXRpYWxpemVQcm9wczxUcmFpdHM+KSB7XG4gICAgICBjb25zdCBvbmU6IFNoYXJlZCA9IHsgc3RvcmU6IG5ldyBTdG9yZShuZXdJZCgpKSwgc2lnbmFsLCBsaW5rOiBudWxsIH07XG4gICAgICBjb25zdCBrZXkgPSBrZXlPZihtb2RlbCk7XG4gICAgICBzaGFyZWQuc2V0KGtleSwgb25lKTtcbiAgICAgIHNpZ25hbC5hZGRFdmVudExpc3RlbmVyKFwiYWJvcnRcIiwgKCkgPT4gc2hhcmVkLmRlbGV0ZShrZXkpLCB7IG9uY2U6IHRydWUgfSk7XG4gICAgICAvLyBpcHl3aWRnZXRzJyB3b3JkIGZvciBcInRoaXMgY29tbSBsaXZlcywgb3IgbGl2ZXMgbm8gbW9yZVwiOyB3aGljaCBvZiB0aGUgdHdvLCBhc2tpbmcgdGVsbHMuXG4gICAgICBjb25zdCBkb3VidCA9ICgpOiB2b2lkID0+IHZvaWQgb25lLmxpbms/LnRoZW4oKGxpbmspID0+IGxpbmsuZG91YnQoKSk7XG4gICAgICBtb2RlbC5vbihcImNvbW1fbGl2ZV91cGRhdGVcIiwgZG91YnQpO1xuICAgICAgc2lnbmFsLmFkZEV2ZW50TGlzdGVuZXIoXCJhYm9ydFwiLCAoKSA9PiBtb2RlbC5vZmYoXCJjb21tX2xpdmVfdXBkYXRlXCIsIGRvdWJ0KSwgeyBvbmNlOiB0cnVlIH0pO1xuICAgIH0sXG5cbiAgICByZW5kZXIoeyBtb2RlbCwgZWwsIHNpZ25hbCwgaG9zdCB9OiBSZW5kZXJQcm9wczxUcmFpdHM+KSB7XG4gICAgICBjb25zdCBvbmUgPSBzaGFyZWQuZ2V0KGtleU9mKG1vZGVsKSk7XG4gICAgICBpZiAob25lID09PSB1bmRlZmluZWQpIHRocm93IG5ldyBFcnJvcihcInNhbV93aWRnZXQ6IHRoaXMgdmlldyBjYW1lIGJlZm9yZSBpdHMgbW9kZWwuXCIpO1xuICAgICAgb25lLmxpbmsgPz89IHdpcmVUbyhtb2RlbCwgaG9zdCkudGhlbigod2lyZSkgPT4gbmV3IExpbmsob25lLnN0b3JlLCB3aXJlLCBvbmUuc2lnbmFsKSk7XG4gICAgICBjb25zdCB2aWV3ID0gbmV3IFZpZXcoZWwsIG9uZS5zdG9yZSwga25vYnNPZihtb2RlbCwgc2lnbmFsKSwgc2lnbmFsKTtcbiAgICAgIHJldHVybiAoKSA9PiB2aWV3LmNsb3NlKCk7XG4gICAgfSxcbiAgfTtcbn1cblxuLyoqIFRoZSBoaWRkZW4gY2hpbGQncyBjb21tIHdoZXJlIHRoZSBob3N0IGNhbiByZWFjaCBpdCwgZWxzZSB0aGUgdmlzaWJsZSBvbmUncy4gKi9cbmFzeW5jIGZ1bmN0aW9uIHdpcmVUbyhtb2RlbDogQW55TW9kZWw8VHJhaXRzPiwgaG9zdDogSG9zdCB8IHVuZGVmaW5lZCk6IFByb21pc2U8V2lyZT4ge1xuICBjb25zdCBjaGFubmVsID0gbW9kZWwuZ2V0KFwiY2hhbm5lbFwiKTtcbiAgaWYgKHR5cGVvZiBjaGFubmVsID09PSBcInN0cmluZ1wiICYmIGhvc3QgIT09IHVuZGVmaW5lZCkge1xuICAgIHRyeSB7XG4gICAgICBjb25zdCBmb3VuZCA9IGF3YWl0IFByb21pc2UucmFjZShbXG4gICAgICAgIGhvc3QuZ2V0V2lkZ2V0PFBhcnRpYWw8V2lyZT4gfCB1bmRlZmluZWQ+KGNoYW5uZWwpLFxuICAgICAgICBuZXcgUHJvbWlzZTxudWxsPigocmVzb2x2ZSkgPT4gc2V0VGltZW91dCgoKSA9PiByZXNvbHZlKG51bGwpLCBDSEFOTkVMX1BBVElFTkNFKSksXG4gICAgICBdKTtcbiAgICAgIGNvbnN0IHdpcmUgPSBmb3VuZD8uZXhwb3J0cztcbiAgICAgIGlmICh3aXJlPy5zZW5kICE9PSB1bmRlZmluZWQgJiYgd2lyZS5saXN0ZW4gIT09IHVuZGVmaW5lZCkgcmV0dXJuIHdpcmUgYXMgV2lyZTtcbiAgICB9IGNhdGNoIHtcbiAgICAgIC8vIEEgaG9zdCB0aGF0IGtub3dzIG5vIGNoaWxkIG1vZGVsczogdGhlIHZpc2libGUgY29tbSBjYXJyaWVzIHRoZSBwcm90b2NvbCB0b28uXG4gICAgfVxuICB9XG4gIHJldHVybiB3aXJlT2YobW9kZWwpO1xufVxuXG4vKiogVGhlIHRyYWl0cyB0aGF0IGEgdmlldyByZWFkcyBhbmQgc2V0cy4gKi9cbmZ1bmN0aW9uIGtub2JzT2YobW9kZWw6IEFueU1vZGVsLCBzaWduYWw6IEFib3J0U2lnbmFsKTogS25vYnMge1xuICByZXR1cm4ge1xuICAgIGdldDogKG5hbWUpID0+IG1vZGVsLmdldChuYW1lKSxcbiAgICBzZXQobmFtZSwgdmFsdWUpIHtcbiAgICAgIG1vZGVsLnNldChuYW1lLCB2YWx1ZSk7XG4gICAgICBtb2RlbC5zYXZlX2NoYW5nZXMoKTtcbiAgICB9LFxuICAgIG9uQ2hhbmdlKG5hbWVzLCBsaXN0ZW5lcikge1xuICAgICAgZm9yIChjb25zdCBuYW1lIG9mIG5hbWVzKSB7XG4gICAgICAgIG1vZGVsLm9uKGBjaGFuZ2U6JHtuYW1lfWAsIGxpc3RlbmVyKTtcbiAgICAgICAgc2lnbmFsLmFkZEV2ZW50TGlzdGVuZXIoXCJhYm9ydFwiLCAoKSA9PiBtb2RlbC5vZmYoYGNoYW5nZToke25hbWV9YCwgbGlzdGVuZXIpLCB7XG4gICAgICAgICAgb25jZTogdHJ1ZSxcbiAgICAgICAgfSk7XG4gICAgICB9XG4gICAgfSxcbiAgfTtcbn1cbiIsICIvLyBBIGtlcm5lbCBmb3IgdGhlIGRldiBwYWdlLCBpbiB0aGUgcGFnZTogaXQgdGFrZXMgdGhlIHByb3RvY29sJ3MgbWVzc2FnZXMsIGtlZXBzIGEgZG9jdW1lbnQgYW5kIGEgaGlzdG9yeSwgYW5kXG4vLyBhbnN3ZXJzIHByb21wdHMgd2l0aCBkcmF3biBzaGFwZXMgYWZ0ZXIgYSB3aGlsZS4gRm9yIGxvb2tpbmcgYW5kIGZvciB0cnlpbmc7IG5ldmVyIHNoaXBwZWQuXG5pbXBvcnQgeyBhcHBseSwgdHlwZSBEb2N1bWVudCwgdHlwZSBFZGl0LCBFTVBUWSwgZWRpdE9mLCBpbnZlcnQsIG5ld0lkIH0gZnJvbSBcIi4uL3NyYy9kb2N1bWVudFwiO1xuaW1wb3J0IHR5cGUgeyBBbnN3ZXIsIEFueVJlY29yZCwgRnJvbUtlcm5lbCwgRnJvbVBhZ2UsIFBhdGNoLCBTdGF0dXMgfSBmcm9tIFwiLi4vc3JjL3Byb3RvY29sXCI7XG5cbmV4cG9ydCBpbnRlcmZhY2UgQmVoYXZpb3VyIHtcbiAgcmVhZG9ubHkgd2lkdGg6IG51bWJlcjtcbiAgcmVhZG9ubHkgaGVpZ2h0OiBudW1iZXI7XG4gIHJlYWRvbmx5IHBob3RvOiBVaW50OEFycmF5O1xuICByZWFkb25seSBkZWxheTogbnVtYmVyOyAvLyBtcyB1bnRpbCBhbiBhbnN3ZXI7IGluZmluaXRlOiBuZXZlclxuICByZWFkb25seSBzdGF0dXM6IFN0YXR1cztcbiAgcmVhZG9ubHkgbXV0ZTogYm9vbGVhbjsgLy8gYW5zd2VycyBub3RoaW5nIGF0IGFsbFxuICByZWFkb25seSBzaGFwZXM6IHJlYWRvbmx5IChyZWFkb25seSBbbnVtYmVyLCBudW1iZXIsIG51bWJlciwgbnVtYmVyLCBudW1iZXJdKVtdOyAvLyBjeCBjeSByeCByeSB0dXJuXG59XG5cbnR5cGUgTGlzdGVuZXIgPSAoY29udGVudDogdW5rbm93biwgYnVmZmVyczogRGF0YVZpZXdbXSkgPT4gdm9pZDtcblxuZXhwb3J0IGNsYXNzIEZha2VLZXJuZWwge1xuICByZWFkb25seSBiZWhhdmlvdXI6IEJlaGF2aW91cjtcbiAgcmVhZG9ubHkgbGlzdGVuZXJzID0gbmV3IFNldDxMaXN0ZW5lcj4oKTtcbiAgI2RvY3VtZW50OiBEb2N1bWVudCA9IEVNUFRZO1xuICAjdmVyc2lvbiA9IDA7XG4gICN1bmRvOiBFZGl0W10gPSBbXTtcbiAgI3JlZG86IEVkaXRbXSA9IFtdO1xuICAjdGFrZW4gPSBuZXcgTWFwPHN0cmluZywgbnVtYmVyPigpO1xuICAjYmxvYnMgPSBuZXcgTWFwPHN0cmluZywgVWludDhBcnJheT4oKTtcbiAgI2Fuc3dlcnMgPSBuZXcgTWFwPHN0cmluZywgQW5zd2VyPigpO1xuXG4gIGNvbnN0cnVjdG9yKGJlaGF2aW91cjogQmVoYXZpb3VyKSB7XG4gICAgdGhpcy5iZWhhdmlvdXIgPSBiZWhhdmlvdXI7XG4gICAgaWYgKGJlaGF2aW91ci5waG90by5sZW5ndGggPT09IDApIHJldHVybjtcbiAgICB0aGlzLiNibG9icy5zZXQoXCJwaG90b1wiLCBiZWhhdmlvdXIucGhvdG8pO1xuICAgIGNvbnN0IHsgd2lkdGgsIGhlaWdodCB9ID0gYmVoYXZpb3VyO1xuICAgIHRoaXMuI2RvY3VtZW50ID0gYXBwbHkoXG4gICAgICBFTVBUWSxcbiAgICAgIGVkaXRPZihbeyB0eXBlOiBcImltYWdlXCIsIGlkOiBcImltYWdlXCIsIHNvdXJjZTogXCJwaG90b1wiLCB3aWR0aCwgaGVpZ2h0IH1dKSxcbiAgICApO1xuICB9XG5cbiAgcmVjZWl2ZShtZXNzYWdlOiBGcm9tUGFnZSk6IHZvaWQge1xuICAgIGlmICh0aGlzLmJlaGF2aW91ci5tdXRlKSByZXR1cm47XG4gICAgaWYgKG1lc3NhZ2UudHlwZSA9PT0gXCJoZWxsb1wiKSB0aGlzLiNzbmFwc2hvdChtZXNzYWdlLmNsaWVudCwgbWVzc2FnZS5jYWxsKTtcbiAgICBpZiAobWVzc2FnZS50eXBlID09PSBcImhlbGxvXCIgfHwgbWVzc2FnZS50eXBlID09PSBcIm5lZWRcIikgcmV0dXJuO1xuICAgIGNvbnN0IHsgY2xpZW50LCBzZXEgfSA9IG1lc3NhZ2U7XG4gICAgaWYgKHNlcSA8PSAodGhpcy4jdGFrZW4uZ2V0KGNsaWVudCkgPz8gMCkpIHJldHVybjtcbiAgICB0aGlzLiN0YWtlbi5zZXQoY2xpZW50LCBzZXEpO1xuICAgIGNvbnN0IGJ5ID0geyBjbGllbnQsIHNlcSB9O1xuICAgIGlmIChtZXNzYWdlLnR5cGUgPT09IFwicHVzaFwiKSB7XG4gICAgICB0aGlzLiN1bmRvLnB1c2goaW52ZXJ0KHRoaXMuI2RvY3VtZW50LCBtZXNzYWdlLmVkaXQpKTtcbiAgICAgIHRoaXMuI3JlZG8gPSBbXTtcbiAgICAgIHRoaXMuI3B1Ymxpc2gobWVzc2FnZS5lZGl0LCBieSk7XG4gICAgfSBlbHNlIHtcbiAgICAgIGNvbnN0IFtmcm9tLCB0b10gPVxuICAgICAgICBtZXNzYWdlLnR5cGUgPT09IFwidW5kb1wiID8gW3RoaXMuI3VuZG8sIHRoaXMuI3JlZG9dIDogW3RoaXMuI3JlZG8sIHRoaXMuI3VuZG9dO1xuICAgICAgY29uc3QgZWRpdCA9IGZyb20ucG9wKCk7XG4gICAgICBpZiAoZWRpdCA9PT0gdW5kZWZpbmVkKSB7XG4gICAgICAgIHRoaXMuI3NlbmQoeyB0eXBlOiBcInJlamVjdFwiLCB0bzogY2xpZW50LCBzZXEsIHdoeTogXCJUaGVyZSBpcyBub3RoaW5nIHRvIHVuZG8uXCIgfSk7XG4gICAgICAgIHJldHVybjtcbiAgICAgIH1cbiAgICAgIHRvLnB1c2goaW52ZXJ0KHRoaXMuI2RvY3VtZW50LCBlZGl0KSk7XG4gICAgICB0aGlzLiNwdWJsaXNoKGVkaXQsIGJ5KTtcbiAgICB9XG4gICAgdGhpcy4jdGhpbmsoKTtcbiAgfVxuXG4gIHRlbGwoc3RhdHVzOiBTdGF0dXMpOiB2b2lkIHtcbiAgICB0aGlzLiNzZW5kKHN0YXR1cyk7XG4gIH1cblxuICByZWplY3Qod2h5OiBzdHJpbmcpOiB2b2lkIHtcbiAgICB0aGlzLiNzZW5kKHsgdHlwZTogXCJyZWplY3RcIiwgdG86IG51bGwsIHNlcTogbnVsbCwgd2h5IH0pO1xuICB9XG5cbiAgI3NuYXBzaG90KHRvOiBzdHJpbmcsIGNhbGw6IG51bWJlcik6IHZvaWQge1xuICAgIGNvbnN0IGJsb2JzID0gWy4uLnRoaXMuI2Jsb2JzLmtleXMoKV07XG4gICAgY29uc3QgbWVzc2FnZTogRnJvbUtlcm5lbCA9IHtcbiAgICAgIHR5cGU6IFwic25hcHNob3RcIixcbiAgICAgIHRvLFxuICAgICAgY2FsbCxcbiAgICAgIHNlcTogdGhpcy4jdGFrZW4uZ2V0KHRvKSA/PyAwLFxuICAgICAgdmVyc2lvbjogdGhpcy4jdmVyc2lvbixcbiAgICAgIGRvY3VtZW50OiBPYmplY3QuZnJvbUVudHJpZXModGhpcy4jZG9jdW1lbnQpLFxuICAgICAgYmxvYnMsXG4gICAgICBjYW5fdW5kbzogdGhpcy4jdW5kby5sZW5ndGggPiAwLFxuICAgICAgY2FuX3JlZG86IHRoaXMuI3JlZG8ubGVuZ3RoID4gMCxcbiAgICAgIHN0YXR1czogdGhpcy5iZWhhdmlvdXIuc3RhdHVzLFxuICAgIH07XG4gICAgdGhpcy4jc2VuZChtZXNzYWdlLCBibG9icyk7XG4gIH1cblxuICAjcHVibGlzaChlZGl0OiBFZGl0LCBieTogUGF0Y2hbXCJieVwiXSwgYmxvYnM6IHN0cmluZ1tdID0gW10pOiB2b2lkIHtcbiAgICB0aGlzLiNkb2N1bWVudCA9IGFwcGx5KHRoaXMuI2RvY3VtZW50LCBlZGl0KTtcbiAgICB0aGlzLiN2ZXJzaW9uICs9IDE7XG4gICAgY29uc3QgY2FuID0geyBjYW5fdW5kbzogdGhpcy4jdW5kby5sZW5ndGggPiAwLCBjYW5fcmVkbzogdGhpcy4jcmVkby5sZW5ndGggPiAwIH07XG4gICAgdGhpcy4jc2VuZCh7IHR5cGU6IFwicGF0Y2hcIiwgdmVyc2lvbjogdGhpcy4jdmVyc2lvbiwgZWRpdCwgYnksIGJsb2JzLCAuLi5jYW4gfSwgYmxvYnMpO1xuICB9XG5cbiAgI3NlbmQobWVzc2FnZTogRnJvbUtlcm5lbCwgYmxvYnM6IHJlYWRvbmx5IHN0cmluZ1tdID0gW10pOiB2b2lkIHtcbiAgICBjb25zdCBidWZmZXJzID0gYmxvYnMubWFwKChoYXNoKSA9PiB7XG4gICAgICBjb25zdCBieXRlcyA9IHRoaXMuI2Jsb2JzLmdldChoYXNoKSA/PyBuZXcgVWludDhBcnJheSgpO1xuICAgICAgcmV0dXJuIG5ldyBEYXRhVmlldyhieXRlcy5idWZmZXIsIGJ5dGVzLmJ5dGVPZmZzZXQsIGJ5dGVzLmJ5dGVMZW5ndGgpO1xuICAgIH0pO1xuICAgIHNldFRpbWVvdXQoKCkgPT4ge1xuICAgICAgZm9yIChjb25zdCBsaXN0ZW5lciBvZiBbLi4udGhpcy5saXN0ZW5lcnNdKSBsaXN0ZW5lcihzdHJ1Y3R1cmVkQ2xvbmUobWVzc2FnZSksIGJ1ZmZlcnMpO1xuICAgIH0sIDMpO1xuICB9XG5cbiAgI3RoaW5rKCk6IHZvaWQge1xuICAgIGlmICghTnVtYmVyLmlzRmluaXRlKHRoaXMuYmVoYXZpb3VyLmRlbGF5KSkgcmV0dXJuO1xuICAgIGNvbnN0IG9wZW4gPSBbLi4udGhpcy4jZG9jdW1lbnQudmFsdWVzKCldLmZpbmQoKG9uZSkgPT4gb25lLnR5cGUgPT09IFwib2JqZWN0XCIgJiYgIW9uZS5sb2NrZWQpO1xuICAgIGlmIChvcGVuID09PSB1bmRlZmluZWQpIHJldHVybjtcbiAgICBjb25zdCBwcm9tcHRzID0gWy4uLnRoaXMuI2RvY3VtZW50LnZhbHVlcygpXS5maWx0ZXIoXG4gICAgICAob25lKSA9PiAob25lLnR5cGUgPT09IFwicG9pbnRcIiB8fCBvbmUudHlwZSA9PT0gXCJib3hcIikgJiYgb25lLm9iamVjdCA9PT0gb3Blbi5pZCxcbiAgICApO1xuICAgIGNvbnN0IG9mID0gcHJvbXB0cy5tYXAoKHByb21wdCkgPT4gcHJvbXB0LmlkKTtcbiAgICBpZiAob2YubGVuZ3RoID09PSAwKSByZXR1cm47XG4gICAgY29uc3Qga2V5ID0gb2Yuam9pbigpO1xuICAgIHNldFRpbWVvdXQoKCkgPT4ge1xuICAgICAgY29uc3Qga25vd24gPSB0aGlzLiNhbnN3ZXJzLmdldChrZXkpID8/IHRoaXMuI2Fuc3dlcihvcGVuLmlkLCBvZiwgcHJvbXB0cyk7XG4gICAgICB0aGlzLiNhbnN3ZXJzLnNldChrZXksIGtub3duKTtcbiAgICAgIGNvbnN0IGhhc2hlcyA9IGtub3duLmNhbmRpZGF0ZXMubWFwKChjYW5kaWRhdGUpID0+IGNhbmRpZGF0ZS5ibG9iKTtcbiAgICAgIHRoaXMuI3B1Ymxpc2goZWRpdE9mKFtrbm93bl0pLCBudWxsLCBoYXNoZXMpO1xuICAgIH0sIHRoaXMuYmVoYXZpb3VyLmRlbGF5KTtcbiAgfVxuXG4gICNhbnN3ZXIob2JqZWN0OiBzdHJpbmcsIG9mOiBzdHJpbmdbXSwgcHJvbXB0czogcmVhZG9ubHkgQW55UmVjb3JkW10pOiBBbnN3ZXIge1xuICAgIGNvbnN0IHsgd2lkdGgsIGhlaWdodCwgc2hhcGVzLCBkZWxheSB9ID0gdGhpcy5iZWhhdmlvdXI7XG4gICAgY29uc3QgZmlyc3QgPSBwcm9tcHRzWzBdO1xuICAgIGNvbnN0IFtweCwgcHldID1cbiAgICAgIGZpcnN0Py50eXBlID09PSBcInBvaW50XCJcbiAgICAgICAgPyBbZmlyc3QueCwgZmlyc3QueV1cbiAgICAgICAgOiBmaXJzdD8udHlwZSA9PT0gXCJib3hcIlxuICAgICAgICAgID8gWyhmaXJzdC54MCArIGZpcnN0LngxKSAvIDIsIChmaXJzdC55MCArIGZpcnN0LnkxKSAvIDJdXG4gICAgICAgICAgOiBbMCwgMF07XG4gICAgY29uc3QgbmVhciA9IChzaGFwZTogKHR5cGVvZiBzaGFwZXMpW251bWJlcl0pOiBudW1iZXIgPT5cbiAgICAgIE1hdGguaHlwb3QocHggLSBzaGFwZVswXSwgcHkgLSBzaGFwZVsxXSkgKyAoc2hhcGVbMl0gKyBzaGFwZVszXSkgLyAyMDtcbiAgICBjb25zdCB0aHJlZSA9IFsuLi5zaGFwZXNdLnNvcnQoKGEsIGIpID0+IG5lYXIoYSkgLSBuZWFyKGIpKS5zbGljZSgwLCAzKTtcbiAgICB0aHJlZS5zb3J0KChhLCBiKSA9PiBiWzJdICogYlszXSAtIGFbMl0gKiBhWzNdKTtcbiAgICBjb25zdCBuYW1lcyA9IFtcIndob2xlXCIsIFwicGFydFwiLCBcInN1YnBhcnRcIl07XG4gICAgY29uc3Qgc2NvcmVzID0gWzAuOTQyLCAwLjkxMywgMC44MzRdO1xuICAgIGNvbnN0IHN0YWJpbGl0aWVzID0gWzAuOTcsIDAuOTUsIDAuOTZdO1xuICAgIGNvbnN0IGNhbmRpZGF0ZXMgPSB0aHJlZS5tYXAoKHNoYXBlLCBpKSA9PiB7XG4gICAgICBjb25zdCB7IGJ5dGVzLCBhcmVhIH0gPSBlbGxpcHNlKHdpZHRoLCBoZWlnaHQsIHNoYXBlLCBwcm9tcHRzKTtcbiAgICAgIGNvbnN0IGJsb2IgPSBuZXdJZCgpO1xuICAgICAgdGhpcy4jYmxvYnMuc2V0KGJsb2IsIGJ5dGVzKTtcbiAgICAgIHJldHVybiB7XG4gICAgICAgIG5hbWU6IG5hbWVzW2ldID8/IFwib3RoZXJcIixcbiAgICAgICAgYmxvYixcbiAgICAgICAgc2NvcmU6IHNjb3Jlc1tpXSA/PyAwLjUsXG4gICAgICAgIHN0YWJpbGl0eTogc3RhYmlsaXRpZXNbaV0gPz8gMC41LFxuICAgICAgICBhcmVhLFxuICAgICAgfTtcbiAgICB9KTtcbiAgICBjb25zdCBzZWNvbmRzID0gTWF0aC5taW4oZGVsYXksIDE4LjQpIC8gMTAwMDtcbiAgICByZXR1cm4geyB0eXBlOiBcImFuc3dlclwiLCBpZDogbmV3SWQoKSwgb2JqZWN0LCBvZiwgY2FuZGlkYXRlcywgYmVzdDogMSwgc2Vjb25kcyB9O1xuICB9XG59XG5cbi8qKiBBIHR1cm5lZCBlbGxpcHNlIHdpdGggYSB3YXZ5IGVkZ2UsIGJpdHRlbiBieSB0aGUgbmVnYXRpdmUgcG9pbnRzOyBhcyBydW4gbGVuZ3Rocy4gKi9cbmZ1bmN0aW9uIGVsbGlwc2UoXG4gIHdpZHRoOiBudW1iZXIsXG4gIGhlaWdodDogbnVtYmVyLFxuICBbY3gsIGN5LCByeCwgcnksIHR1cm5dOiByZWFkb25seSBbbnVtYmVyLCBudW1iZXIsIG51bWJlciwgbnVtYmVyLCBudW1iZXJdLFxuICBwcm9tcHRzOiByZWFkb25seSBBbnlSZWNvcmRbXSxcbik6IHsgYnl0ZXM6IFVpbnQ4QXJyYXk7IGFyZWE6IG51bWJlciB9IHtcbiAgY29uc3QgYml0ZXMgPSBwcm9tcHRzLmZpbHRlcigob25lKSA9PiBvbmUudHlwZSA9PT0gXCJwb2ludFwiICYmICFvbmUucG9zaXRpdmUpO1xuICBjb25zdCBvbiA9ICh4OiBudW1iZXIsIHk6IG51bWJlcik6IGJvb2xlYW4gPT4ge1xuICAgIGNvbnN0IGR4ID0gKHggLSBjeCkgKiBNYXRoLmNvcyh0dXJuKSArICh5IC0gY3kpICogTWF0aC5zaW4odHVybik7XG4gICAgY29uc3QgZHkgPSAoeSAtIGN5KSAqIE1hdGguY29zKHR1cm4pIC0gKHggLSBjeCkgKiBNYXRoLnNpbih0dXJuKTtcbiAgICBjb25zdCBhbmdsZSA9IE1hdGguYXRhbjIoZHksIGR4KTtcbiAgICBjb25zdCB3YXZlID0gMSArIDAuMDIgKiBNYXRoLnNpbihhbmdsZSAqIDcpO1xuICAgIGlmICgoZHggLyByeCkgKiogMiArIChkeSAvIHJ5KSAqKiAyID4gd2F2ZSkgcmV0dXJuIGZhbHNlO1xuICAgIHJldHVybiAhYml0ZXMuc29tZSgoYml0ZSkgPT4gYml0ZS50eXBlID09PSBcInBvaW50XCIgJiYgTWF0aC5oeXBvdCh4IC0gYml0ZS54LCB5IC0gYml0ZS55KSA8IDM0KTtcbiAgfTtcbiAgY29uc3QgcmVhY2ggPSBNYXRoLm1heChyeCwgcnkpICogMS4xO1xuICBjb25zdCB4MCA9IE1hdGgubWF4KDAsIE1hdGguZmxvb3IoY3ggLSByZWFjaCkpO1xuICBjb25zdCB4MSA9IE1hdGgubWluKHdpZHRoLCBNYXRoLmNlaWwoY3ggKyByZWFjaCkpO1xuICBjb25zdCB5MCA9IE1hdGgubWF4KDAsIE1hdGguZmxvb3IoY3kgLSByZWFjaCkpO1xuICBjb25zdCB5MSA9IE1hdGgubWluKGhlaWdodCwgTWF0aC5jZWlsKGN5ICsgcmVhY2gpKTtcbiAgY29uc3QgcnVuczogbnVtYmVyW10gPSBbXTtcbiAgbGV0IHZhbHVlID0gZmFsc2U7XG4gIGxldCBydW4gPSAwO1xuICBsZXQgYXJlYSA9IDA7XG4gIGZvciAobGV0IHkgPSB5MDsgeSA8IHkxOyB5KyspIHtcbiAgICBmb3IgKGxldCB4ID0geDA7IHggPCB4MTsgeCsrKSB7XG4gICAgICBjb25zdCBub3cgPSBvbih4ICsgMC41LCB5ICsgMC41KTtcbiAgICAgIGlmIChub3cpIGFyZWEgKz0gMTtcbiAgICAgIGlmIChub3cgIT09IHZhbHVlKSB7XG4gICAgICAgIHJ1bnMucHVzaChydW4pO1xuICAgICAgICBydW4gPSAwO1xuICAgICAgICB2YWx1ZSA9IG5vdztcbiAgICAgIH1cbiAgICAgIHJ1biArPSAxO1xuICAgIH1cbiAgfVxuICBydW5zLnB1c2gocnVuKTtcbiAgcmV0dXJuIHtcbiAgICBieXRlczogbmV3IFVpbnQ4QXJyYXkoVWludDMyQXJyYXkub2Yod2lkdGgsIGhlaWdodCwgeDAsIHkwLCB4MSwgeTEsIC4uLnJ1bnMpLmJ1ZmZlciksXG4gICAgYXJlYSxcbiAgfTtcbn1cbiIsICIvLyBUaGUgZGV2IHBhZ2U6IHRoZSByZWFsIHdpZGdldCBvbiBhIGZha2UgbW9kZWwgYW5kIGEgZmFrZSBrZXJuZWwuIFRoZSBhZGRyZXNzIHNheXMgd2hhdCB0byBzaG93LCBmb3IgZXhhbXBsZVxuLy8gaW5kZXguaHRtbD9waG90bz0vcGhvdG8ucG5nJnRoZW1lPWRhcmsmd2lkdGg9ODYwJmRlbGF5PTYwMCZzdGF0dXM9ZW5jb2Rpbmcmdmlld3M9MlxuaW1wb3J0IHR5cGUgeyBBbnlNb2RlbCB9IGZyb20gXCJAYW55d2lkZ2V0L3R5cGVzXCI7XG5pbXBvcnQgd2lkZ2V0IGZyb20gXCIuLi9zcmMvaW5kZXhcIjtcbmltcG9ydCB0eXBlIHsgRnJvbVBhZ2UsIFN0YXR1cyB9IGZyb20gXCIuLi9zcmMvcHJvdG9jb2xcIjtcbmltcG9ydCB7IEZha2VLZXJuZWwgfSBmcm9tIFwiLi9rZXJuZWxcIjtcblxuY29uc3QgYXNrZWQgPSBuZXcgVVJMU2VhcmNoUGFyYW1zKGxvY2F0aW9uLnNlYXJjaCk7XG5jb25zdCB3aGF0ID0gKGFza2VkLmdldChcInN0YXR1c1wiKSA/PyBcInJlYWR5XCIpIGFzIFN0YXR1c1tcIndoYXRcIl07XG5jb25zdCBURVhUUzogUmVjb3JkPHN0cmluZywgc3RyaW5nPiA9IHtcbiAgbG9hZGluZzogXCJMb2FkaW5nIHRoZSBtb2RlbCBtaW5pXCIsXG4gIGVuY29kaW5nOiBcIkVuY29kaW5nIHRoZSBwaG90b1wiLFxuICByZWFkeTogXCJtaW5pIGlzIHJlYWR5XCIsXG4gIGVycm9yOiBhc2tlZC5nZXQoXCJ0ZXh0XCIpID8/IFwiVGhlIHdlaWdodHMgZmlsZSBpcyBicm9rZW46IGl0IGVuZHMgYWZ0ZXIgMTIwIG9mIDIxLDQzNCBieXRlcy5cIixcbn07XG5cbmNvbnN0IENPRkZFRSA9IFtcbiAgWzI4MiwgMjMyLCAxOTYsIDE4NiwgMF0sXG4gIFsyODgsIDEyOCwgMTE3LCAxMjAsIDAuMl0sXG4gIFsyOTAsIDE1OCwgODQsIDQ4LCAwXSxcbiAgWzM2NiwgMjkwLCA0NCwgMzQsIC0xLjJdLFxuICBbMzY2LCAyOTAsIDMwLCAyNCwgLTEuMl0sXG4gIFs0MDQsIDExMiwgNjAsIDE4LCAtMS4wXSxcbiAgWzkwLCA3MCwgODAsIDYwLCAwLjNdLFxuICBbOTAsIDcwLCA2MCwgNDAsIDAuM10sXG4gIFs5MCwgNzAsIDMwLCAyMCwgMC4zXSxcbl0gYXMgY29uc3Q7XG5cbmFzeW5jIGZ1bmN0aW9uIHBob3RvT2YodXJsOiBzdHJpbmcpOiBQcm9taXNlPHsgYnl0ZXM6IFVpbnQ4QXJyYXk7IHdpZHRoOiBudW1iZXI7IGhlaWdodDogbnVtYmVyIH0+IHtcbiAgY29uc3QgYnl0ZXMgPSBuZXcgVWludDhBcnJheShhd2FpdCAoYXdhaXQgZmV0Y2godXJsKSkuYXJyYXlCdWZmZXIoKSk7XG4gIGNvbnN0IHBpY3R1cmUgPSBhd2FpdCBjcmVhdGVJbWFnZUJpdG1hcChuZXcgQmxvYihbYnl0ZXNdKSk7XG4gIHJldHVybiB7IGJ5dGVzLCB3aWR0aDogcGljdHVyZS53aWR0aCwgaGVpZ2h0OiBwaWN0dXJlLmhlaWdodCB9O1xufVxuXG5jb25zdCBub25lID0geyBieXRlczogbmV3IFVpbnQ4QXJyYXkoKSwgd2lkdGg6IDEsIGhlaWdodDogMSB9O1xuY29uc3QgcGhvdG9VcmwgPSBhc2tlZC5nZXQoXCJwaG90b1wiKTtcbmNvbnN0IHBob3RvID0gcGhvdG9VcmwgPT09IG51bGwgPyBub25lIDogYXdhaXQgcGhvdG9PZihwaG90b1VybCk7XG5jb25zdCBkZWxheSA9IGFza2VkLmdldChcImRlbGF5XCIpO1xuY29uc3Qga2VybmVsID0gbmV3IEZha2VLZXJuZWwoe1xuICB3aWR0aDogcGhvdG8ud2lkdGgsXG4gIGhlaWdodDogcGhvdG8uaGVpZ2h0LFxuICBwaG90bzogcGhvdG8uYnl0ZXMsXG4gIGRlbGF5OiBkZWxheSA9PT0gXCJuZXZlclwiID8gTnVtYmVyLlBPU0lUSVZFX0lORklOSVRZIDogTnVtYmVyKGRlbGF5ID8/IDE4KSxcbiAgbXV0ZTogYXNrZWQuaGFzKFwibXV0ZVwiKSxcbiAgc2hhcGVzOiBDT0ZGRUUubWFwKChbeCwgeSwgcngsIHJ5LCB0dXJuXSkgPT4ge1xuICAgIGNvbnN0IGsgPSBwaG90by53aWR0aCAvIDYwMDtcbiAgICByZXR1cm4gW3ggKiBrLCB5ICogaywgcnggKiBrLCByeSAqIGssIHR1cm5dIGFzIGNvbnN0O1xuICB9KSxcbiAgc3RhdHVzOiB7XG4gICAgdHlwZTogXCJzdGF0dXNcIixcbiAgICB3aGF0LFxuICAgIHByb2dyZXNzOiB3aGF0ID09PSBcImVuY29kaW5nXCIgPyAwLjQ1IDogbnVsbCxcbiAgICB0ZXh0OiBURVhUU1t3aGF0XSA/PyBcIlwiLFxuICAgIG1vZGVsOiBcIm1pbmlcIixcbiAgfSxcbn0pO1xuXG4vKiogQSBtb2RlbCBhcyBhbnl3aWRnZXQgaGFuZHMgaXQgb3V0LCBpdHMgY29tbSBqb2luZWQgdG8gdGhlIGZha2Uga2VybmVsLiAqL1xuZnVuY3Rpb24gZmFrZU1vZGVsKCk6IEFueU1vZGVsICYgeyBmaXJlKG5hbWU6IHN0cmluZyk6IHZvaWQgfSB7XG4gIGNvbnN0IHRyYWl0cyA9IG5ldyBNYXA8c3RyaW5nLCB1bmtub3duPihbXG4gICAgW1wiaGVpZ2h0XCIsIE51bWJlcihhc2tlZC5nZXQoXCJoZWlnaHRcIikgPz8gNDgwKV0sXG4gICAgW1widG9vbFwiLCBhc2tlZC5nZXQoXCJ0b29sXCIpID8/IFwicG9pbnRcIl0sXG4gICAgW1widGhlbWVcIiwgYXNrZWQuZ2V0KFwidGhlbWVcIikgPz8gXCJhdXRvXCJdLFxuICAgIFtcIm9wYWNpdHlcIiwgTnVtYmVyKGFza2VkLmdldChcIm9wYWNpdHlcIikgPz8gMC41KV0sXG4gICAgW1wiY2hhbm5lbFwiLCBudWxsXSxcbiAgXSk7XG4gIGNvbnN0IGhhbmRsZXJzID0gbmV3IE1hcDxzdHJpbmcsIFNldDwoLi4udmFsdWVzOiB1bmtub3duW10pID0+IHZvaWQ+PigpO1xuICBrZXJuZWwubGlzdGVuZXJzLmFkZCgoY29udGVudCwgYnVmZmVycykgPT4ge1xuICAgIGZvciAoY29uc3QgaGFuZGxlciBvZiBoYW5kbGVycy5nZXQoXCJtc2c6Y3VzdG9tXCIpID8/IFtdKSBoYW5kbGVyKGNvbnRlbnQsIGJ1ZmZlcnMpO1xuICB9KTtcbiAgcmV0dXJuIHtcbiAgICBnZXQ6IChuYW1lOiBzdHJpbmcpID0+IHRyYWl0cy5nZXQobmFtZSksXG4gICAgc2V0KG5hbWU6IHN0cmluZywgdmFsdWU6IHVua25vd24pIHtcbiAgICAgIHRyYWl0cy5zZXQobmFtZSwgdmFsdWUpO1xuICAgICAgZm9yIChjb25zdCBoYW5kbGVyIG9mIGhhbmRsZXJzLmdldChgY2hhbmdlOiR7bmFtZX1gKSA/PyBbXSkgaGFuZGxlcigpO1xuICAgIH0sXG4gICAgc2F2ZV9jaGFuZ2VzKCkge30sXG4gICAgc2VuZDogKGNvbnRlbnQ6IEZyb21QYWdlKSA9PiBrZXJuZWwucmVjZWl2ZShzdHJ1Y3R1cmVkQ2xvbmUoY29udGVudCkpLFxuICAgIG9uKG5hbWU6IHN0cmluZywgaGFuZGxlcjogKC4uLnZhbHVlczogdW5rbm93bltdKSA9PiB2b2lkKSB7XG4gICAgICBjb25zdCBrbm93biA9IGhhbmRsZXJzLmdldChuYW1lKSA/PyBuZXcgU2V0KCk7XG4gICAgICBoYW5kbGVycy5zZXQobmFtZSwga25vd24uYWRkKGhhbmRsZXIpKTtcbiAgICB9LFxuICAgIG9mZihuYW1lOiBzdHJpbmcsIGhhbmRsZXI6ICguLi52YWx1ZXM6IHVua25vd25bXSkgPT4gdm9pZCkge1xuICAgICAgaGFuZGxlcnMuZ2V0KG5hbWUpPy5kZWxldGUoaGFuZGxlcik7XG4gICAgfSxcbiAgICBmaXJlKG5hbWU6IHN0cmluZykge1xuICAgICAgZm9yIChjb25zdCBoYW5kbGVyIG9mIGhhbmRsZXJzLmdldChuYW1lKSA/PyBbXSkgaGFuZGxlcigpO1xuICAgIH0sXG4gICAgd2lkZ2V0X21hbmFnZXI6IHVuZGVmaW5lZCxcbiAgfSBhcyB1bmtub3duIGFzIEFueU1vZGVsICYgeyBmaXJlKG5hbWU6IHN0cmluZyk6IHZvaWQgfTtcbn1cblxuY29uc3QganVweXRlciA9IGFza2VkLmdldChcImp1cHl0ZXJcIik7XG5pZiAoanVweXRlciAhPT0gbnVsbCkgZG9jdW1lbnQuYm9keS5kYXRhc2V0LmpwVGhlbWVMaWdodCA9IGp1cHl0ZXIgPT09IFwibGlnaHRcIiA/IFwidHJ1ZVwiIDogXCJmYWxzZVwiO1xuY29uc3QgY2VsbCA9IGRvY3VtZW50LnF1ZXJ5U2VsZWN0b3IoXCIjY2VsbFwiKTtcbmNvbnN0IG1vZGVsID0gZmFrZU1vZGVsKCk7XG5jb25zdCBlbmQgPSBuZXcgQWJvcnRDb250cm9sbGVyKCk7XG5jb25zdCBmYWN0b3J5ID0gd2lkZ2V0KCk7XG5jb25zdCBkZWZpbml0aW9uID0gdHlwZW9mIGZhY3RvcnkgPT09IFwiZnVuY3Rpb25cIiA/IGF3YWl0IGZhY3RvcnkoKSA6IGZhY3Rvcnk7XG5jb25zdCBzaWduYWwgPSBlbmQuc2lnbmFsO1xuYXdhaXQgZGVmaW5pdGlvbi5pbml0aWFsaXplPy4oeyBtb2RlbCwgc2lnbmFsIH0gYXMgbmV2ZXIpO1xuZm9yIChsZXQgaSA9IDA7IGkgPCBOdW1iZXIoYXNrZWQuZ2V0KFwidmlld3NcIikgPz8gMSk7IGkrKykge1xuICBjb25zdCBlbCA9IGRvY3VtZW50LmNyZWF0ZUVsZW1lbnQoXCJkaXZcIik7XG4gIGlmIChhc2tlZC5oYXMoXCJ3aWR0aFwiKSkgZWwuc3R5bGUud2lkdGggPSBgJHthc2tlZC5nZXQoXCJ3aWR0aFwiKX1weGA7XG4gIGVsLnN0eWxlLm1hcmdpbkJvdHRvbSA9IFwiMTZweFwiO1xuICBjZWxsPy5hcHBlbmQoZWwpO1xuICBhd2FpdCBkZWZpbml0aW9uLnJlbmRlcj8uKHsgbW9kZWwsIGVsLCBzaWduYWwgfSBhcyBuZXZlcik7XG59XG5PYmplY3QuYXNzaWduKHdpbmRvdywgeyBrZXJuZWwsIG1vZGVsLCBlbmQgfSk7XG4iXSwKICAibWFwcGluZ3MiOiAiO0FBTU8sU0FBUyxPQUFPQSxRQUF1QjtBQUM1QyxTQUFPO0FBQUEsSUFDTCxNQUFNLENBQUMsWUFBWUEsT0FBTSxLQUFLLE9BQU87QUFBQSxJQUNyQyxPQUFPLFVBQVVDLFNBQVE7QUFDdkIsTUFBQUQsT0FBTSxHQUFHLGNBQWMsUUFBUTtBQUMvQixNQUFBQyxRQUFPLGlCQUFpQixTQUFTLE1BQU1ELE9BQU0sSUFBSSxjQUFjLFFBQVEsR0FBRyxFQUFFLE1BQU0sS0FBSyxDQUFDO0FBQUEsSUFDMUY7QUFBQSxFQUNGO0FBQ0Y7OztBQ0lPLElBQU0sUUFBa0Isb0JBQUksSUFBSTtBQUVoQyxTQUFTLFdBQVcsU0FBeUQ7QUFDbEYsU0FBTyxJQUFJLElBQUksT0FBTyxRQUFRLE9BQU8sQ0FBQztBQUN4QztBQUdPLFNBQVMsT0FBTyxLQUEyQixPQUEwQixDQUFDLEdBQVM7QUFDcEYsU0FBTyxFQUFFLEtBQUssT0FBTyxZQUFZLElBQUksSUFBSSxDQUFDLFdBQVcsQ0FBQyxPQUFPLElBQUksTUFBTSxDQUFDLENBQUMsR0FBRyxNQUFNLE9BQU8sS0FBSztBQUNoRztBQUdPLFNBQVMsTUFBTUUsV0FBb0IsTUFBc0I7QUFDOUQsUUFBTSxPQUFPLElBQUksSUFBSUEsU0FBUTtBQUM3QixhQUFXLE1BQU0sS0FBSyxLQUFNLE1BQUssT0FBTyxFQUFFO0FBQzFDLGFBQVcsQ0FBQyxJQUFJLE1BQU0sS0FBSyxPQUFPLFFBQVEsS0FBSyxHQUFHLEVBQUcsTUFBSyxJQUFJLElBQUksTUFBTTtBQUN4RSxTQUFPO0FBQ1Q7QUFHTyxTQUFTLE9BQU9BLFdBQW9CLE1BQWtCO0FBQzNELFFBQU0sVUFBVSxvQkFBSSxJQUFJLENBQUMsR0FBRyxLQUFLLE1BQU0sR0FBRyxPQUFPLEtBQUssS0FBSyxHQUFHLENBQUMsQ0FBQztBQUNoRSxRQUFNLE1BQW1DLENBQUM7QUFDMUMsYUFBVyxDQUFDLElBQUksTUFBTSxLQUFLQSxVQUFVLEtBQUksUUFBUSxJQUFJLEVBQUUsRUFBRyxLQUFJLEVBQUUsSUFBSTtBQUNwRSxRQUFNLE9BQU8sT0FBTyxLQUFLLEtBQUssR0FBRyxFQUFFLE9BQU8sQ0FBQyxPQUFPLENBQUNBLFVBQVMsSUFBSSxFQUFFLENBQUM7QUFDbkUsU0FBTyxFQUFFLEtBQUssTUFBTSxPQUFPLEtBQUssTUFBTTtBQUN4QztBQVlPLFNBQVMsUUFBZ0I7QUFDOUIsUUFBTSxRQUFRLE9BQU8sZ0JBQWdCLElBQUksV0FBVyxDQUFDLENBQUM7QUFDdEQsU0FBTyxNQUFNLEtBQUssT0FBTyxDQUFDLFNBQVMsS0FBSyxTQUFTLEVBQUUsRUFBRSxTQUFTLEdBQUcsR0FBRyxDQUFDLEVBQUUsS0FBSyxFQUFFO0FBQ2hGO0FBWU8sU0FBUyxRQUFRQyxXQUEyQjtBQUNqRCxNQUFJLFFBQTRCO0FBQ2hDLE1BQUksT0FBNEI7QUFDaEMsUUFBTSxVQUEwQixDQUFDO0FBQ2pDLGFBQVcsVUFBVUEsVUFBUyxPQUFPLEdBQUc7QUFDdEMsUUFBSSxPQUFPLFNBQVMsUUFBUyxTQUFRO0FBQ3JDLFFBQUksT0FBTyxTQUFTLFNBQVU7QUFDOUIsWUFBUSxLQUFLLE1BQU07QUFDbkIsUUFBSSxDQUFDLE9BQU8sT0FBUSxRQUFPO0FBQUEsRUFDN0I7QUFDQSxVQUFRLEtBQUssQ0FBQyxHQUFHLE1BQU0sRUFBRSxRQUFRLEVBQUUsS0FBSztBQUN4QyxRQUFNLFVBQVUsU0FBUyxPQUFPLENBQUMsSUFBSSxVQUFVQSxXQUFVLEtBQUssRUFBRTtBQUNoRSxRQUFNLFNBQVMsU0FBUyxPQUFPLE9BQU8sU0FBU0EsV0FBVSxLQUFLLEVBQUU7QUFDaEUsUUFBTSxRQUFRLFFBQVEsQ0FBQyxVQUFVLFFBQVEsU0FBUyxJQUFJLGFBQWFBLFdBQVUsS0FBSyxFQUFFLElBQUk7QUFDeEYsU0FBTyxFQUFFLE9BQU8sU0FBUyxNQUFNLFNBQVMsUUFBUSxNQUFNO0FBQ3hEO0FBR08sU0FBUyxXQUFXLE9BQThCO0FBQ3ZELFNBQU8sTUFBTSxRQUFRLE9BQU8sQ0FBQyxXQUFXLE9BQU8sTUFBTTtBQUN2RDtBQUVPLFNBQVMsVUFBVUEsV0FBb0IsUUFBMEI7QUFDdEUsUUFBTSxVQUFvQixDQUFDO0FBQzNCLGFBQVcsVUFBVUEsVUFBUyxPQUFPLEdBQUc7QUFDdEMsU0FBSyxPQUFPLFNBQVMsV0FBVyxPQUFPLFNBQVMsVUFBVSxPQUFPLFdBQVcsUUFBUTtBQUNsRixjQUFRLEtBQUssTUFBTTtBQUFBLElBQ3JCO0FBQUEsRUFDRjtBQUNBLFNBQU87QUFDVDtBQUdPLFNBQVMsU0FBU0EsV0FBb0IsUUFBK0I7QUFDMUUsUUFBTSxVQUFVLFVBQVVBLFdBQVUsTUFBTTtBQUMxQyxNQUFJLFFBQVEsV0FBVyxFQUFHLFFBQU87QUFDakMsYUFBVyxVQUFVQSxVQUFTLE9BQU8sR0FBRztBQUN0QyxRQUFJLE9BQU8sU0FBUyxZQUFZLE9BQU8sV0FBVyxPQUFRO0FBQzFELFFBQUksT0FBTyxHQUFHLFdBQVcsUUFBUSxPQUFRO0FBQ3pDLFFBQUksT0FBTyxHQUFHLE1BQU0sQ0FBQyxJQUFJLE1BQU0sT0FBTyxRQUFRLENBQUMsR0FBRyxFQUFFLEVBQUcsUUFBTztBQUFBLEVBQ2hFO0FBQ0EsU0FBTztBQUNUO0FBRUEsU0FBUyxhQUFhQSxXQUFvQixRQUErQjtBQUN2RSxNQUFJLE9BQXNCO0FBQzFCLGFBQVcsVUFBVUEsVUFBUyxPQUFPLEdBQUc7QUFDdEMsUUFBSSxPQUFPLFNBQVMsWUFBWSxPQUFPLFdBQVcsT0FBUSxRQUFPO0FBQUEsRUFDbkU7QUFDQSxTQUFPO0FBQ1Q7QUFHTyxTQUFTLFNBQVMsUUFBc0IsUUFBd0I7QUFDckUsUUFBTSxTQUFTLE9BQU8sVUFBVSxPQUFPO0FBQ3ZDLFNBQU8sS0FBSyxJQUFJLEtBQUssSUFBSSxHQUFHLE1BQU0sR0FBRyxPQUFPLFdBQVcsU0FBUyxDQUFDO0FBQ25FO0FBR08sU0FBUyxRQUFRQSxXQUFpQztBQUN2RCxRQUFNLFNBQVMsb0JBQUksSUFBWTtBQUMvQixhQUFXLFVBQVVBLFVBQVMsT0FBTyxHQUFHO0FBQ3RDLFFBQUksT0FBTyxTQUFTLFFBQVMsUUFBTyxJQUFJLE9BQU8sTUFBTTtBQUNyRCxRQUFJLE9BQU8sU0FBUyxTQUFVLFlBQVcsRUFBRSxLQUFLLEtBQUssT0FBTyxXQUFZLFFBQU8sSUFBSSxJQUFJO0FBQUEsRUFDekY7QUFDQSxTQUFPO0FBQ1Q7OztBQzFITyxJQUFNLFdBQVc7QUFFeEIsSUFBTSxlQUFlO0FBRXJCLElBQU0sWUFBWTtBQUVYLElBQU0sT0FBTixNQUFXO0FBQUEsRUFDUDtBQUFBLEVBQ0E7QUFBQSxFQUNULFNBQStDO0FBQUEsRUFDL0MsY0FBYztBQUFBLEVBQ2QsV0FBVztBQUFBLEVBQ1gsVUFBVTtBQUFBO0FBQUEsRUFHVixZQUFZLE9BQWMsTUFBWUMsU0FBcUI7QUFDekQsU0FBSyxTQUFTO0FBQ2QsU0FBSyxRQUFRO0FBQ2IsU0FBSyxPQUFPLENBQUMsU0FBUyxZQUFZLEtBQUssU0FBUyxTQUFTLE9BQU8sR0FBR0EsT0FBTTtBQUN6RSxVQUFNLE9BQU8sQ0FBQyxTQUFTLEtBQUssTUFBTSxJQUFJLEdBQUdBLE9BQU07QUFDL0MsSUFBQUEsUUFBTyxpQkFBaUIsU0FBUyxNQUFNLEtBQUssTUFBTSxHQUFHLEVBQUUsTUFBTSxLQUFLLENBQUM7QUFDbkUsU0FBSyxJQUFJO0FBQUEsRUFDWDtBQUFBO0FBQUEsRUFHQSxNQUFZO0FBQ1YsUUFBSSxLQUFLLFFBQVM7QUFDbEIsU0FBSyxLQUFLLEtBQUssT0FBTyxNQUFNLENBQUM7QUFDN0IsU0FBSyxPQUFPO0FBQUEsRUFDZDtBQUFBO0FBQUEsRUFHQSxRQUFjO0FBQ1osU0FBSyxXQUFXO0FBQ2hCLFNBQUssSUFBSTtBQUFBLEVBQ1g7QUFBQTtBQUFBLEVBR0EsT0FBYTtBQUNYLFNBQUssTUFBTTtBQUNYLFNBQUssT0FBTyxXQUFXLE1BQU07QUFBQSxFQUMvQjtBQUFBLEVBRUEsUUFBYztBQUNaLFNBQUssVUFBVTtBQUNmLFFBQUksS0FBSyxXQUFXLEtBQU0sY0FBYSxLQUFLLE1BQU07QUFDbEQsU0FBSyxTQUFTO0FBQUEsRUFDaEI7QUFBQSxFQUVBLE1BQU0sTUFBa0I7QUFFdEIsUUFBSSxLQUFLLFdBQVcsS0FBSyxPQUFPLE9BQVE7QUFDeEMsU0FBSyxLQUFLLElBQUk7QUFDZCxRQUFJLEtBQUssV0FBVyxLQUFNLE1BQUssT0FBTztBQUFBLEVBQ3hDO0FBQUE7QUFBQSxFQUdBLEtBQUssU0FBeUI7QUFDNUIsUUFBSSxLQUFLLFFBQVM7QUFDbEIsUUFBSTtBQUNGLFdBQUssTUFBTSxLQUFLLE9BQU87QUFBQSxJQUN6QixRQUFRO0FBQ04sV0FBSyxLQUFLO0FBQUEsSUFDWjtBQUFBLEVBQ0Y7QUFBQSxFQUVBLFNBQVMsU0FBa0IsU0FBMkM7QUFDcEUsUUFBSSxLQUFLLFdBQVcsQ0FBQyxVQUFVLE9BQU8sRUFBRztBQUN6QyxVQUFNLFFBQVEsUUFBUTtBQUFBLE1BQ3BCLENBQUMsU0FBUyxJQUFJLFdBQVcsS0FBSyxRQUFRLEtBQUssWUFBWSxLQUFLLFVBQVU7QUFBQSxJQUN4RTtBQUNBLFVBQU0sUUFBUSxLQUFLLE9BQU8sUUFBUSxTQUFTLEtBQUs7QUFFaEQsUUFBSSxRQUFRLFNBQVMsUUFBUyxNQUFLLGNBQWM7QUFDakQsU0FBSyxXQUFXO0FBQ2hCLFNBQUssT0FBTyxXQUFXLE1BQU07QUFDN0IsUUFBSSxVQUFVLE9BQU87QUFDbkIsVUFBSSxDQUFDLEtBQUssT0FBTyxPQUFRLE1BQUssSUFBSTtBQUNsQztBQUFBLElBQ0Y7QUFDQSxRQUFJLFVBQVUsUUFBUyxNQUFLLFFBQVEsT0FBTztBQUMzQyxTQUFLLE9BQU87QUFBQSxFQUNkO0FBQUE7QUFBQSxFQUdBLFFBQVEsU0FBMkI7QUFDakMsUUFBSSxRQUFRLFNBQVMsV0FBWSxZQUFXLFFBQVEsS0FBSyxPQUFPLFFBQVMsTUFBSyxLQUFLLElBQUk7QUFDdkYsUUFBSSxRQUFRLFNBQVMsY0FBYyxRQUFRLFNBQVMsUUFBUyxNQUFLLE1BQU07QUFBQSxFQUMxRTtBQUFBLEVBRUEsUUFBYztBQUNaLFVBQU0sUUFBUSxLQUFLLE9BQU8sU0FBUyxDQUFDLElBQUksS0FBSyxPQUFPLFFBQVE7QUFDNUQsUUFBSSxNQUFNLFNBQVMsRUFBRyxNQUFLLEtBQUssRUFBRSxNQUFNLFFBQVEsUUFBUSxLQUFLLE9BQU8sUUFBUSxNQUFNLENBQUM7QUFBQSxFQUNyRjtBQUFBO0FBQUEsRUFHQSxTQUFlO0FBQ2IsUUFBSSxLQUFLLFdBQVcsS0FBTSxjQUFhLEtBQUssTUFBTTtBQUNsRCxTQUFLLFNBQVM7QUFDZCxRQUFJLEtBQUssUUFBUztBQUNsQixVQUFNLFFBQVEsS0FBSyxPQUFPLFVBQVUsS0FBSyxPQUFPLFFBQVEsU0FBUztBQUNqRSxRQUFJLENBQUMsU0FBUyxLQUFLLE9BQU8sUUFBUSxFQUFFLFdBQVcsRUFBRztBQUNsRCxVQUFNLE9BQU8sV0FBVyxLQUFLLEtBQUssSUFBSSxLQUFLLGFBQWEsU0FBUztBQUNqRSxTQUFLLFNBQVMsV0FBVyxNQUFNO0FBQzdCLFdBQUssZUFBZTtBQUNwQixZQUFNLFNBQVMsU0FBUyxLQUFLLGVBQWU7QUFDNUMsVUFBSSxVQUFVLEtBQUssU0FBVSxRQUFPLEtBQUssS0FBSztBQUM5QyxVQUFJLE9BQVEsTUFBSyxPQUFPLFdBQVcsUUFBUTtBQUMzQyxVQUFJLE1BQU8sTUFBSyxJQUFJO0FBQUEsVUFDZixNQUFLLE1BQU07QUFDaEIsV0FBSyxPQUFPO0FBQUEsSUFDZCxHQUFHLElBQUk7QUFBQSxFQUNUO0FBQ0Y7QUFHQSxTQUFTLFVBQVUsU0FBeUM7QUFDMUQsU0FBTyxPQUFPLFlBQVksWUFBWSxZQUFZLFFBQVEsVUFBVTtBQUN0RTs7O0FDbElPLElBQU0sV0FBVzs7O0FDcUJqQixJQUFNLFFBQU4sTUFBWTtBQUFBLEVBQ1I7QUFBQSxFQUNULFVBQVU7QUFBQTtBQUFBLEVBQ1YsWUFBc0I7QUFBQSxFQUN0QixVQUFVO0FBQUEsRUFDVixVQUFVO0FBQUEsRUFDVixTQUF3QjtBQUFBLEVBQ3hCLFVBQW1CO0FBQUEsRUFDbkIsUUFBdUI7QUFBQSxFQUNkLFFBQVEsb0JBQUksSUFBd0I7QUFBQSxFQUU3QyxXQUE0QixDQUFDO0FBQUEsRUFDN0IsU0FBMEI7QUFBQSxFQUMxQixPQUFPO0FBQUEsRUFDUCxRQUFRO0FBQUEsRUFDUixVQUFVO0FBQUEsRUFDVixXQUFXLG9CQUFJLElBQWdCO0FBQUEsRUFDL0IsV0FBVyxvQkFBSSxJQUEwQjtBQUFBLEVBRXpDLFlBQVksUUFBZ0I7QUFDMUIsU0FBSyxTQUFTO0FBQUEsRUFDaEI7QUFBQTtBQUFBLEVBR0EsSUFBSSxRQUFrQjtBQUNwQixRQUFJLEtBQUssV0FBVyxNQUFNO0FBQ3hCLFdBQUssU0FBUyxLQUFLLFNBQVM7QUFBQSxRQUMxQixDQUFDQyxXQUFVLFNBQVUsS0FBSyxTQUFTLFNBQVMsTUFBTUEsV0FBVSxLQUFLLElBQUksSUFBSUE7QUFBQSxRQUN6RSxLQUFLO0FBQUEsTUFDUDtBQUFBLElBQ0Y7QUFDQSxXQUFPLEtBQUs7QUFBQSxFQUNkO0FBQUE7QUFBQSxFQUdBLElBQUksVUFBMkI7QUFDN0IsV0FBTyxLQUFLO0FBQUEsRUFDZDtBQUFBLEVBRUEsS0FBSyxNQUFrQjtBQUNyQixTQUFLLE1BQU0sRUFBRSxNQUFNLFFBQVEsUUFBUSxLQUFLLFFBQVEsS0FBSyxFQUFFLEtBQUssTUFBTSxLQUFLLENBQUM7QUFBQSxFQUMxRTtBQUFBLEVBRUEsT0FBYTtBQUNYLFNBQUssTUFBTSxFQUFFLE1BQU0sUUFBUSxRQUFRLEtBQUssUUFBUSxLQUFLLEVBQUUsS0FBSyxLQUFLLENBQUM7QUFBQSxFQUNwRTtBQUFBLEVBRUEsT0FBYTtBQUNYLFNBQUssTUFBTSxFQUFFLE1BQU0sUUFBUSxRQUFRLEtBQUssUUFBUSxLQUFLLEVBQUUsS0FBSyxLQUFLLENBQUM7QUFBQSxFQUNwRTtBQUFBO0FBQUEsRUFHQSxRQUFRLFNBQXFCLFNBQXVDO0FBQ2xFLFFBQUksUUFBUSxXQUFXLFFBQVEsT0FBTyxRQUFRLFFBQVEsT0FBTyxLQUFLLE9BQVEsUUFBTztBQUNqRixRQUFJLFdBQVcsU0FBUztBQUN0QixjQUFRLE1BQU0sUUFBUSxDQUFDLE1BQU0sTUFBTTtBQUNqQyxjQUFNLFFBQVEsUUFBUSxDQUFDO0FBQ3ZCLFlBQUksVUFBVSxPQUFXLE1BQUssTUFBTSxJQUFJLE1BQU0sS0FBSztBQUFBLE1BQ3JELENBQUM7QUFBQSxJQUNIO0FBQ0EsVUFBTSxRQUFRLEtBQUssTUFBTSxPQUFPO0FBQ2hDLFFBQUksVUFBVSxRQUFTLE1BQUssTUFBTTtBQUNsQyxXQUFPO0FBQUEsRUFDVDtBQUFBO0FBQUEsRUFHQSxRQUFlO0FBQ2IsVUFBTSxFQUFFLFFBQVEsUUFBUSxJQUFJO0FBQzVCLFNBQUssVUFBVTtBQUNmLFVBQU0sT0FBTyxLQUFLLFNBQVMsQ0FBQyxHQUFHLE9BQU8sS0FBSyxPQUFPLEtBQUs7QUFDdkQsV0FBTyxFQUFFLE1BQU0sU0FBUyxRQUFRLE1BQU0sRUFBRSxLQUFLLE9BQU8sS0FBSyxTQUFTLFVBQVUsU0FBUztBQUFBLEVBQ3ZGO0FBQUE7QUFBQSxFQUdBLElBQUksU0FBa0I7QUFDcEIsV0FBTyxLQUFLO0FBQUEsRUFDZDtBQUFBO0FBQUEsRUFHQSxVQUFvQjtBQUNsQixXQUFPLENBQUMsR0FBRyxRQUFRLEtBQUssS0FBSyxDQUFDLEVBQUUsT0FBTyxDQUFDLFNBQVMsQ0FBQyxLQUFLLE1BQU0sSUFBSSxJQUFJLENBQUM7QUFBQSxFQUN4RTtBQUFBLEVBRUEsV0FBVyxTQUF3QjtBQUNqQyxRQUFJLEtBQUssWUFBWSxRQUFTO0FBQzlCLFNBQUssVUFBVTtBQUNmLFNBQUssTUFBTTtBQUFBLEVBQ2I7QUFBQSxFQUVBLFNBQVMsT0FBNEI7QUFDbkMsUUFBSSxLQUFLLFVBQVUsTUFBTztBQUMxQixTQUFLLFFBQVE7QUFDYixTQUFLLE1BQU07QUFBQSxFQUNiO0FBQUE7QUFBQSxFQUdBLFNBQVMsVUFBc0JDLFNBQTJCO0FBQ3hELFdBQU8sS0FBSyxVQUFVLFVBQVVBLE9BQU07QUFBQSxFQUN4QztBQUFBO0FBQUEsRUFHQSxPQUFPLFVBQWdDQSxTQUEyQjtBQUNoRSxXQUFPLEtBQUssVUFBVSxVQUFVQSxPQUFNO0FBQUEsRUFDeEM7QUFBQSxFQUVBLE1BQU0sTUFBa0I7QUFDdEIsU0FBSyxXQUFXLENBQUMsR0FBRyxLQUFLLFVBQVUsSUFBSTtBQUN2QyxTQUFLLFNBQVM7QUFDZCxTQUFLLFFBQVE7QUFDYixlQUFXLFlBQVksQ0FBQyxHQUFHLEtBQUssUUFBUSxFQUFHLFVBQVMsSUFBSTtBQUN4RCxTQUFLLE1BQU07QUFBQSxFQUNiO0FBQUEsRUFFQSxNQUFNLFNBQTRCO0FBQ2hDLFlBQVEsUUFBUSxNQUFNO0FBQUEsTUFDcEIsS0FBSztBQUNILGVBQU8sS0FBSyxjQUFjLE9BQU87QUFBQSxNQUNuQyxLQUFLO0FBQ0gsZUFBTyxLQUFLLFdBQVcsT0FBTztBQUFBLE1BQ2hDLEtBQUs7QUFDSCxhQUFLLFFBQVEsQ0FBQyxTQUFTLEtBQUssUUFBUSxRQUFRLEdBQUc7QUFDL0MsYUFBSyxRQUFRLFFBQVE7QUFDckIsZUFBTztBQUFBLE1BQ1QsS0FBSztBQUNILGFBQUssU0FBUztBQUNkLGVBQU87QUFBQSxNQUNULEtBQUs7QUFDSCxlQUFPO0FBQUEsTUFDVDtBQUNFLGVBQU87QUFBQSxJQUNYO0FBQUEsRUFDRjtBQUFBLEVBRUEsY0FBYyxVQUEyQjtBQUN2QyxRQUFJLENBQUMsS0FBSyxXQUFXLFNBQVMsU0FBUyxLQUFLLE1BQU8sUUFBTztBQUMxRCxTQUFLLFVBQVU7QUFDZixTQUFLLFFBQVEsQ0FBQyxTQUFTLEtBQUssT0FBTyxTQUFTLEdBQUc7QUFDL0MsU0FBSyxVQUFVLFNBQVM7QUFDeEIsU0FBSyxZQUFZLFdBQVcsU0FBUyxRQUFRO0FBQzdDLFNBQUssVUFBVSxTQUFTO0FBQ3hCLFNBQUssVUFBVSxTQUFTO0FBQ3hCLFNBQUssU0FBUyxTQUFTO0FBQ3ZCLFNBQUssU0FBUztBQUNkLFdBQU87QUFBQSxFQUNUO0FBQUEsRUFFQSxXQUFXLE9BQXFCO0FBQzlCLFFBQUksTUFBTSxXQUFXLEtBQUssUUFBUyxRQUFPO0FBQzFDLFFBQUksTUFBTSxVQUFVLEtBQUssVUFBVSxLQUFLLEtBQUssVUFBVSxFQUFHLFFBQU87QUFDakUsU0FBSyxVQUFVLE1BQU07QUFDckIsU0FBSyxZQUFZLE1BQU0sS0FBSyxXQUFXLE1BQU0sSUFBSTtBQUNqRCxTQUFLLFVBQVUsTUFBTTtBQUNyQixTQUFLLFVBQVUsTUFBTTtBQUNyQixTQUFLLFNBQVM7QUFDZCxVQUFNLEVBQUUsR0FBRyxJQUFJO0FBRWYsUUFBSSxJQUFJLFdBQVcsS0FBSyxPQUFRLE1BQUssUUFBUSxDQUFDLFNBQVMsS0FBSyxPQUFPLEdBQUcsR0FBRztBQUN6RSxXQUFPO0FBQUEsRUFDVDtBQUFBLEVBRUEsUUFBUSxTQUF3QztBQUM5QyxTQUFLLFdBQVcsS0FBSyxTQUFTLE9BQU8sQ0FBQyxTQUFTLENBQUMsUUFBUSxJQUFJLENBQUM7QUFDN0QsU0FBSyxTQUFTO0FBQUEsRUFDaEI7QUFBQSxFQUVBLFFBQWM7QUFDWixlQUFXLFlBQVksQ0FBQyxHQUFHLEtBQUssUUFBUSxFQUFHLFVBQVM7QUFBQSxFQUN0RDtBQUNGO0FBRUEsU0FBUyxPQUFVLFdBQW1CLFVBQWFBLFNBQTJCO0FBQzVFLE1BQUlBLFFBQU8sUUFBUztBQUNwQixZQUFVLElBQUksUUFBUTtBQUN0QixFQUFBQSxRQUFPLGlCQUFpQixTQUFTLE1BQU0sVUFBVSxPQUFPLFFBQVEsR0FBRyxFQUFFLE1BQU0sS0FBSyxDQUFDO0FBQ25GOzs7QUM5S08sU0FBUyxRQUFRLE9BQWEsTUFBWSxPQUF5QjtBQUN4RSxRQUFNLFFBQVEsS0FBSyxJQUFJLEtBQUssUUFBUSxNQUFNLE9BQU8sS0FBSyxTQUFTLE1BQU0sTUFBTTtBQUMzRSxRQUFNLFNBQVM7QUFBQSxJQUNiLE9BQU8sS0FBSyxJQUFJLEdBQUcsS0FBSyxNQUFNLE1BQU0sUUFBUSxRQUFRLEtBQUssQ0FBQztBQUFBLElBQzFELFFBQVEsS0FBSyxJQUFJLEdBQUcsS0FBSyxNQUFNLE1BQU0sU0FBUyxRQUFRLEtBQUssQ0FBQztBQUFBLEVBQzlEO0FBQ0EsUUFBTUMsT0FBTSxFQUFFLE9BQU8sT0FBTyxRQUFRLE9BQU8sUUFBUSxPQUFPLFNBQVMsTUFBTTtBQUN6RSxTQUFPLEVBQUUsT0FBTyxLQUFBQSxNQUFLLFFBQVEsTUFBTTtBQUNyQztBQUdPLFNBQVMsUUFBUSxNQUFnQixPQUFxQjtBQUMzRCxTQUFPO0FBQUEsSUFDTCxHQUFJLE1BQU0sSUFBSSxLQUFLLE1BQU0sUUFBUyxLQUFLLElBQUk7QUFBQSxJQUMzQyxHQUFJLE1BQU0sSUFBSSxLQUFLLE1BQU0sU0FBVSxLQUFLLElBQUk7QUFBQSxFQUM5QztBQUNGO0FBR08sU0FBUyxTQUFTLE1BQWdCLE9BQXFCO0FBQzVELFNBQU87QUFBQSxJQUNMLEdBQUksTUFBTSxJQUFJLEtBQUssSUFBSSxRQUFTLEtBQUssTUFBTTtBQUFBLElBQzNDLEdBQUksTUFBTSxJQUFJLEtBQUssSUFBSSxTQUFVLEtBQUssTUFBTTtBQUFBLEVBQzlDO0FBQ0Y7QUFHTyxTQUFTLE1BQU0sT0FBYSxPQUFxQjtBQUN0RCxTQUFPO0FBQUEsSUFDTCxHQUFHLEtBQUssSUFBSSxNQUFNLE9BQU8sS0FBSyxJQUFJLEdBQUcsTUFBTSxDQUFDLENBQUM7QUFBQSxJQUM3QyxHQUFHLEtBQUssSUFBSSxNQUFNLFFBQVEsS0FBSyxJQUFJLEdBQUcsTUFBTSxDQUFDLENBQUM7QUFBQSxFQUNoRDtBQUNGO0FBUU8sU0FBUyxNQUFNLE9BQWUsUUFBNkI7QUFDaEUsUUFBTSxRQUFRLElBQUksWUFBWSxRQUFRLENBQUM7QUFDdkMsTUFBSSxPQUFPO0FBQ1gsV0FBUyxJQUFJLEdBQUcsSUFBSSxRQUFRLEtBQUs7QUFDL0IsVUFBTSxRQUFRLEtBQUssT0FBUSxJQUFJLE9BQU8sUUFBUyxNQUFNO0FBQ3JELFdBQU8sUUFBUSxNQUFPLE9BQU0sTUFBTSxJQUFJO0FBQUEsRUFDeEM7QUFDQSxTQUFPLFFBQVEsTUFBTyxPQUFNLE1BQU0sSUFBSTtBQUN0QyxTQUFPO0FBQ1Q7OztBQzlETyxJQUFNLFVBQTBCO0FBQUEsRUFDckMsQ0FBQyxLQUFLLEtBQUssQ0FBQztBQUFBLEVBQ1osQ0FBQyxJQUFJLEtBQUssR0FBRztBQUFBLEVBQ2IsQ0FBQyxHQUFHLEtBQUssR0FBRztBQUFBLEVBQ1osQ0FBQyxLQUFLLEtBQUssRUFBRTtBQUFBLEVBQ2IsQ0FBQyxHQUFHLEtBQUssR0FBRztBQUFBLEVBQ1osQ0FBQyxLQUFLLElBQUksQ0FBQztBQUFBLEVBQ1gsQ0FBQyxLQUFLLEtBQUssR0FBRztBQUNoQjtBQUVPLFNBQVMsUUFBUSxPQUFvQjtBQUMxQyxTQUFPLFFBQVEsUUFBUSxRQUFRLE1BQU0sS0FBSyxDQUFDLEtBQUssS0FBSyxDQUFDO0FBQ3hEO0FBRU8sU0FBUyxJQUFJLENBQUMsR0FBRyxHQUFHLENBQUMsR0FBUSxRQUFRLEdBQVc7QUFDckQsU0FBTyxPQUFPLENBQUMsSUFBSSxDQUFDLElBQUksQ0FBQyxNQUFNLEtBQUs7QUFDdEM7QUFvQk8sU0FBUyxXQUNkLFNBQ0EsTUFDQUMsUUFDTTtBQUNOLFFBQU0sRUFBRSxPQUFPLE9BQU8sSUFBSSxLQUFLO0FBQy9CLFVBQVEsd0JBQXdCLEtBQUssT0FBTyxRQUFRLEtBQUssTUFBTSxRQUFRO0FBQ3ZFLFVBQVEsd0JBQXdCO0FBQ2hDLFVBQVEsVUFBVSxHQUFHLEdBQUcsT0FBTyxNQUFNO0FBQ3JDLFVBQVEsVUFBVUEsUUFBTyxHQUFHLEdBQUcsT0FBTyxNQUFNO0FBQzlDO0FBR08sU0FBUyxhQUNkLFNBQ0EsTUFDQSxPQUNNO0FBQ04sUUFBTSxFQUFFLE9BQU8sT0FBTyxJQUFJLEtBQUs7QUFDL0IsVUFBUSxVQUFVLEdBQUcsR0FBRyxPQUFPLE1BQU07QUFDckMsTUFBSSxNQUFNLFdBQVcsRUFBRztBQUN4QixRQUFNLFVBQVUsUUFBUSxnQkFBZ0IsT0FBTyxNQUFNO0FBQ3JELFFBQU0sU0FBUyxJQUFJLFlBQVksUUFBUSxLQUFLLE1BQU07QUFDbEQsUUFBTSxVQUFVLE1BQU0sS0FBSyxNQUFNLE9BQU8sS0FBSztBQUM3QyxRQUFNLFFBQVEsTUFBTSxLQUFLLE1BQU0sUUFBUSxNQUFNO0FBQzdDLGFBQVcsRUFBRSxNQUFNLE9BQU8sT0FBTyxRQUFRLEtBQUssT0FBTztBQUNuRCxVQUFNLENBQUMsR0FBRyxHQUFHLENBQUMsSUFBSTtBQUNsQixVQUFNLFNBQVUsS0FBSyxNQUFNLFVBQVUsR0FBRyxLQUFLLEtBQU8sS0FBSyxLQUFPLEtBQUssSUFBSyxPQUFPO0FBQ2pGLGFBQVMsTUFBTSxHQUFHLE1BQU0sTUFBTSxLQUFLLFNBQVMsR0FBRyxPQUFPO0FBQ3BELFlBQU0sUUFBUSxNQUFNLEtBQUssS0FBSyxHQUFHLEtBQUs7QUFDdEMsWUFBTSxPQUFPLE1BQU0sS0FBSyxLQUFLLE1BQU0sQ0FBQyxLQUFLO0FBQ3pDLGVBQVMsT0FBTyxPQUFPLE9BQU8sTUFBTSxRQUFRO0FBQzFDLGNBQU0sUUFBUSxPQUFPO0FBQ3JCLGlCQUFTLElBQUksTUFBTSxLQUFLLEdBQUcsS0FBSyxHQUFHLEtBQUssTUFBTSxLQUFLLE1BQU0sQ0FBQyxLQUFLLElBQUksS0FBSyxHQUFHO0FBQ3pFLGdCQUFNLE9BQU8sUUFBUSxNQUFNLEtBQUssQ0FBQyxLQUFLLENBQUMsS0FBSztBQUM1QyxnQkFBTSxLQUFLLFFBQVEsTUFBTSxLQUFLLElBQUksQ0FBQyxLQUFLLENBQUMsS0FBSztBQUM5QyxpQkFBTyxLQUFLLE9BQU8sUUFBUSxNQUFNLFFBQVEsRUFBRTtBQUFBLFFBQzdDO0FBQUEsTUFDRjtBQUFBLElBQ0Y7QUFBQSxFQUNGO0FBQ0EsVUFBUSxhQUFhLFNBQVMsR0FBRyxDQUFDO0FBQ3BDO0FBU08sU0FBUyxXQUNkLFNBQ0EsTUFDQSxPQUNBLE1BQ0EsU0FDQSxPQUNNO0FBQ04sVUFBUSxVQUFVLEdBQUcsR0FBRyxLQUFLLE9BQU8sT0FBTyxLQUFLLE9BQU8sTUFBTTtBQUM3RCxhQUFXLFFBQVEsTUFBTyxXQUFVLFNBQVMsTUFBTSxJQUFJO0FBQ3ZELGFBQVcsT0FBTyxLQUFNLFVBQVMsU0FBUyxNQUFNLEdBQUc7QUFDbkQsYUFBVyxVQUFVLFFBQVMsS0FBSSxPQUFPLFNBQVMsTUFBTyxVQUFTLFNBQVMsTUFBTSxRQUFRLEtBQUs7QUFDOUYsTUFBSSxVQUFVLEtBQU0sVUFBUyxTQUFTLE1BQU0sT0FBTyxJQUFJO0FBQ3ZELGFBQVcsVUFBVSxRQUFTLEtBQUksT0FBTyxTQUFTLFFBQVMsWUFBVyxTQUFTLE1BQU0sTUFBTTtBQUM3RjtBQUdPLFNBQVMsT0FBTyxPQUFnQztBQUNyRCxRQUFNLE9BQU8sSUFBSSxPQUFPO0FBQ3hCLGFBQVcsUUFBUSxPQUFPO0FBQ3hCLGFBQVMsSUFBSSxHQUFHLElBQUksS0FBSyxRQUFRLEtBQUssR0FBRztBQUN2QyxVQUFJLE1BQU0sRUFBRyxNQUFLLE9BQU8sS0FBSyxDQUFDLEtBQUssR0FBRyxLQUFLLElBQUksQ0FBQyxLQUFLLENBQUM7QUFBQSxVQUNsRCxNQUFLLE9BQU8sS0FBSyxDQUFDLEtBQUssR0FBRyxLQUFLLElBQUksQ0FBQyxLQUFLLENBQUM7QUFBQSxJQUNqRDtBQUNBLFNBQUssVUFBVTtBQUFBLEVBQ2pCO0FBQ0EsU0FBTztBQUNUO0FBRUEsU0FBUyxVQUFVLFNBQW1DLE1BQWdCLE1BQWtCO0FBQ3RGLFFBQU0sT0FBTyxJQUFJLE9BQU87QUFDeEIsT0FBSztBQUFBLElBQ0gsS0FBSztBQUFBLElBQ0wsSUFBSSxVQUFVO0FBQUEsTUFDWixLQUFLLE9BQU8sUUFBUSxLQUFLLE1BQU07QUFBQSxNQUMvQjtBQUFBLE1BQ0E7QUFBQSxNQUNBLEtBQUssT0FBTyxTQUFTLEtBQUssTUFBTTtBQUFBLE1BQ2hDO0FBQUEsTUFDQTtBQUFBLElBQ0YsQ0FBQztBQUFBLEVBQ0g7QUFDQSxRQUFNLFNBQVMsQ0FBQyxPQUFlLE9BQWUsT0FBMEIsQ0FBQyxNQUFZO0FBQ25GLFlBQVEsWUFBWSxRQUFRLEtBQUs7QUFDakMsWUFBUSxjQUFjO0FBQ3RCLFlBQVEsWUFBWSxLQUFLLElBQUksQ0FBQyxXQUFXLFNBQVMsS0FBSyxLQUFLLENBQUM7QUFDN0QsWUFBUSxPQUFPLElBQUk7QUFBQSxFQUNyQjtBQUNBLFVBQVEsV0FBVztBQUNuQixVQUFRLFVBQVU7QUFFbEIsTUFBSSxLQUFLLFdBQVcsVUFBVTtBQUM1QixXQUFPLEtBQUssbUJBQW1CO0FBQy9CLFdBQU8sR0FBRyx5QkFBeUI7QUFDbkMsV0FBTyxHQUFHLElBQUksS0FBSyxLQUFLLENBQUM7QUFBQSxFQUMzQixXQUFXLEtBQUssV0FBVyxZQUFZO0FBQ3JDLFdBQU8sS0FBSyx3QkFBd0I7QUFDcEMsV0FBTyxLQUFLLElBQUksS0FBSyxLQUFLLENBQUM7QUFBQSxFQUM3QixPQUFPO0FBQ0wsV0FBTyxHQUFHLGtCQUFrQjtBQUM1QixXQUFPLEtBQUssb0JBQW9CLENBQUMsR0FBRyxDQUFDLENBQUM7QUFBQSxFQUN4QztBQUNBLFVBQVEsWUFBWSxDQUFDLENBQUM7QUFDeEI7QUFFQSxTQUFTLFNBQVMsU0FBbUMsTUFBZ0IsS0FBZ0I7QUFDbkYsUUFBTSxDQUFDLEdBQUcsQ0FBQyxJQUFJLEdBQUcsTUFBTSxJQUFJLEdBQUcsSUFBSSxDQUFDO0FBQ3BDLFFBQU0sT0FBTyxLQUFLO0FBQ2xCLFFBQU0sUUFBUSxJQUFJLEtBQUssU0FBUyxJQUFJLEtBQUssS0FBSztBQUM5QyxVQUFRLFVBQVU7QUFDbEIsVUFBUSxVQUFVLElBQUksTUFBTSxJQUFJLElBQUksTUFBTSxJQUFJLE1BQU0sS0FBSyxNQUFNLElBQUksSUFBSTtBQUN2RSxVQUFRLFlBQVk7QUFDcEIsVUFBUSxLQUFLO0FBQ2IsVUFBUSxZQUFZLE1BQU07QUFDMUIsVUFBUSxjQUFjLElBQUksSUFBSSxLQUFLO0FBQ25DLFVBQVEsT0FBTztBQUNmLFVBQVEsWUFBWTtBQUNwQixVQUFRLE9BQU8sT0FBTyxPQUFPLElBQUk7QUFDakMsVUFBUSxZQUFZO0FBQ3BCLFVBQVEsZUFBZTtBQUN2QixVQUFRLFNBQVMsSUFBSSxNQUFNLEdBQUcsSUFBSSxNQUFNLElBQUk7QUFDOUM7QUFFQSxJQUFNLFdBQVc7QUFDakIsSUFBTSxXQUFXO0FBRWpCLFNBQVMsV0FDUCxTQUNBLE1BQ0FDLFFBQ007QUFDTixRQUFNLENBQUMsR0FBRyxDQUFDLElBQUksR0FBRyxNQUFNQSxPQUFNLEdBQUdBLE9BQU0sQ0FBQztBQUN4QyxRQUFNLE9BQU8sS0FBSztBQUNsQixRQUFNLE9BQU8sQ0FBQyxRQUFnQixVQUF3QjtBQUNwRCxZQUFRLFVBQVU7QUFDbEIsWUFBUSxJQUFJLEdBQUcsR0FBRyxTQUFTLE1BQU0sR0FBRyxJQUFJLEtBQUssRUFBRTtBQUMvQyxZQUFRLFlBQVk7QUFDcEIsWUFBUSxLQUFLO0FBQUEsRUFDZjtBQUNBLE9BQUssS0FBSyxrQkFBa0I7QUFDNUIsT0FBSyxLQUFLLGtCQUFrQjtBQUM1QixPQUFLLEdBQUdBLE9BQU0sV0FBVyxXQUFXLFFBQVE7QUFDNUMsVUFBUSxjQUFjO0FBQ3RCLFVBQVEsWUFBWSxNQUFNO0FBQzFCLFVBQVEsVUFBVTtBQUNsQixVQUFRLFVBQVU7QUFDbEIsVUFBUSxPQUFPLElBQUksSUFBSSxNQUFNLENBQUM7QUFDOUIsVUFBUSxPQUFPLElBQUksSUFBSSxNQUFNLENBQUM7QUFDOUIsTUFBSUEsT0FBTSxVQUFVO0FBQ2xCLFlBQVEsT0FBTyxHQUFHLElBQUksSUFBSSxJQUFJO0FBQzlCLFlBQVEsT0FBTyxHQUFHLElBQUksSUFBSSxJQUFJO0FBQUEsRUFDaEM7QUFDQSxVQUFRLE9BQU87QUFDakI7QUFFQSxTQUFTLFNBQ1AsU0FDQSxNQUNBQyxNQUNBLFNBQ007QUFDTixRQUFNLENBQUMsSUFBSSxFQUFFLElBQUksR0FBRyxNQUFNQSxLQUFJLElBQUlBLEtBQUksRUFBRTtBQUN4QyxRQUFNLENBQUMsSUFBSSxFQUFFLElBQUksR0FBRyxNQUFNQSxLQUFJLElBQUlBLEtBQUksRUFBRTtBQUN4QyxRQUFNLE9BQU8sS0FBSztBQUNsQixVQUFRLFdBQVc7QUFDbkIsVUFBUSxZQUFZLE1BQU07QUFDMUIsVUFBUSxjQUFjO0FBQ3RCLFVBQVEsV0FBVyxJQUFJLElBQUksS0FBSyxJQUFJLEtBQUssRUFBRTtBQUMzQyxVQUFRLFlBQVksTUFBTTtBQUMxQixVQUFRLGNBQWM7QUFDdEIsVUFBUSxZQUFZLFVBQVUsQ0FBQyxJQUFJLE1BQU0sSUFBSSxJQUFJLElBQUksQ0FBQyxDQUFDO0FBQ3ZELFVBQVEsV0FBVyxJQUFJLElBQUksS0FBSyxJQUFJLEtBQUssRUFBRTtBQUMzQyxVQUFRLFlBQVksQ0FBQyxDQUFDO0FBQ3RCLGFBQVcsQ0FBQyxHQUFHLENBQUMsS0FBSztBQUFBLElBQ25CLENBQUMsSUFBSSxFQUFFO0FBQUEsSUFDUCxDQUFDLElBQUksRUFBRTtBQUFBLElBQ1AsQ0FBQyxJQUFJLEVBQUU7QUFBQSxJQUNQLENBQUMsSUFBSSxFQUFFO0FBQUEsRUFDVCxHQUFZO0FBQ1YsWUFBUSxZQUFZO0FBQ3BCLFlBQVEsU0FBUyxJQUFJLElBQUksTUFBTSxJQUFJLElBQUksTUFBTSxJQUFJLE1BQU0sSUFBSSxJQUFJO0FBQy9ELFlBQVEsWUFBWTtBQUNwQixZQUFRLFNBQVMsSUFBSSxNQUFNLE1BQU0sSUFBSSxNQUFNLE1BQU0sTUFBTSxNQUFNLE1BQU0sSUFBSTtBQUFBLEVBQ3pFO0FBQ0Y7QUFHQSxTQUFTLEdBQUcsTUFBZ0IsR0FBVyxHQUE2QjtBQUNsRSxTQUFPLENBQUUsSUFBSSxLQUFLLE9BQU8sUUFBUyxLQUFLLE1BQU0sT0FBUSxJQUFJLEtBQUssT0FBTyxTQUFVLEtBQUssTUFBTSxNQUFNO0FBQ2xHOzs7QUM3TUEsSUFBTSxXQUFXO0FBRVYsSUFBTSxRQUFOLE1BQVk7QUFBQSxFQUNSO0FBQUEsRUFDQTtBQUFBLEVBQ1QsU0FBNkI7QUFBQSxFQUM3QixPQUFPO0FBQUEsRUFDUCxTQUFTO0FBQUE7QUFBQSxFQUdULFlBQVksVUFBd0MsU0FBa0I7QUFDcEUsU0FBSyxZQUFZLFNBQVMsSUFBSSxDQUFDLFdBQVcsT0FBTyxXQUFXLElBQUksQ0FBQztBQUNqRSxTQUFLLFdBQVc7QUFBQSxFQUNsQjtBQUFBLEVBRUEsS0FBS0MsV0FBb0IsT0FBYyxNQUFnQixNQUFtQjtBQUN4RSxVQUFNLENBQUMsU0FBUyxXQUFXLE9BQU8sSUFBSSxLQUFLO0FBQzNDLFFBQUksQ0FBQyxXQUFXLENBQUMsYUFBYSxDQUFDLFFBQVMsUUFBTyxFQUFFLE9BQU8sTUFBTSxRQUFRLEtBQUs7QUFDM0UsVUFBTSxFQUFFLE9BQU8sT0FBTyxJQUFJLEtBQUs7QUFDL0IsVUFBTSxRQUFRLENBQUMsT0FBTyxRQUFRLEtBQUssTUFBTSxPQUFPLEtBQUssTUFBTSxNQUFNLEVBQUUsS0FBSztBQUN4RSxVQUFNQyxTQUFRLE1BQU0sVUFBVSxPQUFPLE9BQU8sS0FBSyxTQUFTLE1BQU0sTUFBTSxNQUFNLE1BQU07QUFDbEYsUUFBSUEsV0FBVSxLQUFLLFVBQVUsVUFBVSxLQUFLLFFBQVE7QUFDbEQsVUFBSUEsV0FBVSxLQUFNLFNBQVEsVUFBVSxHQUFHLEdBQUcsT0FBTyxNQUFNO0FBQUEsVUFDcEQsWUFBVyxTQUFTLE1BQU1BLE1BQUs7QUFBQSxJQUN0QztBQUNBLFVBQU0sUUFBUSxJQUFJLE1BQU0sS0FBSyxRQUFRO0FBQ3JDLFFBQUlBLFdBQVUsUUFBUSxDQUFDLEtBQUssT0FBUSxNQUFLLFFBQVEsT0FBT0QsV0FBVSxPQUFPLElBQUk7QUFDN0UsUUFBSSxNQUFNLFFBQVEsS0FBSyxRQUFRLFVBQVUsS0FBSyxRQUFRO0FBQ3BELG1CQUFhLFdBQVcsTUFBTSxNQUFNLEtBQUs7QUFBQSxJQUMzQztBQUNBLFVBQU0sT0FBTyxLQUFLLFVBQVVDLFdBQVU7QUFDdEM7QUFBQSxNQUNFO0FBQUEsTUFDQTtBQUFBLE1BQ0EsTUFBTTtBQUFBLE1BQ04sTUFBTTtBQUFBLE1BQ04sT0FBTyxDQUFDLElBQUksTUFBTTtBQUFBLE1BQ2xCLE9BQU8sT0FBTyxLQUFLO0FBQUEsSUFDckI7QUFDQSxTQUFLLFNBQVMsS0FBSyxRQUFRRCxTQUFRLENBQUM7QUFDcEMsU0FBSyxTQUFTQztBQUNkLFNBQUssT0FBTyxNQUFNO0FBQ2xCLFNBQUssU0FBUztBQUNkLFVBQU0sUUFBUSxNQUFNLFdBQVcsUUFBUSxNQUFNLFFBQVEsSUFBSSxNQUFNLE9BQU8sRUFBRTtBQUN4RSxXQUFPLEVBQUUsT0FBQUEsUUFBTyxRQUFRLFFBQVMsTUFBTSxRQUFRLE1BQU0sT0FBUSxLQUFLO0FBQUEsRUFDcEU7QUFBQSxFQUVBLFFBQVEsT0FBY0QsV0FBb0IsT0FBYyxNQUFrQjtBQUN4RSxlQUFXLENBQUMsR0FBRyxNQUFNLEtBQUssV0FBVyxLQUFLLEVBQUUsUUFBUSxHQUFHO0FBQ3JELFlBQU0sU0FBUyxPQUFPLE9BQU8sS0FBSyxVQUFVLFdBQVc7QUFDdkQsWUFBTUUsVUFBUyxTQUFTRixXQUFVLE9BQU8sRUFBRTtBQUMzQyxZQUFNLElBQUksUUFBUUUsU0FBUSxLQUFLLFVBQVUsVUFBVSxNQUFNO0FBQ3pELFlBQU0sSUFBSSxRQUFRQSxTQUFRLE9BQU8sSUFBSSxDQUFDLENBQUM7QUFBQSxJQUN6QztBQUNBLFVBQU0sRUFBRSxLQUFLLElBQUk7QUFDakIsUUFBSSxTQUFTLEtBQU07QUFFbkIsVUFBTSxTQUFTLE1BQU0sVUFBVSxNQUFNO0FBQ3JDLFVBQU0sSUFBSSxNQUFNLFFBQVEsS0FBSyxTQUFTLFFBQVE7QUFDOUMsUUFBSSxXQUFXLFFBQVEsS0FBSyxZQUFZLFFBQVEsTUFBTSxXQUFXLEtBQU07QUFDdkUsUUFBSSxLQUFLLFlBQVksU0FBUyxNQUFNLE1BQU0sRUFBRyxPQUFNLFFBQVEsTUFBTSxRQUFRLEtBQUssT0FBTztBQUFBLEVBQ3ZGO0FBQ0Y7QUFHQSxJQUFNLFFBQU4sTUFBWTtBQUFBLEVBQ0QsUUFBZ0IsQ0FBQztBQUFBLEVBQ2pCLFFBQWdCLENBQUM7QUFBQSxFQUNqQixPQUFjLENBQUM7QUFBQSxFQUNmLFVBQVUsb0JBQUksSUFBWTtBQUFBLEVBQzFCO0FBQUEsRUFDQSxRQUFrQixDQUFDO0FBQUEsRUFFNUIsWUFBWSxTQUFrQjtBQUM1QixTQUFLLFdBQVc7QUFBQSxFQUNsQjtBQUFBLEVBRUEsSUFBSSxNQUFjO0FBQ2hCLFdBQU8sS0FBSyxNQUFNLEtBQUssR0FBRztBQUFBLEVBQzVCO0FBQUEsRUFFQSxJQUFJLFFBQXNCLFFBQXVCLFNBQWlCLFFBQXNCO0FBQ3RGLFVBQU0sUUFBUSxVQUFVLEtBQUssT0FBTyxRQUFRLFNBQVMsUUFBUSxNQUFNLENBQUM7QUFDcEUsUUFBSSxXQUFXLFFBQVEsVUFBVSxLQUFNO0FBQ3ZDLFVBQU0sUUFBUSxRQUFRLE9BQU8sS0FBSztBQUNsQyxTQUFLLE1BQU0sS0FBSyxFQUFFLE1BQU0sTUFBTSxNQUFNLE9BQU8sTUFBTSxPQUFPLE9BQU8sUUFBUSxDQUFDO0FBQ3hFLFNBQUssTUFBTSxLQUFLLEVBQUUsTUFBTSxNQUFNLE1BQU0sT0FBTyxPQUFPLENBQUM7QUFDbkQsU0FBSyxRQUFRLElBQUksT0FBTyxFQUFFO0FBQzFCLFNBQUssTUFBTSxLQUFLLEdBQUcsTUFBTSxJQUFJLElBQUksT0FBTyxLQUFLLElBQUksT0FBTyxFQUFFO0FBQUEsRUFDNUQ7QUFBQSxFQUVBLElBQUksUUFBc0IsUUFBdUIsTUFBb0I7QUFDbkUsVUFBTSxRQUFRLFVBQVUsS0FBSyxPQUFPLFFBQVEsU0FBUyxRQUFRLE1BQU0sQ0FBQyxHQUFHO0FBQ3ZFLFFBQUksTUFBTyxNQUFLLEtBQUssS0FBSyxFQUFFLEdBQUcsT0FBTyxNQUFNLE9BQU8sUUFBUSxPQUFPLEtBQUssRUFBRSxDQUFDO0FBQUEsRUFDNUU7QUFBQSxFQUVBLFFBQVEsUUFBc0IsUUFBZ0IsT0FBcUI7QUFDakUsVUFBTSxRQUFRLEtBQUssT0FBTyxRQUFRLEtBQUs7QUFDdkMsUUFBSSxVQUFVLEtBQU07QUFDcEIsU0FBSyxNQUFNLEtBQUssRUFBRSxNQUFNLE1BQU0sTUFBTSxPQUFPLFFBQVEsT0FBTyxLQUFLLEdBQUcsUUFBUSxVQUFVLENBQUM7QUFBQSxFQUN2RjtBQUFBLEVBRUEsT0FBTyxRQUFnQixPQUE2QjtBQUNsRCxVQUFNLFlBQVksT0FBTyxXQUFXLEtBQUs7QUFDekMsV0FBTyxjQUFjLFNBQVksT0FBTyxLQUFLLFNBQVMsTUFBTSxVQUFVLElBQUk7QUFBQSxFQUM1RTtBQUNGOzs7QUM5SEEsSUFBTSxTQUFTO0FBR1IsU0FBUyxPQUFPLE9BQXlCO0FBQzlDLE1BQUksTUFBTSxhQUFhLFNBQVMsS0FBSyxNQUFNLGFBQWEsTUFBTSxHQUFHO0FBQy9ELFVBQU0sSUFBSSxXQUFXLHNCQUFzQixNQUFNLFVBQVUsU0FBUztBQUFBLEVBQ3RFO0FBQ0EsUUFBTSxPQUFPLElBQUksU0FBUyxNQUFNLFFBQVEsTUFBTSxZQUFZLE1BQU0sVUFBVTtBQUMxRSxRQUFNLFVBQVUsSUFBSSxZQUFZLE1BQU0sYUFBYSxDQUFDO0FBQ3BELFdBQVMsSUFBSSxHQUFHLElBQUksUUFBUSxRQUFRLElBQUssU0FBUSxDQUFDLElBQUksS0FBSyxVQUFVLElBQUksR0FBRyxJQUFJO0FBQ2hGLFFBQU0sQ0FBQyxRQUFRLEdBQUcsU0FBUyxHQUFHLEtBQUssR0FBRyxLQUFLLEdBQUcsS0FBSyxHQUFHLEtBQUssQ0FBQyxJQUFJO0FBQ2hFLE1BQUksS0FBSyxNQUFNLEtBQUssTUFBTSxLQUFLLFNBQVMsS0FBSyxRQUFRO0FBQ25ELFVBQU0sSUFBSSxXQUFXLHFDQUFxQztBQUFBLEVBQzVEO0FBQ0EsUUFBTSxPQUFPLFFBQVEsU0FBUyxNQUFNO0FBQ3BDLE1BQUksUUFBUTtBQUNaLGFBQVcsT0FBTyxLQUFNLFVBQVM7QUFDakMsTUFBSSxTQUFTLEtBQUssT0FBTyxLQUFLLElBQUssT0FBTSxJQUFJLFdBQVcsOEJBQThCO0FBQ3RGLFNBQU8sRUFBRSxPQUFPLFFBQVEsSUFBSSxJQUFJLElBQUksSUFBSSxLQUFLO0FBQy9DO0FBR08sU0FBUyxRQUFRLE1BQW1CO0FBQ3pDLFFBQU0sT0FBTyxLQUFLLEtBQUssS0FBSztBQUM1QixRQUFNLE9BQU8sSUFBSSxZQUFZLEtBQUssS0FBSyxLQUFLLEtBQUssQ0FBQztBQUNsRCxRQUFNLE9BQWlCLENBQUM7QUFDeEIsTUFBSSxNQUFNO0FBQ1YsTUFBSSxRQUFRO0FBQ1osTUFBSSxTQUFTO0FBQ2IsYUFBVyxPQUFPLEtBQUssTUFBTTtBQUMzQixRQUFJLFFBQVE7QUFDVixVQUFJLE9BQU87QUFDWCxZQUFNLEtBQUssUUFBUTtBQUNuQixhQUFPLE9BQU8sSUFBSTtBQUNoQixjQUFNQyxNQUFLLEtBQUssTUFBTSxPQUFPLElBQUk7QUFDakMsY0FBTSxPQUFPLEtBQUssSUFBSSxLQUFLQSxNQUFLLEtBQUssSUFBSTtBQUN6QyxlQUFPLE1BQU1BLElBQUksTUFBSyxFQUFFLEdBQUcsSUFBSSxLQUFLO0FBQ3BDLGFBQUssS0FBSyxLQUFLLEtBQUssT0FBT0EsTUFBSyxNQUFNLEtBQUssS0FBSyxPQUFPQSxNQUFLLElBQUk7QUFDaEUsZUFBTztBQUFBLE1BQ1Q7QUFBQSxJQUNGO0FBQ0EsYUFBUztBQUNULGFBQVMsQ0FBQztBQUFBLEVBQ1o7QUFDQSxTQUFPLE1BQU0sS0FBSyxTQUFTLEVBQUcsTUFBSyxFQUFFLEdBQUcsSUFBSSxLQUFLO0FBQ2pELFNBQU8sRUFBRSxNQUFNLE1BQU0sWUFBWSxLQUFLLElBQUksRUFBRTtBQUM5QztBQVVBLFNBQVMsS0FBSyxNQUF3QjtBQUNwQyxRQUFNLE9BQU8sS0FBSyxLQUFLLEtBQUs7QUFDNUIsUUFBTSxTQUFTLE9BQU87QUFDdEIsUUFBTSxRQUFRLElBQUksV0FBVyxVQUFVLEtBQUssS0FBSyxLQUFLLEtBQUssRUFBRTtBQUM3RCxRQUFNLEVBQUUsTUFBTSxLQUFLLElBQUksUUFBUSxJQUFJO0FBQ25DLFdBQVMsTUFBTSxHQUFHLE1BQU0sS0FBSyxTQUFTLEdBQUcsT0FBTztBQUM5QyxVQUFNLFNBQVMsTUFBTSxLQUFLLFNBQVMsSUFBSSxLQUFLO0FBQzVDLGFBQVMsSUFBSSxLQUFLLEdBQUcsS0FBSyxHQUFHLEtBQUssS0FBSyxNQUFNLENBQUMsS0FBSyxJQUFJLEtBQUssR0FBRztBQUM3RCxZQUFNLEtBQUssR0FBRyxTQUFTLEtBQUssQ0FBQyxLQUFLLElBQUksU0FBUyxLQUFLLElBQUksQ0FBQyxLQUFLLEVBQUU7QUFBQSxJQUNsRTtBQUFBLEVBQ0Y7QUFDQSxTQUFPO0FBQ1Q7QUFFQSxJQUFNLFFBQVE7QUFDZCxJQUFNLE9BQU87QUFDYixJQUFNLE9BQU87QUFDYixJQUFNLFNBQVMsQ0FBQyxHQUFHLEdBQUcsSUFBSSxDQUFDO0FBQzNCLElBQU0sU0FBUyxDQUFDLEdBQUcsR0FBRyxHQUFHLEVBQUU7QUFVcEIsU0FBUyxRQUFRLE1BQW9CO0FBQzFDLFFBQU0sT0FBTyxLQUFLLEtBQUssS0FBSztBQUM1QixRQUFNLE9BQU8sS0FBSyxLQUFLLEtBQUs7QUFDNUIsTUFBSSxTQUFTLEtBQUssU0FBUyxFQUFHLFFBQU8sQ0FBQztBQUN0QyxRQUFNLFNBQVMsT0FBTztBQUN0QixRQUFNLFFBQVEsS0FBSyxJQUFJO0FBQ3ZCLFFBQU0sT0FBTyxJQUFJLFdBQVcsTUFBTSxNQUFNO0FBQ3hDLFFBQU0sS0FBSyxDQUFDLEdBQVcsTUFBdUIsT0FBTyxJQUFJLEtBQUssU0FBUyxJQUFJLENBQUMsTUFBTTtBQUNsRixRQUFNLFFBQWdCLENBQUM7QUFDdkIsV0FBUyxJQUFJLEdBQUcsSUFBSSxNQUFNLEtBQUs7QUFDN0IsYUFBUyxJQUFJLEdBQUcsSUFBSSxNQUFNLEtBQUs7QUFDN0IsWUFBTUMsU0FBUSxJQUFJLEtBQUssU0FBUyxJQUFJO0FBQ3BDLFVBQUksTUFBTUEsS0FBSSxNQUFNLEtBQUssTUFBTUEsUUFBTyxNQUFNLE1BQU0sS0FBSyxLQUFLQSxLQUFJLE1BQU0sRUFBRztBQUN6RSxZQUFNLEtBQUssT0FBTyxLQUFLLEdBQUcsQ0FBQyxHQUFHLEtBQUssS0FBSyxHQUFHLEtBQUssS0FBSyxDQUFDLENBQUM7QUFBQSxJQUN6RDtBQUFBLEVBQ0Y7QUFDQSxTQUFPO0FBR1AsV0FBUyxLQUFLLFFBQWdCLFFBQTBCO0FBQ3RELFVBQU0sU0FBbUIsQ0FBQztBQUMxQixRQUFJLElBQUk7QUFDUixRQUFJLElBQUk7QUFDUixRQUFJLFVBQVU7QUFDZCxRQUFJLFNBQVM7QUFDYixPQUFHO0FBQ0QsVUFBSSxZQUFZLE1BQU8sT0FBTSxJQUFJLEtBQUssU0FBUyxJQUFJLENBQUMsSUFBSTtBQUN4RCxXQUFLLE9BQU8sT0FBWTtBQUN4QixXQUFLLE9BQU8sT0FBWTtBQUN4QixnQkFBVTtBQUNWLFlBQU0sT0FBTyxLQUFLLEdBQUcsR0FBRyxPQUFPO0FBQy9CLFVBQUksU0FBUyxRQUFTO0FBQ3RCLGFBQU8sS0FBSyxTQUFTLE1BQU07QUFDM0IsZ0JBQVU7QUFDVixlQUFTO0FBQUEsSUFDWCxTQUFTLE1BQU0sVUFBVSxNQUFNLFVBQVUsWUFBWTtBQUNyRCxXQUFPO0FBQUEsRUFDVDtBQUdBLFdBQVMsS0FBSyxHQUFXLEdBQVcsU0FBeUI7QUFDM0QsVUFBTSxZQUFZLEdBQUcsSUFBSSxHQUFHLElBQUksQ0FBQztBQUNqQyxVQUFNLFlBQVksR0FBRyxHQUFHLElBQUksQ0FBQztBQUM3QixVQUFNLFlBQVksR0FBRyxHQUFHLENBQUM7QUFDekIsVUFBTSxZQUFZLEdBQUcsSUFBSSxHQUFHLENBQUM7QUFDN0IsUUFBSSxZQUFZLE1BQU8sUUFBTyxDQUFDLFlBQVksT0FBTyxZQUFZLElBQUk7QUFDbEUsUUFBSSxZQUFZLEtBQU0sUUFBTyxDQUFDLFlBQVksT0FBTyxZQUFZLFFBQVE7QUFDckUsUUFBSSxZQUFZLEtBQU0sUUFBTyxDQUFDLFlBQVksSUFBSSxZQUFZLE9BQU87QUFDakUsV0FBTyxDQUFDLFlBQVksUUFBUSxZQUFZLE9BQU87QUFBQSxFQUNqRDtBQUNGO0FBR0EsU0FBUyxPQUFPLFFBQTJCLFFBQWdCLFFBQXNCO0FBQy9FLFFBQU0sUUFBUSxPQUFPLFNBQVM7QUFDOUIsUUFBTSxVQUFVLENBQUMsTUFBc0IsUUFBUyxJQUFJLFNBQVMsUUFBUyxDQUFDLEtBQUs7QUFDNUUsUUFBTSxTQUFTLENBQUMsTUFBc0IsUUFBUyxJQUFJLFNBQVMsUUFBUyxJQUFJLENBQUMsS0FBSztBQUMvRSxRQUFNLFNBQVMsQ0FBQyxNQUF1QixPQUFPLENBQUMsTUFBTSxLQUFLLFFBQVEsSUFBSSxDQUFDLE1BQU0sUUFBUSxJQUFJLENBQUM7QUFDMUYsUUFBTSxPQUFpQixDQUFDO0FBQ3hCLE1BQUksSUFBSTtBQUNSLE1BQUksSUFBSTtBQUNSLFdBQVMsSUFBSSxHQUFHLElBQUksT0FBTyxLQUFLO0FBQzlCLFVBQU0sS0FBSyxPQUFPLFFBQVEsQ0FBQyxDQUFNO0FBQ2pDLFVBQU0sS0FBSyxPQUFPLFFBQVEsQ0FBQyxDQUFNO0FBQ2pDLFVBQU0sT0FBTyxPQUFPLENBQUM7QUFDckIsVUFBTSxRQUFRLE9BQU8sQ0FBQyxLQUFLLE9BQU8sSUFBSSxDQUFDLElBQUksT0FBTyxJQUFJO0FBQ3RELFVBQU0sT0FBTyxPQUFPLENBQUMsS0FBSyxPQUFPLElBQUksQ0FBQyxJQUFJLE9BQU8sSUFBSSxPQUFPO0FBQzVELFNBQUssS0FBSyxJQUFJLEtBQUssT0FBTyxJQUFJLEtBQUssS0FBSztBQUN4QyxRQUFJLE9BQU8sTUFBTyxNQUFLLEtBQUssSUFBSSxLQUFLLE1BQU0sSUFBSSxLQUFLLElBQUk7QUFDeEQsU0FBSyxLQUFLO0FBQ1YsU0FBSyxLQUFLO0FBQUEsRUFDWjtBQUNBLFNBQU8sYUFBYSxLQUFLLElBQUk7QUFDL0I7QUFHTyxTQUFTLFdBQVcsTUFBWSxFQUFFLE1BQU0sS0FBSyxHQUEyQztBQUM3RixRQUFNLFVBQVUsS0FBSyxLQUFLLEtBQUssTUFBTTtBQUNyQyxNQUFJLE9BQXdDO0FBQzVDLE1BQUksT0FBTztBQUNYLFdBQVMsTUFBTSxHQUFHLE1BQU0sS0FBSyxTQUFTLEdBQUcsT0FBTztBQUM5QyxhQUFTLElBQUksS0FBSyxHQUFHLEtBQUssR0FBRyxLQUFLLEtBQUssTUFBTSxDQUFDLEtBQUssSUFBSSxLQUFLLEdBQUc7QUFDN0QsWUFBTSxDQUFDLE9BQU8sR0FBRyxLQUFLLENBQUMsSUFBSSxDQUFDLEtBQUssQ0FBQyxHQUFHLEtBQUssSUFBSSxDQUFDLENBQUM7QUFDaEQsWUFBTSxTQUFTLEtBQUssU0FBUyxJQUFJLEtBQUssSUFBSSxNQUFNLE1BQU0sTUFBTSxJQUFJO0FBQ2hFLFVBQUksU0FBUyxLQUFNO0FBQ25CLGFBQU87QUFDUCxhQUFPLEVBQUUsSUFBSSxPQUFPLE1BQU0sR0FBRyxHQUFHLEtBQUssS0FBSyxNQUFNLElBQUk7QUFBQSxJQUN0RDtBQUFBLEVBQ0Y7QUFDQSxTQUFPO0FBQ1Q7OztBQ3JMTyxJQUFNLFVBQU4sTUFBYztBQUFBLEVBQ1Y7QUFBQSxFQUNBO0FBQUEsRUFDQTtBQUFBLEVBQ0EsVUFBVSxvQkFBSSxJQUFtQjtBQUFBLEVBQzFDLFNBQTZCO0FBQUEsRUFDN0IsVUFBeUI7QUFBQSxFQUN6QixVQUFVO0FBQUE7QUFBQSxFQUdWLFlBQ0UsT0FDQSxTQUNBLFFBQ0E7QUFDQSxTQUFLLFNBQVM7QUFDZCxTQUFLLFdBQVc7QUFDaEIsU0FBSyxVQUFVO0FBQUEsRUFDakI7QUFBQTtBQUFBLEVBR0EsTUFBTSxRQUFvQztBQUN4QyxRQUFJLFdBQVcsS0FBSyxTQUFTO0FBQzNCLFlBQU0sUUFBUSxLQUFLLE9BQU8sSUFBSSxNQUFNO0FBQ3BDLFVBQUksVUFBVSxPQUFXLFFBQU87QUFDaEMsV0FBSyxVQUFVO0FBQ2YsV0FBSyxPQUFPO0FBQ1osV0FBSyxLQUFLLFFBQVEsUUFBUSxLQUFLO0FBQUEsSUFDakM7QUFDQSxXQUFPLEtBQUs7QUFBQSxFQUNkO0FBQUE7QUFBQSxFQUdBLE1BQU0sTUFBNEI7QUFDaEMsVUFBTSxRQUFRLEtBQUssUUFBUSxJQUFJLElBQUk7QUFDbkMsUUFBSSxVQUFVLE9BQVcsUUFBTztBQUNoQyxVQUFNLFFBQVEsS0FBSyxPQUFPLElBQUksSUFBSTtBQUNsQyxRQUFJLFVBQVUsT0FBVyxRQUFPO0FBQ2hDLFVBQU0sT0FBTyxLQUFLLE1BQU0sS0FBSztBQUM3QixRQUFJLFNBQVMsS0FBTSxRQUFPO0FBQzFCLFFBQUksT0FBc0I7QUFDMUIsVUFBTSxRQUFRLFFBQVEsSUFBSTtBQUMxQixVQUFNLFFBQWU7QUFBQSxNQUNuQjtBQUFBLE1BQ0E7QUFBQSxNQUNBO0FBQUEsTUFDQSxPQUFPLFdBQVcsTUFBTSxLQUFLO0FBQUEsTUFDN0IsSUFBSSxPQUFPO0FBQ1QsaUJBQVMsT0FBTyxRQUFRLElBQUksQ0FBQztBQUM3QixlQUFPO0FBQUEsTUFDVDtBQUFBLElBQ0Y7QUFDQSxTQUFLLFFBQVEsSUFBSSxNQUFNLEtBQUs7QUFDNUIsV0FBTztBQUFBLEVBQ1Q7QUFBQSxFQUVBLE1BQU0sT0FBZ0M7QUFDcEMsUUFBSTtBQUNGLGFBQU8sT0FBTyxLQUFLO0FBQUEsSUFDckIsU0FBUyxPQUFPO0FBQ2QsV0FBSyxRQUFRLGlCQUFpQixRQUFRLE1BQU0sVUFBVSxPQUFPLEtBQUssQ0FBQztBQUNuRSxhQUFPO0FBQUEsSUFDVDtBQUFBLEVBQ0Y7QUFBQTtBQUFBLEVBR0EsS0FBSyxRQUFtQztBQUN0QyxlQUFXLFFBQVEsS0FBSyxRQUFRLEtBQUssRUFBRyxLQUFJLENBQUMsT0FBTyxJQUFJLElBQUksRUFBRyxNQUFLLFFBQVEsT0FBTyxJQUFJO0FBQUEsRUFDekY7QUFBQSxFQUVBLFFBQWM7QUFDWixTQUFLLFVBQVU7QUFDZixTQUFLLE9BQU87QUFDWixTQUFLLFFBQVEsTUFBTTtBQUFBLEVBQ3JCO0FBQUEsRUFFQSxNQUFNLFFBQVEsUUFBZ0IsT0FBa0M7QUFDOUQsUUFBSTtBQUVGLFlBQU0sVUFBVSxNQUFNLGtCQUFrQixJQUFJLEtBQUssQ0FBQyxJQUFJLFdBQVcsS0FBSyxDQUFDLENBQUMsQ0FBQztBQUN6RSxVQUFJLEtBQUssV0FBVyxXQUFXLEtBQUssU0FBUztBQUMzQyxnQkFBUSxNQUFNO0FBQ2Q7QUFBQSxNQUNGO0FBQ0EsV0FBSyxTQUFTO0FBQ2QsV0FBSyxTQUFTO0FBQUEsSUFDaEIsUUFBUTtBQUNOLFVBQUksQ0FBQyxLQUFLLFFBQVMsTUFBSyxRQUFRLHVDQUF1QztBQUFBLElBQ3pFO0FBQUEsRUFDRjtBQUFBLEVBRUEsU0FBZTtBQUNiLFNBQUssUUFBUSxNQUFNO0FBQ25CLFNBQUssU0FBUztBQUFBLEVBQ2hCO0FBQ0Y7OztBQ3ZHTyxJQUFNLFNBQVM7QUFHZixTQUFTLFVBQ2QsT0FDQSxNQUNBLE9BQTBCLENBQUMsR0FDZDtBQUNiLE1BQUksTUFBTSxVQUFVLEtBQU0sUUFBTztBQUNqQyxRQUFNLEVBQUUsS0FBSyxJQUFJO0FBQ2pCLE1BQUksU0FBUyxLQUFNLFFBQU8sT0FBTyxDQUFDLEdBQUcsU0FBUyxJQUFJLEdBQUcsS0FBSyxLQUFLLEVBQUUsQ0FBQyxHQUFHLElBQUk7QUFDekUsUUFBTSxPQUFPLE1BQU0sUUFBUSxHQUFHLEVBQUU7QUFDaEMsUUFBTSxTQUF1QjtBQUFBLElBQzNCLE1BQU07QUFBQSxJQUNOLElBQUksTUFBTTtBQUFBLElBQ1YsT0FBTyxNQUFNLE1BQU07QUFBQSxJQUNuQixPQUFPO0FBQUEsSUFDUCxPQUFPLE1BQU0sUUFBUSxTQUFTO0FBQUEsSUFDOUIsUUFBUTtBQUFBLElBQ1IsUUFBUTtBQUFBLElBQ1IsT0FBTyxTQUFTLFNBQVksSUFBSSxLQUFLLFFBQVE7QUFBQSxFQUMvQztBQUNBLFNBQU8sT0FBTyxDQUFDLFFBQVEsS0FBSyxPQUFPLEVBQUUsQ0FBQyxHQUFHLElBQUk7QUFDL0M7QUFHQSxTQUFTLFNBQVMsTUFBb0M7QUFDcEQsU0FBTyxLQUFLLFdBQVcsT0FBTyxDQUFDLElBQUksQ0FBQyxFQUFFLEdBQUcsTUFBTSxRQUFRLEtBQUssQ0FBQztBQUMvRDtBQUdPLFNBQVMsT0FBTyxPQUFjLE9BQTRCO0FBQy9ELFFBQU0sRUFBRSxNQUFNLE9BQU8sSUFBSTtBQUN6QixNQUFJLFNBQVMsUUFBUSxXQUFXLFFBQVEsU0FBUyxPQUFPLFdBQVcsT0FBUSxRQUFPO0FBQ2xGLE1BQUksU0FBUyxNQUFNLE1BQU0sTUFBTSxTQUFTLEtBQUssV0FBVyxLQUFNLFFBQU87QUFDckUsU0FBTyxPQUFPLENBQUMsRUFBRSxHQUFHLE1BQU0sUUFBUSxNQUFNLENBQUMsQ0FBQztBQUM1QztBQUdPLFNBQVMsT0FBTyxPQUEyQjtBQUNoRCxRQUFNLEVBQUUsTUFBTSxPQUFPLElBQUk7QUFDekIsTUFBSSxTQUFTLFFBQVEsV0FBVyxLQUFNLFFBQU87QUFDN0MsU0FBTyxPQUFPLENBQUMsRUFBRSxHQUFHLE1BQU0sUUFBUSxTQUFTLE1BQU0sTUFBTSxHQUFHLFFBQVEsS0FBSyxDQUFDLENBQUM7QUFDM0U7QUFHTyxTQUFTLE1BQU0sT0FBMkI7QUFDL0MsTUFBSSxNQUFNLFFBQVEsV0FBVyxFQUFHLFFBQU87QUFDdkMsU0FBTztBQUFBLElBQ0wsQ0FBQztBQUFBLElBQ0QsTUFBTSxRQUFRLElBQUksQ0FBQyxXQUFXLE9BQU8sRUFBRTtBQUFBLEVBQ3pDO0FBQ0Y7QUFHTyxTQUFTLFNBQVMsT0FBMkI7QUFDbEQsUUFBTSxPQUFPLE1BQU0sUUFBUSxHQUFHLEVBQUU7QUFDaEMsTUFBSSxNQUFNLFNBQVMsUUFBUSxTQUFTLE9BQVcsUUFBTztBQUN0RCxTQUFPLE9BQU8sU0FBUyxNQUFNLElBQUksR0FBRyxDQUFDLEtBQUssRUFBRSxDQUFDO0FBQy9DOzs7QUNwQ08sSUFBTSxPQUFPOzs7QUN2QnBCLElBQU0sUUFBUTtBQUVQLElBQU0sTUFBWSxDQUFDLE9BQU8sVUFBVTtBQUN6QyxNQUFJLFVBQVU7QUFDZCxTQUFPO0FBQUEsSUFDTCxLQUFLLElBQUk7QUFDUCxrQkFBWSxNQUFNLFVBQVUsRUFBRSxJQUFJO0FBQ2xDLFlBQU0sRUFBRSxNQUFNLElBQUksTUFBTTtBQUN4QixhQUFPLFdBQVcsVUFBVSxPQUFPLFFBQVEsT0FBTyxNQUFNLElBQUksRUFBRSxJQUFJO0FBQUEsSUFDcEU7QUFBQSxJQUNBLFFBQVEsSUFBSTtBQUNWLGtCQUFZLE1BQU0sVUFBVSxFQUFFLElBQUk7QUFDbEMsYUFBTyxVQUFVLFFBQVEsTUFBTSxHQUFHLE1BQU0sSUFBSSxFQUFFLElBQUk7QUFBQSxJQUNwRDtBQUFBLEVBQ0Y7QUFDRjtBQUdPLFNBQVMsUUFBUSxPQUFhLE1BQWEsSUFBa0I7QUFDbEUsUUFBTSxJQUFJLE1BQU0sT0FBTyxJQUFJO0FBQzNCLFFBQU0sSUFBSSxNQUFNLE9BQU8sRUFBRTtBQUN6QixTQUFPO0FBQUEsSUFDTCxJQUFJLEtBQUssSUFBSSxFQUFFLEdBQUcsRUFBRSxDQUFDO0FBQUEsSUFDckIsSUFBSSxLQUFLLElBQUksRUFBRSxHQUFHLEVBQUUsQ0FBQztBQUFBLElBQ3JCLElBQUksS0FBSyxJQUFJLEVBQUUsR0FBRyxFQUFFLENBQUM7QUFBQSxJQUNyQixJQUFJLEtBQUssSUFBSSxFQUFFLEdBQUcsRUFBRSxDQUFDO0FBQUEsRUFDdkI7QUFDRjtBQUdPLFNBQVMsUUFBUSxPQUFjLE1BQWEsSUFBd0I7QUFDekUsTUFBSSxNQUFNLFVBQVUsS0FBTSxRQUFPO0FBQ2pDLFFBQU0sVUFBVSxRQUFRLE1BQU0sT0FBTyxNQUFNLEVBQUU7QUFDN0MsTUFBSSxRQUFRLEtBQUssUUFBUSxLQUFLLFNBQVMsUUFBUSxLQUFLLFFBQVEsS0FBSyxNQUFPLFFBQU87QUFDL0UsUUFBTSxTQUFTLE1BQU0sUUFBUSxPQUFPLENBQUMsV0FBVyxPQUFPLFNBQVMsS0FBSyxFQUFFLElBQUksQ0FBQyxFQUFFLEdBQUcsTUFBTSxFQUFFO0FBQ3pGLFNBQU8sVUFBVSxPQUFPLENBQUMsWUFBWSxFQUFFLE1BQU0sT0FBTyxJQUFJLE1BQU0sR0FBRyxRQUFRLEdBQUcsUUFBUSxJQUFJLE1BQU07QUFDaEc7OztBQ3BDTyxJQUFNLFFBQWMsQ0FBQyxPQUFPLFVBQVU7QUFDM0MsUUFBTSxPQUFPLElBQUksT0FBTyxLQUFLO0FBQzdCLE1BQUksVUFBVTtBQUNkLFNBQU87QUFBQSxJQUNMLEtBQUssSUFBSTtBQUNQLGtCQUFZLE1BQU0sVUFBVSxFQUFFLElBQUk7QUFDbEMsYUFBTyxLQUFLLEtBQUssRUFBRTtBQUFBLElBQ3JCO0FBQUEsSUFDQSxRQUFRLElBQUk7QUFDVixrQkFBWSxNQUFNLFVBQVUsRUFBRSxJQUFJO0FBQ2xDLFVBQUksUUFBUyxRQUFPLEtBQUssUUFBUSxFQUFFO0FBQ25DLFlBQU0sTUFBTSxNQUFNO0FBQ2xCLFVBQUksSUFBSSxVQUFVLEtBQU0sUUFBTztBQUMvQixZQUFNLEVBQUUsR0FBRyxFQUFFLElBQUksTUFBTSxJQUFJLE9BQU8sTUFBTSxFQUFFO0FBQzFDLFlBQU0sRUFBRSxTQUFTLElBQUk7QUFDckIsYUFBTyxVQUFVLEtBQUssQ0FBQyxZQUFZLEVBQUUsTUFBTSxTQUFTLElBQUksTUFBTSxHQUFHLFFBQVEsR0FBRyxHQUFHLFNBQVMsRUFBRTtBQUFBLElBQzVGO0FBQUEsRUFDRjtBQUNGOzs7QUNwQk8sU0FBUyxFQUNkLEtBQ0EsYUFBeUIsQ0FBQyxNQUN2QixVQUN1QjtBQUMxQixRQUFNLFVBQVUsU0FBUyxjQUFjLEdBQUc7QUFDMUMsYUFBVyxDQUFDLE1BQU0sS0FBSyxLQUFLLE9BQU8sUUFBUSxVQUFVLEVBQUcsY0FBYSxTQUFTLE1BQU0sS0FBSztBQUN6RixVQUFRLE9BQU8sR0FBRyxRQUFRO0FBQzFCLFNBQU87QUFDVDtBQUdPLFNBQVMsYUFBYSxTQUFrQixNQUFjLE9BQWlDO0FBQzVGLE1BQUksVUFBVSxRQUFRLFVBQVUsVUFBYSxVQUFVLE9BQU87QUFDNUQsUUFBSSxRQUFRLGFBQWEsSUFBSSxFQUFHLFNBQVEsZ0JBQWdCLElBQUk7QUFBQSxFQUM5RCxPQUFPO0FBQ0wsVUFBTSxPQUFPLFVBQVUsT0FBTyxLQUFLLE9BQU8sS0FBSztBQUMvQyxRQUFJLFFBQVEsYUFBYSxJQUFJLE1BQU0sS0FBTSxTQUFRLGFBQWEsTUFBTSxJQUFJO0FBQUEsRUFDMUU7QUFDRjtBQUdPLFNBQVMsUUFBUSxTQUFrQixNQUFvQjtBQUM1RCxNQUFJLFFBQVEsZ0JBQWdCLEtBQU0sU0FBUSxjQUFjO0FBQzFEO0FBR08sU0FBUyxLQUFLLFFBQStCO0FBQ2xELFFBQU0sTUFBTSxTQUFTLGdCQUFnQiw4QkFBOEIsS0FBSztBQUN4RSxNQUFJLGFBQWEsV0FBVyxXQUFXO0FBQ3ZDLE1BQUksYUFBYSxlQUFlLE1BQU07QUFDdEMsTUFBSSxhQUFhLFNBQVMsVUFBVTtBQUNwQyxNQUFJLFlBQVk7QUFDaEIsU0FBTztBQUNUO0FBR08sU0FBUyxTQUFTLE1BQXNCO0FBQzdDLFNBQU8sS0FDSixNQUFNLGVBQWUsRUFDckIsSUFBSSxDQUFDLE1BQU0sTUFBTyxJQUFJLE1BQU0sSUFBSSxFQUFFLE9BQU8sQ0FBQyxHQUFHLElBQUksSUFBSSxTQUFTLGVBQWUsSUFBSSxDQUFFO0FBQ3hGOzs7QUNoQ0EsSUFBTSxTQUFTO0FBR1IsU0FBUyxPQUFPLE1BQVksTUFBa0I7QUFDbkQsUUFBTSxRQUFRLEtBQUssTUFBTSxLQUFLLE1BQU0sS0FBSyxNQUFNLEtBQUs7QUFDcEQsUUFBTUMsT0FBTSxRQUFRLEVBQUUsSUFBSSxHQUFHLElBQUksR0FBRyxJQUFJLEtBQUssT0FBTyxJQUFJLEtBQUssT0FBTyxJQUFJO0FBQ3hFLFFBQU0sU0FBUyxRQUFRLElBQUksU0FBUyxLQUFLLElBQUlBLEtBQUksS0FBS0EsS0FBSSxJQUFJQSxLQUFJLEtBQUtBLEtBQUksRUFBRSxJQUFJO0FBQ2pGLFFBQU0sUUFBUSxLQUFLLFFBQVEsS0FBSztBQUNoQyxNQUFJLFFBQVFBLEtBQUksS0FBS0EsS0FBSSxLQUFLLElBQUk7QUFDbEMsTUFBSSxTQUFTQSxLQUFJLEtBQUtBLEtBQUksS0FBSyxJQUFJO0FBQ25DLE1BQUksUUFBUSxTQUFTLE1BQU8sU0FBUSxTQUFTO0FBQUEsTUFDeEMsVUFBUyxRQUFRO0FBQ3RCLFFBQU0sU0FBUyxLQUFLLElBQUksR0FBRyxLQUFLLFFBQVEsT0FBTyxLQUFLLFNBQVMsTUFBTTtBQUNuRSxNQUFJLFNBQVMsR0FBRztBQUVkLGFBQVM7QUFDVCxjQUFVO0FBQUEsRUFDWjtBQUNBLFFBQU0sS0FBS0EsS0FBSSxLQUFLQSxLQUFJLEtBQUssU0FBUztBQUN0QyxRQUFNLEtBQUtBLEtBQUksS0FBS0EsS0FBSSxLQUFLLFVBQVU7QUFDdkMsU0FBTztBQUFBLElBQ0wsR0FBRyxLQUFLLElBQUksS0FBSyxRQUFRLE9BQU8sS0FBSyxJQUFJLEdBQUcsQ0FBQyxDQUFDO0FBQUEsSUFDOUMsR0FBRyxLQUFLLElBQUksS0FBSyxTQUFTLFFBQVEsS0FBSyxJQUFJLEdBQUcsQ0FBQyxDQUFDO0FBQUEsSUFDaEQ7QUFBQSxJQUNBO0FBQUEsRUFDRjtBQUNGO0FBRU8sU0FBUyxjQUNkLFFBQ0FDLFFBQ0EsT0FDQSxPQUNBLE9BQ007QUFDTixRQUFNLE9BQU8sRUFBRSxPQUFPLE9BQU8sZUFBZSxJQUFJLFFBQVEsT0FBTyxnQkFBZ0IsR0FBRztBQUNsRixTQUFPLFFBQVEsS0FBSyxNQUFNLEtBQUssUUFBUSxLQUFLO0FBQzVDLFNBQU8sU0FBUyxLQUFLLE1BQU0sS0FBSyxTQUFTLEtBQUs7QUFDOUMsUUFBTSxVQUFVLE9BQU8sV0FBVyxJQUFJO0FBQ3RDLE1BQUksWUFBWSxLQUFNO0FBQ3RCLFFBQU0sRUFBRSxLQUFLLElBQUk7QUFDakIsUUFBTSxPQUFPLE9BQU8sTUFBTSxJQUFJO0FBQzlCLFFBQU0sUUFBUSxPQUFPLFFBQVEsS0FBSztBQUNsQyxRQUFNLFNBQVNBLE9BQU0sUUFBUSxLQUFLO0FBQ2xDLFFBQU0sT0FBT0EsT0FBTSxTQUFTLEtBQUs7QUFDakMsVUFBUSx3QkFBd0I7QUFDaEMsVUFBUSx3QkFBd0IsUUFBUTtBQUN4QyxVQUFRO0FBQUEsSUFDTkE7QUFBQSxJQUNBLEtBQUssSUFBSTtBQUFBLElBQ1QsS0FBSyxJQUFJO0FBQUEsSUFDVCxLQUFLLFFBQVE7QUFBQSxJQUNiLEtBQUssU0FBUztBQUFBLElBQ2Q7QUFBQSxJQUNBO0FBQUEsSUFDQSxPQUFPO0FBQUEsSUFDUCxPQUFPO0FBQUEsRUFDVDtBQUNBLFFBQU0sT0FBTyxJQUFJLE9BQU87QUFDeEIsT0FBSyxRQUFRLE1BQU0sTUFBTSxJQUFJLFVBQVUsQ0FBQyxPQUFPLEdBQUcsR0FBRyxPQUFPLENBQUMsS0FBSyxJQUFJLE9BQU8sQ0FBQyxLQUFLLElBQUksS0FBSyxDQUFDLENBQUM7QUFDOUYsUUFBTSxVQUFVLElBQUksT0FBTyxJQUFJO0FBQy9CLFVBQVEsS0FBSyxHQUFHLEdBQUcsT0FBTyxPQUFPLE9BQU8sTUFBTTtBQUM5QyxVQUFRLFlBQVk7QUFDcEIsVUFBUSxLQUFLLFNBQVMsU0FBUztBQUMvQixVQUFRLFdBQVc7QUFDbkIsVUFBUSxZQUFZLElBQUk7QUFDeEIsVUFBUSxjQUFjO0FBQ3RCLFVBQVEsT0FBTyxJQUFJO0FBQ25CLFVBQVEsWUFBWSxNQUFNO0FBQzFCLFVBQVEsY0FBYyxJQUFJLEtBQUs7QUFDL0IsVUFBUSxPQUFPLElBQUk7QUFDckI7OztBQzdEQSxJQUFNLFFBQVE7QUFDZCxJQUFNLGNBQWMsQ0FBQyxTQUFTLFFBQVEsU0FBUztBQUcvQyxTQUFTLE9BQU8sUUFBK0I7QUFDN0MsUUFBTSxLQUFLLENBQUMsTUFBdUIsTUFBTSxTQUFTLGtCQUFrQjtBQUNwRSxRQUFNLFVBQVU7QUFBQSxJQUNkLGtCQUFrQixHQUFHLENBQUMsQ0FBQyw0Q0FDTCxXQUFXLElBQUksb0JBQW9CLEdBQUcsQ0FBQyxDQUFDLHdIQUN0QyxVQUFVLElBQUksb0JBQW9CLEdBQUcsQ0FBQyxDQUFDO0FBQUEsRUFDN0Q7QUFDQSxVQUFRLGFBQWEsV0FBVyxXQUFXO0FBQzNDLFVBQVEsYUFBYSxTQUFTLFlBQVk7QUFDMUMsU0FBTztBQUNUO0FBWU8sU0FBUyxnQkFDZCxTQUNBLFFBQ0FDLFNBQ2dFO0FBQ2hFLFFBQU0sUUFBUSxNQUFNLEtBQUssRUFBRSxRQUFRLE1BQU0sR0FBRyxDQUFDLEdBQUcsTUFBTSxLQUFLLEdBQUcsUUFBUUEsT0FBTSxDQUFDO0FBQzdFLFFBQU0sUUFBUSxFQUFFLEtBQUssRUFBRSxPQUFPLFlBQVksQ0FBQztBQUMzQyxRQUFNLGNBQ0o7QUFDRixRQUFNLE9BQU8sRUFBRSxPQUFPO0FBQUEsSUFDcEIsT0FBTztBQUFBLElBQ1AsTUFBTTtBQUFBLElBQ04sY0FBYztBQUFBLEVBQ2hCLENBQUM7QUFDRCxPQUFLLE9BQU8sR0FBRyxNQUFNLElBQUksQ0FBQyxFQUFFLE9BQU8sTUFBTSxNQUFNLEdBQUcsS0FBSztBQUN2RCxTQUFPO0FBQUEsSUFDTCxTQUFTO0FBQUEsSUFDVCxPQUFPLE9BQU87QUFDWixZQUFNLEVBQUUsUUFBUSxRQUFRLElBQUk7QUFDNUIsWUFBTSxPQUFPLFdBQVcsT0FBUSxVQUFVLFlBQVksVUFBVyxVQUFVLFVBQVU7QUFDckYsbUJBQWEsTUFBTSxhQUFhLElBQUk7QUFDcEMsbUJBQWEsTUFBTSxhQUFhLFVBQVUsU0FBUyxJQUFJO0FBQ3ZELFlBQU0sU0FBUyxTQUFTO0FBQ3hCLGlCQUFXLENBQUMsR0FBRyxHQUFHLEtBQUssTUFBTSxRQUFRLEVBQUcsWUFBVyxLQUFLLEdBQUcsT0FBTyxPQUFPO0FBQUEsSUFDM0U7QUFBQSxFQUNGO0FBQ0Y7QUFFQSxTQUFTLEtBQUssT0FBZSxRQUEwQkEsU0FBMkI7QUFDaEYsUUFBTSxTQUFTLEVBQUUsVUFBVSxFQUFFLE9BQU8sbUJBQW1CLENBQUM7QUFDeEQsUUFBTSxNQUFNLEVBQUUsUUFBUSxFQUFFLE9BQU8sV0FBVyxlQUFlLE9BQU8sR0FBRyxPQUFPLFFBQVEsQ0FBQyxDQUFDO0FBQ3BGLFFBQU0sUUFBUSxFQUFFLFFBQVEsRUFBRSxPQUFPLFlBQVksR0FBRyxRQUFRLE9BQU8sS0FBSyxHQUFHLEdBQUc7QUFDMUUsUUFBTSxPQUFPLEVBQUUsUUFBUSxFQUFFLE9BQU8sV0FBVyxDQUFDO0FBQzVDLFFBQU0sUUFBUSxFQUFFLFFBQVEsRUFBRSxPQUFPLFlBQVksQ0FBQztBQUM5QyxRQUFNLE1BQU0sRUFBRSxRQUFRLEVBQUUsT0FBTyxVQUFVLEdBQUcsRUFBRSxNQUFNLENBQUM7QUFDckQsUUFBTSxPQUFPLEVBQUUsUUFBUSxFQUFFLE9BQU8sV0FBVyxDQUFDO0FBQzVDLFFBQU0sUUFBUSxFQUFFLFFBQVEsRUFBRSxPQUFPLFlBQVksQ0FBQztBQUM5QyxRQUFNLE9BQU8sRUFBRSxRQUFRLEVBQUUsT0FBTyxXQUFXLEdBQUcsTUFBTSxLQUFLLEdBQUcsS0FBSyxJQUFJO0FBQ3JFLFFBQU0sU0FBUyxFQUFFLFVBQVU7QUFBQSxJQUN6QixNQUFNO0FBQUEsSUFDTixPQUFPO0FBQUEsSUFDUCxjQUFjO0FBQUEsSUFDZCxxQkFBcUIsUUFBUTtBQUFBLElBQzdCLGdCQUFnQjtBQUFBLEVBQ2xCLENBQUM7QUFDRCxTQUFPLE9BQU8sT0FBTyxLQUFLO0FBQzFCLFNBQU8saUJBQWlCLFNBQVMsTUFBTSxPQUFPLE9BQU8sS0FBSyxHQUFHLEVBQUUsUUFBQUEsUUFBTyxDQUFDO0FBQ3ZFLFNBQU8saUJBQWlCLGdCQUFnQixNQUFNLE9BQU8sTUFBTSxLQUFLLEdBQUcsRUFBRSxRQUFBQSxRQUFPLENBQUM7QUFDN0UsU0FBTyxpQkFBaUIsZ0JBQWdCLE1BQU0sT0FBTyxNQUFNLElBQUksR0FBRyxFQUFFLFFBQUFBLFFBQU8sQ0FBQztBQUM1RSxTQUFPLGlCQUFpQixTQUFTLE1BQU0sT0FBTyxNQUFNLEtBQUssR0FBRyxFQUFFLFFBQUFBLFFBQU8sQ0FBQztBQUN0RSxTQUFPLGlCQUFpQixRQUFRLE1BQU0sT0FBTyxNQUFNLElBQUksR0FBRyxFQUFFLFFBQUFBLFFBQU8sQ0FBQztBQUNwRSxTQUFPLEVBQUUsUUFBUSxRQUFRLE1BQU0sT0FBTyxLQUFLLE1BQU0sT0FBTyxHQUFHO0FBQzdEO0FBRUEsU0FBUyxXQUFXLEtBQVcsT0FBZSxPQUF3QixTQUF3QjtBQUM1RixRQUFNLEVBQUUsUUFBUSxRQUFRLE1BQU0sT0FBTyxLQUFLLEtBQUssSUFBSTtBQUNuRCxRQUFNLFlBQVksTUFBTSxRQUFRLFdBQVcsS0FBSyxLQUFLO0FBQ3JELFFBQU0sVUFBVSxjQUFjLFFBQVEsTUFBTSxXQUFXO0FBQ3ZELGVBQWEsUUFBUSxnQkFBZ0IsVUFBVSxTQUFTLE9BQU87QUFDL0QsU0FBTyxXQUFXLGNBQWM7QUFDaEMsU0FBTyxTQUFTLE1BQU0sV0FBVyxRQUFRLGNBQWM7QUFDdkQsTUFBSSxjQUFjLE1BQU07QUFDdEIsWUFBUSxNQUFNLFlBQVksS0FBSyxLQUFLLEVBQUU7QUFDdEMsWUFBUSxPQUFPLEVBQUU7QUFDakIsU0FBSyxnQkFBZ0I7QUFDckIsaUJBQWEsUUFBUSxjQUFjLGFBQWEsUUFBUSxDQUFDLFlBQVk7QUFDckUsaUJBQWEsUUFBUSxTQUFTLElBQUk7QUFDbEMsUUFBSSxRQUFRO0FBQ1o7QUFBQSxFQUNGO0FBQ0EsUUFBTSxNQUFNLFVBQVUsTUFBTSxRQUFRLENBQUM7QUFDckMsUUFBTSxZQUFZLFVBQVUsVUFBVSxRQUFRLENBQUM7QUFDL0MsUUFBTSxRQUFRLFFBQVEsVUFBVSxNQUFNLE1BQU0sTUFBTTtBQUNsRCxVQUFRLE1BQU0sVUFBVSxJQUFJO0FBQzVCLFVBQVEsT0FBTyxHQUFHO0FBQ2xCLE1BQUksS0FBSyxnQkFBZ0IsVUFBVSxTQUFTLEdBQUcsS0FBSyxJQUFJO0FBQ3RELFNBQUssZ0JBQWdCLEVBQUUsUUFBUSxDQUFDLEdBQUcsVUFBVSxTQUFTLEVBQUUsR0FBRyxFQUFFLFFBQVEsQ0FBQyxHQUFHLEtBQUssQ0FBQztBQUFBLEVBQ2pGO0FBQ0E7QUFBQSxJQUNFO0FBQUEsSUFDQTtBQUFBLElBQ0EsYUFBYSxRQUFRLENBQUMsS0FBSyxVQUFVLElBQUksbUJBQW1CLEdBQUcsZUFBZSxTQUFTLEtBQ2xGLEtBQUs7QUFBQSxFQUNaO0FBQ0E7QUFBQSxJQUNFO0FBQUEsSUFDQTtBQUFBLElBQ0EsR0FBRyxVQUFVLElBQUksbUJBQW1CLEdBQUcsZUFBZSxTQUFTLEtBQUssVUFBVSxLQUFLLGVBQWUsSUFBSSxDQUFDO0FBQUEsRUFDekc7QUFDQSxNQUFJLE1BQU0sWUFBWSxlQUFlLE9BQU8sS0FBSyxJQUFJLEdBQUcsS0FBSyxJQUFJLEdBQUcsVUFBVSxLQUFLLENBQUMsQ0FBQyxDQUFDO0FBQ3RGLFNBQU8sTUFBTSxZQUFZLGVBQWUsSUFBSSxNQUFNLEtBQUssQ0FBQztBQUN4RCxRQUFNLFFBQVEsUUFBUSxNQUFNLFVBQVUsSUFBSTtBQUMxQyxNQUFJLFVBQVUsUUFBUSxNQUFNLFVBQVUsS0FBTTtBQUM1QyxRQUFNLFFBQVEsQ0FBQyxVQUFVLE1BQU0sTUFBTSxPQUFPLE1BQU0sT0FBTyxNQUFNLFFBQVEsT0FBTyxXQUFXLEVBQUUsS0FBSztBQUNoRyxNQUFJLFVBQVUsSUFBSSxNQUFPO0FBQ3pCLE1BQUksUUFBUTtBQUNaLGdCQUFjLFFBQVEsTUFBTSxPQUFPLE9BQU8sTUFBTSxPQUFPLE1BQU0sS0FBSztBQUNwRTtBQUdPLFNBQVMsUUFBUSxNQUFjLFFBQXdCO0FBQzVELFFBQU0sVUFBVyxNQUFNLE9BQVEsS0FBSyxJQUFJLEdBQUcsTUFBTTtBQUNqRCxNQUFJLE9BQU8sS0FBSyxVQUFVLElBQUssUUFBTztBQUN0QyxTQUFPLFVBQVUsS0FBSyxHQUFHLFFBQVEsUUFBUSxDQUFDLENBQUMsTUFBTSxHQUFHLEtBQUssTUFBTSxPQUFPLENBQUM7QUFDekU7OztBQzdJQSxJQUFNLFVBQWtCLEVBQUUsUUFBUSxNQUFNLE1BQU0sTUFBTSxNQUFNLEtBQUs7QUFHeEQsSUFBTSxZQUFOLE1BQWdCO0FBQUEsRUFDckIsU0FBaUI7QUFBQSxFQUNqQixTQUFTLG9CQUFJLElBQW9CO0FBQUE7QUFBQSxFQUNqQyxVQUF5QjtBQUFBLEVBRXpCLElBQUksTUFBWSxLQUFtQjtBQUNqQyxlQUFXLE1BQU0sT0FBTyxLQUFLLEtBQUssR0FBRyxFQUFHLE1BQUssT0FBTyxJQUFJLElBQUksR0FBRztBQUFBLEVBQ2pFO0FBQUE7QUFBQSxFQUdBLFNBQVMsUUFBZ0IsS0FBYSxNQUFvQjtBQUN4RCxRQUFJLE9BQU8sT0FBTyxLQUFLLFFBQVM7QUFDaEMsU0FBSyxVQUFVLE9BQU87QUFDdEIsVUFBTUMsU0FBUSxLQUFLLE9BQU8sSUFBSSxPQUFPLEdBQUcsR0FBRyxFQUFFLEtBQUssRUFBRTtBQUNwRCxTQUFLLE9BQU8sTUFBTTtBQUNsQixVQUFNQyxVQUFTLE9BQU8sVUFBVTtBQUNoQyxVQUFNLE9BQU9ELFdBQVUsU0FBWSxPQUFPLEtBQUssSUFBSSxHQUFHLE1BQU1BLFNBQVEsT0FBT0MsT0FBTTtBQUNqRixTQUFLLFNBQVMsRUFBRSxRQUFBQSxTQUFRLE1BQU0sS0FBSztBQUFBLEVBQ3JDO0FBQ0Y7QUFXTyxTQUFTLE9BQU8sRUFBRSxPQUFPLE1BQU0sT0FBTyxTQUFTLFFBQVEsR0FBNkI7QUFDekYsTUFBSSxZQUFZLE9BQVEsUUFBTztBQUMvQixNQUFJLE1BQU0sVUFBVSxLQUFNLFFBQU87QUFDakMsTUFBSSxRQUFTLFFBQU87QUFDcEIsTUFBSSxNQUFNLFFBQVEsU0FBUyxLQUFLLE1BQU0sV0FBVyxRQUFRLENBQUMsT0FBTztBQUMvRCxXQUFPO0FBQUEsRUFDVDtBQUNBLE1BQUksU0FBUyxNQUFPLFFBQU87QUFDM0IsTUFBSSxTQUFTLFdBQVksUUFBTztBQUNoQyxNQUFJLE1BQU0sV0FBVyxNQUFNO0FBQ3pCLFdBQU87QUFBQSxFQUNUO0FBQ0EsTUFBSSxNQUFNLFFBQVEsU0FBUyxFQUFHLFFBQU87QUFDckMsTUFBSSxNQUFNLFFBQVEsU0FBUyxFQUFHLFFBQU87QUFDckMsU0FBTztBQUNUO0FBRU8sU0FBUyxPQUNkLE1BQ0FDLFNBQzZFO0FBQzdFLFFBQU0sT0FBTyxFQUFFLFFBQVEsRUFBRSxPQUFPLFdBQVcsQ0FBQztBQUM1QyxRQUFNLE9BQU8sRUFBRSxRQUFRLEVBQUUsT0FBTyxZQUFZLE9BQU8sb0NBQW9DLENBQUM7QUFDeEYsUUFBTSxPQUFPLEVBQUUsVUFBVTtBQUFBLElBQ3ZCLE1BQU07QUFBQSxJQUNOLE9BQU87QUFBQSxJQUNQLGVBQWU7QUFBQSxJQUNmLGNBQWM7QUFBQSxJQUNkLE9BQU87QUFBQSxFQUNULENBQUM7QUFDRCxPQUFLLE9BQU8sRUFBRSxPQUFPLENBQUMsR0FBRyxHQUFHLEdBQUcsRUFBRSxRQUFRLENBQUMsR0FBRyxNQUFNLENBQUM7QUFDcEQsT0FBSyxpQkFBaUIsU0FBUyxNQUFNLEVBQUUsUUFBQUEsUUFBTyxDQUFDO0FBQy9DLFFBQU0sVUFBVSxFQUFFLE9BQU8sRUFBRSxPQUFPLGFBQWEsR0FBRyxNQUFNLE1BQU0sSUFBSTtBQUNsRSxNQUFJLFFBQXVCO0FBQzNCLFNBQU87QUFBQSxJQUNMO0FBQUEsSUFDQSxPQUFPLE1BQU0sUUFBUTtBQUNuQixVQUFJLFNBQVMsUUFBUSxTQUFTLE1BQU8sTUFBSyxnQkFBZ0IsR0FBRyxTQUFTLElBQUksQ0FBQztBQUMzRSxjQUFRLFFBQVE7QUFDaEIsY0FBUSxNQUFNLE9BQU8sTUFBTSxDQUFDO0FBQUEsSUFDOUI7QUFBQSxFQUNGO0FBQ0Y7QUFHTyxTQUFTLE9BQU8sRUFBRSxRQUFBRCxTQUFRLE1BQU0sS0FBSyxHQUFtQjtBQUM3RCxNQUFJQSxZQUFXLEtBQU0sUUFBTztBQUM1QixRQUFNLFFBQVEsQ0FBQyxVQUFVLEtBQUssTUFBTUEsT0FBTSxDQUFDLEVBQUU7QUFDN0MsTUFBSSxTQUFTLEtBQU0sT0FBTSxLQUFLLFFBQVEsS0FBSyxNQUFNLElBQUksQ0FBQyxFQUFFO0FBQ3hELE1BQUksU0FBUyxLQUFNLE9BQU0sS0FBSyxRQUFRLEtBQUssTUFBTSxJQUFJLENBQUMsRUFBRTtBQUN4RCxTQUFPLEdBQUcsTUFBTSxLQUFLLFFBQUssQ0FBQztBQUM3Qjs7O0FDekZBLElBQU0sU0FBUztBQUNmLElBQU0sUUFBUTtBQUNkLElBQU0sY0FBYztBQUNwQixJQUFNLFNBQVM7QUFDZixJQUFNRSxTQUFjLEVBQUUsT0FBTyxHQUFHLFFBQVEsRUFBRTtBQXNCbkMsU0FBUyxRQUFRLE9BTWQ7QUFDUixRQUFNLFNBQVMsQ0FBQyxTQUNkLEVBQUUsVUFBVSxFQUFFLE9BQU8sY0FBYyxJQUFJLElBQUksZUFBZSxPQUFPLENBQUM7QUFDcEUsUUFBTUMsU0FBUSxPQUFPLFdBQVc7QUFDaEMsUUFBTSxVQUFVLE9BQU8sYUFBYTtBQUNwQyxRQUFNLFFBQVEsT0FBTyxXQUFXO0FBQ2hDLFFBQU0sUUFBUSxFQUFFLFFBQVEsRUFBRSxPQUFPLGFBQWEsUUFBUSxLQUFLLENBQUM7QUFDNUQsUUFBTSxPQUFPLEVBQUUsT0FBTyxFQUFFLE9BQU8sV0FBVyxDQUFDO0FBQzNDLFFBQU0sVUFBVSxFQUFFLE9BQU8sRUFBRSxPQUFPLGNBQWMsR0FBR0EsUUFBTyxTQUFTLE9BQU8sS0FBSztBQUMvRSxRQUFNLFFBQVEsRUFBRSxPQUFPLEVBQUUsT0FBTyxZQUFZLEdBQUcsU0FBUyxNQUFNLE1BQU0sSUFBSTtBQUN4RSxRQUFNLE9BQU87QUFBQSxJQUNYO0FBQUEsSUFDQSxFQUFFLE9BQU8sV0FBVztBQUFBLElBQ3BCO0FBQUEsSUFDQSxFQUFFLE9BQU8sRUFBRSxPQUFPLFlBQVksR0FBRyxHQUFHLE1BQU0sS0FBSztBQUFBLEVBQ2pEO0FBQ0EsUUFBTUMsUUFBTyxFQUFFLE9BQU8sRUFBRSxPQUFPLFlBQVksR0FBRyxNQUFNLFNBQVMsTUFBTSxRQUFRLE1BQU0sTUFBTSxNQUFNO0FBQzdGLFFBQU0sT0FBTztBQUFBLElBQ1g7QUFBQSxJQUNBO0FBQUEsTUFDRSxPQUFPO0FBQUEsTUFDUCxVQUFVO0FBQUEsTUFDVixNQUFNO0FBQUEsTUFDTixjQUFjO0FBQUEsTUFDZCw4QkFBOEI7QUFBQSxNQUM5QixnQkFBZ0I7QUFBQSxNQUNoQixnQkFBZ0I7QUFBQSxJQUNsQjtBQUFBLElBQ0FBO0FBQUEsRUFDRjtBQUNBLE1BQUksT0FBd0I7QUFDNUIsU0FBTztBQUFBLElBQ0w7QUFBQSxJQUNBO0FBQUEsSUFDQSxPQUFBRDtBQUFBLElBQ0E7QUFBQSxJQUNBO0FBQUEsSUFDQSxPQUFPLE9BQU8sUUFBUTtBQUVwQixVQUFJLEtBQUssZ0JBQWdCLEtBQUssU0FBUyxLQUFNLFFBQU87QUFDcEQsWUFBTSxZQUFZLEtBQUssSUFBSSxLQUFLLEtBQUssV0FBVztBQUNoRCxZQUFNLE9BQU8sYUFBYTtBQUMxQixtQkFBYSxNQUFNLGVBQWUsT0FBTyxTQUFTLFFBQVE7QUFDMUQsWUFBTSxPQUFPLEVBQUUsT0FBTyxZQUFZLFVBQVUsT0FBTyxRQUFRLElBQUksUUFBUSxLQUFLLElBQUksSUFBSSxNQUFNLEVBQUU7QUFDNUYsWUFBTSxRQUFRLE9BQU8sb0JBQW9CO0FBQ3pDLFlBQU0sT0FBTyxRQUFRLFNBQVNELFFBQU8sTUFBTSxLQUFLO0FBQ2hELFlBQU0sTUFBTSxLQUFLLElBQUksYUFBYSxLQUFLLElBQUksUUFBUSxRQUFRLE1BQU07QUFDakUsTUFBQUUsTUFBSyxNQUFNLFFBQVEsT0FBTyxHQUFHLEtBQUssSUFBSSxXQUFXLEtBQUssS0FBSyxHQUFHLENBQUMsQ0FBQyxPQUFPO0FBQ3ZFLGNBQVEsTUFBTSxRQUFRLEdBQUcsS0FBSyxJQUFJLEtBQUs7QUFDdkMsY0FBUSxNQUFNLFNBQVMsR0FBRyxLQUFLLElBQUksTUFBTTtBQUN6QyxpQkFBVyxPQUFPLENBQUNELFFBQU8sU0FBUyxLQUFLLEdBQUc7QUFDekMsWUFBSSxJQUFJLFVBQVUsS0FBSyxPQUFPLFNBQVMsSUFBSSxXQUFXLEtBQUssT0FBTyxPQUFRO0FBQzFFLFlBQUksUUFBUSxLQUFLLE9BQU87QUFDeEIsWUFBSSxTQUFTLEtBQUssT0FBTztBQUFBLE1BQzNCO0FBQ0EsYUFBTztBQUNQLGFBQU87QUFBQSxJQUNUO0FBQUEsSUFDQSxLQUFLLEVBQUUsTUFBTSxTQUFTLE1BQU0sT0FBTyxNQUFNLE9BQU8sUUFBUSxHQUFHO0FBQ3pELG1CQUFhLE1BQU0sYUFBYSxJQUFJO0FBQ3BDLG1CQUFhLE1BQU0sZ0JBQWdCLE9BQU87QUFDMUM7QUFBQSxRQUNFO0FBQUEsUUFDQSxRQUFRLHNEQUFzRDtBQUFBLE1BQ2hFO0FBQ0EsbUJBQWEsTUFBTSxjQUFjLEtBQUs7QUFDdEMsV0FBSyxTQUFTO0FBQ2QsWUFBTSxTQUFTLFlBQVk7QUFDM0IsVUFBSSxZQUFZLEtBQU07QUFDdEIsWUFBTUUsT0FBTSxRQUFRLFNBQVM7QUFDN0IsWUFBTSxDQUFDLEdBQUcsQ0FBQyxJQUFJQSxPQUNYLEVBQUUsUUFBUSxLQUFLLFFBQVEsTUFBTSxJQUFJLFFBQVEsS0FBSyxRQUFRLE1BQU0sQ0FBQyxJQUM3RCxDQUFDLFFBQVEsR0FBRyxRQUFRLENBQUM7QUFDekIsWUFBTUMsTUFBSyxTQUFTLE1BQU0sRUFBRSxHQUFHLEVBQUUsQ0FBQztBQUNsQyxZQUFNLE1BQU0sWUFBWSxhQUFhQSxJQUFHLENBQUMsT0FBT0EsSUFBRyxDQUFDO0FBQUEsSUFDdEQ7QUFBQSxFQUNGO0FBQ0Y7OztBQ2xIQSxJQUFNLE9BQStDO0FBQUEsRUFDbkQsQ0FBQyxTQUFTLCtCQUErQjtBQUFBLEVBQ3pDLENBQUMsOEJBQThCLGNBQWM7QUFBQSxFQUM3QyxDQUFDLFFBQVEsWUFBWTtBQUFBLEVBQ3JCLENBQUMscUJBQXFCLG9CQUFvQjtBQUFBLEVBQzFDLENBQUMsYUFBYSw4Q0FBOEM7QUFBQSxFQUM1RCxDQUFDLFNBQVMsaUNBQTRCO0FBQUEsRUFDdEMsQ0FBQyxnQkFBZ0IsYUFBYTtBQUFBLEVBQzlCLENBQUMsMEJBQTBCLFlBQVk7QUFBQSxFQUN2QyxDQUFDLGlCQUFpQixzQkFBc0I7QUFBQSxFQUN4QyxDQUFDLFNBQVMsMkJBQTJCO0FBQUEsRUFDckMsQ0FBQyxXQUFXLG9DQUFvQztBQUNsRDtBQUVPLFNBQVMsWUFBbUU7QUFDakYsUUFBTSxPQUFPLEtBQUssUUFBUSxDQUFDLENBQUMsTUFBTUMsS0FBSSxNQUFNLENBQUMsRUFBRSxNQUFNLENBQUMsR0FBRyxHQUFHLFNBQVMsSUFBSSxDQUFDLEdBQUcsRUFBRSxNQUFNLENBQUMsR0FBR0EsS0FBSSxDQUFDLENBQUM7QUFDL0YsUUFBTSxVQUFVLEVBQUUsT0FBTyxFQUFFLE9BQU8sWUFBWSxNQUFNLFFBQVEsY0FBYyxRQUFRLFFBQVEsS0FBSyxDQUFDO0FBQ2hHLFVBQVEsT0FBTyxFQUFFLE1BQU0sQ0FBQyxHQUFHLEdBQUcsSUFBSSxDQUFDO0FBQ25DLFNBQU87QUFBQSxJQUNMO0FBQUEsSUFDQSxPQUFPLE1BQU07QUFDWCxjQUFRLFNBQVMsQ0FBQztBQUFBLElBQ3BCO0FBQUEsRUFDRjtBQUNGOzs7QUNDQSxJQUFNLFFBQThDO0FBQUEsRUFDbEQsUUFBUSxFQUFFLElBQUksVUFBVSxPQUFPLEVBQUU7QUFBQSxFQUNqQyxRQUFRLEVBQUUsSUFBSSxVQUFVLE9BQU8sRUFBRTtBQUFBLEVBQ2pDLFFBQVEsRUFBRSxJQUFJLFVBQVUsT0FBTyxFQUFFO0FBQUEsRUFDakMsU0FBUyxFQUFFLElBQUksVUFBVSxPQUFPLEVBQUU7QUFBQSxFQUNsQyxTQUFTLEVBQUUsSUFBSSxVQUFVLE9BQU8sRUFBRTtBQUFBLEVBQ2xDLFNBQVMsRUFBRSxJQUFJLFVBQVUsT0FBTyxFQUFFO0FBQUEsRUFDbEMsTUFBTSxFQUFFLElBQUksT0FBTztBQUFBLEVBQ25CLE1BQU0sRUFBRSxJQUFJLE9BQU87QUFBQSxFQUNuQixNQUFNLEVBQUUsSUFBSSxRQUFRO0FBQUEsRUFDcEIsTUFBTSxFQUFFLElBQUksTUFBTTtBQUFBLEVBQ2xCLE1BQU0sRUFBRSxJQUFJLE9BQU87QUFBQSxFQUNuQixPQUFPLEVBQUUsSUFBSSxTQUFTO0FBQUEsRUFDdEIsYUFBYSxFQUFFLElBQUksU0FBUztBQUFBLEVBQzVCLFFBQVEsRUFBRSxJQUFJLFNBQVM7QUFBQSxFQUN2QixXQUFXLEVBQUUsSUFBSSxXQUFXO0FBQUEsRUFDNUIsUUFBUSxFQUFFLElBQUksV0FBVztBQUMzQjtBQUdPLFNBQVMsVUFBVSxRQUFnQztBQUN4RCxRQUFNLEVBQUUsTUFBTSxTQUFTLFNBQVMsVUFBVSxPQUFPLElBQUk7QUFDckQsTUFBSSxPQUFRLFFBQU87QUFDbkIsTUFBSSxXQUFXLFNBQVM7QUFDdEIsUUFBSSxTQUFTLE9BQVEsUUFBTyxFQUFFLElBQUksV0FBVyxTQUFTLE9BQU87QUFDN0QsV0FBTyxTQUFTLFNBQVMsRUFBRSxJQUFJLE9BQU8sSUFBSTtBQUFBLEVBQzVDO0FBQ0EsTUFBSSxPQUFPLFFBQVEsT0FBUSxZQUFZLFNBQVMsUUFBVSxRQUFPLEVBQUUsSUFBSSxPQUFPO0FBQzlFLE1BQUksU0FBVSxRQUFPLFNBQVMsU0FBUyxFQUFFLElBQUksT0FBTyxJQUFJO0FBQ3hELFNBQU8sTUFBTSxJQUFJLEtBQUs7QUFDeEI7QUFPTyxTQUFTLFdBQ2QsTUFDQSxLQUNBQyxTQUNNO0FBQ04sUUFBTSxZQUFZLENBQUMsVUFBa0MsTUFBTSxlQUFlLE1BQU0sWUFBWTtBQUM1RixNQUFJLE9BQU87QUFDWCxPQUFLO0FBQUEsSUFDSDtBQUFBLElBQ0EsQ0FBQyxVQUFVO0FBQ1QsVUFBSSxVQUFVLEtBQUssR0FBRztBQUNwQixlQUFPO0FBQ1A7QUFBQSxNQUNGO0FBQ0EsYUFBTztBQUNQLFlBQU0sVUFBVSxVQUFVLEtBQUs7QUFFL0IsWUFBTSxnQkFBZ0I7QUFDdEIsVUFBSSxZQUFZLFFBQVMsUUFBUSxPQUFPLFlBQVksU0FBUyxLQUFLLEVBQUk7QUFDdEUsWUFBTSxlQUFlO0FBQ3JCLFVBQUksQ0FBQyxNQUFNLFVBQVUsUUFBUSxPQUFPLFVBQVUsUUFBUSxPQUFPLE9BQVEsS0FBSSxTQUFTLElBQUk7QUFBQSxJQUN4RjtBQUFBLElBQ0EsRUFBRSxRQUFBQSxRQUFPO0FBQUEsRUFDWDtBQUNBLE9BQUs7QUFBQSxJQUNIO0FBQUEsSUFDQSxDQUFDLFVBQVU7QUFDVCxZQUFNLFVBQVUsVUFBVSxLQUFLO0FBQy9CLFlBQU0sZ0JBQWdCO0FBQ3RCLFVBQUksWUFBWSxLQUFNO0FBQ3RCLFVBQUksUUFBUSxDQUFDLFVBQVUsS0FBSyxFQUFHLEtBQUksU0FBUyxJQUFJO0FBQ2hELGFBQU87QUFDUCxVQUFJLFNBQVMsS0FBSztBQUFBLElBQ3BCO0FBQUEsSUFDQSxFQUFFLFFBQUFBLFFBQU87QUFBQSxFQUNYO0FBQ0Y7QUFFQSxTQUFTLFNBQVMsT0FBdUI7QUFDdkMsU0FBTyxNQUFNLGtCQUFrQjtBQUNqQzs7O0FDeEdPLElBQU0sUUFBUTtBQUFBLEVBQ25CLE9BQU87QUFBQSxFQUNQLFVBQVU7QUFBQSxFQUNWLEtBQUs7QUFBQSxFQUNMLE1BQU07QUFBQSxFQUNOLE1BQU07QUFBQSxFQUNOLE9BQU87QUFBQSxFQUNQLFFBQVE7QUFBQSxFQUNSLEtBQUs7QUFBQSxFQUNMLE9BQU87QUFBQSxFQUNQLE1BQU07QUFBQSxFQUNOLE9BQU87QUFBQSxFQUNQLFFBQVE7QUFDVjs7O0FDVk8sU0FBUyxPQUNkLFNBQ0FDLFNBQ21GO0FBQ25GLFFBQU0sUUFBUSxFQUFFLFFBQVEsRUFBRSxPQUFPLGtCQUFrQixDQUFDO0FBQ3BELFFBQU0sUUFBUSxFQUFFLFVBQVU7QUFBQSxJQUN4QixNQUFNO0FBQUEsSUFDTixPQUFPO0FBQUEsSUFDUCxjQUFjO0FBQUEsSUFDZCxPQUFPO0FBQUEsRUFDVCxDQUFDO0FBQ0QsUUFBTSxPQUFPLEtBQUssTUFBTSxLQUFLLENBQUM7QUFDOUIsUUFBTSxpQkFBaUIsU0FBUyxTQUFTLEVBQUUsUUFBQUEsUUFBTyxDQUFDO0FBQ25ELFFBQU0sVUFBVSxFQUFFLE9BQU8sRUFBRSxPQUFPLGFBQWEsTUFBTSxTQUFTLFFBQVEsS0FBSyxDQUFDO0FBQzVFLFVBQVEsT0FBTyxLQUFLLE1BQU0sS0FBSyxHQUFHLE9BQU8sS0FBSztBQUM5QyxTQUFPO0FBQUEsSUFDTDtBQUFBLElBQ0EsT0FBTyxNQUFNLGFBQWE7QUFDeEIsVUFBSSxNQUFNLGlCQUFpQixRQUFRLElBQUssT0FBTSxjQUFjLFFBQVE7QUFDcEUsY0FBUSxTQUFTLFNBQVM7QUFDMUIsWUFBTSxTQUFTLENBQUM7QUFBQSxJQUNsQjtBQUFBLEVBQ0Y7QUFDRjs7O0FDZk8sU0FBUyxZQUNkQyxRQUNBQyxTQUN1RjtBQUN2RixRQUFNLE9BQU8sRUFBRSxNQUFNLEVBQUUsT0FBTyxrQkFBa0IsQ0FBQztBQUNqRCxRQUFNLFVBQVUsRUFBRSxXQUFXLEVBQUUsT0FBTyxlQUFlLGNBQWMsbUJBQW1CLENBQUM7QUFDdkYsVUFBUSxPQUFPLEVBQUUsTUFBTSxDQUFDLEdBQUcsVUFBVSxHQUFHLElBQUk7QUFDNUMsUUFBTSxVQUFVLENBQUMsVUFBOEI7QUFDN0MsVUFBTSxNQUFNLE1BQU0sa0JBQWtCLFVBQVUsTUFBTSxPQUFPLFFBQVEsSUFBSSxJQUFJO0FBQzNFLElBQUFELE9BQU0sS0FBSyxRQUFRLFVBQVUsSUFBSTtBQUFBLEVBQ25DO0FBQ0EsT0FBSyxpQkFBaUIsZUFBZSxTQUFTLEVBQUUsUUFBQUMsUUFBTyxDQUFDO0FBQ3hELE9BQUssaUJBQWlCLGdCQUFnQixNQUFNRCxPQUFNLElBQUksR0FBRyxFQUFFLFFBQUFDLFFBQU8sQ0FBQztBQUNuRSxNQUFJLFFBQVE7QUFDWixTQUFPO0FBQUEsSUFDTDtBQUFBLElBQ0EsT0FBTyxVQUFVLFFBQVE7QUFDdkIsY0FBUSxTQUFTLFNBQVMsV0FBVztBQUNyQyxZQUFNLE9BQU8sU0FBUyxJQUFJLENBQUMsRUFBRSxRQUFRLE9BQU8sTUFBTTtBQUNoRCxjQUFNLFlBQVksUUFBUSxXQUFXLFNBQVMsUUFBUSxNQUFNLENBQUM7QUFDN0QsY0FBTSxRQUFRLGNBQWMsU0FBWSxLQUFLLFFBQVEsVUFBVSxNQUFNLE1BQU07QUFDM0UsZUFBTyxFQUFFLFFBQVEsTUFBTSxPQUFPLFNBQVMsVUFBVSxNQUFNO0FBQUEsTUFDekQsQ0FBQztBQUNELFlBQU0sTUFBTSxLQUFLLFVBQVUsS0FBSyxJQUFJLENBQUMsRUFBRSxRQUFRLE1BQU0sTUFBTSxNQUFNLENBQUMsT0FBTyxJQUFJLE1BQU0sS0FBSyxDQUFDLENBQUM7QUFDMUYsVUFBSSxRQUFRLE1BQU87QUFDbkIsY0FBUTtBQUNSLFdBQUs7QUFBQSxRQUNILEdBQUcsS0FBSyxJQUFJLENBQUMsRUFBRSxRQUFRLE1BQU0sTUFBTSxHQUFHLE1BQU07QUFDMUMsZ0JBQU0sU0FBUyxFQUFFLFFBQVEsRUFBRSxPQUFPLGFBQWEsR0FBRyxPQUFPLElBQUksQ0FBQyxDQUFDO0FBQy9ELGlCQUFPLE1BQU0sWUFBWSxlQUFlLElBQUksUUFBUSxPQUFPLEtBQUssQ0FBQyxDQUFDO0FBQ2xFLGdCQUFNLE1BQU07QUFBQSxZQUNWO0FBQUEsWUFDQSxDQUFDO0FBQUEsWUFDRDtBQUFBLFlBQ0EsRUFBRSxRQUFRLENBQUMsR0FBRyxJQUFJO0FBQUEsWUFDbEIsRUFBRSxRQUFRLEVBQUUsT0FBTyxXQUFXLEdBQUcsS0FBSztBQUFBLFVBQ3hDO0FBQ0EsdUJBQWEsS0FBSyxlQUFlLE9BQU8sRUFBRTtBQUMxQyxpQkFBTztBQUFBLFFBQ1QsQ0FBQztBQUFBLE1BQ0g7QUFBQSxJQUNGO0FBQUEsRUFDRjtBQUNGOzs7QUN2Q0EsSUFBTUMsUUFBTztBQUNiLElBQU1DLFNBQVE7QUFHUCxTQUFTLGNBQ2QsUUFDQSxTQUNBQyxTQUN1QjtBQUN2QixNQUFJLFVBQXFFO0FBRXpFLFFBQU0sUUFBUSxDQUFDLFVBQStCO0FBQzVDLFVBQU0sU0FBUyxPQUFPLHNCQUFzQjtBQUM1QyxXQUFPLFFBQVEsUUFBUSxLQUFLLEdBQUc7QUFBQSxNQUM3QixHQUFHLE1BQU0sVUFBVSxPQUFPO0FBQUEsTUFDMUIsR0FBRyxNQUFNLFVBQVUsT0FBTztBQUFBLElBQzVCLENBQUM7QUFBQSxFQUNIO0FBQ0EsUUFBTSxRQUFRLENBQUMsVUFBOEI7QUFDM0MsUUFBSSxZQUFZLFFBQVEsQ0FBQyxRQUFRLFFBQVEsRUFBRztBQUM1QyxRQUFJLE1BQU0sV0FBV0YsU0FBUSxNQUFNLFdBQVdDLE9BQU87QUFDckQsVUFBTUUsTUFBSyxNQUFNLEtBQUs7QUFDdEIsVUFBTSxPQUFPLFNBQVMsUUFBUSxLQUFLLEdBQUdBLEdBQUU7QUFDeEMsVUFBTSxZQUFZLENBQUMsT0FBc0I7QUFDdkMsWUFBTSxNQUFNLFNBQVMsUUFBUSxLQUFLLEdBQUcsRUFBRTtBQUN2QyxhQUFPLEtBQUssTUFBTSxJQUFJLElBQUksS0FBSyxHQUFHLElBQUksSUFBSSxLQUFLLENBQUM7QUFBQSxJQUNsRDtBQUNBLFVBQU0sVUFBVSxRQUFRLEtBQUs7QUFBQSxNQUMzQixFQUFFLElBQUFBLEtBQUksVUFBVSxRQUFRLFNBQVMsS0FBSyxHQUFHLFVBQVU7QUFBQSxNQUNuRCxRQUFRO0FBQUEsSUFDVjtBQUNBLGNBQVUsRUFBRSxJQUFJLE1BQU0sV0FBVyxRQUFRO0FBQ3pDLFdBQU8sa0JBQWtCLE1BQU0sU0FBUztBQUFBLEVBQzFDO0FBQ0EsUUFBTSxPQUFPLENBQUMsVUFBOEI7QUFDMUMsUUFBSSxTQUFTLE9BQU8sTUFBTSxVQUFXLFNBQVEsTUFBTSxRQUFRLFFBQVEsS0FBSyxNQUFNLEtBQUssQ0FBQyxDQUFDO0FBQUEsRUFDdkY7QUFDQSxRQUFNLFVBQVUsQ0FBQyxVQUE4QjtBQUM3QyxRQUFJLFNBQVMsT0FBTyxNQUFNLFVBQVc7QUFDckMsVUFBTSxFQUFFLFFBQVEsSUFBSTtBQUNwQixjQUFVO0FBQ1YsWUFBUSxNQUFNLElBQUk7QUFDbEIsWUFBUSxLQUFLLFFBQVEsUUFBUSxNQUFNLEtBQUssQ0FBQyxDQUFDO0FBQUEsRUFDNUM7QUFDQSxRQUFNLFNBQVMsTUFBZTtBQUM1QixRQUFJLFlBQVksS0FBTSxRQUFPO0FBQzdCLGNBQVU7QUFDVixZQUFRLE1BQU0sSUFBSTtBQUNsQixXQUFPO0FBQUEsRUFDVDtBQUVBLFNBQU8saUJBQWlCLGVBQWUsT0FBTyxFQUFFLFFBQUFELFFBQU8sQ0FBQztBQUN4RCxTQUFPLGlCQUFpQixlQUFlLE1BQU0sRUFBRSxRQUFBQSxRQUFPLENBQUM7QUFDdkQsU0FBTyxpQkFBaUIsYUFBYSxTQUFTLEVBQUUsUUFBQUEsUUFBTyxDQUFDO0FBQ3hELFNBQU8saUJBQWlCLGlCQUFpQixRQUFRLEVBQUUsUUFBQUEsUUFBTyxDQUFDO0FBQzNELFNBQU87QUFBQSxJQUNMO0FBQUEsSUFDQSxDQUFDLFVBQVU7QUFDVCxZQUFNLGVBQWU7QUFDckIsWUFBTSxnQkFBZ0I7QUFBQSxJQUN4QjtBQUFBLElBQ0EsRUFBRSxRQUFBQSxRQUFPO0FBQUEsRUFDWDtBQUNBLFNBQU8sRUFBRSxPQUFPO0FBQ2xCOzs7QUMxRUEsSUFBTSxRQUFRO0FBQUEsRUFDWixTQUFTO0FBQUEsRUFDVCxTQUFTO0FBQUEsRUFDVCxVQUFVO0FBQUEsRUFDVixPQUFPO0FBQUEsRUFDUCxPQUFPO0FBQUEsRUFDUCxRQUFRO0FBQUEsRUFDUixNQUFNO0FBQ1I7QUFDQSxJQUFNLFdBQVc7QUFBQSxFQUNmLFNBQVM7QUFBQSxFQUNULFNBQVM7QUFBQSxFQUNULFVBQVU7QUFBQSxFQUNWLE9BQU87QUFBQSxFQUNQLE9BQU87QUFBQSxFQUNQLFFBQVE7QUFBQSxFQUNSLE1BQU07QUFDUjtBQUVPLFNBQVMsYUFHZDtBQUNBLFFBQU0sV0FBVyxFQUFFLFFBQVEsRUFBRSxPQUFPLHFCQUFxQixDQUFDO0FBQzFELFFBQU1FLFNBQVEsRUFBRSxRQUFRLEVBQUUsT0FBTyxtQkFBbUIsQ0FBQztBQUNyRCxRQUFNLFFBQVEsRUFBRSxRQUFRLEVBQUUsT0FBTyxtQkFBbUIsQ0FBQztBQUNyRCxRQUFNLFFBQVEsRUFBRSxRQUFRLEVBQUUsT0FBTyxtQkFBbUIsQ0FBQztBQUNyRCxRQUFNLE1BQU0sRUFBRSxRQUFRLEVBQUUsT0FBTyxrQkFBa0IsUUFBUSxLQUFLLENBQUM7QUFDL0QsUUFBTSxVQUFVLEVBQUUsT0FBTyxFQUFFLE9BQU8sY0FBYyxNQUFNLFVBQVUsYUFBYSxTQUFTLENBQUM7QUFDdkYsVUFBUSxPQUFPLFVBQVVBLFFBQU8sT0FBTyxPQUFPLEdBQUc7QUFDakQsTUFBSSxRQUFRO0FBQ1osU0FBTztBQUFBLElBQ0w7QUFBQSxJQUNBLE9BQU8sUUFBUSxTQUFTO0FBQ3RCLFlBQU1DLFFBQU8sWUFBWSxTQUFVLFFBQVEsUUFBUSxZQUFhO0FBQ2hFLG1CQUFhLFNBQVMsYUFBYUEsS0FBSTtBQUN2QyxVQUFJLFVBQVUsU0FBU0EsS0FBSSxHQUFHO0FBQzVCLGdCQUFRLFNBQVNBLEtBQUk7QUFDckIsaUJBQVMsZ0JBQWdCLEtBQUssTUFBTSxTQUFTQSxLQUFJLENBQUMsQ0FBQyxDQUFDO0FBQUEsTUFDdEQ7QUFDQSxjQUFRRCxRQUFPLFFBQVEsU0FBUyxFQUFFO0FBQ2xDLFlBQU0sV0FBVyxZQUFZLFNBQVUsUUFBUSxZQUFZLE9BQVE7QUFDbkUsY0FBUSxPQUFPLE1BQU1DLEtBQUksQ0FBQztBQUMxQixjQUFRLE9BQU8sYUFBYSxPQUFPLEtBQUssR0FBRyxLQUFLLE1BQU0sV0FBVyxHQUFHLENBQUMsSUFBSTtBQUN6RSxtQkFBYSxTQUFTLFNBQVMsUUFBUSxRQUFRLElBQUk7QUFDbkQsVUFBSSxTQUFTLGFBQWEsUUFBUUEsVUFBUztBQUMzQyxVQUFJLE1BQU0sWUFBWSxrQkFBa0IsT0FBTyxZQUFZLENBQUMsQ0FBQztBQUFBLElBQy9EO0FBQUEsRUFDRjtBQUNGOzs7QUNsRE8sU0FBUyxZQUNkLE1BQ0EsT0FDQUMsU0FDWTtBQUNaLFFBQU0sU0FBUyxXQUFXLDhCQUE4QjtBQUN4RCxRQUFNLFVBQVUsTUFBWTtBQUMxQixVQUFNLFNBQVMsTUFBTTtBQUNyQixVQUFNLE9BQU8sV0FBVyxTQUFTLE9BQU8sU0FBUyxJQUFJLElBQUk7QUFDekQsU0FBSyxRQUFRLE9BQU8sTUFBTSxRQUFRO0FBQ2xDLFNBQUssUUFBUSxRQUNYLE1BQU0sVUFBVSxXQUFXLFNBQVUsT0FBTyxVQUFVLFNBQVMsVUFBVztBQUFBLEVBQzlFO0FBQ0EsU0FBTyxpQkFBaUIsVUFBVSxTQUFTLEVBQUUsUUFBQUEsUUFBTyxDQUFDO0FBQ3JELFFBQU0sVUFBVSxJQUFJLGlCQUFpQixPQUFPO0FBQzVDLFVBQVEsUUFBUSxTQUFTLE1BQU07QUFBQSxJQUM3QixZQUFZO0FBQUEsSUFDWixpQkFBaUIsQ0FBQyxTQUFTLHVCQUF1Qix3QkFBd0I7QUFBQSxFQUM1RSxDQUFDO0FBQ0QsRUFBQUEsUUFBTyxpQkFBaUIsU0FBUyxNQUFNLFFBQVEsV0FBVyxHQUFHLEVBQUUsTUFBTSxLQUFLLENBQUM7QUFDM0UsVUFBUTtBQUNSLFNBQU87QUFDVDtBQUVBLFNBQVMsT0FBTyxNQUFxRTtBQUNuRixRQUFNQyxXQUFVLEtBQUssUUFBUTtBQUM3QixNQUFJQSxhQUFZLFFBQVc7QUFDekIsV0FBTyxFQUFFLE1BQU0sV0FBVyxPQUFPQSxhQUFZLFVBQVUsU0FBUyxRQUFRO0FBQUEsRUFDMUU7QUFDQSxRQUFNLE9BQU8sS0FBSyxRQUFRO0FBQzFCLE1BQUksU0FBUyxRQUFXO0FBQ3RCLFdBQU8sRUFBRSxNQUFNLFVBQVUsT0FBTyxLQUFLLFNBQVMsT0FBTyxJQUFJLFVBQVUsT0FBTztBQUFBLEVBQzVFO0FBQ0EsU0FBTztBQUNUOzs7QUN4QkEsSUFBTSxVQUE4RTtBQUFBLEVBQ2xGLENBQUMsU0FBUyxTQUFTLG9CQUFvQixHQUFHO0FBQUEsRUFDMUMsQ0FBQyxZQUFZLFlBQVksMEJBQTBCLDZCQUE2QjtBQUFBLEVBQ2hGLENBQUMsT0FBTyxPQUFPLGNBQWMsd0JBQXdCO0FBQUEsRUFDckQsQ0FBQyxRQUFRLFFBQVEsUUFBUSxHQUFHO0FBQUEsRUFDNUIsQ0FBQyxRQUFRLFFBQVEsUUFBUSxTQUFTO0FBQUEsRUFDbEMsQ0FBQyxTQUFTLFNBQVMscUJBQXFCLEtBQUs7QUFBQSxFQUM3QyxDQUFDLFFBQVEsT0FBTyxrQkFBa0IsUUFBUTtBQUM1QztBQUNBLElBQU0sWUFBaUMsb0JBQUksSUFBSSxDQUFDLFFBQVEsTUFBTSxDQUFDO0FBQy9ELElBQU0sVUFBK0Isb0JBQUksSUFBSSxDQUFDLFNBQVMsWUFBWSxPQUFPLE1BQU0sQ0FBQztBQUUxRSxTQUFTLFFBQ2QsS0FDQSxRQUNBQyxTQUM2RDtBQUM3RCxRQUFNLFVBQVUsb0JBQUksSUFBK0I7QUFDbkQsUUFBTSxVQUFVLEVBQUUsT0FBTztBQUFBLElBQ3ZCLE9BQU87QUFBQSxJQUNQLE1BQU07QUFBQSxJQUNOLGNBQWM7QUFBQSxFQUNoQixDQUFDO0FBQ0QsYUFBVyxDQUFDLFFBQVEsU0FBUyxNQUFNLElBQUksS0FBSyxTQUFTO0FBQ25ELFFBQUksVUFBVSxJQUFJLE1BQU0sRUFBRyxTQUFRLE9BQU8sRUFBRSxRQUFRLEVBQUUsT0FBTyxVQUFVLENBQUMsQ0FBQztBQUN6RSxVQUFNLFNBQVMsRUFBRSxVQUFVO0FBQUEsTUFDekIsTUFBTTtBQUFBLE1BQ04sT0FBTztBQUFBLE1BQ1AsZUFBZTtBQUFBLE1BQ2YsY0FBYztBQUFBLE1BQ2QsT0FBTyxHQUFHLElBQUksS0FBSyxJQUFJO0FBQUEsSUFDekIsQ0FBQztBQUNELFdBQU8sT0FBTyxLQUFLLE1BQU0sT0FBTyxDQUFDLENBQUM7QUFDbEMsWUFBUSxJQUFJLFFBQVEsTUFBTTtBQUMxQixZQUFRLE9BQU8sTUFBTTtBQUFBLEVBQ3ZCO0FBQ0EsUUFBTUMsVUFBUyxFQUFFLFVBQVU7QUFBQSxJQUN6QixNQUFNO0FBQUEsSUFDTixPQUFPO0FBQUEsSUFDUCxlQUFlO0FBQUEsSUFDZixjQUFjO0FBQUEsSUFDZCxPQUFPO0FBQUEsRUFDVCxDQUFDO0FBQ0QsRUFBQUEsUUFBTyxPQUFPLEtBQUssTUFBTSxNQUFNLEdBQUcsRUFBRSxRQUFRLENBQUMsR0FBRyxRQUFRLENBQUM7QUFDekQsVUFBUSxJQUFJLFVBQVVBLE9BQU07QUFDNUIsVUFBUSxPQUFPQSxTQUFRLEVBQUUsUUFBUSxFQUFFLE9BQU8sWUFBWSxDQUFDLEdBQUcsTUFBTTtBQUNoRSxhQUFXLENBQUMsUUFBUSxNQUFNLEtBQUssU0FBUztBQUN0QyxXQUFPLGlCQUFpQixTQUFTLE1BQU0sSUFBSSxNQUFNLEdBQUcsRUFBRSxRQUFBRCxRQUFPLENBQUM7QUFBQSxFQUNoRTtBQUNBLFNBQU87QUFBQSxJQUNMO0FBQUEsSUFDQSxPQUFPLEVBQUUsTUFBTSxRQUFRLFFBQVEsR0FBRztBQUNoQyxpQkFBVyxDQUFDLFFBQVEsTUFBTSxLQUFLLFNBQVM7QUFDdEMsZUFBTyxXQUFXLENBQUMsUUFBUSxNQUFNO0FBQ2pDLFlBQUksQ0FBQyxRQUFRLElBQUksTUFBTSxFQUFHO0FBQzFCLGNBQU0sVUFBVSxXQUFXLFNBQVMsU0FBUyxXQUFXO0FBQ3hELHFCQUFhLFFBQVEsZ0JBQWdCLFVBQVUsU0FBUyxPQUFPO0FBQUEsTUFDakU7QUFBQSxJQUNGO0FBQUEsRUFDRjtBQUNGOzs7QUNwQ0EsSUFBTSxPQUFPO0FBQ2IsSUFBTSxTQUFTO0FBRVIsSUFBTSxPQUFOLE1BQVc7QUFBQSxFQUNQO0FBQUEsRUFDQTtBQUFBLEVBQ0E7QUFBQSxFQUNBO0FBQUEsRUFDQTtBQUFBLEVBQ0EsT0FBTyxJQUFJLGdCQUFnQjtBQUFBLEVBQzNCO0FBQUEsRUFDQSxVQUFVLFdBQVc7QUFBQSxFQUNyQjtBQUFBLEVBQ0E7QUFBQSxFQUNBO0FBQUEsRUFDQTtBQUFBLEVBQ0EsUUFBUSxVQUFVO0FBQUEsRUFDbEI7QUFBQSxFQUVULFlBQVk7QUFBQTtBQUFBLEVBQ1osV0FBVztBQUFBO0FBQUEsRUFDWCxPQUFPO0FBQUEsRUFDUCxVQUFVO0FBQUE7QUFBQSxFQUNWLFFBQVE7QUFBQTtBQUFBLEVBQ1IsV0FBVztBQUFBLEVBQ1gsV0FBMEI7QUFBQSxFQUMxQixXQUEwQjtBQUFBO0FBQUEsRUFDMUIsU0FBdUI7QUFBQSxFQUN2QixhQUE0QjtBQUFBLEVBQzVCO0FBQUEsRUFDQSxVQUF5QjtBQUFBO0FBQUEsRUFDekIsV0FBVztBQUFBLEVBQ1gsT0FBTztBQUFBLEVBQ0UsU0FBUyxJQUFJLFVBQVU7QUFBQSxFQUVoQyxZQUFZLElBQWlCLE9BQWMsT0FBY0UsU0FBcUI7QUFDNUUsU0FBSyxTQUFTO0FBQ2QsU0FBSyxTQUFTO0FBQ2QsVUFBTUMsT0FBTSxLQUFLLEtBQUs7QUFDdEIsU0FBSyxXQUFXLElBQUk7QUFBQSxNQUNsQixNQUFNO0FBQUEsTUFDTixNQUFNLEtBQUssVUFBVTtBQUFBLE1BQ3JCLENBQUMsUUFBUSxNQUFNLFNBQVMsR0FBRztBQUFBLElBQzdCO0FBQ0EsU0FBSyxXQUFXLFFBQVEsQ0FBQyxXQUFXLEtBQUssS0FBSyxNQUFNLEdBQUcsS0FBSyxRQUFRLFNBQVNBLElBQUc7QUFDaEYsU0FBSyxVQUFVLE9BQU8sTUFBTSxLQUFLLFNBQVMsR0FBR0EsSUFBRztBQUNoRCxTQUFLLGNBQWM7QUFBQSxNQUNqQixLQUFLO0FBQUEsTUFDTDtBQUFBLFFBQ0UsUUFBUSxDQUFDLFVBQVUsS0FBSyxNQUFNLE9BQU8sS0FBSyxRQUFRLEtBQUssQ0FBQztBQUFBLFFBQ3hELE9BQU8sQ0FBQyxVQUFVLEtBQUssS0FBSyxNQUFPLEtBQUssV0FBVyxLQUFNO0FBQUEsTUFDM0Q7QUFBQSxNQUNBQTtBQUFBLElBQ0Y7QUFDQSxTQUFLLFdBQVcsWUFBWSxDQUFDLFdBQVcsS0FBSyxLQUFLLE1BQU8sS0FBSyxXQUFXLE1BQU8sR0FBR0EsSUFBRztBQUN0RixTQUFLLFVBQVUsT0FBTyxNQUFNLEtBQUssS0FBSyxNQUFPLEtBQUssV0FBVyxDQUFDLEtBQUssUUFBUyxHQUFHQSxJQUFHO0FBQ2xGLFNBQUssU0FBUyxRQUFRO0FBQUEsTUFDcEIsU0FBUyxLQUFLLFNBQVM7QUFBQSxNQUN2QixRQUFRLEtBQUssUUFBUTtBQUFBLE1BQ3JCLE9BQU8sQ0FBQyxLQUFLLFlBQVksU0FBUyxLQUFLLFNBQVMsT0FBTztBQUFBLE1BQ3ZELE1BQU0sS0FBSyxNQUFNO0FBQUEsTUFDakIsUUFBUSxLQUFLLFFBQVE7QUFBQSxJQUN2QixDQUFDO0FBQ0QsVUFBTSxFQUFFLE1BQU0sT0FBQUMsUUFBTyxTQUFTLE1BQU0sSUFBSSxLQUFLO0FBQzdDLFNBQUssU0FBUyxJQUFJLE1BQU0sQ0FBQ0EsUUFBTyxTQUFTLEtBQUssR0FBRyxLQUFLLFFBQVE7QUFDOUQsT0FBRyxPQUFPLElBQUk7QUFDZCxTQUFLLFlBQVksS0FBSyxPQUFPLE9BQU8sTUFBTSxNQUFNLElBQUksUUFBUSxDQUFDO0FBQzdELFNBQUssV0FBVztBQUFBLE1BQ2Q7QUFBQSxNQUNBO0FBQUEsUUFDRSxNQUFNLE1BQU0sS0FBSztBQUFBLFFBQ2pCLE9BQU8sTUFBTSxLQUFLO0FBQUEsUUFDbEIsTUFBTSxNQUFPLE1BQU0sSUFBSSxNQUFNLE1BQU0sUUFBUSxNQUFNO0FBQUEsUUFDakQsVUFBVSxDQUFDLFdBQ1IsTUFBTSxXQUFXLEtBQUssTUFBTSxVQUFVLE1BQU0sYUFBYSxLQUFLO0FBQUEsUUFDakUsU0FBUyxNQUFNLEtBQUssT0FBTyxVQUFVLFFBQVEsTUFBTSxZQUFZO0FBQUEsUUFDL0QsT0FBTyxDQUFDLFVBQVUsS0FBSyxLQUFLLE1BQU8sS0FBSyxTQUFTLEtBQU07QUFBQSxRQUN2RCxNQUFNLENBQUMsU0FBUyxLQUFLLFVBQVUsSUFBSTtBQUFBLE1BQ3JDO0FBQUEsTUFDQUQ7QUFBQSxJQUNGO0FBQ0EsU0FBSyxRQUFRLE1BQU1BLElBQUc7QUFDdEIsVUFBTSxVQUFVLFlBQVksTUFBTSxNQUFNLE1BQU0sSUFBSSxPQUFPLEdBQUdBLElBQUc7QUFDL0QsVUFBTSxTQUFTLENBQUMsT0FBTyxHQUFHLE9BQU87QUFDakMsVUFBTSxTQUFTLENBQUMsVUFBVSxRQUFRLFNBQVMsR0FBRyxNQUFNLEtBQUssVUFBVSxDQUFDO0FBQ3BFLFVBQU0sU0FBUyxNQUFNLEtBQUssUUFBUSxHQUFHQSxJQUFHO0FBQ3hDLElBQUFELFFBQU8saUJBQWlCLFNBQVMsTUFBTSxLQUFLLE1BQU0sR0FBRyxFQUFFLE1BQU0sS0FBSyxDQUFDO0FBQ25FLFNBQUssVUFBVTtBQUFBLEVBQ2pCO0FBQUE7QUFBQSxFQUdBLFFBQWM7QUFDWixTQUFLLEtBQUssTUFBTTtBQUNoQix5QkFBcUIsS0FBSyxJQUFJO0FBQzlCLFNBQUssU0FBUyxNQUFNO0FBQ3BCLFNBQUssT0FBTyxLQUFLLE9BQU87QUFBQSxFQUMxQjtBQUFBLEVBRUEsSUFBSSxTQUFnQjtBQUNsQixXQUFPLFFBQVEsS0FBSyxPQUFPLEtBQUs7QUFBQSxFQUNsQztBQUFBLEVBRUEsSUFBSSxrQkFBMkI7QUFDN0IsV0FBTyxLQUFLLGNBQWMsS0FBSztBQUFBLEVBQ2pDO0FBQUEsRUFFQSxRQUFRLE1BQW1CQyxNQUF3QjtBQUNqRCxlQUFXLE1BQU0sQ0FBQyxTQUFTLFNBQVMsS0FBSyxTQUFTLFNBQVMsSUFBSSxHQUFHQSxJQUFHO0FBQ3JFLFVBQU0sTUFBTSxDQUFDLFVBQThDO0FBQ3pELFVBQUksTUFBTSxXQUFXLEtBQUssS0FBTSxNQUFLLEtBQUssTUFBTyxLQUFLLE9BQU8sTUFBTSxNQUFPO0FBQUEsSUFDNUU7QUFDQSxTQUFLLGlCQUFpQixXQUFXLEtBQUssRUFBRSxRQUFRQSxLQUFJLENBQUM7QUFDckQsU0FBSyxpQkFBaUIsU0FBUyxLQUFLLEVBQUUsUUFBUUEsS0FBSSxDQUFDO0FBQ25ELFNBQUssaUJBQWlCLGVBQWUsS0FBSyxFQUFFLFFBQVFBLEtBQUksQ0FBQztBQUN6RCxTQUFLLGlCQUFpQixZQUFZLE1BQU0sS0FBSyxLQUFLLE1BQU8sS0FBSyxRQUFRLEtBQU0sR0FBRyxFQUFFLFFBQVFBLEtBQUksQ0FBQztBQUc5RixVQUFNLFlBQVksQ0FBQyxRQUF1QixhQUFhLE1BQU0sZ0JBQWdCLEdBQUc7QUFDaEYsU0FBSyxpQkFBaUIsZUFBZSxNQUFNLFVBQVUsSUFBSSxHQUFHLEVBQUUsUUFBUUEsTUFBSyxTQUFTLEtBQUssQ0FBQztBQUMxRixTQUFLLGlCQUFpQixXQUFXLENBQUMsVUFBVSxNQUFNLFFBQVEsU0FBUyxVQUFVLEtBQUssR0FBRztBQUFBLE1BQ25GLFFBQVFBO0FBQUEsTUFDUixTQUFTO0FBQUEsSUFDWCxDQUFDO0FBQ0QsU0FBSyxPQUFPLE1BQU0saUJBQWlCLGVBQWUsTUFBTSxLQUFLLE1BQU0sRUFBRSxlQUFlLEtBQUssQ0FBQyxHQUFHO0FBQUEsTUFDM0YsUUFBUUE7QUFBQSxJQUNWLENBQUM7QUFDRCxVQUFNLFVBQVUsSUFBSSxlQUFlLE1BQU0sS0FBSyxVQUFVLENBQUM7QUFDekQsWUFBUSxRQUFRLElBQUk7QUFDcEIsSUFBQUEsS0FBSSxpQkFBaUIsU0FBUyxNQUFNLFFBQVEsV0FBVyxHQUFHLEVBQUUsTUFBTSxLQUFLLENBQUM7QUFDeEUsVUFBTSxjQUFjLE1BQVk7QUFDOUIsV0FBSyxVQUFVO0FBQ2YsaUJBQVcsZ0JBQWdCLE9BQU8sZ0JBQWdCLE9BQU8sRUFBRTtBQUFBLFFBQ3pEO0FBQUEsUUFDQTtBQUFBLFFBQ0EsRUFBRSxNQUFNLE1BQU0sUUFBUUEsS0FBSTtBQUFBLE1BQzVCO0FBQUEsSUFDRjtBQUNBLGdCQUFZO0FBQUEsRUFDZDtBQUFBLEVBRUEsS0FBSyxRQUEwQjtBQUM3QixXQUFPO0FBQ1AsU0FBSyxVQUFVO0FBQUEsRUFDakI7QUFBQSxFQUVBLE1BQU0sTUFBeUI7QUFDN0IsUUFBSSxTQUFTLFFBQVEsS0FBSyxPQUFPLFlBQVksT0FBUSxNQUFLLE9BQU8sS0FBSyxJQUFJO0FBQUEsRUFDNUU7QUFBQSxFQUVBLFVBQVUsTUFBeUI7QUFDakMsUUFBSSxTQUFTLEtBQU07QUFDbkIsU0FBSyxXQUFXO0FBQ2hCLFFBQUksS0FBSyxPQUFRLE1BQUssT0FBTyxJQUFJLE1BQU0sWUFBWSxJQUFJLENBQUM7QUFDeEQsU0FBSyxNQUFNLElBQUk7QUFBQSxFQUNqQjtBQUFBLEVBRUEsUUFBYztBQUNaLFFBQUksS0FBSyxPQUFPLFdBQVcsS0FBSyxPQUFPLFFBQVEsU0FBUyxFQUFHLE1BQUssT0FBTyxLQUFLO0FBQUEsRUFDOUU7QUFBQSxFQUVBLFFBQWM7QUFDWixRQUFJLEtBQUssT0FBTyxRQUFTLE1BQUssT0FBTyxLQUFLO0FBQUEsRUFDNUM7QUFBQSxFQUVBLFdBQWlCO0FBQ2YsU0FBSyxhQUFhLEtBQUs7QUFDdkIsU0FBSyxPQUFPLFNBQVMsSUFBSTtBQUN6QixTQUFLLFVBQVU7QUFDZixTQUFLLE9BQU8sS0FBSyxNQUFNLEVBQUUsZUFBZSxLQUFLLENBQUM7QUFBQSxFQUNoRDtBQUFBLEVBRUEsS0FBSyxRQUFzQjtBQUN6QixRQUFJLEtBQUssT0FBTyxZQUFZLFVBQVUsV0FBVyxPQUFRO0FBQ3pELFFBQUksV0FBVyxPQUFRLE1BQUssTUFBTTtBQUFBLGFBQ3pCLFdBQVcsT0FBUSxNQUFLLE1BQU07QUFBQSxhQUM5QixXQUFXLFFBQVMsTUFBSyxNQUFNLE1BQU0sS0FBSyxNQUFNLENBQUM7QUFBQSxhQUNqRCxXQUFXLFNBQVUsTUFBSyxNQUFNLE9BQU8sS0FBSyxNQUFNLENBQUM7QUFBQSxhQUNuRCxXQUFXLE9BQVEsTUFBSyxLQUFLLE1BQU8sS0FBSyxVQUFVLENBQUMsS0FBSyxPQUFRO0FBQUEsUUFDckUsTUFBSyxNQUFNLE1BQU07QUFBQSxFQUN4QjtBQUFBO0FBQUEsRUFHQSxJQUFJLFFBQWM7QUFDaEIsUUFBSSxLQUFLLE9BQU8sSUFBSSxNQUFNLE1BQU0sTUFBTyxRQUFPO0FBQzlDLFdBQU8sS0FBSyxvQkFBb0IsS0FBSyxPQUFPLGFBQWE7QUFBQSxFQUMzRDtBQUFBLEVBRUEsSUFBSSxTQUFrQjtBQUNwQixXQUFPLEtBQUssT0FBTyxZQUFZLFVBQVUsS0FBSyxPQUFPLFFBQVEsU0FBUztBQUFBLEVBQ3hFO0FBQUEsRUFFQSxNQUFNLE1BQWtCO0FBQ3RCLFNBQUssWUFBWSxTQUFTO0FBQzFCLFNBQUssV0FBVztBQUNoQixTQUFLLE9BQU8sSUFBSSxRQUFRLFNBQVMsUUFBUSxRQUFRLE9BQU87QUFDeEQsU0FBSyxVQUFVO0FBQUEsRUFDakI7QUFBQSxFQUVBLFNBQVMsU0FBa0IsTUFBcUI7QUFDOUMsUUFBSSxRQUFRLE9BQU8sT0FBUSxNQUFLLEtBQUssTUFBTyxLQUFLLFFBQVEsSUFBSztBQUFBLGFBQ3JELENBQUMsS0FBTTtBQUFBLGFBQ1AsUUFBUSxPQUFPLFNBQVUsTUFBSyxNQUFNLE9BQU8sS0FBSyxRQUFRLFFBQVEsS0FBSyxDQUFDO0FBQUEsYUFDdEUsUUFBUSxPQUFPLFdBQVksTUFBSyxNQUFNLFNBQVMsS0FBSyxNQUFNLENBQUM7QUFBQSxhQUMzRCxRQUFRLE9BQU8sT0FBUSxNQUFLLEtBQUssTUFBTyxLQUFLLFdBQVcsQ0FBQyxLQUFLLFFBQVM7QUFBQSxhQUN2RSxRQUFRLE9BQU8sT0FBUSxNQUFLLEtBQUssTUFBTyxLQUFLLFdBQVcsQ0FBQyxLQUFLLFFBQVM7QUFBQSxhQUN2RSxRQUFRLE9BQU8sU0FBVSxNQUFLLFFBQVE7QUFBQSxRQUMxQyxNQUFLLEtBQUssUUFBUSxFQUFFO0FBQUEsRUFDM0I7QUFBQTtBQUFBLEVBR0EsVUFBZ0I7QUFDZCxVQUFNLE9BQU8sTUFBTSxLQUFLLE1BQU07QUFDOUIsUUFBSSxLQUFLLFNBQVUsTUFBSyxLQUFLLE1BQU8sS0FBSyxXQUFXLEtBQU07QUFBQSxhQUNqRCxLQUFLLFNBQVMsT0FBTyxFQUFHO0FBQUEsYUFDeEIsU0FBUyxLQUFNLE1BQUssTUFBTSxJQUFJO0FBQUEsYUFDOUIsU0FBUyx5QkFBeUIsWUFBYSxVQUFTLGNBQWMsS0FBSztBQUFBLEVBQ3RGO0FBQUE7QUFBQSxFQUdBLFVBQWdCO0FBQ2QsVUFBTSxTQUFTLEtBQUssT0FBTyxRQUFRLE1BQU07QUFDekMsUUFBSSxXQUFXLFFBQVEsV0FBVyxLQUFLLFFBQVMsTUFBSyxVQUFVO0FBQUEsUUFDMUQsTUFBSyxPQUFPO0FBQUEsRUFDbkI7QUFBQSxFQUVBLFlBQWtCO0FBQ2hCLFFBQUksS0FBSyxTQUFTLEtBQUssS0FBSyxLQUFLLE9BQU8sUUFBUztBQUNqRCxTQUFLLE9BQU8sc0JBQXNCLE1BQU0sS0FBSyxPQUFPLENBQUM7QUFBQSxFQUN2RDtBQUFBO0FBQUEsRUFHQSxJQUFJLFNBQXdCO0FBQzFCLFVBQU0sRUFBRSxTQUFTLE9BQU8sT0FBTyxJQUFJLEtBQUs7QUFDeEMsUUFBSSxZQUFZLE9BQVEsUUFBTztBQUMvQixRQUFJLFVBQVUsS0FBTSxRQUFPO0FBQzNCLFFBQUksUUFBUSxTQUFTLFFBQVMsUUFBTyxPQUFPLFFBQVE7QUFDcEQsV0FBTyxZQUFZLFdBQVcsU0FBUztBQUFBLEVBQ3pDO0FBQUEsRUFFQSxTQUFlO0FBQ2IseUJBQXFCLEtBQUssSUFBSTtBQUM5QixTQUFLLE9BQU87QUFDWixVQUFNLFFBQVEsWUFBWSxJQUFJO0FBQzlCLFVBQU1FLFlBQVcsS0FBSyxPQUFPO0FBQzdCLFVBQU0sUUFBUSxLQUFLO0FBQ25CLFNBQUssWUFBWSxLQUFLLE9BQU8sT0FBTyxNQUFNLE9BQU8sS0FBSyxPQUFPLElBQUksUUFBUSxDQUFDO0FBQzFFLFVBQU0sUUFBUSxLQUFLLE9BQU8sS0FBS0EsV0FBVSxPQUFPLEtBQUssV0FBVztBQUFBLE1BQzlELFNBQVMsS0FBSyxJQUFJLEdBQUcsS0FBSyxJQUFJLEdBQUcsS0FBSyxPQUFPLElBQUksU0FBUyxDQUFDLENBQUM7QUFBQSxNQUM1RCxRQUFRLEtBQUssV0FBVyxLQUFLO0FBQUEsTUFDN0IsU0FBUyxLQUFLO0FBQUEsTUFDZCxTQUFTLEtBQUs7QUFBQSxNQUNkLE9BQU8sS0FBSztBQUFBLElBQ2QsQ0FBQztBQUNELFNBQUssVUFBVSxNQUFNO0FBQ3JCLFVBQU0sTUFBTSxZQUFZLElBQUk7QUFDNUIsUUFBSSxNQUFNLFdBQVcsUUFBUSxNQUFNLFdBQVc7QUFDNUMsV0FBSyxPQUFPLFNBQVMsTUFBTSxRQUFRLEtBQUssTUFBTSxLQUFLO0FBQ3JELFNBQUssYUFBYSxPQUFPLEtBQUs7QUFDOUIsU0FBSyxZQUFZO0FBQ2pCLFVBQU0sRUFBRSxLQUFLLElBQUksS0FBSztBQUN0QixTQUFLLFFBQVEsVUFBVSxPQUFPLEtBQUssT0FBTyxPQUFPO0FBQ2pELFNBQUssUUFBUSxVQUFVLE9BQU8sS0FBSyxRQUFRO0FBQzNDLFNBQUs7QUFBQSxNQUNILElBQUksWUFBWSxlQUFlO0FBQUEsUUFDN0IsU0FBUztBQUFBLFFBQ1QsUUFBUSxFQUFFLFNBQVMsS0FBSyxPQUFPLFNBQVMsUUFBUSxNQUFNLE9BQU87QUFBQSxNQUMvRCxDQUFDO0FBQUEsSUFDSDtBQUFBLEVBQ0Y7QUFBQSxFQUVBLGFBQWEsT0FBYyxFQUFFLE9BQUFELE9BQU0sR0FBZ0I7QUFDakQsVUFBTSxRQUFRLEtBQUs7QUFDbkIsVUFBTSxFQUFFLE1BQU0sUUFBUSxPQUFPLE9BQU8sUUFBUSxJQUFJO0FBQ2hELFVBQU0sUUFBUSxNQUFNLFlBQVk7QUFDaEMsVUFBTSxPQUFPLEtBQUs7QUFDbEIsVUFBTSxVQUFVLFNBQVMsUUFBUSxTQUFTLEtBQUssV0FBVztBQUMxRCxVQUFNLFFBQVEsVUFBVTtBQUN4QixVQUFNLFNBQVMsVUFBVSxPQUFPLElBQUksTUFBTSxRQUFRLE1BQU07QUFDeEQsU0FBSyxTQUFTLE9BQU87QUFBQSxNQUNuQjtBQUFBLE1BQ0EsUUFBUSxLQUFLO0FBQUEsTUFDYixTQUFTO0FBQUEsUUFDUCxPQUFPO0FBQUEsUUFDUCxVQUFVO0FBQUEsUUFDVixLQUFLO0FBQUEsUUFDTCxNQUFNLFVBQVUsTUFBTSxXQUFXLE1BQU0sUUFBUSxTQUFTO0FBQUEsUUFDeEQsTUFBTSxTQUFTLE1BQU07QUFBQSxRQUNyQixPQUFPLFNBQVMsUUFBUSxTQUFTO0FBQUEsUUFDakMsTUFBTSxVQUFVO0FBQUEsUUFDaEIsUUFBUSxTQUFTLFdBQVc7QUFBQSxNQUM5QjtBQUFBLElBQ0YsQ0FBQztBQUNELFNBQUssUUFBUSxPQUFPLE1BQU0sUUFBUSxNQUFNLE9BQU87QUFDL0MsVUFBTSxRQUFRLEtBQUs7QUFDbkIsUUFBSSxVQUFVLEtBQU0sTUFBSyxhQUFhO0FBQ3RDLFNBQUssUUFBUSxPQUFPLFVBQVUsS0FBSyxhQUFhLE9BQU8sT0FBTyxLQUFLO0FBQ25FLFNBQUssWUFBWSxPQUFPO0FBQUEsTUFDdEIsUUFBUTtBQUFBLE1BQ1I7QUFBQSxNQUNBLFFBQVEsU0FBUyxRQUFRLFVBQVUsT0FBTyxTQUFTLE1BQU0sS0FBSyxJQUFJO0FBQUEsTUFDbEUsT0FBQUE7QUFBQSxNQUNBO0FBQUEsTUFDQSxPQUFPLFFBQVEsTUFBTSxTQUFTLENBQUM7QUFBQSxNQUMvQixPQUFPLEtBQUssVUFBVTtBQUFBLE1BQ3RCLFFBQVEsS0FBSyxPQUFPLEtBQUssUUFBUSxVQUFVO0FBQUEsSUFDN0MsQ0FBQztBQUNELFVBQU0sV0FBVyxXQUFXLEtBQUssRUFBRSxJQUFJLENBQUMsWUFBWTtBQUFBLE1BQ2xEO0FBQUEsTUFDQSxRQUFRLFNBQVMsTUFBTSxPQUFPLE9BQU8sRUFBRTtBQUFBLElBQ3pDLEVBQUU7QUFDRixTQUFLLFNBQVMsT0FBTyxVQUFVLE1BQU07QUFDckMsU0FBSyxNQUFNLE9BQU8sS0FBSyxRQUFRO0FBQy9CLFVBQU0sUUFBUTtBQUFBLE1BQ1o7QUFBQSxNQUNBO0FBQUEsTUFDQSxPQUFPLEtBQUs7QUFBQSxNQUNaLFNBQVMsTUFBTTtBQUFBLE1BQ2YsU0FBUyxLQUFLLFdBQVc7QUFBQSxJQUMzQjtBQUNBLFNBQUssUUFBUSxPQUFPLE9BQU8sS0FBSyxHQUFHLEtBQUssT0FBTyxNQUFNO0FBQ3JELFNBQUssT0FBTyxLQUFLO0FBQUEsTUFDZjtBQUFBLE1BQ0EsU0FBUyxVQUFXLFFBQVEsR0FBRyxFQUFFLEtBQUssT0FBUTtBQUFBLE1BQzlDLE1BQU0sS0FBSztBQUFBLE1BQ1gsT0FBT0EsV0FBVTtBQUFBLE1BQ2pCLE9BQU8sTUFBTSxXQUFXLEtBQUssVUFBVTtBQUFBLE1BQ3ZDLFNBQVMsTUFBTTtBQUFBLElBQ2pCLENBQUM7QUFBQSxFQUNIO0FBQ0Y7OztBQ2xXQSxJQUFNLG1CQUFtQjtBQVVWLFNBQVIsU0FBNkM7QUFDbEQsUUFBTSxTQUFTLG9CQUFJLElBQW9CO0FBQ3ZDLFFBQU0sUUFBUSxDQUFDRSxXQUFvQ0EsT0FBTSxJQUFJLFNBQVMsS0FBSztBQUUzRSxTQUFPO0FBQUEsSUFDTCxXQUFXLEVBQUUsT0FBQUEsUUFBTyxRQUFBQyxRQUFPLEdBQTRCO0FBQ3JELFlBQU0sTUFBYyxFQUFFLE9BQU8sSUFBSSxNQUFNLE1BQU0sQ0FBQyxHQUFHLFFBQUFBLFNBQVEsTUFBTSxLQUFLO0FBQ3BFLFlBQU0sTUFBTSxNQUFNRCxNQUFLO0FBQ3ZCLGFBQU8sSUFBSSxLQUFLLEdBQUc7QUFDbkIsTUFBQUMsUUFBTyxpQkFBaUIsU0FBUyxNQUFNLE9BQU8sT0FBTyxHQUFHLEdBQUcsRUFBRSxNQUFNLEtBQUssQ0FBQztBQUV6RSxZQUFNLFFBQVEsTUFBWSxLQUFLLElBQUksTUFBTSxLQUFLLENBQUMsU0FBUyxLQUFLLE1BQU0sQ0FBQztBQUNwRSxNQUFBRCxPQUFNLEdBQUcsb0JBQW9CLEtBQUs7QUFDbEMsTUFBQUMsUUFBTyxpQkFBaUIsU0FBUyxNQUFNRCxPQUFNLElBQUksb0JBQW9CLEtBQUssR0FBRyxFQUFFLE1BQU0sS0FBSyxDQUFDO0FBQUEsSUFDN0Y7QUFBQSxJQUVBLE9BQU8sRUFBRSxPQUFBQSxRQUFPLElBQUksUUFBQUMsU0FBUSxLQUFLLEdBQXdCO0FBQ3ZELFlBQU0sTUFBTSxPQUFPLElBQUksTUFBTUQsTUFBSyxDQUFDO0FBQ25DLFVBQUksUUFBUSxPQUFXLE9BQU0sSUFBSSxNQUFNLDhDQUE4QztBQUNyRixVQUFJLFNBQVMsT0FBT0EsUUFBTyxJQUFJLEVBQUUsS0FBSyxDQUFDLFNBQVMsSUFBSSxLQUFLLElBQUksT0FBTyxNQUFNLElBQUksTUFBTSxDQUFDO0FBQ3JGLFlBQU0sT0FBTyxJQUFJLEtBQUssSUFBSSxJQUFJLE9BQU8sUUFBUUEsUUFBT0MsT0FBTSxHQUFHQSxPQUFNO0FBQ25FLGFBQU8sTUFBTSxLQUFLLE1BQU07QUFBQSxJQUMxQjtBQUFBLEVBQ0Y7QUFDRjtBQUdBLGVBQWUsT0FBT0QsUUFBeUIsTUFBdUM7QUFDcEYsUUFBTSxVQUFVQSxPQUFNLElBQUksU0FBUztBQUNuQyxNQUFJLE9BQU8sWUFBWSxZQUFZLFNBQVMsUUFBVztBQUNyRCxRQUFJO0FBQ0YsWUFBTSxRQUFRLE1BQU0sUUFBUSxLQUFLO0FBQUEsUUFDL0IsS0FBSyxVQUFxQyxPQUFPO0FBQUEsUUFDakQsSUFBSSxRQUFjLENBQUMsWUFBWSxXQUFXLE1BQU0sUUFBUSxJQUFJLEdBQUcsZ0JBQWdCLENBQUM7QUFBQSxNQUNsRixDQUFDO0FBQ0QsWUFBTSxPQUFPLE9BQU87QUFDcEIsVUFBSSxNQUFNLFNBQVMsVUFBYSxLQUFLLFdBQVcsT0FBVyxRQUFPO0FBQUEsSUFDcEUsUUFBUTtBQUFBLElBRVI7QUFBQSxFQUNGO0FBQ0EsU0FBTyxPQUFPQSxNQUFLO0FBQ3JCO0FBR0EsU0FBUyxRQUFRQSxRQUFpQkMsU0FBNEI7QUFDNUQsU0FBTztBQUFBLElBQ0wsS0FBSyxDQUFDLFNBQVNELE9BQU0sSUFBSSxJQUFJO0FBQUEsSUFDN0IsSUFBSSxNQUFNLE9BQU87QUFDZixNQUFBQSxPQUFNLElBQUksTUFBTSxLQUFLO0FBQ3JCLE1BQUFBLE9BQU0sYUFBYTtBQUFBLElBQ3JCO0FBQUEsSUFDQSxTQUFTLE9BQU8sVUFBVTtBQUN4QixpQkFBVyxRQUFRLE9BQU87QUFDeEIsUUFBQUEsT0FBTSxHQUFHLFVBQVUsSUFBSSxJQUFJLFFBQVE7QUFDbkMsUUFBQUMsUUFBTyxpQkFBaUIsU0FBUyxNQUFNRCxPQUFNLElBQUksVUFBVSxJQUFJLElBQUksUUFBUSxHQUFHO0FBQUEsVUFDNUUsTUFBTTtBQUFBLFFBQ1IsQ0FBQztBQUFBLE1BQ0g7QUFBQSxJQUNGO0FBQUEsRUFDRjtBQUNGOzs7QUNwRU8sSUFBTSxhQUFOLE1BQWlCO0FBQUEsRUFDYjtBQUFBLEVBQ0EsWUFBWSxvQkFBSSxJQUFjO0FBQUEsRUFDdkMsWUFBc0I7QUFBQSxFQUN0QixXQUFXO0FBQUEsRUFDWCxRQUFnQixDQUFDO0FBQUEsRUFDakIsUUFBZ0IsQ0FBQztBQUFBLEVBQ2pCLFNBQVMsb0JBQUksSUFBb0I7QUFBQSxFQUNqQyxTQUFTLG9CQUFJLElBQXdCO0FBQUEsRUFDckMsV0FBVyxvQkFBSSxJQUFvQjtBQUFBLEVBRW5DLFlBQVksV0FBc0I7QUFDaEMsU0FBSyxZQUFZO0FBQ2pCLFFBQUksVUFBVSxNQUFNLFdBQVcsRUFBRztBQUNsQyxTQUFLLE9BQU8sSUFBSSxTQUFTLFVBQVUsS0FBSztBQUN4QyxVQUFNLEVBQUUsT0FBTyxPQUFPLElBQUk7QUFDMUIsU0FBSyxZQUFZO0FBQUEsTUFDZjtBQUFBLE1BQ0EsT0FBTyxDQUFDLEVBQUUsTUFBTSxTQUFTLElBQUksU0FBUyxRQUFRLFNBQVMsT0FBTyxPQUFPLENBQUMsQ0FBQztBQUFBLElBQ3pFO0FBQUEsRUFDRjtBQUFBLEVBRUEsUUFBUSxTQUF5QjtBQUMvQixRQUFJLEtBQUssVUFBVSxLQUFNO0FBQ3pCLFFBQUksUUFBUSxTQUFTLFFBQVMsTUFBSyxVQUFVLFFBQVEsUUFBUSxRQUFRLElBQUk7QUFDekUsUUFBSSxRQUFRLFNBQVMsV0FBVyxRQUFRLFNBQVMsT0FBUTtBQUN6RCxVQUFNLEVBQUUsUUFBUSxJQUFJLElBQUk7QUFDeEIsUUFBSSxRQUFRLEtBQUssT0FBTyxJQUFJLE1BQU0sS0FBSyxHQUFJO0FBQzNDLFNBQUssT0FBTyxJQUFJLFFBQVEsR0FBRztBQUMzQixVQUFNLEtBQUssRUFBRSxRQUFRLElBQUk7QUFDekIsUUFBSSxRQUFRLFNBQVMsUUFBUTtBQUMzQixXQUFLLE1BQU0sS0FBSyxPQUFPLEtBQUssV0FBVyxRQUFRLElBQUksQ0FBQztBQUNwRCxXQUFLLFFBQVEsQ0FBQztBQUNkLFdBQUssU0FBUyxRQUFRLE1BQU0sRUFBRTtBQUFBLElBQ2hDLE9BQU87QUFDTCxZQUFNLENBQUMsTUFBTSxFQUFFLElBQ2IsUUFBUSxTQUFTLFNBQVMsQ0FBQyxLQUFLLE9BQU8sS0FBSyxLQUFLLElBQUksQ0FBQyxLQUFLLE9BQU8sS0FBSyxLQUFLO0FBQzlFLFlBQU0sT0FBTyxLQUFLLElBQUk7QUFDdEIsVUFBSSxTQUFTLFFBQVc7QUFDdEIsYUFBSyxNQUFNLEVBQUUsTUFBTSxVQUFVLElBQUksUUFBUSxLQUFLLEtBQUssNEJBQTRCLENBQUM7QUFDaEY7QUFBQSxNQUNGO0FBQ0EsU0FBRyxLQUFLLE9BQU8sS0FBSyxXQUFXLElBQUksQ0FBQztBQUNwQyxXQUFLLFNBQVMsTUFBTSxFQUFFO0FBQUEsSUFDeEI7QUFDQSxTQUFLLE9BQU87QUFBQSxFQUNkO0FBQUEsRUFFQSxLQUFLLFFBQXNCO0FBQ3pCLFNBQUssTUFBTSxNQUFNO0FBQUEsRUFDbkI7QUFBQSxFQUVBLE9BQU8sS0FBbUI7QUFDeEIsU0FBSyxNQUFNLEVBQUUsTUFBTSxVQUFVLElBQUksTUFBTSxLQUFLLE1BQU0sSUFBSSxDQUFDO0FBQUEsRUFDekQ7QUFBQSxFQUVBLFVBQVUsSUFBWSxNQUFvQjtBQUN4QyxVQUFNLFFBQVEsQ0FBQyxHQUFHLEtBQUssT0FBTyxLQUFLLENBQUM7QUFDcEMsVUFBTSxVQUFzQjtBQUFBLE1BQzFCLE1BQU07QUFBQSxNQUNOO0FBQUEsTUFDQTtBQUFBLE1BQ0EsS0FBSyxLQUFLLE9BQU8sSUFBSSxFQUFFLEtBQUs7QUFBQSxNQUM1QixTQUFTLEtBQUs7QUFBQSxNQUNkLFVBQVUsT0FBTyxZQUFZLEtBQUssU0FBUztBQUFBLE1BQzNDO0FBQUEsTUFDQSxVQUFVLEtBQUssTUFBTSxTQUFTO0FBQUEsTUFDOUIsVUFBVSxLQUFLLE1BQU0sU0FBUztBQUFBLE1BQzlCLFFBQVEsS0FBSyxVQUFVO0FBQUEsSUFDekI7QUFDQSxTQUFLLE1BQU0sU0FBUyxLQUFLO0FBQUEsRUFDM0I7QUFBQSxFQUVBLFNBQVMsTUFBWSxJQUFpQixRQUFrQixDQUFDLEdBQVM7QUFDaEUsU0FBSyxZQUFZLE1BQU0sS0FBSyxXQUFXLElBQUk7QUFDM0MsU0FBSyxZQUFZO0FBQ2pCLFVBQU0sTUFBTSxFQUFFLFVBQVUsS0FBSyxNQUFNLFNBQVMsR0FBRyxVQUFVLEtBQUssTUFBTSxTQUFTLEVBQUU7QUFDL0UsU0FBSyxNQUFNLEVBQUUsTUFBTSxTQUFTLFNBQVMsS0FBSyxVQUFVLE1BQU0sSUFBSSxPQUFPLEdBQUcsSUFBSSxHQUFHLEtBQUs7QUFBQSxFQUN0RjtBQUFBLEVBRUEsTUFBTSxTQUFxQixRQUEyQixDQUFDLEdBQVM7QUFDOUQsVUFBTSxVQUFVLE1BQU0sSUFBSSxDQUFDLFNBQVM7QUFDbEMsWUFBTSxRQUFRLEtBQUssT0FBTyxJQUFJLElBQUksS0FBSyxJQUFJLFdBQVc7QUFDdEQsYUFBTyxJQUFJLFNBQVMsTUFBTSxRQUFRLE1BQU0sWUFBWSxNQUFNLFVBQVU7QUFBQSxJQUN0RSxDQUFDO0FBQ0QsZUFBVyxNQUFNO0FBQ2YsaUJBQVcsWUFBWSxDQUFDLEdBQUcsS0FBSyxTQUFTLEVBQUcsVUFBUyxnQkFBZ0IsT0FBTyxHQUFHLE9BQU87QUFBQSxJQUN4RixHQUFHLENBQUM7QUFBQSxFQUNOO0FBQUEsRUFFQSxTQUFlO0FBQ2IsUUFBSSxDQUFDLE9BQU8sU0FBUyxLQUFLLFVBQVUsS0FBSyxFQUFHO0FBQzVDLFVBQU0sT0FBTyxDQUFDLEdBQUcsS0FBSyxVQUFVLE9BQU8sQ0FBQyxFQUFFLEtBQUssQ0FBQyxRQUFRLElBQUksU0FBUyxZQUFZLENBQUMsSUFBSSxNQUFNO0FBQzVGLFFBQUksU0FBUyxPQUFXO0FBQ3hCLFVBQU0sVUFBVSxDQUFDLEdBQUcsS0FBSyxVQUFVLE9BQU8sQ0FBQyxFQUFFO0FBQUEsTUFDM0MsQ0FBQyxTQUFTLElBQUksU0FBUyxXQUFXLElBQUksU0FBUyxVQUFVLElBQUksV0FBVyxLQUFLO0FBQUEsSUFDL0U7QUFDQSxVQUFNLEtBQUssUUFBUSxJQUFJLENBQUMsV0FBVyxPQUFPLEVBQUU7QUFDNUMsUUFBSSxHQUFHLFdBQVcsRUFBRztBQUNyQixVQUFNLE1BQU0sR0FBRyxLQUFLO0FBQ3BCLGVBQVcsTUFBTTtBQUNmLFlBQU0sUUFBUSxLQUFLLFNBQVMsSUFBSSxHQUFHLEtBQUssS0FBSyxRQUFRLEtBQUssSUFBSSxJQUFJLE9BQU87QUFDekUsV0FBSyxTQUFTLElBQUksS0FBSyxLQUFLO0FBQzVCLFlBQU0sU0FBUyxNQUFNLFdBQVcsSUFBSSxDQUFDLGNBQWMsVUFBVSxJQUFJO0FBQ2pFLFdBQUssU0FBUyxPQUFPLENBQUMsS0FBSyxDQUFDLEdBQUcsTUFBTSxNQUFNO0FBQUEsSUFDN0MsR0FBRyxLQUFLLFVBQVUsS0FBSztBQUFBLEVBQ3pCO0FBQUEsRUFFQSxRQUFRLFFBQWdCLElBQWMsU0FBdUM7QUFDM0UsVUFBTSxFQUFFLE9BQU8sUUFBUSxRQUFRLE9BQUFFLE9BQU0sSUFBSSxLQUFLO0FBQzlDLFVBQU0sUUFBUSxRQUFRLENBQUM7QUFDdkIsVUFBTSxDQUFDLElBQUksRUFBRSxJQUNYLE9BQU8sU0FBUyxVQUNaLENBQUMsTUFBTSxHQUFHLE1BQU0sQ0FBQyxJQUNqQixPQUFPLFNBQVMsUUFDZCxFQUFFLE1BQU0sS0FBSyxNQUFNLE1BQU0sSUFBSSxNQUFNLEtBQUssTUFBTSxNQUFNLENBQUMsSUFDckQsQ0FBQyxHQUFHLENBQUM7QUFDYixVQUFNLE9BQU8sQ0FBQyxVQUNaLEtBQUssTUFBTSxLQUFLLE1BQU0sQ0FBQyxHQUFHLEtBQUssTUFBTSxDQUFDLENBQUMsS0FBSyxNQUFNLENBQUMsSUFBSSxNQUFNLENBQUMsS0FBSztBQUNyRSxVQUFNLFFBQVEsQ0FBQyxHQUFHLE1BQU0sRUFBRSxLQUFLLENBQUMsR0FBRyxNQUFNLEtBQUssQ0FBQyxJQUFJLEtBQUssQ0FBQyxDQUFDLEVBQUUsTUFBTSxHQUFHLENBQUM7QUFDdEUsVUFBTSxLQUFLLENBQUMsR0FBRyxNQUFNLEVBQUUsQ0FBQyxJQUFJLEVBQUUsQ0FBQyxJQUFJLEVBQUUsQ0FBQyxJQUFJLEVBQUUsQ0FBQyxDQUFDO0FBQzlDLFVBQU0sUUFBUSxDQUFDLFNBQVMsUUFBUSxTQUFTO0FBQ3pDLFVBQU0sU0FBUyxDQUFDLE9BQU8sT0FBTyxLQUFLO0FBQ25DLFVBQU0sY0FBYyxDQUFDLE1BQU0sTUFBTSxJQUFJO0FBQ3JDLFVBQU0sYUFBYSxNQUFNLElBQUksQ0FBQyxPQUFPLE1BQU07QUFDekMsWUFBTSxFQUFFLE9BQU8sS0FBSyxJQUFJLFFBQVEsT0FBTyxRQUFRLE9BQU8sT0FBTztBQUM3RCxZQUFNLE9BQU8sTUFBTTtBQUNuQixXQUFLLE9BQU8sSUFBSSxNQUFNLEtBQUs7QUFDM0IsYUFBTztBQUFBLFFBQ0wsTUFBTSxNQUFNLENBQUMsS0FBSztBQUFBLFFBQ2xCO0FBQUEsUUFDQSxPQUFPLE9BQU8sQ0FBQyxLQUFLO0FBQUEsUUFDcEIsV0FBVyxZQUFZLENBQUMsS0FBSztBQUFBLFFBQzdCO0FBQUEsTUFDRjtBQUFBLElBQ0YsQ0FBQztBQUNELFVBQU0sVUFBVSxLQUFLLElBQUlBLFFBQU8sSUFBSSxJQUFJO0FBQ3hDLFdBQU8sRUFBRSxNQUFNLFVBQVUsSUFBSSxNQUFNLEdBQUcsUUFBUSxJQUFJLFlBQVksTUFBTSxHQUFHLFFBQVE7QUFBQSxFQUNqRjtBQUNGO0FBR0EsU0FBUyxRQUNQLE9BQ0EsUUFDQSxDQUFDLElBQUksSUFBSSxJQUFJLElBQUksSUFBSSxHQUNyQixTQUNxQztBQUNyQyxRQUFNLFFBQVEsUUFBUSxPQUFPLENBQUMsUUFBUSxJQUFJLFNBQVMsV0FBVyxDQUFDLElBQUksUUFBUTtBQUMzRSxRQUFNLEtBQUssQ0FBQyxHQUFXLE1BQXVCO0FBQzVDLFVBQU0sTUFBTSxJQUFJLE1BQU0sS0FBSyxJQUFJLElBQUksS0FBSyxJQUFJLE1BQU0sS0FBSyxJQUFJLElBQUk7QUFDL0QsVUFBTSxNQUFNLElBQUksTUFBTSxLQUFLLElBQUksSUFBSSxLQUFLLElBQUksTUFBTSxLQUFLLElBQUksSUFBSTtBQUMvRCxVQUFNLFFBQVEsS0FBSyxNQUFNLElBQUksRUFBRTtBQUMvQixVQUFNLE9BQU8sSUFBSSxPQUFPLEtBQUssSUFBSSxRQUFRLENBQUM7QUFDMUMsU0FBSyxLQUFLLE9BQU8sS0FBSyxLQUFLLE9BQU8sSUFBSSxLQUFNLFFBQU87QUFDbkQsV0FBTyxDQUFDLE1BQU0sS0FBSyxDQUFDLFNBQVMsS0FBSyxTQUFTLFdBQVcsS0FBSyxNQUFNLElBQUksS0FBSyxHQUFHLElBQUksS0FBSyxDQUFDLElBQUksRUFBRTtBQUFBLEVBQy9GO0FBQ0EsUUFBTSxRQUFRLEtBQUssSUFBSSxJQUFJLEVBQUUsSUFBSTtBQUNqQyxRQUFNLEtBQUssS0FBSyxJQUFJLEdBQUcsS0FBSyxNQUFNLEtBQUssS0FBSyxDQUFDO0FBQzdDLFFBQU0sS0FBSyxLQUFLLElBQUksT0FBTyxLQUFLLEtBQUssS0FBSyxLQUFLLENBQUM7QUFDaEQsUUFBTSxLQUFLLEtBQUssSUFBSSxHQUFHLEtBQUssTUFBTSxLQUFLLEtBQUssQ0FBQztBQUM3QyxRQUFNLEtBQUssS0FBSyxJQUFJLFFBQVEsS0FBSyxLQUFLLEtBQUssS0FBSyxDQUFDO0FBQ2pELFFBQU0sT0FBaUIsQ0FBQztBQUN4QixNQUFJLFFBQVE7QUFDWixNQUFJLE1BQU07QUFDVixNQUFJLE9BQU87QUFDWCxXQUFTLElBQUksSUFBSSxJQUFJLElBQUksS0FBSztBQUM1QixhQUFTLElBQUksSUFBSSxJQUFJLElBQUksS0FBSztBQUM1QixZQUFNLE1BQU0sR0FBRyxJQUFJLEtBQUssSUFBSSxHQUFHO0FBQy9CLFVBQUksSUFBSyxTQUFRO0FBQ2pCLFVBQUksUUFBUSxPQUFPO0FBQ2pCLGFBQUssS0FBSyxHQUFHO0FBQ2IsY0FBTTtBQUNOLGdCQUFRO0FBQUEsTUFDVjtBQUNBLGFBQU87QUFBQSxJQUNUO0FBQUEsRUFDRjtBQUNBLE9BQUssS0FBSyxHQUFHO0FBQ2IsU0FBTztBQUFBLElBQ0wsT0FBTyxJQUFJLFdBQVcsWUFBWSxHQUFHLE9BQU8sUUFBUSxJQUFJLElBQUksSUFBSSxJQUFJLEdBQUcsSUFBSSxFQUFFLE1BQU07QUFBQSxJQUNuRjtBQUFBLEVBQ0Y7QUFDRjs7O0FDak1BLElBQU0sUUFBUSxJQUFJLGdCQUFnQixTQUFTLE1BQU07QUFDakQsSUFBTSxPQUFRLE1BQU0sSUFBSSxRQUFRLEtBQUs7QUFDckMsSUFBTSxRQUFnQztBQUFBLEVBQ3BDLFNBQVM7QUFBQSxFQUNULFVBQVU7QUFBQSxFQUNWLE9BQU87QUFBQSxFQUNQLE9BQU8sTUFBTSxJQUFJLE1BQU0sS0FBSztBQUM5QjtBQUVBLElBQU0sU0FBUztBQUFBLEVBQ2IsQ0FBQyxLQUFLLEtBQUssS0FBSyxLQUFLLENBQUM7QUFBQSxFQUN0QixDQUFDLEtBQUssS0FBSyxLQUFLLEtBQUssR0FBRztBQUFBLEVBQ3hCLENBQUMsS0FBSyxLQUFLLElBQUksSUFBSSxDQUFDO0FBQUEsRUFDcEIsQ0FBQyxLQUFLLEtBQUssSUFBSSxJQUFJLElBQUk7QUFBQSxFQUN2QixDQUFDLEtBQUssS0FBSyxJQUFJLElBQUksSUFBSTtBQUFBLEVBQ3ZCLENBQUMsS0FBSyxLQUFLLElBQUksSUFBSSxFQUFJO0FBQUEsRUFDdkIsQ0FBQyxJQUFJLElBQUksSUFBSSxJQUFJLEdBQUc7QUFBQSxFQUNwQixDQUFDLElBQUksSUFBSSxJQUFJLElBQUksR0FBRztBQUFBLEVBQ3BCLENBQUMsSUFBSSxJQUFJLElBQUksSUFBSSxHQUFHO0FBQ3RCO0FBRUEsZUFBZSxRQUFRLEtBQTRFO0FBQ2pHLFFBQU0sUUFBUSxJQUFJLFdBQVcsT0FBTyxNQUFNLE1BQU0sR0FBRyxHQUFHLFlBQVksQ0FBQztBQUNuRSxRQUFNLFVBQVUsTUFBTSxrQkFBa0IsSUFBSSxLQUFLLENBQUMsS0FBSyxDQUFDLENBQUM7QUFDekQsU0FBTyxFQUFFLE9BQU8sT0FBTyxRQUFRLE9BQU8sUUFBUSxRQUFRLE9BQU87QUFDL0Q7QUFFQSxJQUFNLE9BQU8sRUFBRSxPQUFPLElBQUksV0FBVyxHQUFHLE9BQU8sR0FBRyxRQUFRLEVBQUU7QUFDNUQsSUFBTSxXQUFXLE1BQU0sSUFBSSxPQUFPO0FBQ2xDLElBQU0sUUFBUSxhQUFhLE9BQU8sT0FBTyxNQUFNLFFBQVEsUUFBUTtBQUMvRCxJQUFNLFFBQVEsTUFBTSxJQUFJLE9BQU87QUFDL0IsSUFBTSxTQUFTLElBQUksV0FBVztBQUFBLEVBQzVCLE9BQU8sTUFBTTtBQUFBLEVBQ2IsUUFBUSxNQUFNO0FBQUEsRUFDZCxPQUFPLE1BQU07QUFBQSxFQUNiLE9BQU8sVUFBVSxVQUFVLE9BQU8sb0JBQW9CLE9BQU8sU0FBUyxFQUFFO0FBQUEsRUFDeEUsTUFBTSxNQUFNLElBQUksTUFBTTtBQUFBLEVBQ3RCLFFBQVEsT0FBTyxJQUFJLENBQUMsQ0FBQyxHQUFHLEdBQUcsSUFBSSxJQUFJLElBQUksTUFBTTtBQUMzQyxVQUFNLElBQUksTUFBTSxRQUFRO0FBQ3hCLFdBQU8sQ0FBQyxJQUFJLEdBQUcsSUFBSSxHQUFHLEtBQUssR0FBRyxLQUFLLEdBQUcsSUFBSTtBQUFBLEVBQzVDLENBQUM7QUFBQSxFQUNELFFBQVE7QUFBQSxJQUNOLE1BQU07QUFBQSxJQUNOO0FBQUEsSUFDQSxVQUFVLFNBQVMsYUFBYSxPQUFPO0FBQUEsSUFDdkMsTUFBTSxNQUFNLElBQUksS0FBSztBQUFBLElBQ3JCLE9BQU87QUFBQSxFQUNUO0FBQ0YsQ0FBQztBQUdELFNBQVMsWUFBcUQ7QUFDNUQsUUFBTSxTQUFTLG9CQUFJLElBQXFCO0FBQUEsSUFDdEMsQ0FBQyxVQUFVLE9BQU8sTUFBTSxJQUFJLFFBQVEsS0FBSyxHQUFHLENBQUM7QUFBQSxJQUM3QyxDQUFDLFFBQVEsTUFBTSxJQUFJLE1BQU0sS0FBSyxPQUFPO0FBQUEsSUFDckMsQ0FBQyxTQUFTLE1BQU0sSUFBSSxPQUFPLEtBQUssTUFBTTtBQUFBLElBQ3RDLENBQUMsV0FBVyxPQUFPLE1BQU0sSUFBSSxTQUFTLEtBQUssR0FBRyxDQUFDO0FBQUEsSUFDL0MsQ0FBQyxXQUFXLElBQUk7QUFBQSxFQUNsQixDQUFDO0FBQ0QsUUFBTSxXQUFXLG9CQUFJLElBQWlEO0FBQ3RFLFNBQU8sVUFBVSxJQUFJLENBQUMsU0FBUyxZQUFZO0FBQ3pDLGVBQVcsV0FBVyxTQUFTLElBQUksWUFBWSxLQUFLLENBQUMsRUFBRyxTQUFRLFNBQVMsT0FBTztBQUFBLEVBQ2xGLENBQUM7QUFDRCxTQUFPO0FBQUEsSUFDTCxLQUFLLENBQUMsU0FBaUIsT0FBTyxJQUFJLElBQUk7QUFBQSxJQUN0QyxJQUFJLE1BQWMsT0FBZ0I7QUFDaEMsYUFBTyxJQUFJLE1BQU0sS0FBSztBQUN0QixpQkFBVyxXQUFXLFNBQVMsSUFBSSxVQUFVLElBQUksRUFBRSxLQUFLLENBQUMsRUFBRyxTQUFRO0FBQUEsSUFDdEU7QUFBQSxJQUNBLGVBQWU7QUFBQSxJQUFDO0FBQUEsSUFDaEIsTUFBTSxDQUFDLFlBQXNCLE9BQU8sUUFBUSxnQkFBZ0IsT0FBTyxDQUFDO0FBQUEsSUFDcEUsR0FBRyxNQUFjLFNBQXlDO0FBQ3hELFlBQU0sUUFBUSxTQUFTLElBQUksSUFBSSxLQUFLLG9CQUFJLElBQUk7QUFDNUMsZUFBUyxJQUFJLE1BQU0sTUFBTSxJQUFJLE9BQU8sQ0FBQztBQUFBLElBQ3ZDO0FBQUEsSUFDQSxJQUFJLE1BQWMsU0FBeUM7QUFDekQsZUFBUyxJQUFJLElBQUksR0FBRyxPQUFPLE9BQU87QUFBQSxJQUNwQztBQUFBLElBQ0EsS0FBSyxNQUFjO0FBQ2pCLGlCQUFXLFdBQVcsU0FBUyxJQUFJLElBQUksS0FBSyxDQUFDLEVBQUcsU0FBUTtBQUFBLElBQzFEO0FBQUEsSUFDQSxnQkFBZ0I7QUFBQSxFQUNsQjtBQUNGO0FBRUEsSUFBTSxVQUFVLE1BQU0sSUFBSSxTQUFTO0FBQ25DLElBQUksWUFBWSxLQUFNLFVBQVMsS0FBSyxRQUFRLGVBQWUsWUFBWSxVQUFVLFNBQVM7QUFDMUYsSUFBTSxPQUFPLFNBQVMsY0FBYyxPQUFPO0FBQzNDLElBQU0sUUFBUSxVQUFVO0FBQ3hCLElBQU0sTUFBTSxJQUFJLGdCQUFnQjtBQUNoQyxJQUFNLFVBQVUsT0FBTztBQUN2QixJQUFNLGFBQWEsT0FBTyxZQUFZLGFBQWEsTUFBTSxRQUFRLElBQUk7QUFDckUsSUFBTSxTQUFTLElBQUk7QUFDbkIsTUFBTSxXQUFXLGFBQWEsRUFBRSxPQUFPLE9BQU8sQ0FBVTtBQUN4RCxTQUFTLElBQUksR0FBRyxJQUFJLE9BQU8sTUFBTSxJQUFJLE9BQU8sS0FBSyxDQUFDLEdBQUcsS0FBSztBQUN4RCxRQUFNLEtBQUssU0FBUyxjQUFjLEtBQUs7QUFDdkMsTUFBSSxNQUFNLElBQUksT0FBTyxFQUFHLElBQUcsTUFBTSxRQUFRLEdBQUcsTUFBTSxJQUFJLE9BQU8sQ0FBQztBQUM5RCxLQUFHLE1BQU0sZUFBZTtBQUN4QixRQUFNLE9BQU8sRUFBRTtBQUNmLFFBQU0sV0FBVyxTQUFTLEVBQUUsT0FBTyxJQUFJLE9BQU8sQ0FBVTtBQUMxRDtBQUNBLE9BQU8sT0FBTyxRQUFRLEVBQUUsUUFBUSxPQUFPLElBQUksQ0FBQzsiLAogICJuYW1lcyI6IFsibW9kZWwiLCAic2lnbmFsIiwgImRvY3VtZW50IiwgImRvY3VtZW50IiwgInNpZ25hbCIsICJkb2N1bWVudCIsICJzaWduYWwiLCAiY3NzIiwgInBob3RvIiwgInBvaW50IiwgImJveCIsICJkb2N1bWVudCIsICJwaG90byIsICJhbnN3ZXIiLCAiYXQiLCAiY2VsbCIsICJib3giLCAicGhvdG8iLCAic2lnbmFsIiwgImFza2VkIiwgImRlY29kZSIsICJzaWduYWwiLCAiRU1QVFkiLCAicGhvdG8iLCAiY2FyZCIsICJib3giLCAiYXQiLCAid2hhdCIsICJzaWduYWwiLCAic2lnbmFsIiwgInBvaW50IiwgInNpZ25hbCIsICJMRUZUIiwgIlJJR0hUIiwgInNpZ25hbCIsICJhdCIsICJtb2RlbCIsICJ3aGF0IiwgInNpZ25hbCIsICJqdXB5dGVyIiwgInNpZ25hbCIsICJhY2NlcHQiLCAic2lnbmFsIiwgImVuZCIsICJwaG90byIsICJkb2N1bWVudCIsICJtb2RlbCIsICJzaWduYWwiLCAiZGVsYXkiXQp9Cg==
