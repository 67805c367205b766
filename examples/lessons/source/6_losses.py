# %% [markdown] lang="en"
# # 6. Losses
#
# A network learns from one number: how wrong it was. Segment Anything's is **20 focal + 1 dice**, of the
# best of its three masks, plus how far off its predicted IoU is. Each part mends what the others forget.
#
# **The one idea:** a loss decides which pixels are listened to.

# %% [markdown] lang="ko"
# # 6. 손실
#
# 네트워크는 수 하나에서 배웁니다. 얼마나 틀렸는가입니다. Segment Anything의 손실은 세 마스크 가운데
# 가장 좋은 것의 **focal 20 + dice 1**에, 예측 IoU가 빗나간 만큼을 더한 것입니다. 부분마다 다른 부분이
# 잊는 것을 챙깁니다.
#
# **하나만 기억하세요.** 손실은 어느 픽셀의 말을 들을지 정합니다.

# %%
# %matplotlib inline
import ipywidgets
import numpy as np
import torch

from sam_widget.lessons import Study, check, speak
from sam_widget.lessons.views.heads import squares, teach, winners_of
from sam_widget.lessons.views.losses import focal_curves, gradients, gradients_on
from sam_widget.training.lesson.losses import dice_loss, focal_loss

speak("{language}")
study = Study.of("../../photos/coffee.jpg", "mini")

# %% [markdown] lang="en"
# ## Predict
#
# The model answers one click on the cup. Let the truth be what it says after three clicks. The answer is
# wrong in places: green is missed, red is too much. Most pixels are right already. Should a loss still
# listen to those? Step to *focal* and to *dice* and compare.

# %% [markdown] lang="ko"
# ## 예상하기
#
# 모델이 컵을 한 번 클릭한 것에 답합니다. 세 번 클릭했을 때의 답을 참이라고 합시다. 첫 답은 군데군데
# 틀립니다. 초록은 빠진 곳, 빨강은 넘친 곳입니다. 픽셀 대부분은 이미 맞습니다. 손실은 그 픽셀의 말도
# 계속 들어야 할까요? *focal*과 *dice*로 넘겨 견주어 보세요.

# %%
answer = study.cropped(study.ask((290, 150)).logits[1])
truth = study.cropped(study.ask((290, 150), (240, 290), (300, 250)).logits[0]) > 0
gradients_on(study, answer, truth)

# %% [markdown] lang="en"
# ## Touch
#
# With gamma at 0, focal loss is plain cross-entropy: each pixel pulls by how wrong it is, and the many
# that are nearly right still add up. Raise gamma: the nearly right fall silent, and what is left is the
# border and the true mistakes.

# %% [markdown] lang="ko"
# ## 만져 보기
#
# 감마가 0이면 focal 손실은 평범한 교차 엔트로피입니다. 픽셀마다 틀린 만큼 당기고, 거의 맞은 수많은
# 픽셀도 모이면 큽니다. 감마를 올려 보세요. 거의 맞은 픽셀은 조용해지고, 경계와 진짜 실수만 남습니다.

# %%
stage = gradients_on(study, answer, truth, 0)
stage.step = 1
gamma = ipywidgets.FloatSlider(value=0, min=0, max=5, step=0.5, description="gamma")
gamma.observe(lambda _: stage.show(gradients_on(study, answer, truth, gamma.value).frames), "value")
ipywidgets.VBox([gamma, stage])

# %%
focal_curves()

# %% [markdown] lang="en"
# ## Explain: why two
#
# Focal loss is a mean over pixels: a mask of 50 pixels in a photo of 200 000 hardly moves it. Dice
# compares areas: what both have, over what each has. For it a small mask is as important as a large one.
# Here is the same mistake, half of a square missed, on a small square and on a large one.

# %% [markdown] lang="ko"
# ## 설명: 왜 둘인가
#
# focal 손실은 픽셀의 평균입니다. 20만 픽셀 사진에서 50픽셀짜리 마스크는 거의 영향을 주지 못합니다.
# dice는 넓이를 견줍니다. 둘 다 가진 것을 각자 가진 것으로 나눕니다. 그래서 작은 마스크도 큰 마스크만큼
# 중요합니다. 정사각형의 절반을 놓친 같은 실수를 작은 것과 큰 것에서 재 봅시다.

