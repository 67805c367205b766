# %% [markdown] lang="en"
# # 8. Words
#
# A click says *where*. A word says *what*. Can the same mask decoder take both? The paper tried it
# (section 7.5), and never released that part. Here is a small re-creation of the idea: a phrase
# becomes **prompt tokens**, and the decoder is not changed at all.
#
# **The one idea:** the decoder does not ask where a token came from.

# %% [markdown] lang="ko"
# # 8. 낱말
#
# 클릭은 *어디*인지를 말하고, 낱말은 *무엇*인지를 말합니다. 같은 마스크 디코더가 둘 다 받을 수
# 있을까요? 논문은 이를 시도했지만(7.5절) 그 부분은 공개하지 않았습니다. 여기서는 같은 생각을 작게
# 다시 만들었습니다. 문구를 **프롬프트 토큰**으로 바꾸고, 디코더는 전혀 손대지 않습니다.
#
# **하나만 기억하세요.** 디코더는 토큰이 어디에서 왔는지 묻지 않습니다.

# %%
# %matplotlib inline
import torch

from sam_widget import find_text, read_image
from sam_widget.lessons import check, speak
from sam_widget.lessons.views.words import phrases_on, probability, table_of
from sam_widget.segment.text.minilm import encoder
from sam_widget.segment.text.words import words

speak("{language}")
photo = read_image("../../photos/chelsea.jpg").pixels

# %% [markdown] lang="en"
# ## Predict
#
# The photo is a cat's face. Four words: *cat*, *tiger*, *person*, *grass*. Which of them will light
# up the cat? Say it aloud before you run the next cell, and step through the four with the slider.

# %% [markdown] lang="ko"
# ## 예상하기
#
# 사진은 고양이 얼굴입니다. 낱말 네 개가 있습니다. *cat*, *tiger*, *person*, *grass*. 이 가운데
# 무엇이 고양이를 밝힐까요? 다음 셀을 실행하기 전에 소리 내어 말해 보고, 슬라이더로 하나씩 넘겨
# 보세요.

# %%
phrases_on(photo, ["cat", "tiger", "person", "grass"])

# %% [markdown] lang="en"
# ## Touch: the four steps by hand
#
# 1. A **text encoder** turns the phrase into one vector of 384 numbers. It has read many sentences,
#    and never seen a picture.
# 2. **One linear layer**, the only thing that was trained, turns the vector into tokens.
# 3. The **mask decoder** gets these tokens where a click's would be, and draws one map.
# 4. A sigmoid makes it a probability at each place.

# %% [markdown] lang="ko"
# ## 만져 보기: 네 단계를 손으로
#
# 1. **텍스트 인코더**가 문구를 384개의 수로 된 벡터 하나로 바꿉니다. 문장은 많이 읽었지만 그림은
#    본 적이 없습니다.
# 2. **선형 층 하나**가 벡터를 토큰으로 바꿉니다. 훈련한 것은 이 층뿐입니다.
# 3. **마스크 디코더**는 클릭의 토큰이 있을 자리에 이 토큰을 받아 지도 한 장을 그립니다.
# 4. 시그모이드가 이를 자리마다의 확률로 바꿉니다.

# %%
vector = encoder()(["cat"])  # 1
tokens = words().tokens("cat")[0]  # 1 and 2
logits = words().logits(photo, "cat")  # 1 to 3
likely = torch.sigmoid(torch.tensor(logits))  # 4
print(vector.shape, "->", len(tokens), "tokens ->", logits.shape)
assert abs(likely.numpy() - probability(photo, "cat")).max() < 1e-5

# %% [markdown] lang="en"
# ## Explain: near in sentences, not in looks
#
# The layer was taught some two hundred nouns. Of any other word it knows what its neighbours are,
# *in sentences*. Below, each row is a phrase, each column a word, each number the cosine between
# their vectors.

# %% [markdown] lang="ko"
# ## 설명: 모습이 아니라 문장에서 가깝다
#
# 이 층은 명사 이백 개 남짓을 배웠습니다. 다른 낱말은 *문장 속에서* 가까운 낱말을 보고 짐작할
# 뿐입니다. 아래 표에서 행은 문구, 열은 낱말이고, 수는 두 벡터 사이의 코사인입니다.

# %%
table_of(["kitten", "puppy", "feline", "car"], ["cat", "tiger", "dog", "grass"])

# %% [markdown] lang="en"
# The paper's way is better, and needs more: it trained with CLIP's vectors of *picture crops*, and
# prompted with CLIP's vectors of *words*. As CLIP puts both in one space, a word never trained on is
# near what it looks like. Our text encoder knows no looks.
#
# ## From a map to masks
#
# The map has no instances. So its peaks become clicks, and SAM draws each as usual. Each thing that
# is found has **two** numbers: the engine's score (is it a cat?) and the predicted IoU (is the mask
# good?).

