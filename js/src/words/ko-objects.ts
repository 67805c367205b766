// Korean, of objects as wholes: several at once, parts, locks, labels, what becomes of overlaps.
import type { Dictionary } from "./words";

export const OBJECTS: Dictionary = {
  "Object {n} is locked against change: unlock it first.":
    "객체 {n}은(는) 잠겨 있어요. 먼저 잠금을 푸세요.",
  "accept all three: the whole, and its parts": "셋 모두 확정: 전체와 그 부분들",
  "Accept all three: the whole, and its parts": "셋 모두 확정: 전체와 그 부분들",
  "one object a click: each is accepted at once": "클릭마다 객체 하나, 바로 확정",
  "One object a click": "클릭마다 객체 하나",
  "lock it against change; hide it on the photo": "변경 잠금, 사진에서 숨기기",
  "[[Shift]], [[Ctrl]] click in the list": "목록에서 [[Shift]], [[Ctrl]] 클릭",
  "select several; by keys [[Shift]] and arrows": "여러 개 선택, 키로는 [[Shift]]와 화살표",
  "make one of them; subtract, intersect them": "하나로 합치기, 빼기, 겹친 부분만",
  "Labels that were used before": "전에 쓴 이름",
  "Lock against change": "변경 잠금",
  "Locked against change": "변경 잠김",
  locked: "잠김",
  "part of another": "다른 객체의 부분",
  "[[J]] makes one of them · [[Shift J]] subtracts · [[Shift I]] intersects":
    "[[J]] 하나로 합치기 · [[Shift J]] 빼기 · [[Shift I]] 겹친 부분만",
  "Putting them together…": "합치는 중…",
  "Make one of them": "하나로 합치기",
  "Take the others from the last selected": "마지막에 고른 것에서 나머지 빼기",
  "Leave what the first shares with all": "첫째에서 모두와 겹친 부분만 남기기",
  "Hide on the photo": "사진에서 숨기기",
  "It lies wholly in {n} others: kept as it is.":
    "다른 객체 {n}개 안에 모두 들어 있어 그대로 두었어요.",
  "It lies wholly in another: kept as it is.": "다른 객체 안에 모두 들어 있어 그대로 두었어요.",
  "Overlaps another, {px} px.": "다른 객체와 {px} px 겹쳐요.",
  "Cut by another, {px} px.": "다른 객체에 {px} px 잘렸어요.",
  "Taken from another: {px} px.": "다른 객체에서 {px} px 가져왔어요.",
  "Overlaps {n} others, {px} px.": "다른 객체 {n}개와 {px} px 겹쳐요.",
  "Cut by {n} others, {px} px.": "다른 객체 {n}개에 {px} px 잘렸어요.",
  "Taken from {n} others: {px} px.": "다른 객체 {n}개에서 {px} px 가져왔어요.",
  "Nothing was left of {n}.": "{n}개는 남은 것이 없어 지워졌어요.",
  "{n} locked kept their own.": "잠긴 {n}개는 그대로예요.",
  "overlaps stay": "겹침 허용",
  "Masks may overlap": "마스크가 겹쳐도 돼요",
  "the new one is cut": "새것을 자름",
  "A new mask loses what others have": "새 마스크에서 다른 것과 겹친 부분이 빠져요",
  "the others are cut": "다른 것을 자름",
  "Others lose what a new mask has": "다른 마스크에서 새것과 겹친 부분이 빠져요",
  "Where objects overlap": "객체가 겹치는 곳",
  "Colours by label": "이름별 색",

  // The kernel
  "That object is locked against change: unlock it first.":
    "그 객체는 잠겨 있어요. 먼저 잠금을 푸세요.",
  "That changes no pixel: the masks stay as they are.":
    "달라지는 픽셀이 없어요. 마스크는 그대로예요.",
  "Nothing would be left of the object: delete it instead.":
    "객체에 남는 것이 없어요. 대신 지우세요.",
};