# %%
for side in (8, 128):
    square = torch.zeros(256, 256)
    square[:side, :side] = 1
    logits = torch.where(square > 0, 6.0, -6.0)
    logits[: side // 2, :side] = -6.0  # half of it is missed
    print(
        f"{side:4} px   focal {focal_loss(logits, square):.4f}   dice {dice_loss(logits, square):.2f}"
    )

# %% [markdown] lang="en"
# ## The best of three
#
# Below, the smallest network there is: each *head* is a map of its own, for one click. What the click means
# is drawn by lot: the small square, the middle one, or the large one. With **one** head, it must please
# all three. With **three**, only the best of a step is taught. Guess what each will draw.

# %% [markdown] lang="ko"
# ## 셋 가운데 가장 좋은 것
#
# 아래는 세상에서 가장 작은 네트워크입니다. *헤드*마다 클릭 하나에 대한 지도가 하나씩 있습니다. 클릭이
# 무엇을 뜻하는지는 제비로 뽑습니다. 작은, 중간, 큰 정사각형 가운데 하나입니다. 헤드가 **하나**면 셋을 다
# 맞추려 해야 합니다. **셋**이면 그때그때 가장 좋은 헤드만 배웁니다. 저마다 무엇을 그릴지 짐작해 보세요.

# %%
one, three = teach(heads=1), teach(heads=3)
winners_of(one)

# %%
winners_of(three)

# %% [markdown] lang="en"
# Each has found a size of its own, and nobody told it which. But luck was needed: with another seed one head
# never wins, and who never wins never learns. `winners_of(teach(seed=0))` shows it. A real decoder has it easier,
# as its heads share all but the last layers and see millions of clicks.

# %% [markdown] lang="ko"
# 저마다 제 크기를 찾았고, 누가 정해 준 것이 아닙니다. 그러나 운이 필요했습니다. 다른 시드에서는 헤드 하나가 한
# 번도 이기지 못하고, 이기지 못하면 배우지 못합니다. `winners_of(teach(seed=0))`로 볼 수 있습니다. 실제 디코더는
# 헤드들이 마지막 층 말고는 모두 함께 쓰고 수백만 번의 클릭을 보므로 형편이 낫습니다.

# %%
winners_of(teach(seed=0))

# %% [markdown] lang="en"
# ## A training loop
#
# This is all of it: an answer, a loss, a step down, again. Here the logits of one mask learn, from nothing,
# the cup. In training it is the weights that learn.

# %% [markdown] lang="ko"
# ## 훈련 반복문
#
# 이것이 전부입니다. 답하고, 손실을 재고, 한 걸음 내려가고, 되풀이합니다. 여기서는 마스크 하나의 로짓이
# 아무것도 없는 데서 컵을 배웁니다. 실제 훈련에서는 가중치가 배웁니다.

# %%
target = torch.from_numpy(truth).float()
mask = torch.zeros_like(target, requires_grad=True)
optimizer = torch.optim.Adam([mask], 0.5)
for step in range(30):
    loss = 20 * focal_loss(mask, target) + dice_loss(mask, target)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if step % 10 == 0:
        print(f"step {step:2}   loss {loss:.3f}")
print(f"at last   loss {loss:.3f}")

# %% [markdown] lang="en"
# And who clicks, a million times? A **simulated click**: the next one goes to where the answer is most wrong, on
# what is missed or off what is too much. The same rule plays the annotator here: the IoU climbs, though not at
# every click.

# %% [markdown] lang="ko"
# 그러면 백만 번의 클릭은 누가 할까요? **모의 클릭**입니다. 다음 클릭은 답이 가장 많이 틀린 곳에 놓입니다. 빠진 곳이면 그
# 위에, 넘친 곳이면 그 밖이라고 찍습니다. 같은 규칙이 여기서 사람을 대신합니다. IoU는 오르지만,
# 클릭마다 오르지는 않습니다.

# %%
from sam_widget.training.clicks import correction

on, off, seen = [(290, 150)], [], study.segmenter.mask_threshold
scale = study.pixels.shape[1] / truth.shape[1]
for turn in range(5):
    said = study.ask(*on, off=tuple(off))
    now = study.cropped(said.logits[said.best]) > seen
    print(f"click {turn + 1}   IoU {(now & truth).sum() / (now | truth).sum():.2f}")
    there = correction(now, truth)
    if there is None:
        break
    (x, y), positive = there
    (on if positive else off).append(((x + 0.5) * scale, (y + 0.5) * scale))

# %% [markdown] lang="en"
# ## Exercises
#
# **6.1** Write `dice(p, t)` of probabilities and a truth, both arrays of 0..1: twice the sum of their product,
# over the sum of `p * p` plus the sum of `t * t`. (The loss is one less it.)

# %% [markdown] lang="ko"
# ## 연습
#
# **6.1** 확률과 참, 둘 다 0..1의 배열인 `dice(p, t)`를 쓰세요. 둘의 곱을 더한 것의 두 배를, `p * p`의 합과
# `t * t`의 합을 더한 것으로 나눕니다. (손실은 1에서 이를 뺀 것입니다.)


# %%
def dice(p, t):
    return ...


check("6.1", dice)

# %% [markdown] lang="en"
# **6.2** A pixel has a probability of 0.9 of what is true. By which factor is its focal loss at gamma 2 smaller
# than at gamma 0? Answer with a number.

# %% [markdown] lang="ko"
# **6.2** 참인 쪽의 확률이 0.9인 픽셀이 있습니다. 감마 2일 때의 focal 손실은 감마 0일 때보다 몇 배
# 작을까요? 수로 답하세요.

# %%
answer_2 = ...
check("6.2", answer_2)

# %% [markdown] lang="en"
# **6.3** The three losses of a step are `[0.9, 0.2, 0.5]`, of heads 1, 2, 3. Which heads get a gradient under the
# min-of-three rule? Answer with a list.

# %% [markdown] lang="ko"
# **6.3** 한 걸음에서 헤드 1, 2, 3의 손실이 `[0.9, 0.2, 0.5]`입니다. 셋 중 최소 규칙에서 기울기를 받는 헤드는
# 어느 것일까요? 리스트로 답하세요.

# %%
answer_3 = ...
check("6.3", answer_3)

# %% [markdown] lang="en"
# ## What was measured
#
# Who is listened to? On the answer of the beginning: the share of the whole pull that comes from pixels which
# are right already, under cross-entropy (gamma 0), focal loss at 2, and dice.

# %% [markdown] lang="ko"
# ## 무엇을 쟀나
#
# 누구의 말을 들었을까요? 처음의 답에서, 이미 맞은 픽셀이 당기는 힘이 전체의 얼마인지를 교차 엔트로피(감마 0),
# 감마 2의 focal 손실, dice에서 쟀습니다.

# %%
correct = (answer > 0) == truth
for name, pull in [
    ("cross-entropy", gradients(answer, truth, 0)["focal"]),
    ("focal, gamma 2", gradients(answer, truth, 2)["focal"]),
    ("dice", gradients(answer, truth)["dice"]),
]:
    print(f"{name:15} {np.abs(pull[correct]).sum() / np.abs(pull).sum():.0%}")