# %% [markdown] lang="ko"
# 논문의 방법은 더 낫지만 더 많은 것이 필요합니다. *사진 조각*의 CLIP 벡터로 훈련하고, *낱말*의 CLIP
# 벡터로 물었습니다. CLIP은 둘을 한 공간에 두므로, 배우지 않은 낱말도 그 모습 가까이에 놓입니다.
# 우리의 텍스트 인코더는 모습을 모릅니다.
#
# ## 지도에서 마스크로
#
# 지도에는 개체의 구분이 없습니다. 그래서 봉우리를 클릭으로 삼고, SAM이 늘 하듯 하나씩 그립니다.
# 찾은 것마다 수가 **둘**입니다. 엔진의 점수(고양이인가?)와 예측 IoU(마스크가 좋은가?)입니다.

# %%
found = find_text(photo, "cat", confidence=0)
for each in found.every:
    print(f"cat? {each.score:.2f}   good mask? {each.region.predicted_iou:.2f}   {each.region.box}")
found

# %% [markdown] lang="en"
# ## Exercises
#
# **8.1** A new word: *kitten*. Of *cat*, *tiger*, *dog*, *grass*: to which is it nearest?

# %% [markdown] lang="ko"
# ## 연습
#
# **8.1** 새 낱말 *kitten*이 있습니다. *cat*, *tiger*, *dog*, *grass* 가운데 어느 것에 가장
# 가까울까요?

# %%
answer = ...
check("8.1", answer)

# %% [markdown] lang="en"
# **8.2** How many tokens does one phrase become, and how many numbers has each? Write
# `(tokens, numbers)`.

# %% [markdown] lang="ko"
# **8.2** 문구 하나는 토큰 몇 개가 되고, 토큰 하나는 수 몇 개로 되어 있을까요? `(토큰, 수)`로
# 쓰세요.

# %%
answer = ...
check("8.2", answer)

# %% [markdown] lang="en"
# **8.3** `found.at(0.3)` shows the same findings at another confidence. Find one at which exactly
# one is left, and answer with what `found.at(...)` returns. Does anything run again?

# %% [markdown] lang="ko"
# **8.3** `found.at(0.3)`은 같은 결과를 다른 신뢰도로 보여 줍니다. 꼭 하나만 남는 신뢰도를 찾아
# `found.at(...)`이 돌려주는 값을 답으로 쓰세요. 무언가가 다시 계산되나요?

# %%
answer = ...
check("8.3", answer)

# %% [markdown] lang="en"
# ## What was measured
#
# On photos that taught nothing, per word: the mean IoU of the map with all things of that name,
# beside a word that is not on the photo, and no prompt at all. It stands in
# `sam_widget/segment/text/weights/words.md`, and this makes it:
#
# ```sh
# python -m sam_widget.training.words --data DATA --judge --judges 150 --words
# ```
#
# A word that was taught beats a wrong word and no word clearly; of small and rare things mostly
# nothing is drawn. So this is for seeing *how* a phrase can be a prompt. For work,
# `find_text(photo, "cat", engine=...)` takes Grounding DINO, OWLv2, CLIPSeg or SAM 3, where you
# have their weights.
#
# Below: the four words of the beginning, and how much of this photo each lights up. Was your
# guess right? Is the model's?

# %% [markdown] lang="ko"
# ## 무엇을 쟀나
#
# 가르치는 데 쓰지 않은 사진에서 낱말마다 쟀습니다. 지도와 그 이름을 가진 모든 것 사이의 평균 IoU를,
# 사진에 없는 낱말을 주었을 때와 아무것도 주지 않았을 때 옆에 놓았습니다. 값은
# `sam_widget/segment/text/weights/words.md`에 있고, 다음 명령이 만듭니다.
#
# ```sh
# python -m sam_widget.training.words --data DATA --judge --judges 150 --words
# ```
#
# 배운 낱말은 틀린 낱말이나 빈 프롬프트보다 뚜렷이 낫습니다. 작거나 드문 것은 거의 그리지 못합니다.
# 그러니 문구가 *어떻게* 프롬프트가 되는지 보는 데 쓰세요. 실제 작업에는 가중치가 있다면
# `find_text(photo, "cat", engine=...)`에 Grounding DINO, OWLv2, CLIPSeg, SAM 3을 쓸 수 있습니다.
#
# 아래는 처음의 네 낱말이 이 사진에서 저마다 밝히는 넓이입니다. 예상이 맞았나요? 모델은 맞았나요?

# %%
for word in ["cat", "tiger", "person", "grass"]:
    print(f"{word:8} {(probability(photo, word) > 0.5).mean():.0%}")

# %% [markdown] lang="en"
# ## In the widget
#
# `w.find_text("cat")` looks on a widget's photo, and `w.add_objects(found)` keeps what it has found. Where
# only the place is wrong, click there yourself: a word for *what*, a click for *where*. Nouns in Korean work
# as well, where the layer was taught them.

# %% [markdown] lang="ko"
# ## 위젯에서
#
# `w.find_text("cat")`는 위젯의 사진에서 찾고, `w.add_objects(found)`는 찾은 것을 남깁니다. 자리가 틀렸다면
# 직접 클릭하세요. *무엇*은 낱말로, *어디*는 클릭으로 말합니다. 배운 명사는 한국어로도 됩니다.

# %%
find_text(photo, "고양이")
