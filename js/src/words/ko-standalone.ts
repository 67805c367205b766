// Of the page's sentences in Korean those of the page that needs no kernel; `ko.ts` has the others.
import type { Dictionary } from "./words";

export const STANDALONE: Dictionary = {
  "B, or drag at any time": "B, 언제든 드래그해도 돼요",
  "right-click, Alt-click or X": "오른쪽 클릭, Alt+클릭 또는 X",
  "Clear all prompts": "프롬프트 모두 지우기",
  "Save mask": "마스크 저장",
  "Save the chosen mask as a PNG, as large as the photo (S)":
    "선택한 마스크를 사진과 같은 크기의 PNG로 저장 (S)",
  "Click: this · right-click or Alt-click: not this · drag: a box · [[Z]] undoes":
    "클릭: 이것 · 오른쪽 클릭이나 Alt+클릭: 이것 말고 · 드래그: 상자 · [[Z]] 실행 취소",
  "{model}, in this page: no kernel": "{model}, 커널 없이 이 페이지에서",
  "The file {name} is not beside this page.": "{name} 파일이 이 페이지 옆에 없어요.",
};
