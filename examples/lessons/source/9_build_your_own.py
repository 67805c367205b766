# %% [markdown] lang="en"
# # 9. Limits, fairness, and your own widget
#
# You have seen every part. Now you see where it ends, and then you build the whole thing again, small: a
# canvas, a click, a model, a mask. Nothing hidden.
#
# **The one idea:** what you can build yourself, you can judge.

# %% [markdown] lang="ko"
# # 9. 한계와 공정성, 그리고 나만의 위젯
#
# 부분은 모두 보았습니다. 이제 어디까지 되는지를 보고, 그다음 전체를 작게 다시 만듭니다. 캔버스, 클릭, 모델,
# 마스크. 숨긴 것은 없습니다.
#
# **하나만 기억하세요.** 스스로 만들 수 있는 것은 스스로 판단할 수 있습니다.

# %%
import numpy as np
from ipycanvas import MultiCanvas
from PIL import Image

from sam_widget import SamWidget
from sam_widget.lessons import Frame, Stage, Study, check, speak
from sam_widget.lessons.tiny_canvas import TinySamCanvas, painted

speak("{language}")
coffee = Study.of("../../photos/coffee.jpg", "mini")
cat = Study.of("../../photos/chelsea.jpg", "mini")

# %% [markdown] lang="en"
# ## Predict: where will it fail?
#
# Four clicks: a whisker, the dark corner of a table, one hair of fur, the edge between cup and coffee. At which
# do you expect a good mask? Then step through. The number is what the model *thinks* of its own mask.

# %% [markdown] lang="ko"
# ## 예상하기: 어디에서 실패할까요?
#
# 클릭 네 번입니다. 수염 한 가닥, 탁자의 어두운 구석, 털 한 올, 컵과 커피의 경계. 어디에서 좋은 마스크가 나올까요?
# 생각한 다음 넘겨 보세요. 수는 모델이 *스스로* 어림한 마스크의 점수입니다.


# %%
def shot(study, x, y):
    said = study.ask((x, y))
    marks = (study.tinted(said.mask(said.best), "#3b82f6"), *study.dot(x, y))
    return Frame((study.picture,), marks, f"{x}, {y}: {said.scores[said.best]:.2f}")


clicks = [(cat, 120, 222), (coffee, 20, 20), (cat, 110, 60), (coffee, 290, 205)]
Stage([shot(*each) for each in clicks], coffee.size)

# %% [markdown] lang="en"
# ## Limits
#
# - **Thin things**: a mask is drawn on a grid four times coarser than the model's input, and enlarged. What is
#   thinner than a cell is guessed.
# - **What looks alike**: where two things share colour and texture there is no border to find.
# - **No names**: it cannot tell a cat from a dog, nor say that a thing is *not* there.
# - **It is sure and wrong**: the predicted IoU is learnt, too. It is a guess about a guess.
#
# ## Fairness
#
# The paper asks whether masks of people are equally good (section 6: by perceived gender, age and skin tone, and
# photos by country and income). It finds no clear differences for segmentation in most of these, and says where the
# intervals are wide. Two things to take home. It *measured*, on data with those labels, and told the uncertainty.
# And it says that this does not carry over: what you build on top, with your photos, has to be measured again. The
# small models of this course were taught on some thousand photos; nobody has measured that for them.

# %% [markdown] lang="ko"
# ## 한계
#
# - **가는 것**: 마스크는 모델 입력보다 네 배 성긴 격자에 그린 다음 키웁니다. 한 칸보다 가는 것은 짐작입니다.
# - **비슷해 보이는 것**: 둘의 색과 결이 같으면 찾을 경계가 없습니다.
# - **이름이 없음**: 고양이와 개를 구별하지 못하고, 무엇이 *없다*고 말하지도 못합니다.
# - **확신하며 틀림**: 예측 IoU도 배운 것입니다. 짐작에 대한 짐작입니다.
#
# ## 공정성
#
# 논문은 사람의 마스크가 고르게 좋은지를 묻습니다(6절: 겉으로 보이는 성별, 나이, 피부색, 그리고 나라와 소득별 사진).
# 대부분에서 분할 성능의 뚜렷한 차이를 찾지 못했고, 어디에서 구간이 넓은지도 밝힙니다. 두 가지를 기억하세요. 첫째, 그런
# 라벨이 있는 자료에서 *재었고*, 불확실성을 함께 말했습니다. 둘째, 그 결과가 그대로 옮겨 가지 않는다고 말합니다. 여러분의
# 사진으로 그 위에 만든 것은 다시 재야 합니다. 이 강의의 작은 모델들은 사진 천여 장으로 배웠고, 누구도 그것을 재지
# 않았습니다.

# %% [markdown] lang="en"
# ## Build: a photo, a click, a mask
#
# An *ipycanvas* draws from Python. Three layers: the photo, the mask, the clicks. First the photo.

