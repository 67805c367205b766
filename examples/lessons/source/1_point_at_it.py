# %% [markdown] lang="en"
# # 1. Point at it
#
# Older networks were taught a list: cat, cup, road. Shown anything else, they had nothing to say.
# Segment Anything was taught another task: **given any prompt, return a mask of something that the
# prompt may mean.** No list, no names. That is the *promptable segmentation task*.
#
# **The one idea:** you say where, the model says what belongs together.

# %% [markdown] lang="ko"
# # 1. 가리키기
#
# 예전의 네트워크는 목록을 배웠습니다. 고양이, 컵, 도로. 목록에 없는 것을 보면 할 말이 없었습니다.
# Segment Anything은 다른 과제를 배웠습니다. **어떤 프롬프트든, 그 프롬프트가 뜻할 수 있는 것의
# 마스크를 돌려준다.** 목록도 이름도 없습니다. 이것이 *프롬프트 가능한 분할* 과제입니다.
#
# **하나만 기억하세요.** 어디인지는 여러분이 말하고, 무엇이 함께 묶이는지는 모델이 말합니다.

# %%
from time import perf_counter

import numpy as np
from PIL import Image, ImageDraw

from sam_widget import SamWidget
from sam_widget.lessons import Study, check, speak

speak("{language}")

# %% [markdown] lang="en"
# ## Predict
#
# Below is a cup of coffee on a saucer. You will click the coffee once. Which mask will come: the
# coffee, the cup, or cup and saucer together? Write down one answer before you click.

# %% [markdown] lang="ko"
# ## 예상하기
#
# 아래에는 받침 위에 놓인 커피 한 잔이 있습니다. 커피를 한 번 클릭할 것입니다. 어떤 마스크가
# 나올까요? 커피, 컵, 아니면 컵과 받침 모두? 클릭하기 전에 답을 하나 적어 보세요.

# %%
w = SamWidget("../../photos/coffee.jpg", "mini")
w

# %% [markdown] lang="en"
# ## Touch
#
# Left click: this. Right click: not this. Drag: a box. <kbd>Z</kbd> takes the last one back,
# <kbd>Enter</kbd> accepts. The next cell clicks the coffee in your place, in case you are reading
# this without a mouse.

# %% [markdown] lang="ko"
# ## 만져 보기
#
# 왼쪽 클릭은 '이것', 오른쪽 클릭은 '이것 말고', 끌면 상자입니다. <kbd>Z</kbd>는 마지막 것을
# 되돌리고 <kbd>Enter</kbd>는 받아들입니다. 마우스 없이 읽는 분을 위해 다음 셀이 대신 커피를
# 클릭합니다.

# %%
if w.mask is None:
    w.add_point(290, 150)
for mask, score in zip(w.masks, w.scores):
    print(f"{mask.mean():5.1%} of the photo, predicted IoU {score:.2f}")

# %% [markdown] lang="en"
# Three masks came, for one click. Your guess was probably one of them: a click on coffee *is*
# a click on a cup. Lesson 2 is about that. `w.mask` is the one that you see, a plain numpy array.
#
# ## Explain: slow once, then quick
#
# Two networks share the work. The **image encoder** looks at the photo once, and is slow. The
# **mask decoder** answers each prompt from what the encoder made, and is quick. That is why
# a click can feel like a touch. Let us measure both.

# %% [markdown] lang="ko"
# 클릭은 하나인데 마스크는 셋이 나왔습니다. 여러분의 예상은 아마 그 가운데 하나였을 것입니다.
# 커피를 클릭하는 것은 컵을 클릭하는 것이기도 하니까요. 이것은 2강에서 다룹니다. `w.mask`는 눈에
# 보이는 마스크이고, 평범한 numpy 배열입니다.
#
# ## 설명: 한 번은 느리게, 그다음은 빠르게
#
# 두 네트워크가 일을 나눕니다. **이미지 인코더**는 사진을 한 번만 보며, 느립니다. **마스크
# 디코더**는 인코더가 만든 것에서 프롬프트마다 답하며, 빠릅니다. 그래서 클릭이 만지는 것처럼
# 느껴집니다. 둘을 재 봅시다.

