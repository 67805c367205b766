// Korean, of exports: the formats, where they went, what they lost.
import type { Dictionary } from "./words";

export const EXPORTS: Dictionary = {
  "Export what is accepted": "확정한 것 내보내기",
  export: "내보내기",
  "JSON as of Segment Anything, exact": "Segment Anything의 JSON, 정확",
  "one JSON of all, exact": "모두 담은 JSON 하나, 정확",
  "a JSON a photo, masks": "사진마다 JSON, 마스크",
  "polygons, for maps": "다각형, 지도용",
  "polygons, for training": "다각형, 학습용",
  "PNGs of classes and objects": "클래스와 객체 PNG",
  "label image": "라벨 이미지",
  "a number a pixel, PNG or TIFF": "픽셀마다 번호, PNG나 TIFF",
  ".npz, exact": ".npz, 정확",
  "cut-outs": "오려 낸 그림",
  "a PNG an object, with alpha": "객체마다 투명 배경 PNG",
  "Writing…": "쓰는 중…",
  "Into a new folder where the kernel works.": "커널이 일하는 곳의 새 폴더에 써요.",
  "Accept a mask first.": "먼저 마스크를 확정하세요.",
  "Written to {where}.": "{where}에 썼어요.",
  "Objects: {objects}, photos: {images}; every mask to the pixel.":
    "객체 {objects}개, 사진 {images}장, 모든 마스크가 픽셀까지 같아요.",
  "Objects: {objects}, photos: {images}; changed: {changed}, mean IoU {iou}.":
    "객체 {objects}개, 사진 {images}장, 그중 {changed}개가 달라졌고 평균 IoU는 {iou}예요.",
  "It has no room for: {what}.": "담지 못한 것: {what}.",

  // The kernel
  "There is nothing to export yet: accept a mask first.":
    "아직 내보낼 것이 없어요. 먼저 마스크를 확정하세요.",
  "The open object is left out: accept it first.": "열린 객체는 빠졌어요. 먼저 확정하세요.",
};
