// Generated from sam_widget/widget/protocol.py by `python js/typegen.py`; do not edit.
// Every message between a page and the kernel, and the records that they carry. Types, and what
// of them a page must know while it runs.

export const PROTOCOL = 5;

/**
 * The picture that the objects lie in; `source` is the blob that shows it.
 *
 * Of one that is too large to be shown so, more can be had in tiles: of `depth` levels, each
 * half as fine as the one before, the first in the picture's own pixels. 0: the source is all.
 */
export interface Image {
  readonly type: "image";
  readonly id: string;
  readonly source: string;
  readonly width: number;
  readonly height: number;
  readonly depth: number;
}

/**
 * One thing in the image.
 *
 * `color` is its place in the palette, `choice` the candidate that a person picked (null: the
 * model's best). `locked` says that it is accepted; the one object that is not is open, and
 * clicks go to it. Both may be said before the answer is there, and hold when it comes.
 * `threshold` is the logit that its masks are cut at, 0 being the model's own border; lower
 * makes them larger. While it is `protected` nothing of it changes but its place in the list.
 * `parent` is the object that it is a part of; one that is gone counts as null.
 */
export interface Object {
  readonly type: "object";
  readonly id: string;
  readonly image: string;
  readonly label: string;
  readonly color: number;
  readonly choice: number | null;
  readonly locked: boolean;
  readonly order: number;
  readonly threshold: number;
  readonly protected: boolean;
  readonly parent: string | null;
}

/** A prompt: x y in image pixels, pixel centres at .5; `positive` on the thing or off it. */
export interface Point {
  readonly type: "point";
  readonly id: string;
  readonly object: string;
  readonly x: number;
  readonly y: number;
  readonly positive: boolean;
}

/**
 * A prompt: a box around the thing or a piece of it, image pixels, x0 < x1 and y0 < y1.
 *
 * Of several each is asked for, and what comes of them is one mask.
 */