# %% [markdown] lang="ko"
# ## 만들기: 사진, 클릭, 마스크
#
# *ipycanvas*는 파이썬에서 그립니다. 층이 셋입니다. 사진, 마스크, 클릭. 먼저 사진입니다.

# %%
WIDTH, HEIGHT = 480, 320
canvas = MultiCanvas(3, width=WIDTH, height=HEIGHT)
photo, mask, dots = (canvas[layer] for layer in range(3))
small = np.asarray(Image.fromarray(coffee.pixels).resize((WIDTH, HEIGHT)))
photo.put_image_data(small)
canvas

# %% [markdown] lang="en"
# Then what happens at a press: canvas to photo, ask, paint. Run this, and click the canvas above.

# %% [markdown] lang="ko"
# 다음은 눌렀을 때 일어나는 일입니다. 캔버스의 자리를 사진의 자리로 옮기고, 묻고, 칠합니다. 실행한 다음 위의 캔버스를
# 클릭해 보세요.


# %%
def pressed(x, y):
    scale = WIDTH / coffee.pixels.shape[1]
    said = coffee.ask((x / scale, y / scale))
    drawn = Image.fromarray(said.mask(said.best).to_array()).resize((WIDTH, HEIGHT))
    mask.clear()
    mask.put_image_data(painted(np.asarray(drawn)))
    dots.clear()
    dots.fill_style = "white"
    dots.fill_circle(x, y, 6)


canvas.on_mouse_down(pressed)
pressed(240, 120)  # in case you have no mouse

# %% [markdown] lang="en"
# That is a SAM widget, in twenty lines. With a toggle for *not this*, a clear button, and the mask so far fed back
# as a prompt, it is `TinySamCanvas`, a file that you can read in five minutes:
# `sam_widget/lessons/tiny_canvas.py`.

# %% [markdown] lang="ko"
# 스무 줄로 된 SAM 위젯입니다. 여기에 *이것 말고* 단추와 지우기 단추를 더하고, 지금까지의 마스크를 프롬프트로 되먹이면
# `TinySamCanvas`가 됩니다. 5분이면 읽을 수 있는 파일입니다. `sam_widget/lessons/tiny_canvas.py`를 보세요.

# %%
tiny = TinySamCanvas("../../photos/coffee.jpg", "mini", 480)
tiny

# %% [markdown] lang="en"
# ## Exercises
#
# **9.1** Write `to_photo(x, y, canvas_width, photo_width)`: where in the photo a press on the canvas is.

# %% [markdown] lang="ko"
# ## 연습
#
# **9.1** `to_photo(x, y, canvas_width, photo_width)`를 쓰세요. 캔버스를 누른 자리가 사진의 어디인지 돌려줍니다.


# %%
def to_photo(x, y, canvas_width, photo_width):
    return ...


check("9.1", to_photo)

# %% [markdown] lang="en"
# **9.2** Write `paint(mask)`: of a bool array (H, W) the pixels (H, W, 4), uint8, with some colour and an opacity of
# about a half where the mask is, and nothing (0, 0, 0, 0) elsewhere.

# %% [markdown] lang="ko"
# **9.2** `paint(mask)`를 쓰세요. bool 배열 (H, W)에서 uint8 픽셀 (H, W, 4)를 만듭니다. 마스크인 곳은 어떤 색에
# 불투명도가 절반쯤이고, 나머지는 아무것도 없습니다(0, 0, 0, 0).


# %%
def paint(mask):
    return ...


check("9.2", paint)

# %% [markdown] lang="en"
# **9.3** Find a failure: a click on one of the two photos for which the model itself expects all three masks to be
# poor, each under 0.4. Answer with the prediction, as `cat.ask((x, y))`.

# %% [markdown] lang="ko"
# **9.3** 실패를 찾으세요. 두 사진 가운데 하나에서, 세 마스크가 모두 나쁠 것이라고(저마다 0.4 미만) 모델 스스로
# 여기는 클릭입니다. `cat.ask((x, y))`처럼 예측을 답으로 쓰세요.

# %%
answer = ...
check("9.3", answer)

# %% [markdown] lang="en"
# ## What was measured
#
# Is the small widget right? The same clicks go to it and to `SamWidget`: the masks must be equal, to the pixel. The
# library's own tests ask the same, with dice in place of these clicks.

# %% [markdown] lang="ko"
# ## 무엇을 쟀나
#
# 작은 위젯이 맞을까요? 같은 클릭을 이것과 `SamWidget`에 줍니다. 마스크가 픽셀까지 같아야 합니다. 라이브러리의
# 테스트도 이 클릭 대신 주사위로 같은 것을 묻습니다.

# %%
w = SamWidget("../../photos/coffee.jpg", "mini")
tiny.clear()
for x, y, positive in [(290, 150, True), (240, 290, True), (60, 60, False)]:
    w.add_point(x, y, positive)
    tiny.click(x, y, positive)
    print(f"{(w.mask != tiny.mask).sum()} pixels differ of {w.mask.size}")
