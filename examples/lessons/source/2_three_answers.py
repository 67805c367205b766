# %% [markdown] lang="en"
# # 2. Three answers
#
# Point at a shirt that somebody wears. Do you mean the shirt, the person, or the collar? The click
# does not say. A network that must give **one** answer to a question with three right ones has to
# settle for something between them: the paper says that it averages the valid masks (section 3).
#
# **The one idea:** where the question is ambiguous, answer it several times.

# %% [markdown] lang="ko"
# # 2. 세 가지 답
#
# 누군가 입은 셔츠를 가리켜 보세요. 셔츠일까요, 사람일까요, 옷깃일까요? 클릭은 말해 주지 않습니다.
# 맞는 답이 셋인 질문에 답을 **하나만** 해야 하는 네트워크는 그 사이 어딘가에 머물게 됩니다. 논문은
# 이런 네트워크가 맞는 마스크들의 평균을 낸다고 말합니다(3절).
#
# **하나만 기억하세요.** 질문이 모호하면 여러 번 답합니다.

# %%
import numpy as np

from sam_widget.lessons import Study, check, speak
from sam_widget.lessons.views.candidates import candidates_on, mean_probability, tree_of
from sam_widget.lessons.views.landscape import landscape_on

speak("{language}")
study = Study.of("../../photos/coffee.jpg", "mini")
x, y = 290, 170

# %% [markdown] lang="en"
# ## Predict
#
# One click in the middle of the cup. Before you run the cell: which three things could it mean?
# In which order of size? And what would their average look like: cut at a half, which of the three
# users would be content with it?

# %% [markdown] lang="ko"
# ## 예상하기
#
# 컵 한가운데를 한 번 클릭합니다. 셀을 실행하기 전에 생각해 보세요. 이 클릭이 뜻할 수 있는 것 세
# 가지는 무엇일까요? 크기 순서는요? 그리고 셋의 평균은 어떤 모습일까요? 평균을 절반에서 자르면 세
# 사용자 가운데 누가 만족할까요?

# %%
candidates_on(study, x, y)

# %% [markdown] lang="en"
# ## Touch
#
# Step through: whole, part, sub-part, and in grey the mean of the three. In the mean, where all three
# agree it is white; where they do not, it is neither inside nor outside. Change `x, y` above and run
# again: on the spoon, the saucer, the table.
#
# They mostly lie in one another. The arrows below lead from a candidate to the one that contains it.

# %% [markdown] lang="ko"
# ## 만져 보기
#
# 하나씩 넘겨 보세요. 전체, 부분, 하위 부분, 그리고 회색으로 그린 셋의 평균입니다. 평균에서 셋이
# 모두 같은 곳은 희고, 그렇지 않은 곳은 안도 바깥도 아닙니다. 위의 `x, y`를 숟가락, 받침, 탁자로
# 바꾸어 다시 실행해 보세요.
#
# 후보는 대개 서로를 품습니다. 아래 화살표는 후보에서 그것을 품는 후보로 갑니다.

# %%
tree_of(study, x, y)

# %% [markdown] lang="en"
# ## Explain
#
# During training the decoder draws three masks for a click, and only the **best** of the three is
# corrected (the *min-of-three* rule, lesson 6). So each is free to specialise. A fourth head says how
# good each mask is: the **predicted IoU**. It is a guess of the model about itself, and it sorts the
# candidates.
#
# And the mean? Let us ask three users, who mean the whole, the part and the sub-part.

# %% [markdown] lang="ko"
# ## 설명
#
# 훈련할 때 디코더는 클릭 하나에 마스크 셋을 그리고, 그 가운데 **가장 좋은 것**만 고쳐집니다(*셋 중
# 최소* 규칙, 6강). 그래서 저마다 전문이 생깁니다. 또 하나의 헤드는 마스크마다 얼마나 좋은지를
# 말합니다. 이것이 **예측 IoU**입니다. 모델이 자신을 어림한 값이며, 후보의 순서를 정합니다.
#
# 그러면 평균은 어떨까요? 전체, 부분, 하위 부분을 각각 뜻하는 사용자 셋에게 물어봅시다.

# %%
said = study.ask((x, y))
masks = said.logits > 0
probability = mean_probability(said.logits)
mean = probability > 0.5


def overlap(a, b):
    return (a & b).sum() / (a | b).sum()


print("who means:         ", *said.names)
print("the mean gets them:", *(f"{overlap(mean, each):.2f}" for each in masks))
grey = study.cropped((probability > 0.2) & (probability < 0.8))
print(f"neither in nor out before the cut: {grey.mean():.0%} of the photo")

# %% [markdown] lang="en"
# Surprised? Before the cut, the mean is grey mush. Cut at a half it is a **majority vote**, and where
# three masks lie in one another, two always outvote the third: the vote is the *middle* one. One user
# is content, and the other two never can be. Averaging does not lose sharpness here; it loses the
# whole and the sub-part.
#
# Where the model is unsure even of its three answers, the mean is like none of them:

# %% [markdown] lang="ko"
# 뜻밖인가요? 자르기 전의 평균은 잿빛 죽입니다. 절반에서 자르면 **다수결**이 되고, 마스크 셋이 서로를
# 품으면 언제나 둘이 하나를 이깁니다. 그래서 *가운데* 것이 뽑힙니다. 사용자 하나는 만족하지만 다른
# 둘은 결코 만족할 수 없습니다. 여기서 평균이 잃는 것은 또렷함이 아니라 전체와 하위 부분입니다.
#
# 모델이 세 답조차 확신하지 못하는 곳에서는, 평균이 그 어느 것과도 닮지 않습니다.