export interface Box {
  readonly type: "box";
  readonly id: string;
  readonly object: string;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/**
 * A prompt: a free line drawn over the thing, or with `positive` false over what is not it.
 *
 * `path` is x, y, x, y, ... of its points in image pixels, pixel centres at .5, `width` how
 * broad it was drawn, in pixels.
 */
export interface Stroke {
  readonly type: "stroke";
  readonly id: string;
  readonly object: string;
  readonly path: readonly number[];
  readonly width: number;
  readonly positive: boolean;
}

/**
 * A prompt: a mask of the thing, as far as it is known.
 *
 * `blob` holds its run lengths, `width` and `height` are the image's, in pixels. `logits`
 * is null, or the blob of the logits that were given: float16 on a square grid that the image's
 * longer side spans, the image in its upper left corner. `nbytes` counts the bytes of both.
 */
export interface MaskPrompt {
  readonly type: "mask";
  readonly id: string;
  readonly object: string;
  readonly blob: string;
  readonly logits: string | null;
  readonly width: number;
  readonly height: number;
  readonly nbytes: number;
}

/**
 * A prompt: look here from nearer. Image pixels, x0 < x1 and y0 < y1.
 *
 * The model sees this part of the image at its own resolution, and the mask becomes finer there.
 */
export interface Window {
  readonly type: "window";
  readonly id: string;
  readonly object: string;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/**
 * A correction: a stroke that adds pixels, or with `positive` false takes them away.
 *
 * `path` is x, y, x, y, ... of the points of a line, in image pixels, pixel centres at .5, which
 * may leave the image by the stroke's `width`, in pixels. A pixel is in the stroke when its
 * centre is no farther than half the width from the line, or when a point of the line is in it.
 */
export interface Brush {
  readonly type: "brush";
  readonly id: string;
  readonly object: string;
  readonly path: readonly number[];
  readonly width: number;
  readonly positive: boolean;
}

/**
 * A correction: holes of fewer pixels than `holes` are filled, smaller `islands` dropped.
 *
 * Both count pixels; with 0 nothing happens. Pixels that touch at a side or a corner belong
 * together. Of islands that are all smaller the largest stays; an image is never filled whole.
 */
export interface CleanUp {
  readonly type: "cleanup";
  readonly id: string;
  readonly object: string;
  readonly islands: number;
  readonly holes: number;
}

/** How a region was made: what an audit asks. Whatever nobody knows stays empty. */
export interface Made {
  readonly model: string;
  readonly fingerprint: string;
  readonly candidate: number | null;
  readonly seconds: number | null;
  readonly clicks: number | null;
  readonly pixels_by_hand: number | null;
  readonly stage: string;
}

/**
 * A prompt that a mask came of elsewhere: no model is asked with it again.
 *
 * `places` is x, y, x, y, ... in image pixels: of a point, of a box's or window's two corners,
 * of a stroke's points; `width` is a stroke's.
 */
export interface Asked {
  readonly kind: "point" | "box" | "stroke" | "window";
  readonly places: readonly number[];
  readonly width: number;
  readonly positive: boolean;
}

/**
 * What is known of a mask that came from elsewhere; null and empty where nobody said.
 *
 * `predicted_iou` and `stability_score` are 0..1.
 */
export interface Known {
  readonly predicted_iou: number | null;
  readonly stability_score: number | null;
  readonly made: Made | null;
  readonly asked: readonly Asked[];
}

/**
 * A correction: another mask is put together with the object's.
 *
 * With "unite" its pixels are added, with "subtract" they are taken away, with "intersect" only
 * they stay. `blob` holds its run lengths, `nbytes` their bytes; `width` and `height` are
 * the image's, in pixels; `known` is what came with it. An object that has one that unites and
 * nothing else is that mask, exact to the pixel, and no model is asked.
 */
export interface Combine {
  readonly type: "combine";
  readonly id: string;
  readonly object: string;
  readonly how: "unite" | "subtract" | "intersect";
  readonly blob: string;
  readonly width: number;
  readonly height: number;
  readonly nbytes: number;
  readonly known: Known | null;
}

/**
 * One of an Answer's masks.
 *
 * `blob` holds its run lengths, `score` is the predicted IoU and `stability` the stability
 * score (0..1 both), `area` counts pixels of the image.
 */
export interface Candidate {
  readonly name: string;
  readonly blob: string;
  readonly score: number;
  readonly stability: number;
  readonly area: number;
}

/**
 * What the model said about an object.
 *
 * It is true exactly while `of` equals the ids of the object's prompts, in the document's order,
 * and `threshold` the object's. `best` is the candidate that leads until a person picks one,
 * `seconds` what it took, `model` the fingerprint of who said it, empty where unknown.
 */
export interface Answer {
  readonly type: "answer";
  readonly id: string;
  readonly object: string;
  readonly of: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly best: number;
  readonly seconds: number;
  readonly threshold: number;
  readonly model: string;
}

/** What a document holds. */
export type AnyRecord = Image | Object | Point | Box | Stroke | MaskPrompt | Window | Brush | CleanUp | Combine | Answer;

/** What a person says of an object, one class a kind. */
export type Prompt = Point | Box | Stroke | MaskPrompt | Window;

/** What a person does to a mask by hand. */
export type Correction = Brush | CleanUp | Combine;

/**
 * A page asks for a snapshot: at its start, after a gap, and when an answer is overdue.
 *
 * `call` counts the page's hellos from 1; the snapshot that answers carries it. `seq` is the
 * last of its pushes, undos and redos that the page no longer waits for, 0 at the start;
 * `version` is that of the document it holds, -1 for none.
 */
export interface Hello {
  readonly type: "hello";
  readonly client: string;
  readonly call: number;
  readonly seq: number;
  readonly version: number;
  readonly protocol: number;
}

/** A change of a document. */
export interface Edit {
  readonly put: { readonly [id: string]: AnyRecord };
  readonly drop: readonly string[];
  readonly group: string | null;
}

/**
 * A page's edit; `seq` counts the page's pushes, undos and redos together, 1, 2, 3.
 *
 * `version` is that of the document it was made on, -1 for none: where others have changed it
 * since, the kernel does what was meant. `blobs` are those that its prompts bring along.
 */
export interface Push {
  readonly type: "push";
  readonly client: string;
  readonly seq: number;
  readonly edit: Edit;
  readonly version: number;
  readonly blobs: readonly string[];
}

/** Undo the last step, whoever made it; counted as a push. */
export interface Undo {
  readonly type: "undo";
  readonly client: string;
  readonly seq: number;
}

/** Do the last undone step again; counted as a push. */
export interface Redo {
  readonly type: "redo";
  readonly client: string;
  readonly seq: number;
}

/** A page lacks blobs that its document mentions. */
export interface Need {
  readonly type: "need";
  readonly client: string;
  readonly blobs: readonly string[];
}

/**
 * What would an edit give, were it made? Not counted, and of all that wait the newest wins.
 *
 * `seq` is the page's own count of these, `version` that of the document that it looks at: on
 * a later one the question is moot.
 */
export interface Peek {
  readonly type: "peek";
  readonly client: string;
  readonly seq: number;
  readonly version: number;
  readonly edit: Edit;
}

/** A page wants to cut an object's mask itself: what the model said of candidate `choice`. */
export interface AskLogits {
  readonly type: "ask_logits";
  readonly client: string;
  readonly object: string;
  readonly choice: number;
}

/** A page wants to know which click would settle most of what the open object's masks say. */
export interface AskNext {
  readonly type: "ask_next";
  readonly client: string;
}

/**
 * A page looks at a part of a picture of which there are tiles, and lacks these.
 *
 * `at` is column, row, column, row, ... of tiles of one `level`, the most wanted first; level
 * 0 has the picture's own pixels, each further one half as many along each side. They take the
 * place of what the page asked for before. `seen` is what of the picture is seen: x0, y0, x1, y1
 * in its pixels, where the model may look ahead; empty while it goes on moving.
 */
export interface AskTiles {
  readonly type: "ask_tiles";
  readonly client: string;
  readonly image: string;
  readonly level: number;
  readonly at: readonly number[];
  readonly seen: readonly number[];
}

/** Things like this `object` shall be found; null: like those that are known, or the last. */
export interface Liken {
  readonly type: "liken";
  readonly client: string;
  readonly object: string | null;
}

/** Mask `index` of a hunt is none of them; null: the one refused last is proposed again. */
export interface Refuse {
  readonly type: "refuse";
  readonly client: string;
  readonly hunt: string;
  readonly index: number | null;
}

/** No more of them shall be looked for; `close` says that what was found may go too. */
export interface Leave {
  readonly type: "leave";
  readonly client: string;
  readonly close: boolean;
}

/** A page wants all of a hunt that it knows, with every mask; "" for whichever there is. */
export interface Lack {
  readonly type: "lack";
  readonly client: string;
  readonly hunt: string;
}

/** The model shall try again what it failed with; not counted, and nothing where it did not. */
export interface Retry {
  readonly type: "retry";
  readonly client: string;
}

/** Everything shall be found, on a grid of so many spots a side; null: as many as usual. */
export interface Seek {
  readonly type: "seek";
  readonly client: string;
  readonly side: number | null;
}

/** Nothing more shall be sought; `close` says that what was found may go too. */
export interface Stop {
  readonly type: "stop";
  readonly client: string;
  readonly close: boolean;
}

/** The filters, in the order in which they are asked; any finite numbers will do. */
export interface Sieve {
  readonly predicted_iou: number;
  readonly stability: number;
  readonly area: number;
  readonly overlap: number;
}

/** The filters of what was found are these now; `seq` is the page's own count of them. */
export interface Sift {
  readonly type: "sift";
  readonly client: string;
  readonly seq: number;
  readonly sieve: Sieve;
}

/** A page has so many spots of a survey ("" for none), and wants the rest, or another's. */
export interface More {
  readonly type: "more";
  readonly client: string;
  readonly survey: string;
  readonly have: number;
}

/** The simulated annotator shall make its next click; nothing where there is no truth. */
export interface Annotate {
  readonly type: "annotate";
  readonly client: string;
}

/**
 * Objects shall be put together: merged, the others taken from the first, or what is common.
 *
 * With "parts" the open object's candidates become an object with parts.
 */
export interface Arrange {
  readonly type: "arrange";
  readonly client: string;
  readonly how: "merge" | "subtract" | "intersect" | "parts";
  readonly objects: readonly string[];
}

/** What is accepted shall be written to a new folder, as `w.export` writes it. */
export interface Export {
  readonly type: "export";
  readonly client: string;
  readonly format: "sa1b" | "coco" | "labelme" | "geojson" | "yolo" | "voc" | "label_image" | "npz" | "cutouts";
}

/**
 * A page shows these places of the strip, and lacks the small pictures of some of them.
 *
 * They are made one by one, and come later; asked again, those that are no longer wanted are not.
 */
export interface AskSlides {
  readonly type: "ask_slides";
  readonly client: string;
  readonly first: number;
  readonly count: number;
  readonly lacks: readonly number[];
}

/** A photo shall be shown. */
export interface GoTo {
  readonly type: "go_to";
  readonly client: string;
  readonly name: string;
}

/** The photo so many places further shall be shown, of those that the filter leaves. */
export interface Leaf {
  readonly type: "leaf";
  readonly client: string;
  readonly by: number;
}

/** Whether photos are reviewed, and which of them are shown. */
export interface Review {
  readonly type: "review";
  readonly client: string;
  readonly reviewing: boolean;
  readonly only: "" | "open" | "done" | "accept" | "fail" | "defer";
}

/** A verdict on a photo, and then the next one; "" takes it back and stays. */
export interface Judge {
  readonly type: "judge";
  readonly client: string;
  readonly name: string;
  readonly verdict: "" | "accept" | "fail" | "defer";
}

/** A reviewer's note on a photo. */
export interface Remark {
  readonly type: "remark";
  readonly client: string;
  readonly name: string;
  readonly note: string;
}

/** What a page says to the kernel. */
export type FromPage = Hello | Push | Undo | Redo | Need | Peek | AskLogits | AskNext | AskTiles | Liken | Refuse | Leave | Lack | Retry | Seek | Stop | Sift | More | Annotate | Arrange | Export | AskSlides | GoTo | Leaf | Review | Judge | Remark;

/** How the model is; `progress` runs from 0 to 1, null where nobody knows how far. */
export interface Status {
  readonly type: "status";
  readonly what: "loading" | "encoding" | "ready" | "error";
  readonly progress: number | null;
  readonly text: string;
  readonly model: string;
}

/**
 * The whole document for the page `to`, with every blob that it mentions.
 *
 * Taken when `call` is the page's latest and still open, whatever the version. Pending steps up
 * to `seq` are settled (in the document or rejected); the page sends the later ones again.
 */
export interface Snapshot {
  readonly type: "snapshot";
  readonly to: string;
  readonly call: number;
  readonly seq: number;
  readonly version: number;
  readonly document: { readonly [id: string]: AnyRecord };
  readonly blobs: readonly string[];
  readonly can_undo: boolean;
  readonly can_redo: boolean;
  readonly status: Status;
}

/** Who asked for a change: a page, and its own count of what it asked. */
export interface Origin {
  readonly client: string;
  readonly seq: number;
}

/**
 * One change, for every page; it applies at `version` - 1 only.
 *
 * `by` names the push that it answers, null when Python or the model made it. A blob rides with
 * every patch that puts a record which mentions it: a page keeps those of its document only.
 */
export interface Patch {
  readonly type: "patch";
  readonly version: number;
  readonly edit: Edit;
  readonly by: Origin | null;
  readonly blobs: readonly string[];
  readonly can_undo: boolean;
  readonly can_redo: boolean;
}

/**
 * A page's push `seq` was refused; `why` is one sentence for people.
 *
 * `seq` is null when the message told none, `to` when nobody knows who sent it.
 */
export interface Reject {
  readonly type: "reject";
  readonly to: string | null;
  readonly seq: number | null;
  readonly why: string;
}

/** The bytes that the page `to` needed, as far as the kernel has them. */
export interface Blobs {
  readonly type: "blobs";
  readonly to: string;
  readonly blobs: readonly string[];
}

/**
 * The answer to the page `to`'s peek `seq`: the open object's mask, and its predicted IoU.
 *
 * `blobs` is the one that would lead, whose bytes ride along and belong to no document; nothing
 * where there is nothing to be seen, or a newer peek has come.
 */
export interface Peeked {
  readonly type: "peeked";
  readonly to: string;
  readonly seq: number;
  readonly score: number;
  readonly blobs: readonly string[];
}

/**
 * A candidate's low-resolution logits, before any cut, for the page `to`.
 *
 * The one buffer holds `samples` x `samples` int16, little-endian, row by row; times `step`
 * they are logits. They are those of the answer to the prompts `of`. The grid spans a square of
 * `side`, of which the image takes `width` x `height` in the upper left corner.
 */
export interface Logits {
  readonly type: "logits";
  readonly to: string;
  readonly object: string;
  readonly of: readonly string[];
  readonly choice: number;
  readonly samples: number;
  readonly side: number;
  readonly width: number;
  readonly height: number;
  readonly step: number;
  readonly blobs: readonly string[];
}

/** A click where candidates do not agree. */
export interface NextClick {
  readonly x: number;
  readonly y: number;
  readonly positive: boolean;
  readonly keeps: readonly number[];
  readonly area: number;
}

/**
 * The click that would settle most, for the page `to`; null where the masks agree.
 *
 * It is of the answer of this id, null where there is none.
 */
export interface Next {
  readonly type: "next";
  readonly to: string;
  readonly answer: string | null;
  readonly click: NextClick | null;
}

/**
 * A place that was asked about, x y in image pixels, and what a click there gives.
 *
 * `best` is the candidate that leads.
 */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly candidates: readonly Candidate[];
  readonly best: number;
}

/** How far a survey is: spots asked about, of all; `why` says in a sentence why no further. */
export interface Reach {
  readonly done: number;
  readonly total: number;
  readonly what: "running" | "done" | "stopped" | "failed";
  readonly why: string;
}

/**
 * What a survey has found since, from its spot number `first` on; "" names none: forget all.
 *
 * `to` is null for all pages. A page with a gap asks for more. `by` says which page's filters
 * these are, null for Python's or the model's own. `blobs` are the masks' run lengths.
 */
export interface Surveyed {
  readonly type: "surveyed";
  readonly to: string | null;
  readonly survey: string;
  readonly first: number;
  readonly spots: readonly Spot[];
  readonly reach: Reach;
  readonly sieve: Sieve;
  readonly by: Origin | null;
  readonly blobs: readonly string[];
}

/**
 * A mask that is proposed: what a click at x y gives as its candidate `choice`.
 *
 * `score` is `likeness` times predicted IoU; `index` counts the masks that have come up.
 */
export interface Proposed {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly choice: number;
  readonly blob: string;
  readonly score: number;
  readonly likeness: number;
  readonly predicted_iou: number;
  readonly area: number;
}

/**
 * All that is proposed now, the likest first; `hunt` "" names none: forget all.
 *
 * `to` is null for all pages. `label` and `color` are the example's, and those that are
 * accepted get them. `clicks` have given `objects` so far, examples among them. `blobs` are
 * the masks' run lengths that pages have not been told; one that lacks others asks for them.
 */
export interface Likened {
  readonly type: "likened";
  readonly to: string | null;
  readonly hunt: string;
  readonly label: string;
  readonly color: number;
  readonly proposals: readonly Proposed[];
  readonly refused: number;
  readonly clicks: number;
  readonly objects: number;
  readonly reach: Reach;
  readonly blobs: readonly string[];
}

/**
 * One tile for the page `to`, a JPEG; no blob where the file cannot be read there.
 *
 * A tile is 512 px wide and high, less at the picture's right and lower sides.
 */
export interface Tile {
  readonly type: "tile";
  readonly to: string;
  readonly image: string;
  readonly level: number;
  readonly column: number;
  readonly row: number;
  readonly blobs: readonly string[];
}

/** What was assumed when the `image` was read, in sentences; none where nothing was. */
export interface Assumed {
  readonly type: "assumed";
  readonly image: string;
  readonly said: readonly string[];
}

/**
 * The true mask of the `image`, as a teacher gave it; no blob: there is none, or no more.
 *
 * The one blob's bytes are its run lengths; they ride along and belong to no document.
 */
export interface Truth {
  readonly type: "truth";
  readonly image: string;
  readonly blobs: readonly string[];
}

/** A mask beside the true one; each 0..1, and 1 where both are empty. */
export interface Agreement {
  readonly iou: number;
  readonly dice: number;
  readonly boundary: number;
}

/**
 * How the open `object` stands beside the truth, "" where nothing of it can be judged.
 *
 * `shown` is the mask that is seen, `candidates` are those of the `answer` as the model drew
 * them. `course` is the IoU after each of its clicks, null where it never had so many; `race`
 * the simulated annotator's, who began with nothing, as far as it has come.
 */
export interface Judged {
  readonly type: "judged";
  readonly object: string;
  readonly answer: string | null;
  readonly shown: Agreement | null;
  readonly candidates: readonly Agreement[];
  readonly course: readonly (number | null)[];
  readonly race: readonly number[];
}

/** An object that was accepted lies on others: what the rule did about it. */
export interface Overlapped {
  readonly type: "overlapped";
  readonly object: string;
  readonly rule: string;
  readonly others: number;
  readonly pixels: number;
  readonly held: number;
  readonly gone: number;
  readonly whole: boolean;
}

/** What came of an export, for the page `to`. */
export interface Exported {
  readonly type: "exported";
  readonly to: string;
  readonly format: string;
  readonly where: string;
  readonly why: string;
  readonly images: number;
  readonly objects: number;
  readonly changed: number;
  readonly mean_iou: number;
  readonly unsaid: readonly string[];
  readonly notes: readonly string[];
}

/** How far the work on many photos has come. */
export interface Progress {
  readonly known: number;
  readonly done: number;
  readonly accept: number;
  readonly fail: number;
  readonly defer: number;
  readonly whole: boolean;
}

/**
 * How things stand in the album; said to every page, also to one that comes late.
 *
 * `name` is the shown photo, `place` its own among the `count` that the filter `only`
 * leaves ("": all of them), -1 where it is none of these.
 */
export interface Album {
  readonly type: "album";
  readonly name: string;
  readonly place: number;
  readonly count: number;
  readonly only: "" | "open" | "done" | "accept" | "fail" | "defer";
  readonly reviewing: boolean;
  readonly verdict: "" | "accept" | "fail" | "defer";
  readonly note: string;
  readonly progress: Progress;
}

/**
 * One photo of the strip; `thumb` is the hash of its small picture, "" while none is there.
 *
 * `busy` says who else is at work on it, as far as somebody has tried it.
 */
export interface Slide {
  readonly name: string;
  readonly place: number;
  readonly objects: number;
  readonly done: boolean;
  readonly verdict: "" | "accept" | "fail" | "defer";
  readonly note: string;
  readonly busy: string;
  readonly broken: boolean;
  readonly thumb: string;
}

/** Photos of the strip, for the page `to`; bytes of small pictures ride along. */
export interface Slides {
  readonly type: "slides";
  readonly to: string;
  readonly only: "" | "open" | "done" | "accept" | "fail" | "defer";
  readonly slides: readonly Slide[];
  readonly blobs: readonly string[];
}

/** What the kernel says to pages. */
export type FromKernel = Snapshot | Patch | Reject | Status | Blobs | Peeked | Logits | Next | Surveyed | Likened | Tile | Assumed | Truth | Judged | Overlapped | Exported | Album | Slides;

/** What a page says on a side road: no step of the document's. */
export type Aside = Peek | AskLogits | AskNext | AskTiles | Liken | Refuse | Leave | Lack | Retry | Seek | Stop | Sift | More | Annotate | Arrange | Export | AskSlides | GoTo | Leaf | Review | Judge | Remark;

/** The kinds of prompt, and whether an object has one at most: another takes its place. */
export const SINGLE: { readonly [kind in Prompt["type"]]: boolean } = {
  point: false,
  box: true,
  stroke: false,
  mask: true,
  window: true,
};