# %%
begin = perf_counter()
study = Study.of(w.image, "mini")
encode = perf_counter() - begin

begin = perf_counter()
for x in range(100, 500, 40):
    study.ask((x, 200))
click = (perf_counter() - begin) / 10
print(f"photo: {encode * 1000:.0f} ms, once   click: {click * 1000:.0f} ms, each")

# %% [markdown] lang="en"
# ## Zero-shot: something that no photo shows
#
# The model was taught on photos. Here is a drawing that was made a moment ago: nobody can have
# taught it. That it works all the same is called *zero-shot*: no example of this kind was needed.

# %% [markdown] lang="ko"
# ## 제로샷: 어떤 사진에도 없는 것
#
# 모델은 사진으로 배웠습니다. 여기 방금 그린 그림이 있습니다. 누구도 이 그림을 가르쳤을 리
# 없습니다. 그런데도 되는 것을 *제로샷*이라고 합니다. 이런 종류의 예가 하나도 필요하지 않았다는
# 뜻입니다.

# %%
drawing = Image.new("RGB", (480, 320), "#fdf6e3")
pen = ImageDraw.Draw(drawing)
pen.ellipse((60, 60, 260, 260), fill="#268bd2")
pen.ellipse((120, 120, 200, 200), fill="#cb4b16")
pen.polygon([(330, 250), (430, 250), (380, 90)], fill="#859900")

drawn = SamWidget(drawing, "mini")
drawn.add_point(380, 200)
drawn

# %%
yes = np.array(drawing)[..., :] == (0x85, 0x99, 0x00)
truth = yes.all(-1)
print(f"IoU with the triangle: {(drawn.mask & truth).sum() / (drawn.mask | truth).sum():.2f}")

# %% [markdown] lang="en"
# ## Exercises
#
# **1.1** Segment the cat's eye on the left of the photo, the whole ball with its iris. Click, or drag
# a box, until you see it, then run the check: it looks at `cat.mask`.

# %% [markdown] lang="ko"
# ## 연습
#
# **1.1** 사진 왼쪽에 있는 고양이 눈을, 홍채를 포함한 눈알 전체를 분할해 보세요. 마스크가 보일
# 때까지 아래에서 클릭하거나 상자를 끈 다음 확인을 실행하세요. `cat.mask`를 봅니다.

# %%
cat = SamWidget("../../photos/chelsea.jpg")  # with `small`, which sees more
cat

# %%
check("1.1", cat.mask)

# %% [markdown] lang="en"
# **1.2** A photo gets 20 clicks. How often does the image encoder run, and how often the mask
# decoder? Write `(encoder, decoder)`.

# %% [markdown] lang="ko"
# **1.2** 사진 한 장을 20번 클릭합니다. 이미지 인코더는 몇 번, 마스크 디코더는 몇 번 실행될까요?
# `(인코더, 디코더)`로 쓰세요.

# %%
answer = ...
check("1.2", answer)

# %% [markdown] lang="en"
# ## What was measured
#
# You have measured it yourself, on this machine: the photo once, a click each time. The ratio is
# what makes an annotator's day: of a hundred clicks on one photo, how much time goes to the photo?

# %% [markdown] lang="ko"
# ## 무엇을 쟀나
#
# 이 컴퓨터에서 직접 쟀습니다. 사진은 한 번, 클릭은 매번입니다. 이 비율이 라벨링하는 사람의
# 하루를 만듭니다. 사진 한 장에 백 번 클릭한다면, 시간의 얼마가 사진에 들까요?

# %%
print(
    f"{encode / (encode + 100 * click):.0%}; asked anew for each click it would be "
    f"{100 * encode / (100 * encode + 100 * click):.0%}"
)
