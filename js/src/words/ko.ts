// The page's sentences in Korean. An entry for each that `t` is called with, or that the kernel is known to say
// (heard.ts), and no other. Hints speak in the polite form, buttons and statuses are nouns.
import { ALIKE } from "./ko-alike";
import { ASSUMED } from "./ko-assumed";
import { EXPORTS } from "./ko-export";
import { MANY } from "./ko-many";
import { OBJECTS } from "./ko-objects";
import { STANDALONE } from "./ko-standalone";
import type { Dictionary } from "./words";

export const KOREAN: Dictionary = {
  ...ALIKE,
  ...ASSUMED,
  ...EXPORTS,
  ...MANY,
  ...OBJECTS,
  ...STANDALONE,

  // The sheet of keys
  "What you want": "원하는 것",
  "Which mask": "어느 마스크",
  "Correct it": "고치기",
  "Many at once": "한꺼번에",
  "The photo": "사진",
  "Many photos": "여러 사진",

  // The frame
  "Segment Anything: click in the photo to get masks":
    "Segment Anything: 사진을 클릭하면 마스크가 나와요",
  "The photo with its masks": "사진과 마스크",
  'No picture yet. In Python: SamWidget("photo.jpg")':
    '아직 사진이 없어요. Python에서: SamWidget("photo.jpg")',
  "Waiting for the picture": "사진을 기다리고 있어요",
  "This notebook cannot lend a canvas to the photo.":
    "이 노트북에서는 캔버스를 사진 위에 올릴 수 없어요.",
  "The browser cannot show this picture.": "브라우저가 이 사진을 표시할 수 없어요.",

  // Brightness and contrast
  "Brightness and contrast": "밝기와 대비",
  Brightness: "밝기",
  Contrast: "대비",
  "As it is": "원래대로",
  "{n} times": "{n}배",
  "For your eyes alone: the model sees the photo as it is":
    "보기에만 적용돼요. 모델은 원래 사진을 봐요",

  // The toolbar
  "Segmentation tools": "분할 도구",
  "Add what I click": "클릭한 곳 더하기",
  "Take away what I click": "클릭한 곳 빼기",
  "right-click, Alt-click or [[X]]": "오른쪽 클릭, Alt 클릭 또는 [[X]]",
  "Draw a box": "상자 그리기",
  "[[B]], or drag at any time": "[[B]] 또는 언제든 드래그",
  Undo: "실행 취소",
  Redo: "다시 실행",
  "Draw a line along it": "따라 선 긋기",
  "Paint by hand": "손으로 칠하기",
  "Erase by hand": "손으로 지우기",
  "Clear what is open": "열린 객체 비우기",
  "Clean up specks and holes": "조각과 구멍 정리",

  // Cleaning up
  "Clean up": "정리",
  "Leave it as it is": "그대로 두기",
  "Smaller than this, pieces go and holes are filled": "이보다 작은 조각은 없애고 구멍은 채워요",
  "under {n} px": "{n} px 미만",
  "nothing so small": "이렇게 작은 것은 없어요",
  "1 piece goes": "조각 1개 삭제",
  "{n} pieces go": "조각 {n}개 삭제",
  "1 hole is filled": "구멍 1개 채움",
  "{n} holes are filled": "구멍 {n}개 채움",
  "Hide the masks": "마스크 숨기기",
  "hold [[H]]": "[[H]] 누르는 동안",
  Accept: "확정",
  "Accept the chosen mask": "고른 마스크 확정",
  "Accept the chosen mask; the next click starts another object ([[Enter]])":
    "고른 마스크 확정, 다음 클릭은 새 객체 ([[Enter]])",

  // The status
  connecting: "연결 중",
  loading: "불러오는 중",
  downloading: "내려받는 중",
  reading: "읽는 중",
  "the photo": "(사진)",
  ready: "준비됨",
  error: "오류",
  "no answer": "응답 없음",
  disconnected: "연결 끊김",
  "no kernel": "커널 없음",
  Download: "다운로드",

  // What went wrong
  "The kernel has stopped or restarted. Run the cell again.":
    "커널이 멈췄거나 다시 시작됐어요. 셀을 다시 실행하세요.",
  "No kernel: this is what was saved. Run the cell to go on.":
    "커널 없음: 저장된 모습이에요. 계속하려면 셀을 실행하세요.",
  "The kernel does not answer; it may be busy. What you do is kept.":
    "커널이 응답하지 않아요. 바쁜 중일 수 있어요. 하신 작업은 보관돼요.",
  "The model cannot run.": "모델을 실행할 수 없어요.",
  "Try again": "다시 시도",
  Dismiss: "닫기",
  "Dismiss this message": "이 메시지 닫기",

  "What was assumed of the photo": "사진을 읽을 때 가정한 것",

  // Candidates
  "Candidate masks": "후보 마스크",
  "One click, three answers: the whole thing, a part of it, a part of the part.":
    "클릭 한 번에 답은 셋: 전체, 그 부분, 부분의 부분이에요.",
  "Candidate {n}, {name}: none yet": "후보 {n}, {name}: 아직 없음",
  "Candidate {n}: {name}, predicted IoU {iou}, stability {stability}, {share} of the picture":
    "후보 {n}: {name}, 예측 IoU {iou}, 안정도 {stability}, 사진의 {share}",
  "{name}: should fit by {iou} · edge firm by {stability} · {share} of the photo":
    "{name}: 예상 적합도 {iou} · 경계 안정도 {stability} · 사진의 {share}",
  "Predicted IoU {iou}: how well the model expects this mask to fit; 1 is perfect":
    "예측 IoU {iou}: 마스크가 얼마나 잘 맞을지 모델이 예상한 값이에요. 1이면 완벽해요",
  "Stability {stability}: how little its edge moves when it is cut higher or lower; 1 is not at all":
    "안정도 {stability}: 임계값을 올리거나 내려도 경계가 얼마나 그대로인지예요. 1이면 전혀 안 움직여요",
  "Much like candidate {n}": "후보 {n}번과 거의 같아요",
  "Area: {pixels} px, {share} of the photo": "넓이: {pixels}px, 사진의 {share}",

  // Cut and look
  "Cut and look": "자르기와 보기",
  "Threshold of the masks": "마스크의 임계값",
  cut: "임계값",
  "Lower takes more in, higher keeps what the model is surer of; 0 is its own border":
    "낮추면 더 많이 담고, 높이면 모델이 더 확신하는 곳만 남아요. 0은 모델의 경계예요",
  "Show where the three differ": "세 후보가 다른 곳 보기",
  "The three agree.": "세 후보가 같아요.",
  "in 1 of 3": "셋 중 하나",
  "in 2 of 3": "셋 중 둘",
  "[[N]] clicks {sign} at the ring": "[[N]] 고리 자리에 {sign} 클릭",
  "Agrees with {kept}; Shift+N says the opposite": "{kept} 후보와 같아요. Shift+N은 반대예요",
  "How it looks": "표시 방식",
  fill: "채우기",
  "Opacity of the fills": "채우기 불투명도",
  "outlines only": "윤곽선만",
  "feed the mask back": "마스크 되먹임",
  "The logits of the mask so far go in with the next click, as in the paper: most masks become better":
    "지금까지의 마스크 로짓이 다음 클릭과 함께 들어가요(논문 방식). 대개 마스크가 더 좋아져요",
  "counts from the second click on": "두 번째 클릭부터 쓰여요",
  "dashed: without it; the two overlap by {share}%": "파선: 되먹임 없이. 둘은 {share}% 겹쳐요",
  "dashed: with it; the two overlap by {share}%": "파선: 되먹임으로. 둘은 {share}% 겹쳐요",
  "stable {stability}": "안정도 {stability}",
  whole: "전체",
  part: "부분",
  subpart: "하위 부분",
  best: "최선",
  "alternative 1": "대안 1",
  "alternative 2": "대안 2",
  other: "기타",

  // Ground truth
  "Ground truth": "정답",
  Truth: "정답",
  "Show what is missed and what is wrong": "빠진 곳과 틀린 곳 보기",
  "show what is wrong, where the truth is known": "정답이 있을 때 틀린 곳 보기",
  missed: "빠짐",
  wrong: "틀림",
  you: "나",
  annotator: "모의 작업자",
  "annotator: {values}": "모의 작업자: {values}",
  "IoU against clicks": "클릭 수에 따른 IoU",
  "IoU after each click: {values}": "클릭마다의 IoU: {values}",
  "IoU {iou} · Dice {dice} · boundary F {boundary}": "IoU {iou} · Dice {dice} · 경계 F {boundary}",
  "beside the truth: {told}": "정답과 비교: {told}",
  "click, to see how well it agrees": "클릭하면 얼마나 맞는지 보여요",
  "Let the annotator click": "모의 작업자 클릭",
  "let it click": "대신 클릭",
  "A simulated annotator, who knows the truth, clicks in the middle of the larger error":
    "정답을 아는 모의 작업자가 더 큰 오류의 한가운데를 클릭해요",

  // Accepted objects
  Accepted: "확정됨",
  "Accepted objects": "확정된 객체",
  "Selected object": "선택한 객체",
  Reopen: "다시 열기",
  "[[Enter]] or double click": "[[Enter]] 또는 더블 클릭",
  Rename: "이름 바꾸기",
  Colour: "색",
  Delete: "삭제",
  "Hidden here": "여기서 숨김",
  object: "객체",
  "on its way": "오는 중",
  "its mask is on its way": "마스크가 오는 중",
  hidden: "숨김",
  "{share} of the photo": "사진의 {share}",
  "Name of object {n}": "객체 {n}의 이름",
  orange: "주황",
  "sky blue": "하늘색",
  green: "초록",
  yellow: "노랑",
  blue: "파랑",
  vermilion: "주홍",
  pink: "분홍",
  "colour {n}": "색 {n}",

  // Hints
  "What you see is kept until the cell runs again": "셀을 다시 실행할 때까지 화면은 그대로예요",
  "Drag moves it · [[Delete]] takes it out": "드래그하면 옮겨져요 · [[Delete]]로 지워요",
  "Drag moves it · right-click or [[Delete]] takes it out":
    "드래그하면 옮겨져요 · 오른쪽 클릭이나 [[Delete]]로 지워요",
  "Let go to ask · [[Esc]] to forget it": "놓으면 마스크를 찾아요 · [[Esc]] 취소",
  "Your prompt is kept, and answered when trying again succeeds":
    "프롬프트는 보관했어요. 다시 시도가 되면 답이 와요",
  "Your prompt is kept and answered as soon as the model is ready":
    "프롬프트는 보관했어요. 모델이 준비되면 바로 답해요",
  "First click what you want · [[P]] adds · [[Z]] undo":
    "먼저 원하는 것을 클릭하세요 · [[P]] 더하기 · [[Z]] 실행 취소",
  "This mask leaves its box · [[1]] [[2]] [[3]] choose another":
    "마스크가 상자를 벗어났어요 · [[1]] [[2]] [[3]] 다른 후보",
  "[[Enter]] accepts · [[1]] [[2]] [[3]] choose · right-click takes away":
    "[[Enter]] 확정 · [[1]] [[2]] [[3]] 선택 · 오른쪽 클릭으로 빼요",
  "[[Enter]] reopens it · another click starts a new object there":
    "[[Enter]] 다시 열기 · 한 번 더 클릭하면 새 객체를 시작해요",
  "Click the next thing · drag a box · [[Z]] undo":
    "다음 것을 클릭하세요 · 드래그하면 상자 · [[Z]] 실행 취소",
  "Click what you want · right-click what you don’t · drag a box":
    "원하는 것을 클릭하세요 · 아닌 것은 오른쪽 클릭 · 드래그하면 상자",
  "Click what should not be in it · [[X]] back": "빼고 싶은 곳을 클릭하세요 · [[X]] 되돌리기",
  "Draw a line along it · right-drag over what is not it · [[P]] back to points":
    "대상을 따라 그으세요 · 아닌 곳은 오른쪽 드래그 · [[P]] 점으로",
  "Paint what belongs to it · [[[]] [[]]] size · [[E]] erases":
    "속하는 곳을 칠하세요 · [[[]] [[]]] 굵기 · [[E]] 지우개",
  "Rub out what does not belong to it · [[[]] [[]]] size · [[D]] paints":
    "속하지 않는 곳을 지우세요 · [[[]] [[]]] 굵기 · [[D]] 붓",
  "[[Enter]] accepts · a click asks the model as well": "[[Enter]] 확정 · 클릭하면 모델도 찾아요",
  "[[Space]] places a point · arrows move, [[Shift]] farther · [[X]] other sign":
    "[[Space]] 점 찍기 · 화살표로 옮기고 [[Shift]]로 멀리 · [[X]] 더하기·빼기",
  "[[Space]] at the other end · arrows move · [[Esc]] forgets it":
    "반대쪽 끝에서 [[Space]] · 화살표로 옮기기 · [[Esc]] 취소",
  "Drag from corner to corner · [[P]] back to points":
    "모서리에서 모서리로 드래그하세요 · [[P]] 점으로",

  // The footer
  "Where the last answer’s time went": "마지막 답에 걸린 시간",
  "All keys": "모든 키",
  keys: "키",
  "decode {ms}": "디코드 {ms}",
  "link {ms}": "통신 {ms}",
  "draw {ms}": "그리기 {ms}",
  Zoom: "확대",
  "Zoom in": "확대",
  "Zoom out": "축소",
  "[[+]], Ctrl+wheel or pinch": "[[+]], Ctrl+휠 또는 두 손가락",
  Fit: "맞춤",
  "Show the whole photo": "사진 전체 보기",
  "Fit: whole photo shown": "맞춤: 사진 전체를 보는 중",
  "{times}, show the whole photo": "{times}, 사진 전체 보기",

  // The sheet of keys
  Keys: "키",
  click: "클릭",
  "add what is under the pointer": "포인터 아래 더하기",
  "right-click, [[Alt]] click": "오른쪽 클릭, [[Alt]] 클릭",
  "take it away": "빼기",
  drag: "드래그",
  "draw a box": "상자 그리기",
  "dotted, hatched": "점선, 빗금",
  "a mask that Python gave": "Python이 준 마스크",
  "choose a candidate": "후보 선택",
  "accept; the next click starts another object": "확정, 다음 클릭은 새 객체",
  "drag a point, a box’s edge": "점이나 상자 변 드래그",
  "move it; a box’s corner resizes it": "옮기기, 상자 모서리는 크기 조절",
  "right-click a point, a box’s corner": "점이나 상자 모서리를 오른쪽 클릭",
  "take it out, as [[Delete]] on it does": "지우기, 그 위에서 [[Delete]]도 같아요",
  "masks before the click, on and off": "클릭 전 마스크 미리 보기 켜기, 끄기",
  "turn the next click’s sign": "다음 클릭의 더하기·빼기 바꾸기",
  "points, box": "점, 상자",
  "[[K]], then arrows, [[Space]]": "[[K]] 다음 화살표, [[Space]]",
  "a crosshair by keys; a box by two corners": "키로 움직이는 십자선, 상자는 두 모서리로",
  "undo, redo": "실행 취소, 다시 실행",
  "drop the last prompt or stroke": "마지막 프롬프트나 획 버리기",
  "[[Shift]] drag": "[[Shift]] 드래그",
  "one more box, for a thing in pieces": "여러 조각인 대상에 상자 하나 더",
  "draw a line along it, or with the other sign off it":
    "대상을 따라, 또는 부호를 바꿔 아닌 곳에 선 긋기",
  "paint or erase by hand, exactly": "손으로 정확하게 칠하기, 지우기",
  "[[[]] [[]]], [[Alt]] wheel": "[[[]] [[]]], [[Alt]] 휠",
  "clean up: specks go, holes are filled": "정리: 조각은 없애고 구멍은 채우기",
  "a thinner or thicker brush": "붓을 가늘게, 굵게",
  "hide the masks while held": "누르는 동안 마스크 숨기기",
  "The model looks at what you see, from as near": "지금 보이는 부분을 모델이 가까이에서 다시 봐요",
  "Sharpen here": "여기를 정밀하게",
  "look from nearer: finer where things are small": "가까이 보기: 작은 것이 더 정밀해져요",
  "Small in its photo: [[F]] looks from nearer · [[Enter]] accepts":
    "사진에서 작아요: [[F]] 가까이 보기 · [[Enter]] 확정",
  "show where the three differ": "세 후보가 다른 곳 보기",
  "make the suggested click, or its opposite": "제안된 클릭, 또는 그 반대",
  "zoom in, out, the whole photo": "확대, 축소, 사진 전체",
  "[[Ctrl]] wheel, pinch": "[[Ctrl]] 휠, 두 손가락",
  "zoom where you point": "가리키는 곳 확대",
  "[[Space]] drag, middle-drag, arrows": "[[Space]] 드래그, 가운데 드래그, 화살표",
  "move the photo": "사진 옮기기",
  "clear; once more leaves the widget": "비우기, 한 번 더 누르면 위젯에서 나가기",
  "click an accepted object": "확정된 객체 클릭",
  "select it, while no prompts are open": "열린 프롬프트가 없을 때 선택",
  "click it again, [[Shift]] click": "다시 클릭, [[Shift]] 클릭",
  "start a new object on it": "그 위에 새 객체 시작",
  "[[Enter]], double click": "[[Enter]], 더블 클릭",
  "reopen the selected object": "선택한 객체 다시 열기",
  "rename it, delete it": "이름 바꾸기, 삭제",
  "[[↑]] [[↓]] in the list": "목록에서 [[↑]] [[↓]]",
  "select another; with [[Alt]] move it": "다른 객체 선택, [[Alt]]와 함께 옮기기",

  // Said aloud
  "No picture": "사진 없음",
  "Crosshair: arrows move it, Space places a point": "십자선: 화살표로 옮기고 Space로 점을 찍어요",
  "{x} right, {y} down": "오른쪽 {x}, 아래 {y}",
  "Photo, {width} by {height} pixels": "사진, {width}×{height} 픽셀",
  "1 accepted object": "확정된 객체 1개",
  "{n} accepted objects": "확정된 객체 {n}개",
  "one open": "1개 작업 중",
  "Object {n}": "객체 {n}",
  "Object {n}, {label}": "객체 {n}, {label}",
  "Object {n} selected": "객체 {n} 선택됨",
  "Object {n} is hidden": "객체 {n} 숨김",
  "Object {n} is shown": "객체 {n} 표시",
  "Object {n} has no name": "객체 {n} 이름 없음",
  "Object {n} is {label}": "객체 {n} 이름: {label}",
  "{object} is {color}": "{object} 색: {color}",
  "{object} deleted": "{object} 삭제됨",
  "{object} is back": "{object} 복원됨",
  "{object} accepted": "{object} 확정됨",
  "{object} reopened": "{object} 다시 열림",
  "In their new order: {objects}": "새 순서: {objects}",
  "The objects have another order": "객체의 순서가 바뀌었어요",
  "No prompts": "프롬프트 없음",
  "No mask": "마스크 없음",
  "Mask: predicted IoU {iou}, {share} of the photo, {n} of {all}":
    "마스크: 예측 IoU {iou}, 사진의 {share}, {all}개 중 {n}번째",

  // Everything mode
  Everything: "모두 찾기",
  "Find everything": "모두 찾기",
  "find everything; once more stops, then closes": "모두 찾기, 한 번 더 누르면 멈춤, 그다음 닫기",
  "Looking everywhere · click a mask to keep it · [[Esc]] stops":
    "모두 찾는 중이에요 · 마스크를 클릭하면 남아요 · [[Esc]] 멈춤",
  "Click a mask to keep it, again for the next larger · [[Esc]] closes":
    "마스크를 클릭하면 남아요, 다시 클릭하면 더 큰 것 · [[Esc]] 닫기",
  "Everything: {shown} of {all} masks are shown": "모두 찾기: 마스크 {all}개 중 {shown}개 표시됨",
  "A mask of everything mode cannot be read.": "모두 찾기의 마스크 하나를 읽을 수 없어요.",
  "Predicted IoU": "예측 IoU",
  Stability: "안정도",
  "Smallest area": "최소 넓이",
  Overlap: "겹침",
  "Masks that the model expects to fit no better are dropped":
    "모델이 이보다 잘 맞는다고 보지 않는 마스크를 빼요",
  "Masks whose border moves more when it is cut a little higher or lower are dropped":
    "조금 높거나 낮게 자를 때 경계가 더 움직이는 마스크를 빼요",
  "Masks of fewer pixels are dropped": "픽셀이 이보다 적은 마스크를 빼요",
  "Of two masks whose boxes overlap more, the surer stays":
    "상자가 이보다 겹치는 두 마스크 중 더 확실한 것만 남겨요",
  "{n} px": "{n}px",
  "{shown} of {all}": "{all}개 중 {shown}개",
  "Seen whole and made small: small things are missed. Python’s find_everything looks through it in windows.":
    "전체를 작게 줄여 보므로 작은 것은 놓쳐요. Python의 find_everything은 창으로 나누어 살펴봐요.",
  "Look no further": "그만 찾기",
  "Close everything": "모두 찾기 닫기",
  "{done} of {total} points": "점 {total}개 중 {done}개",
  "Stopped at {done} of {total} points": "점 {total}개 중 {done}개에서 멈춤",
  "What was found is back when this object is accepted": "이 객체를 확정하면 찾은 것이 다시 보여요",
  "Accept all": "모두 확정",
  "Accept all {n}": "{n}개 모두 확정",
  "Accept the surest {n}": "가장 확실한 {n}개 확정",
  "Point at a mask, or at where one is missing": "마스크나 마스크가 없는 곳을 가리켜 보세요",
  "#{n}: predicted IoU {iou}, stability {stability}, {share}":
    "#{n}: 예측 IoU {iou}, 안정도 {stability}, {share}",
  "Dropped here:": "여기서 제외된 것:",
  "and {n} more": "외 {n}개",
  "predicted IoU {value} ≤ {limit}": "예측 IoU {value} ≤ {limit}",
  "stability {value} < {limit}": "안정도 {value} < {limit}",
  "area {value} px < {limit} px": "넓이 {value}px < {limit}px",
  empty: "빈 마스크",
  "overlaps #{n} by {share}": "#{n}번과 {share} 겹침",

  // The kernel
  "That was the last photo.": "마지막 사진이었어요.",
  "That was the first photo.": "첫 사진이었어요.",
  "That was meant for the photo before.": "이전 사진에 한 작업이에요.",
  "The model is loading.": "모델을 불러오고 있어요.",
  "Loading the model {model}...": "모델 {model} 불러오는 중...",
  "Downloading the model {model}...": "모델 {model} 내려받는 중...",
  "Looking at the picture...": "사진을 읽는 중...",
  "Ready.": "준비됐어요.",
  "Set w.image to begin.": "w.image를 지정하면 시작해요.",
  "Something went wrong in the kernel; its log says what.":
    "커널에서 문제가 생겼어요. 로그에 내용이 있어요.",
  "There is nothing to undo, or to do again.": "취소하거나 다시 실행할 것이 없어요.",
  "The picture has changed meanwhile; that was meant for the one before.":
    "그사이 사진이 바뀌었어요. 이전 사진에 한 작업이에요.",
  "That object is gone meanwhile; undo or redo brings it again.":
    "그사이 객체가 없어졌어요. 실행 취소나 다시 실행으로 돌아와요.",
  "That object was accepted meanwhile; undo opens it again.":
    "그사이 객체가 확정됐어요. 실행 취소하면 다시 열려요.",
  "Only one object can be open: accept the one that is, first.":
    "객체는 하나만 열 수 있어요. 열린 것을 먼저 확정하세요.",
};
