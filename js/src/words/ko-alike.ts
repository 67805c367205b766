// Of the page's sentences in Korean those of what is like an example; `ko.ts` has the others.
import type { Dictionary } from "./words";

export const ALIKE: Dictionary = {
  Alike: "비슷한 것",
  "Find what is like it": "비슷한 것 찾기",
  "find what is like the object; [[Enter]] accepts one, [[Delete]] refuses it":
    "이 객체와 비슷한 것 찾기, [[Enter]]는 확정, [[Delete]]는 거절",
  "Alike: {n} proposals": "비슷한 것: 제안 {n}개",
  "A mask that was proposed cannot be read.": "제안된 마스크 하나를 읽을 수 없어요.",
  "{n} objects accepted": "객체 {n}개를 확정했어요",
  Score: "점수",
  "How like the examples it is, times the predicted IoU; grey ones lie below":
    "예시와 비슷한 정도에 예측 IoU를 곱한 값이에요. 회색은 그보다 낮아요",
  "The likest": "가장 비슷한 것",
  "Close what is alike": "비슷한 것 닫기",
  "{done} clicks, {total} at most": "클릭 {done}번, 최대 {total}번",
  "Nothing more here is like it": "여기에는 비슷한 것이 더 없어요",
  "What is proposed is back when this object is accepted": "이 객체를 확정하면 제안이 다시 보여요",
  "One more: accept it ([[Enter]])": "맞아요: 확정 ([[Enter]])",
  "None: refuse it ([[Delete]])": "아니에요: 거절 ([[Delete]])",
  "objects: {objects} · clicks: {clicks}": "객체 {objects}개 · 클릭 {clicks}번",
  "{n} refused: bring one back": "{n}개 거절함: 하나 되돌리기",
  "score {score}, likeness {likeness}, predicted IoU {iou}, {share}":
    "점수 {score}, 비슷한 정도 {likeness}, 예측 IoU {iou}, {share}",
  "Click or [[Enter]] accepts one · right-click or [[Delete]] refuses · [[Esc]] closes":
    "클릭이나 [[Enter]]로 확정 · 오른쪽 클릭이나 [[Delete]]로 거절 · [[Esc]]로 닫기",
};