# %%
doubtful = candidates_on(Study.of("../../photos/astronaut.jpg", "mini"), 250, 350)
doubtful.step = 3  # the mean; its caption says how like the three it is
doubtful

# %% [markdown] lang="en"
# ## The landscape of clicks
#
# One click has three answers; but what of **every** click? Below, the model is clicked everywhere.
# Places that select the same thing have one colour, as all rain that runs to one lake has on a map of
# watersheds. Large calm basins are things the model is sure of. A border between basins is where one
# step of your hand changes the answer. Confetti is ambiguity made visible.
#
# The surer the model is, the stronger the colour.
#
# Run the cell, watch it fill, then move the mouse over it: the white shape is what a click there
# selects. Enough seen? Stop the kernel: what is known stays. Then try the landscape of the wholes:
# `landscape_on(study, candidate="whole")`, or of `"part"`, `"subpart"`.

# %% [markdown] lang="ko"
# ## 클릭의 지형
#
# 클릭 하나에 답이 셋입니다. 그러면 **모든** 클릭은 어떨까요? 아래에서는 모델을 구석구석
# 클릭합니다. 같은 것을 고르는 자리는 같은 색입니다. 한 호수로 흘러드는 빗물이 유역 지도에서 한
# 색인 것과 같습니다. 넓고 고요한 유역은 모델이 확신하는 것입니다. 유역의 경계에서는 손이 조금만
# 움직여도 답이 바뀝니다. 색종이처럼 흩어진 곳은 모호성이 눈에 보이는 것입니다. 모델이 확신할수록
# 색이 진합니다.
#
# 셀을 실행해 채워지는 것을 보고, 그 위에서 마우스를 움직여 보세요. 흰 모양이 그 자리의 클릭이
# 고르는 것입니다. 충분히 보았다면 커널을 멈추세요. 알아낸 것은 남습니다. 그다음 전체만의 지형
# `landscape_on(study, candidate="whole")`도, `"part"`와 `"subpart"`의 지형도 그려 보세요.

# %%
stage = landscape_on(study)
stage

# %%
stage.fill()
print(stage.found.clicks, "clicks,", len(stage.found.masks), "things")

# %% [markdown] lang="en"
# ## Exercises
#
# **2.1** Write `iou(a, b)` of two bool arrays: the pixels in both, over the pixels in either. Two empty
# masks agree.

# %% [markdown] lang="ko"
# ## 연습
#
# **2.1** bool 배열 두 개의 `iou(a, b)`를 쓰세요. 둘 다에 있는 픽셀을 어느 하나에라도 있는 픽셀로
# 나눕니다. 빈 마스크 둘은 서로 같습니다.


# %%
def iou(a, b):
    return ...


check("2.1", iou)

# %% [markdown] lang="en"
# **2.2** Find a click that is **not** ambiguous: one whose three candidates nearly agree (each pair at an
# IoU of 0.7 or more). The landscape tells where to look. Answer with the prediction.

# %% [markdown] lang="ko"
# **2.2** 모호하지 **않은** 클릭을 찾으세요. 세 후보가 거의 같은 클릭입니다(어느 둘이든 IoU 0.7 이상).
# 어디를 볼지는 지형이 알려 줍니다. 예측을 답으로 쓰세요.

# %%
answer = ...  # study.ask((x, y)), with your x and y
check("2.2", answer)

# %% [markdown] lang="en"
# **2.3** The paper has one case in which the decoder gives a single mask rather than three. Which prompt
# is so clear? Answer in a word or two, or with the kind of prompt that the widget takes.

# %% [markdown] lang="ko"
# **2.3** 논문에서 디코더가 마스크를 셋이 아니라 하나만 내는 경우가 있습니다. 어떤 프롬프트가 그만큼
# 분명할까요? 한두 낱말로 답하세요.

# %%
answer = ...
check("2.3", answer)

# %% [markdown] lang="en"
# ## What was measured
#
# Was the click in the cup a special one? Over the clicks of a coarse grid: which candidate is the mean,
# cut at a half, most like? And is the predicted IoU worth anything: how often is the candidate with the
# highest one also the most stable, the one that changes least when it is cut a little higher or lower?

# %% [markdown] lang="ko"
# ## 무엇을 쟀나
#
# 컵 안의 클릭만 그랬을까요? 성긴 격자의 클릭에서 쟀습니다. 절반에서 자른 평균은 어느 후보와 가장
# 비슷할까요? 또 예측 IoU는 믿을 만할까요? 예측 IoU가 가장 높은 후보가 가장 안정된 후보, 곧 조금
# 높거나 낮게 잘라도 가장 덜 변하는 후보이기도 한 일은 얼마나 잦을까요?

# %%
height, width = study.pixels.shape[:2]
clicks = [study.ask((x, y)) for x in range(40, width, 80) for y in range(40, height, 80)]
most_like = []
for each in clicks:
    cut = mean_probability(each.logits) > 0.5
    most_like.append(np.argmax([overlap(cut, one > 0) for one in each.logits]))
shares = np.bincount(most_like, minlength=3) / len(clicks)
print("the mean is most like the largest, middle, smallest:", *(f"{n:.0%}" for n in shares))
same = [int(np.argmax(each.scores) == np.argmax(each.stability)) for each in clicks]
print(f"surest and most stable: {np.mean(same):.0%} of {len(clicks)} clicks; by chance 33%")
