// Korean, of what was assumed when a photo was read: what the kernel says.
import type { Dictionary } from "./words";

export const ASSUMED: Dictionary = {
  "{mode} is turned into RGB without a colour profile.":
    "{mode}을(를) 색 프로파일 없이 RGB로 바꾸었어요.",
  "The smallest value is white, as the source says.":
    "원본에 적힌 대로 가장 작은 값을 흰색으로 읽었어요.",
  "Hidden values ({share} of the pixels) are shown black.":
    "가려진 값(픽셀의 {share})은 검게 보여요.",
  "The alpha hides every pixel; it is ignored.": "알파가 모든 픽셀을 가려서 무시했어요.",
  "Transparent pixels are composited on white.": "투명한 픽셀은 흰색 위에 놓았어요.",
  "Values are read as {start} (black) to {end} (white).":
    "값 {start}을(를) 검정, {end}을(를) 흰색으로 읽었어요.",
  "Values are read as {start} (black) to {end} (white), where nearly all of them lie; they run from {least} to {most}.":
    "값 {start}을(를) 검정, {end}을(를) 흰색으로 읽었어요. 거의 모든 값이 그 사이에 있고, 전체는 {least}부터 {most}까지예요.",
  "The rotation that EXIF asks for is applied.": "EXIF에 적힌 대로 돌렸어요.",
  "The picture has several frames; the first is taken.": "프레임이 여럿이라 첫 번째를 썼어요.",
  "The picture has several planes; the first is taken.": "면이 여럿이라 첫 번째를 썼어요.",
  "The JPEG is cut off: its finer detail, which comes last, is missing.":
    "JPEG가 잘려 있어요. 마지막에 오는 세부가 빠졌어요.",
  "The JPEG lacks its last bytes; no row of pixels is missing.":
    "JPEG의 마지막 바이트가 없지만, 빠진 줄은 없어요.",
  "The JPEG is cut off: the lowest {share} of its rows are missing.":
    "JPEG가 잘려 있어요. 아래쪽 줄의 {share}가 없어요.",
  "The batch of one is taken as its one image.": "하나짜리 묶음에서 그 이미지를 썼어요.",
  "The shape {shape} is taken as rows, columns, channels.":
    "모양 {shape}을(를) 행, 열, 채널로 읽었어요.",
  "The shape {shape} is taken as channels, rows, columns.":
    "모양 {shape}을(를) 채널, 행, 열로 읽었어요.",
  "The first axis is taken as the channels.": "첫 축을 채널로 읽었어요.",
  "The three channels are taken as red, green and blue.":
    "세 채널을 빨강, 초록, 파랑으로 읽었어요.",
  "The file holds {counts}; the first plane is taken.":
    "파일에 {counts}이(가) 있어 첫 면을 썼어요.",
  "Of {n} bands, the first three are taken.": "밴드 {n}개 중 처음 셋을 썼어요.",
  "Of {n} bands, the first is taken.": "밴드 {n}개 중 첫째를 썼어요.",
  "The picture is read in windows and never whole: masks are run lengths, and region.window(x0, y0, x1, y1) is a part of one as an array.":
    "전체가 아니라 창으로 나누어 읽어요. 마스크는 런 길이이고, region.window(x0, y0, x1, y1)가 그 일부를 배열로 줘요.",
};
